"""Global ids: opaque to callers, and enough for the gateway to find the thing again."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from resolvers.upstream.errors import BadInput

# Bumped when the shape below changes; ids of older shapes stay readable then.
_VERSION = "1"
_LONGEST = 8192


@dataclass(frozen=True, slots=True)
class GlobalId:
    """The kind of a thing, the connection it is on, and every upstream key that leads to it."""

    kind: str
    connection: str
    keys: tuple[str, ...]

    def __str__(self) -> str:
        """Write it as callers see it: base64url without padding."""
        text = _VERSION + json.dumps(
            [self.kind, self.connection, *self.keys], separators=(",", ":")
        )
        return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()

    @classmethod
    def parse(cls, text: str) -> "GlobalId":
        """Read an id as callers send it; raises `BadInput` for what this gateway never wrote."""
        match _decoded(text):
            case [str(kind), str(connection), str(first), *rest]:
                found = cls(kind, connection, (first, *map(str, rest)))
            case _:
                raise _malformed()
        # Base64 and JSON both have several spellings of one thing; ids have one.
        if str(found) != text:
            raise _malformed()
        return found


def _decoded(text: str) -> list[Any]:
    if len(text) > _LONGEST:
        raise _malformed()
    try:
        raw = base64.b64decode(text.encode() + b"=" * (-len(text) % 4), b"-_", validate=True)
        version, *shape = [raw[:1].decode(), raw[1:].decode()]
        return json.loads(shape[0]) if version == _VERSION else []
    except (ValueError, binascii.Error, RecursionError):
        raise _malformed() from None


def _malformed() -> BadInput:
    return BadInput("That is not an id of this gateway.")
