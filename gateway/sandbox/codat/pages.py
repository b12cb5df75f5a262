"""Codat's pages: filtered by a query, ordered by a property, linked to their neighbours."""

from collections.abc import Callable
from urllib.parse import urlencode

from starlette.requests import Request

from gateway.sandbox.codat.query import MalformedQueryError, predicate
from gateway.sandbox.codat.refusals import invalid, malformed
from gateway.sandbox.kit.values import Record, items, record

DEFAULT_SIZE = 100
LARGEST_SIZE = 5000

Resolve = Callable[[Record, str], list[str]]
"""Gives a record's values of a property, or refuses one that it cannot have."""


def page(request: Request, found: list[Record]) -> Record:
    """Cut the page that the caller asks for, in Codat's envelope."""
    size = number(request, "pageSize", DEFAULT_SIZE, LARGEST_SIZE)
    current = number(request, "page", 1, 1_000_000)
    return {
        "results": found[(current - 1) * size : current * size],
        "pageNumber": current,
        "pageSize": size,
        "totalResults": len(found),
        "_links": links(request, current, size, len(found)),
    }


def number(request: Request, name: str, default: int, largest: int) -> int:
    """Read a number from 1 up out of the query."""
    text = request.query_params.get(name, str(default))
    if not text.isdecimal() or not 1 <= int(text) <= largest:
        raise invalid(f"{name} must be a number from 1 to {largest}.")
    return int(text)


def links(request: Request, current: int, size: int, total: int) -> Record:
    """Link the page with its neighbours; links are relative."""
    path = request.url.path
    kept = {
        name: text
        for name, text in request.query_params.items()
        if name not in {"page", "pageSize"}
    }

    def link(place: int) -> Record:
        return {"href": f"{path}?{urlencode({'page': place, 'pageSize': size, **kept})}"}

    made: Record = {"self": {"href": path}, "current": link(current)}
    if current * size < total:
        made["next"] = link(current + 1)
    if current > 1:
        made["previous"] = link(current - 1)
    return made


def filtered(found: list[Record], text: str, resolve: Resolve) -> list[Record]:
    """Keep what the query wants."""
    if not text.strip():
        return found
    try:
        wanted = predicate(text)
    except MalformedQueryError as wrong:
        raise malformed() from wrong
    return [one for one in found if wanted(lambda name, one=one: resolve(one, name))]


def ordered(found: list[Record], text: str, resolve: Resolve) -> list[Record]:
    """Order by a property, from the end if it has a minus before it; nulls come first."""
    if not text:
        return found
    name = text.removeprefix("-")
    return sorted(found, key=lambda one: resolve(one, name), reverse=text.startswith("-"))


def resolver(kind: str, properties: frozenset[str]) -> Resolve:
    """Make the way to look up one of the properties a kind of record can have."""

    def resolve(one: Record, name: str) -> list[str]:
        if name not in properties:
            raise malformed(f"Could not resolve property {name} on {kind}")
        return values(one, name.split("."))

    return resolve


def values(value: object, path: list[str]) -> list[str]:
    """Collect the texts that a path leads to, through lists too."""
    several, fields = items(value), record(value)
    if several is not None:
        return [text for one in several for text in values(one, path)]
    if path:
        return values(fields.get(path[0]), path[1:]) if fields else []
    return [] if value is None else [str(value)]
