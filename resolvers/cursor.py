"""Cursors of merged lists: opaque to callers, one place per source, good for one list only."""

import hashlib
from collections.abc import Mapping

from pydantic import NonNegativeInt

from resolvers.merge import Place
from resolvers.opaque import Opaque
from resolvers.upstream.errors import BadInput

# The list's fingerprint, and by source: items so far, the feed of the next one, its offset there.
_Places = dict[str, tuple[int, str | None, int]]
_cursors: Opaque[tuple[str, _Places]] = Opaque(
    tuple[str, dict[str, tuple[NonNegativeInt, str | None, NonNegativeInt]]], longest=65536
)


def fingerprint(*asked: object) -> str:
    """Name a list by what was asked for, so that its cursors fit no other list."""
    return hashlib.sha256(repr(asked).encode()).hexdigest()[:10]


def write(listing: str, places: Mapping[str, Place]) -> str:
    """Write the places of a list's sources; `listing` is its fingerprint."""
    return _cursors.write((listing, {n: (p.count, p.feed, p.offset) for n, p in places.items()}))


def read(listing: str, text: str) -> dict[str, Place]:
    """Read a cursor; raises `BadInput` for what is none, or belongs to another list."""
    try:
        of, shape = _cursors.read(text)
    except ValueError:
        raise BadInput("That is not a cursor of this list.", path=("after",)) from None
    if of != listing:
        message = "That cursor belongs to another list, or to the same list with another filter."
        raise BadInput(message, path=("after",))
    return {name: Place(*place) for name, place in shape.items()}
