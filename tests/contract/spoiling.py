"""Examples that are spoilt in one place, and whether all else is read as before."""

import copy
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from pydantic import BaseModel, ValidationError

from gateway.coverage.fields import members
from gateway.coverage.paths import join
from resolvers.call import Endpoint
from tests.contract.reading import Case, places, read

# The keys and numbers that lead to something in a document.
Way = tuple[str | int, ...]


def ways(document: Any, at: Way = ()) -> Iterator[tuple[Way, Any]]:
    """Give everything in a document, the document itself first."""
    yield at, document
    if isinstance(document, dict):
        for name, value in cast("dict[str, Any]", document).items():
            yield from ways(value, (*at, name))
    elif isinstance(document, list):
        for number, value in enumerate(cast("list[Any]", document)):
            yield from ways(value, (*at, number))


def place_of(way: Way) -> str:
    """Write a way as the place that it leads to."""
    place = ""
    for step in way:
        place = f"{place}[{step}]" if isinstance(step, int) else join(place, step)
    return place


def spoilt(document: Any, way: Way, change: Callable[[Any, Any], None]) -> Any:
    """Copy a document, and change the last step of a way in what holds it."""
    made = copy.deepcopy(document)
    holder = made
    for step in way[:-1]:
        holder = holder[step]
    change(holder, way[-1])
    return made


def stands(case: Case, bad: Any, way: Way) -> bool:
    """Tell whether a spoilt document is read, and alike but for where it was spoilt."""
    place = place_of(way)
    try:
        after = _plain(case.endpoint, bad)
    except ValidationError:
        return False
    before = _plain(case.endpoint, case.document)
    return all(after[at] == found for at, found in before.items() if not is_within(at, place))


def _plain(endpoint: Endpoint[Any], document: Any) -> Mapping[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for place, value in places(endpoint, read(endpoint, document)):
        if value is not None and not isinstance(value, (BaseModel, Mapping, list)):
            found[place].append(value)
    return found


def is_within(place: str, upper: str) -> bool:
    """Tell whether a place is another one, or below it."""
    return place == upper or place.startswith((f"{upper}.", f"{upper}["))


def needed(case: Case) -> set[str]:
    """Give the places without which something cannot be read."""
    return {
        join("" if at == "$" else at, path)
        for at, value in case.decoded()
        if isinstance(value, BaseModel)
        for _, path, field in members(type(value))
        if field.is_required()
    }
