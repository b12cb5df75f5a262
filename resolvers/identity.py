"""Global ids: opaque to callers, and enough for the gateway to find the thing again."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

from pydantic import Field

from resolvers.opaque import Opaque
from resolvers.upstream.errors import BadInput

# Kind, connection, and at least one key.
_ids: Opaque[list[str]] = Opaque(Annotated[list[str], Field(min_length=3)], longest=8192)


@dataclass(frozen=True, slots=True)
class GlobalId:
    """The kind of a thing, the connection it is on, and every upstream key that leads to it."""

    kind: str
    connection: str
    keys: tuple[str, ...]

    def __str__(self) -> str:
        """Write it as callers see it."""
        return _ids.write([self.kind, self.connection, *self.keys])

    @classmethod
    def parse(cls, text: str) -> "GlobalId":
        """Read an id as callers send it; raises `BadInput` for what this gateway never wrote."""
        found = _read(text) if len(text) > _LONGEST_KEPT else _read_once(text)
        if found is None:
            raise BadInput("That is not an id of this gateway.")
        return found


# An id is read where it is estimated what it costs, and where it is followed.
_LONGEST_KEPT = 200


def _read(text: str) -> GlobalId | None:
    try:
        kind, connection, *keys = _ids.read(text)
    except ValueError:
        return None
    return GlobalId(kind, connection, tuple(keys))


_read_once = lru_cache(1000)(_read)


def written_id(kind: str, connection: str, keys: Mapping[str, str]) -> str:
    """Write the global id of a thing, whose keys come outermost first."""
    return _ids.write([kind, connection, *keys.values()])
