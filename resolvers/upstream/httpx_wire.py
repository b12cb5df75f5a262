"""The portable wire: httpx, which also knows proxies."""

import asyncio
import zlib
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urlencode

import anyio
import httpx

from resolvers.upstream.tls import verification
from resolvers.upstream.unpacker import Unpacker, is_packed
from resolvers.upstream.wire import (
    KEPT_SECONDS,
    USER_AGENT,
    Request,
    Response,
    TooLarge,
    TooSlow,
    WireError,
)


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
            verify=verification(),
            cookies=nothing,
            headers={"Accept-Encoding": "gzip", "User-Agent": USER_AGENT},
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

    def is_proxied(self, url: str) -> bool:
        """Tell whether the environment has a proxy for such URLs, or is said to have none."""
        client = self._client
        # Only httpx knows how it reads NO_PROXY, and it says it nowhere else.
        chosen = client._transport_for_url(httpx.URL(url))  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
        return chosen is not client._transport  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]

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
        try:
            async with self._client.stream(
                request.method,
                _with_query(request),
                headers=dict(request.headers),
                content=request.body,
                timeout=_timeout(request.timeout),
            ) as answer:
                body = await _read(answer, request.most_bytes)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, zlib.error) as error:
            failure = _failure(error)
        else:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return Response(answer.status_code, headers, body)
        # Raised where it was caught, it would hold httpx's error, and that all that was sent.
        raise failure


# Those of the second half are for a request that cannot be written.
_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.InvalidURL,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    UnicodeError,
)


async def _read(answer: httpx.Response, most: int) -> bytes:
    """Read an answer's body, and no more of it than may be kept in memory."""
    # A little that is packed can be very much: it is unpacked no further than it may go.
    unpacker = Unpacker() if is_packed(answer.headers.get("content-encoding", "")) else None
    body = bytearray()
    async for part in answer.aiter_raw():
        body += part if unpacker is None else unpacker.unpack(part, most + 1 - len(body))
        if len(body) > most:
            raise TooLarge(answer.status_code)
    if unpacker is not None:
        unpacker.end()
    return bytes(body)


def _with_query(request: Request) -> str:
    return f"{request.url}?{urlencode(request.query)}" if request.query else request.url


def _timeout(seconds: float) -> httpx.Timeout:
    # Whoever is not reached by then has been sent nothing, and it is known before all time is up.
    return httpx.Timeout(seconds, connect=seconds / 2, pool=seconds / 2)


def _failure(error: Exception) -> WireError:
    # The text of an httpx error may hold the URL, and Kondado's credentials stand in its URLs.
    sent = not isinstance(error, _NOT_SENT)
    if isinstance(error, httpx.TimeoutException):
        return TooSlow("it did not answer in time", sent=sent)
    return WireError("the connection failed", sent=sent)
