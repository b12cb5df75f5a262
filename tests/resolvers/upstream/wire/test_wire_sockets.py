"""The sockets of the wire: none stays open that nobody will use again."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing

import pytest

from resolvers.upstream.wire import Request, Wire

PARALLEL = 6
# More turns of the event loop than a request needs to look after the pool and connect.
TURNS = 25
PATIENCE = 30.0


class Platform:
    """Answers once so many requests have come, and knows which connections have been closed."""

    def __init__(self) -> None:
        """Wait for the first."""
        self.closed: dict[asyncio.StreamWriter, asyncio.Event] = {}
        self.url = ""
        self._asked = 0
        self._complete = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer what comes by one connection, until the other side closes it."""
        self.closed[writer] = asyncio.Event()
        while await self._request(reader):
            self._asked += 1
            if self._asked >= PARALLEL:
                self._complete.set()
            await self._complete.wait()
            if not writer.is_closing() and writer.can_write_eof():
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        self.closed[writer].set()
        writer.close()

    async def _request(self, reader: asyncio.StreamReader) -> bool:
        try:
            return bool(await reader.readuntil(b"\r\n\r\n"))
        except (asyncio.IncompleteReadError, ConnectionError):
            return False

    def hang_up(self) -> list[asyncio.Event]:
        """Promise no more answers on any connection; what is given is set as each is closed."""
        for writer in self.closed:
            writer.write_eof()
        return list(self.closed.values())


@asynccontextmanager
async def serving() -> AsyncGenerator[Platform]:
    """Run a platform."""
    platform = Platform()
    server = await asyncio.start_server(platform.serve, "127.0.0.1", 0)
    with closing(server):
        platform.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        yield platform
        server.close()


@pytest.mark.parametrize("turns", range(TURNS))
async def test_who_leaves_while_idle_sockets_are_closed_leaves_none_of_them_open(
    wire: Wire, turns: int
) -> None:
    """They were out of the pool by then, and would stay open for as long as the process lives."""
    async with serving() as platform:
        request = Request("GET", platform.url)
        await asyncio.gather(*(wire.send(request) for _ in range(PARALLEL)))
        left = platform.hang_up()
        leaving = asyncio.create_task(wire.send(request))
        for _ in range(turns):
            await asyncio.sleep(0)
        leaving.cancel()
        await asyncio.gather(leaving, return_exceptions=True)
        await wire.send(request)
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(closed.wait() for closed in left))
