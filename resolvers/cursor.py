"""Cursors of merged lists: opaque to callers, one place per source, good for one list only."""

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import cast

from resolvers.merge import Place
from resolvers.upstream.errors import BadInput

_VERSION = "1"
_LONGEST = 65536


def fingerprint(*asked: object) -> str:
    """Name a list by what was asked for, so that its cursors fit no other list."""
    return hashlib.sha256(repr(asked).encode()).hexdigest()[:10]


def write(listing: str, places: Mapping[str, Place]) -> str:
    """Write the places of a list's sources; `listing` is its fingerprint."""
    shape = {name: [p.count, p.feed, p.offset] for name, p in sorted(places.items())}
    text = _VERSION + json.dumps([listing, shape], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def read(listing: str, text: str) -> dict[str, Place]:
    """Read a cursor; raises `BadInput` for what is none, or belongs to another list."""
    decoded = _decoded(text)
    if not isinstance(decoded, list) or len(cast("list[object]", decoded)) != 2:
        raise _malformed()
    of, shape = cast("list[object]", decoded)
    if not isinstance(of, str) or not isinstance(shape, dict):
        raise _malformed()
    found = cast("dict[str, object]", shape)
    if of != listing:
        message = "That cursor belongs to another list, or to the same list with another filter."
        raise BadInput(message, path=("after",))
    return {name: _place(value) for name, value in found.items()}


def _place(value: object) -> Place:
    match value:
        case [int(count), None | str() as feed, int(offset)] if count >= 0 and offset >= 0:
            return Place(count, feed, offset)
        case _:
            raise _malformed()


def _decoded(text: str) -> object:
    if len(text) > _LONGEST:
        raise _malformed()
    try:
        raw = base64.b64decode(text.encode() + b"=" * (-len(text) % 4), b"-_", validate=True)
        if raw[:1] != _VERSION.encode():
            raise _malformed()
        return json.loads(raw[1:])
    except (ValueError, RecursionError):
        raise _malformed() from None


def _malformed() -> BadInput:
    return BadInput("That is not a cursor of this list.", path=("after",))
