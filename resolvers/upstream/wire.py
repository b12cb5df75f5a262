"""What carries bytes to a platform: a seam of one method, and httpx behind it."""

import asyncio
import ssl
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Protocol
from urllib.parse import urlencode

import anyio
import httpx


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


class HttpxWire:
    """The portable wire."""

    def __init__(self, *, connections: int = 100) -> None:
        """Open a pool of at most `connections` sockets."""
        limits = httpx.Limits(
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=KEPT_SECONDS,
        )
        nothing = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
        self._client = httpx.AsyncClient(
            limits=limits,
            follow_redirects=False,
            verify=_tls(),
            cookies=nothing,
            headers={"Accept-Encoding": "gzip"},
        )
        self._tasks: set[asyncio.Task[Response]] = set()

    async def send(self, request: Request) -> Response:
        """Send `request` over a pooled socket."""
        # The pool protects its tidying up from a scope that is cancelled, not from a task that is:
        # whoever left would leave sockets open that nobody knows of any more.
        left = anyio.CancelScope()
        task = asyncio.create_task(self._within(left, request))
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            left.cancel()
            raise

    async def close(self) -> None:
        """Close the pool, once those who left have tidied up."""
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.aclose()

    def _ended(self, task: asyncio.Task[Response]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            # Of one who left nobody sees how it failed, and the event loop would complain.
            task.exception()

    async def _within(self, scope: anyio.CancelScope, request: Request) -> Response:
        with scope:
            return await self._exchange(request)
        raise asyncio.CancelledError

    async def _exchange(self, request: Request) -> Response:
        asked = self._client.stream(
            request.method,
            _with_query(request),
            headers=dict(request.headers),
            content=request.body,
            timeout=_timeout(request.timeout),
        )
        try:
            async with asked as answer:
                body = await _read(answer, request.most_bytes)
        except (httpx.HTTPError, httpx.InvalidURL, zlib.error) as error:
            failure = _failure(error)
        else:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return Response(answer.status_code, headers, body)
        # Raised where it was caught, it would hold httpx's error, and that all that was sent.
        raise failure


async def _read(answer: httpx.Response, most: int) -> bytes:
    """Read an answer's body, and no more of it than may be kept in memory."""
    # A little that is packed can be very much: it is unpacked no further than it may go.
    packed = answer.headers.get("content-encoding", "").lower() == "gzip"
    unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS) if packed else None
    body = bytearray()
    async for part in answer.aiter_raw():
        body += part if unpacker is None else unpacker.decompress(part, most + 1 - len(body))
        if len(body) > most:
            raise TooLarge(answer.status_code)
    return bytes(body)


@cache
def _tls() -> ssl.SSLContext:
    # To read all certificates takes longer than many a call.
    return httpx.create_ssl_context()


def _with_query(request: Request) -> str:
    return f"{request.url}?{urlencode(request.query)}" if request.query else request.url


def _timeout(seconds: float) -> httpx.Timeout:
    # Whoever is not reached by then has been sent nothing, and it is known before all time is up.
    return httpx.Timeout(seconds, connect=seconds / 2, pool=seconds / 2)


def _failure(error: Exception) -> WireError:
    # The text of an httpx error may hold the URL, and Kondado's credentials stand in its URLs.
    sent = not isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout))
    if isinstance(error, httpx.TimeoutException):
        return TooSlow("it did not answer in time", sent=sent)
    return WireError("the connection failed", sent=sent)
