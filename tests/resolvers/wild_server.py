"""A platform that does to a connection whatever a test wants, over real sockets.

The stand-ins are HTTP servers and answer as such. This one closes in the middle, floods and falls
silent, and tells how many requests it had and which of them were given up.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TypeVar

T = TypeVar("T")

# How long a test waits at most for what has to happen.
BOUND_SECONDS = 20.0


@dataclass(frozen=True)
class Exchange:
    """One request that came, and the connection to answer it by."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    reader: asyncio.StreamReader = field(repr=False)
    writer: asyncio.StreamWriter = field(repr=False)

    async def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.writer.write(data)
        await self.writer.drain()


Act = Callable[[Exchange], Awaitable[None]]


class WildServer:
    """Serves in the event loop of the test."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self.listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        # It is bound, so that nobody else takes the port; who connects is refused as yet.
        self.listener.bind(("127.0.0.1", 0))
        self.requests: list[Exchange] = []
        self.given_up = 0
        self.open = 0
        self._acts: list[Act] = []
        self._usual: Act = answer()
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """Its address."""
        scheme = "https" if self._tls else "http"
        return f"{scheme}://127.0.0.1:{self.listener.getsockname()[1]}"

    @property
    def paths(self) -> list[str]:
        """The targets of the requests that came, in order."""
        return [exchange.target for exchange in self.requests]

    def will(self, *acts: Act, then: Act | None = None) -> None:
        """Do these to the next requests, one each, and `then` to all others."""
        self._acts = list(acts)
        self._usual = then or answer()

    async def start(self) -> None:
        """Begin to listen."""
        self._server = await asyncio.start_server(self._serve, sock=self.listener, ssl=self._tls)

    async def stop(self) -> None:
        """Close the port and every connection."""
        if self._server is None:
            self.listener.close()
            return
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.open += 1
        try:
            while (exchange := await _received(reader, writer)) is not None:
                self.requests.append(exchange)
                act = self._acts.pop(0) if self._acts else self._usual
                await act(exchange)
        except asyncio.CancelledError:
            pass
        except (ConnectionError, asyncio.IncompleteReadError):
            self.given_up += 1
        finally:
            self.open -= 1
            self._tasks.discard(task)
            writer.close()


async def _received(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Exchange | None:
    head = await reader.readline()
    if not head:
        return None
    method, target, _ = head.decode().split(" ", 2)
    headers: dict[str, str] = {}
    while line := (await reader.readuntil(b"\r\n")).strip():
        name, _, value = line.decode().partition(":")
        headers[name.lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Exchange(method, target, headers, body, reader, writer)


def head(status: int, headers: dict[str, str]) -> bytes:
    """Write the part of an answer that comes before its body."""
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def answer(status: int = 200, body: bytes = b"{}", **headers: str) -> Act:
    """Answer well; an underscore in a header's name is a dash."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}

    async def act(exchange: Exchange) -> None:
        await exchange.send(head(status, {"content-length": str(len(body)), **given}) + body)

    return act


async def drop(exchange: Exchange) -> None:
    """Take the request, and close without a word."""
    exchange.writer.close()
    await exchange.reader.read()


async def halve(exchange: Exchange) -> None:
    """Close in the middle of the body."""
    await exchange.send(head(200, {"content-length": "100"}) + b'{"half": ')
    await drop(exchange)


async def hang(exchange: Exchange) -> None:
    """Say nothing until the other side gives up."""
    await exchange.reader.read()
    raise ConnectionResetError


def flood(megabytes: int, taken: list[int]) -> Act:
    """Send so many megabytes, and add to `taken` as they go."""

    async def act(exchange: Exchange) -> None:
        await exchange.send(head(200, {"content-length": str(megabytes << 20)}))
        for _ in range(megabytes << 4):
            await exchange.send(b" " * (1 << 16))
            taken.append(1 << 16)

    return act


@asynccontextmanager
async def wild_server(
    *, listening: bool = True, tls: ssl.SSLContext | None = None
) -> AsyncGenerator[WildServer]:
    """Run one; if it is not listening yet, who connects is refused."""
    server = WildServer(tls)
    if listening:
        await server.start()
    try:
        yield server
    finally:
        await server.stop()


async def until(condition: Callable[[], T]) -> T:
    """Wait until something is so, and give it; fails if that takes too long."""
    for _ in range(round(BOUND_SECONDS / 0.005)):
        if found := condition():
            return found
        await asyncio.sleep(0.005)
    raise AssertionError("what was waited for has not come about")
