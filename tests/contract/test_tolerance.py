"""Answers that are a little off: what could be read is read, whatever the endpoint.

Every example is spoilt in one place at a time, and all the rest of it has to come out as it was.
"""

from enum import Enum
from typing import Any

import pytest

from gateway.coverage.fields import replied
from gateway.coverage.paths import join
from resolvers.call import Endpoint
from resolvers.paging import Page
from resolvers.reply import Envelope
from tests.contract.documents import path_of
from tests.contract.reading import CASES, Case
from tests.contract.spoiling import Way, is_within, needed, place_of, spoilt, stands, ways

every_answer = pytest.mark.parametrize("case", CASES, ids=str)


def put(value: object) -> Any:
    """Make a change that puts a value in the place of another."""

    def change(holder: Any, step: str | int) -> None:
        holder[step] = value

    return change


def add(value: object) -> Any:
    """Make a change that adds an item to a list."""

    def change(holder: Any, step: str | int) -> None:
        holder[step] = [*holder[step], value]

    return change


def remove(holder: Any, step: str | int) -> None:
    """Take a member out."""
    del holder[step]


def broken(case: Case, changes: list[tuple[Way, Any]]) -> list[str]:
    """Give the places where a change costs more than the place itself."""
    return [
        place_of(way)
        for way, change in changes
        # The whole answer has no step that leads to it, so it is put into a list for a moment.
        if not stands(case, spoilt([case.document], (0, *way), change)[0], way)
    ]


@every_answer
def test_members_that_are_new_are_passed_over(case: Case) -> None:
    """Wherever a platform adds them."""
    objects = [way for way, value in ways(case.document) if isinstance(value, dict)]
    new = [(*way, "addedLater") for way in objects if not is_free(case.endpoint, way)]

    assert broken(case, [(way, put({"id": "x", "items": [1]})) for way in new]) == []


def is_free(endpoint: Endpoint[Any], way: Way) -> bool:
    """Tell whether an object may have members of any name, which are all read."""
    path = path_of(place_of(way))
    return any(place.path == join(path, "*") for place in replied(endpoint))


def is_enveloped(endpoint: Endpoint[Any]) -> bool:
    """Tell whether what is asked for comes in an envelope."""
    reply: Any = endpoint.reply
    return isinstance(reply, type) and issubclass(reply, (Envelope, Page))


@every_answer
def test_values_of_an_enum_that_are_new_cost_nothing(case: Case) -> None:
    """A platform adds to its lists of values without asking."""
    enums = {at for at, value in case.decoded() if isinstance(value, Enum)}
    spoils = [
        (way, put("SOMETHING_NEW" if isinstance(value, str) else 7777))
        for way, value in ways(case.document)
        if place_of(way) in enums and value is not None
    ]

    assert broken(case, spoils) == []


@every_answer
@pytest.mark.parametrize("change", [remove, put(None)], ids=["missing", "null"])
def test_a_member_that_is_not_there_costs_itself_alone(case: Case, change: Any) -> None:
    """Unless the thing cannot be told from others without it."""
    must = needed(case)
    spoils = [
        (way, change)
        for way, _ in ways(case.document)
        if way
        and isinstance(way[-1], str)
        and not any(is_within(place, place_of(way)) for place in must)
    ]

    assert broken(case, spoils) == []


@every_answer
@pytest.mark.parametrize("value", ["what is this", {"odd": [1]}, [[]]], ids=["text", "map", "list"])
def test_a_member_of_another_kind_costs_itself_alone(case: Case, value: object) -> None:
    """It reads as if it were not there; an envelope whose own members are odd is not opened."""
    must = needed(case)
    spoils = [
        (way, put(value))
        for way, _ in ways(case.document)
        if len(way) > is_enveloped(case.endpoint)
        and isinstance(way[-1], str)
        and not any(is_within(place, place_of(way)) for place in must)
    ]

    assert broken(case, spoils) == []


@every_answer
@pytest.mark.parametrize("item", [None, 7], ids=["null", "number"])
def test_an_item_that_cannot_be_read_costs_itself_alone(case: Case, item: object) -> None:
    """In the list that is asked for, and in the lists inside it."""
    lists = [way for way, value in ways(case.document) if isinstance(value, list) and value]

    assert broken(case, [(way, add(item)) for way in lists]) == []
