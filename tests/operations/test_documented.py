"""What the operations' platforms receive is what is documented, neither more nor less."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest

from gateway.coverage.compare import verdict
from gateway.coverage.differences import Differences, Side
from gateway.coverage.facts import Fact, chapters
from gateway.coverage.paths import join, stands_for
from gateway.sandbox.kit.calls import SECRET_PARAMETERS
from tests.operations.operation import Operation, operations

ROOT = Path(__file__).parents[2]
OPERATIONS = list(operations())
FACTS: dict[tuple[str, str], Fact] = {
    (chapter.platform, fact.section): fact for chapter in chapters(ROOT) for fact in chapter.facts
}
CHAPTERS = {
    (chapter.platform, fact.section): chapter.name
    for chapter in chapters(ROOT)
    for fact in chapter.facts
}


@cache
def differences() -> Differences:
    """Read what is left out and what goes beyond."""
    return Differences.read(ROOT)


def fact_of(operation: Operation) -> Fact:
    """Give what is documented of the call that an operation makes."""
    return FACTS[operation.platform, operation.section]


def sent_paths(value: object, path: str = "") -> Iterator[str]:
    """Give the paths of all that is in a body."""
    yield path or ("[]" if isinstance(value, list) else "$")
    if isinstance(value, dict):
        for name, inner in cast("dict[str, Any]", value).items():
            yield from sent_paths(inner, join(path, name))
    elif isinstance(value, list):
        for inner in cast("list[Any]", value):
            yield from sent_paths(inner, f"{path}[]")


def fields_of(operation: Operation) -> set[str]:
    """Give the paths of all that a platform receives in an operation's body."""
    received = operation.expected["received"]
    if "body" not in received:
        return set()
    paths = set(sent_paths(received["body"]))
    return paths if isinstance(received["body"], bool | str) else paths - {"$"}


def test_every_documented_call_has_an_operation_and_every_operation_is_documented() -> None:
    """In the folder of its chapter."""
    reached = {(one.platform, one.section): one.chapter for one in OPERATIONS}
    left_out = {
        (platform, section): name
        for (platform, section), name in CHAPTERS.items()
        if differences().leave_out(FACTS_PLATFORM[platform], Side.SECTION, section)
    }

    assert reached | left_out == CHAPTERS


FACTS_PLATFORM = {chapter.platform.value: chapter.platform for chapter in chapters(ROOT)}


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_a_platform_receives_the_documented_method_and_path(operation: Operation) -> None:
    """Each brace of the template is one segment."""
    fact, received = fact_of(operation), operation.expected["received"]
    template = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(fact.path))

    assert received["method"] == fact.method
    assert re.fullmatch(template, received["path"])


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_a_platform_receives_no_query_parameter_that_is_not_documented(
    operation: Operation,
) -> None:
    """But for those that are listed with a reason."""
    fact, platform = fact_of(operation), FACTS_PLATFORM[operation.platform]
    received: dict[str, str] = operation.expected["received"].get("query", {})
    beyond = [
        name
        for name in received
        if name not in {*fact.query, *fact.fixed}
        and not differences().go_beyond(platform, Side.QUERY, fact.section, name)
    ]

    assert beyond == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_a_platform_receives_no_field_that_is_not_documented(operation: Operation) -> None:
    """At any depth of the body."""
    fact, platform = fact_of(operation), FACTS_PLATFORM[operation.platform]
    beyond = [
        path
        for path in fields_of(operation)
        if not any(stands_for(known, path) for known in fact.request)
        and not verdict(path, fact.request).is_for
        and not differences().go_beyond(platform, Side.REQUEST, fact.section, path)
    ]

    assert beyond == []


@pytest.mark.parametrize("key", FACTS, ids=" ".join)
def test_every_documented_query_parameter_and_field_is_sent_by_an_operation(
    key: tuple[str, str],
) -> None:
    """What nobody sends is not proven to be right."""
    fact = FACTS[key]
    reaching = [one for one in OPERATIONS if (one.platform, one.section) == key]
    query = {name for one in reaching for name in one.expected["received"].get("query", {})}
    fields = {path for one in reaching for path in fields_of(one)}

    # What signs in is not told by a stand-in's list of calls.
    assert set(fact.query) - query - SECRET_PARAMETERS == set()
    assert [p for p in fact.request if not any(stands_for(p, one) for one in fields)] == []
