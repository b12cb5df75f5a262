"""Counts, by platform and chapter, what is documented, declared, reached by a test, left out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gateway.coverage.compare import Finding, Key, compare
from gateway.coverage.differences import Difference, Differences, Side
from gateway.coverage.facts import Chapter, chapters
from gateway.coverage.operations import reached
from resolvers.call import Endpoint
from resolvers.platform import Platform, credentials_by_platform
from resolvers.rest import declared
from schema.build import build


@dataclass(frozen=True, slots=True)
class Row:
    """How many sections of a chapter there are, and what became of them."""

    platform: Platform
    chapter: str
    documented: int
    declared: int
    reached: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Report:
    """All that there is to say about coverage; `missing` is what should not be."""

    rows: Sequence[Row]
    left_out: Sequence[Difference]
    beyond: Sequence[Difference]
    missing: Sequence[Finding]

    def total(self) -> tuple[int, int, int, int]:
        """Sum up the columns."""
        rows = self.rows
        return (
            sum(row.documented for row in rows),
            sum(row.declared for row in rows),
            sum(row.reached for row in rows),
            sum(row.left_out for row in rows),
        )


def report(root: Path) -> Report:
    """Compare the facts below a checkout with what this package declares."""
    build()
    found = chapters(root)
    differences = Differences.read(root)
    endpoints = tuple(declared())
    tested: set[tuple[str, str]] = reached(root, found)
    facts = {(c.platform, fact.section): fact for c in found for fact in c.facts}
    missing = compare(facts, endpoints, signing(), differences)
    known = {(e.platform, e.section) for e in endpoints} | signing()
    rows = [_row(chapter, endpoints, tested, differences) for chapter in found]
    untested = [
        Finding(*key, "has no operation in tests/operations")
        for key in facts
        if key in known and key not in tested
    ]
    return Report(rows, differences.left_out, differences.beyond, [*missing, *untested])


def signing() -> set[Key]:
    """Give the sections that signing in uses, which no endpoint stands for."""
    return {
        (platform, section)
        for platform, credentials in credentials_by_platform().items()
        for section in credentials.sections
    }


def _row(
    chapter: Chapter,
    endpoints: Sequence[Endpoint[Any]],
    tested: Collection[tuple[str, str]],
    differences: Differences,
) -> Row:
    known = {(e.platform, e.section) for e in endpoints} | signing()
    keys = [(chapter.platform, fact.section) for fact in chapter.facts]
    return Row(
        chapter.platform,
        chapter.name,
        documented=len(keys),
        declared=sum(key in known for key in keys),
        reached=sum(key in tested for key in keys),
        left_out=sum(
            differences.leave_out(platform, Side.SECTION, section) for platform, section in keys
        ),
    )
