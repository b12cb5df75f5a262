"""A request as it comes in: its headers are read once, for everything that looks at them."""

from collections.abc import Mapping
from typing import Any, Protocol

from starlette.types import Receive

# The extension of ASGI by which our own protocol tells of the connection.
CONNECTION = "manifold.connection"


class Connection(Protocol):
    """What carries a request, where that can say more than ASGI has words for."""

    @property
    def has_all(self) -> bool:
        """Whether the request has come as a whole."""
        ...

    @property
    def is_lost(self) -> bool:
        """Whether the client has gone away."""
        ...

    def watch(self, leave: Any) -> None:
        """Call `leave` when the client goes away; None is to call nothing any more."""
        ...


class Incoming:
    """One HTTP request. Names of headers are given as ASGI has them, in bytes and lower case."""

    __slots__ = (
        "_first",
        "_is_plain",
        "_lines",
        "connection",
        "method",
        "query",
        "receive",
        "scope",
    )

    def __init__(self, scope: Mapping[str, Any], receive: Receive) -> None:
        """Read the headers."""
        self.scope = scope
        self.receive = receive
        self.method: str = scope["method"]
        self.query: bytes = scope.get("query_string", b"")
        lines: list[tuple[bytes, bytes]] = scope["headers"]
        self._lines = lines
        # Of several lines of one name the first counts.
        self._first = dict(reversed(lines))
        self._is_plain = len(self._first) == len(lines)
        extensions = scope.get("extensions")
        self.connection: Connection | None = extensions.get(CONNECTION) if extensions else None

    def __contains__(self, name: bytes) -> bool:
        """Tell whether there is a header of that name."""
        return name in self._first

    def get(self, name: bytes) -> str | None:
        """Give a header, the first of several; None if there is none."""
        value = self._first.get(name)
        return None if value is None else value.decode("latin-1")

    def every(self, name: bytes) -> list[str]:
        """Give a header's lines in their order."""
        if self._is_plain:
            value = self._first.get(name)
            return [] if value is None else [value.decode("latin-1")]
        return [value.decode("latin-1") for key, value in self._lines if key == name]

    def joined(self, name: bytes) -> str | None:
        """Give a header that may stand on several lines (RFC 9110, 5.3)."""
        lines = self.every(name)
        return ", ".join(lines) if lines else None
