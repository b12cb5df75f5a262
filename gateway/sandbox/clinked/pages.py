"""Clinked's pages and the filters that its lists have in common."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from starlette.requests import Request

from gateway.sandbox.clinked.refusals import invalid
from gateway.sandbox.kit.values import Record

T = TypeVar("T")

LARGEST_SIZE = 100


def page(
    request: Request, found: Sequence[T], default_size: int, show: Callable[[T], Record]
) -> Record:
    """Cut the page that the caller asks for, in Clinked's envelope."""
    current = max(1, number(request, "page", 1))
    size = min(max(1, number(request, "size", default_size)), LARGEST_SIZE)
    first = (current - 1) * size
    return {
        "items": [show(one) for one in found[first : first + size]],
        "currentPage": current,
        "totalPages": -(-len(found) // size),
        "pageSize": size,
        "totalResults": len(found),
        "nextPage": first + size < len(found),
        "previousPage": current > 1,
    }


def number(request: Request, name: str, default: int) -> int:
    """Read a number out of the query, or refuse."""
    text = request.query_params.get(name, str(default))
    if not text.isdecimal():
        raise invalid(f"{name} must be a number")
    return int(text)


def flag(request: Request, name: str, *, default: bool = False) -> bool:
    """Read true or false out of the query."""
    return request.query_params.get(name, str(default)).lower() == "true"


def numbers(request: Request, name: str) -> set[int]:
    """Read numbers out of the query, separated by commas or given repeatedly."""
    texts = ",".join(request.query_params.getlist(name)).split(",")
    return {int(text) for text in texts if text.strip().isdecimal()}


def named(request: Request, texts: Sequence[str | None]) -> bool:
    """Say whether any text contains `name` and any starts with `startsWith`, as asked."""
    part = request.query_params.get("name", "").lower()
    start = request.query_params.get("startsWith", "").lower()
    lower = [text.lower() for text in texts if text]
    return (not part or any(part in text for text in lower)) and (
        not start or any(text.startswith(start) for text in lower)
    )


def ordered(
    request: Request, found: Sequence[T], keys: dict[str, Callable[[T], object]]
) -> list[T]:
    """Order by one of the keys, if the caller asks for one."""
    name = request.query_params.get("orderBy", "")
    if not name:
        return list(found)
    if name not in keys:
        raise invalid(f"orderBy {name} is unknown")
    falling = not flag(request, "ascending", default=True)
    return sorted(found, key=lambda one: str(keys[name](one)).lower(), reverse=falling)
