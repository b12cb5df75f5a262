"""The facts of this checkout, what is declared, and how both compare; worked out once."""

from functools import cache
from pathlib import Path
from typing import Any

from gateway.coverage.compare import Finding, Key, compare
from gateway.coverage.differences import Differences
from gateway.coverage.facts import Fact, chapters
from gateway.coverage.report import signing
from resolvers.call import Endpoint
from resolvers.rest import declared
from schema.build import build

ROOT = Path(__file__).parents[2]

FACTS: dict[Key, Fact] = {
    (chapter.platform, fact.section): fact for chapter in chapters(ROOT) for fact in chapter.facts
}


def named(key: Key) -> str:
    """Name a section as test ids do."""
    return f"{key[0]} {key[1]}"


@cache
def endpoints() -> tuple[Endpoint[Any], ...]:
    """Give all declared endpoints."""
    build()
    return tuple(declared())


@cache
def findings() -> list[Finding]:
    """Give the differences that have none."""
    return compare(FACTS, endpoints(), signing(), Differences.read(ROOT))
