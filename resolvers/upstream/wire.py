"""What carries bytes to a platform: a seam of one method."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


# Nobody changes a request or an answer. Not frozen they are made in a third of the time.
@dataclass(slots=True)
class Request:
    """One HTTP request as it leaves, credentials included (and so left out of its repr).

    `url` is absolute and carries no query; `timeout` is in seconds, and bounds each wait for the
    platform: to send, and for each part of the answer; to connect, the half of it. An answer of
    more than `most_bytes` is not read to its end.
    """

    method: str
    url: str
    query: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    body: bytes | None = field(default=None, repr=False)
    timeout: float = 10.0
    most_bytes: int = 16 * 1024 * 1024


@dataclass(slots=True)
class Response:
    """One HTTP answer; header names are lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    body: bytes = field(default=b"", repr=False)


class WireError(Exception):
    """The exchange failed before a whole answer was there.

    `sent` tells whether any byte of the request may have reached the platform.
    """

    def __init__(self, reason: str, *, sent: bool) -> None:
        """Keep the reason, which never holds an address or a credential."""
        super().__init__(reason)
        self.sent = sent


class TooSlow(WireError):
    """The platform did not answer in time."""


class TooLarge(WireError):
    """The answer is longer than is read; its status is known."""

    def __init__(self, status: int) -> None:
        """Keep the status."""
        super().__init__("the answer is too long", sent=True)
        self.status = status


class Wire(Protocol):
    """Sends one request and gives its whole answer, or raises `WireError`.

    It keeps nothing of an answer: no cookie, no cache.
    """

    async def send(self, request: Request) -> Response:
        """Send `request`; redirects are not followed."""
        ...

    async def close(self) -> None:
        """Give back the sockets."""
        ...


# Many a server closes a socket that has been idle for five seconds, and a request that crosses with
# that is lost; one that is so close to it is not used.
KEPT_SECONDS = 3.0

USER_AGENT = "manifold"
