"""The platforms of the benchmark: a server that has every answer ready.

    python -m benchmarks.upstream --port 9100

It reads no more of a request than its first line, and takes one request at a time from a
connection, as HTTP/1.1 has it without pipelining. `/__calls` tells how many calls it had, and
`/__latency?milliseconds=50` lets each answer wait from then on.
"""

import asyncio
from typing import Annotated, cast

import typer
import uvloop

from benchmarks.catalogue import Catalogue, answered

_CALLS = b"/__calls"
_LATENCY = b"/__latency?milliseconds="
_END = b"\r\n\r\n"
# What renews a token happens once in two hours, and is no call of any query.
_TOKENS = b"/oauth/token"


class Upstream:
    """What all connections share: the answers, the number of calls, and how long to wait."""

    def __init__(self) -> None:
        self._catalogue = Catalogue()
        self._known: dict[bytes, bytes] = {}
        self.calls = 0
        self.latency_seconds = 0.0

    def answer(self, target: bytes) -> bytes:
        """Give the answer to a target, and count the call."""
        self.calls += 1
        found = self._known.get(target)
        return found or self._looked_up(target)

    def _looked_up(self, target: bytes) -> bytes:
        if target.startswith(b"/__") or _TOKENS in target:
            self.calls -= 1
            return self._controlled(target)
        found = self._known[target] = self._catalogue.find(target)
        return found

    def _controlled(self, target: bytes) -> bytes:
        if target == _CALLS:
            return answered({"calls": self.calls})
        if target.startswith(_LATENCY):
            self.latency_seconds = int(target.removeprefix(_LATENCY)) / 1000
            return answered({})
        return self._catalogue.find(target)


class Connection(asyncio.Protocol):
    """One connection of a client."""

    def __init__(self, upstream: Upstream, loop: asyncio.AbstractEventLoop) -> None:
        self._upstream, self._loop = upstream, loop
        self._begun = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep where to write to."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Answer a request that is whole."""
        if self._begun:
            data = self._begun + data
        if not data.endswith(_END):
            self._begun = data
            return
        self._begun = b""
        begins = data.index(b" ") + 1
        answer = self._upstream.answer(data[begins : data.index(b" ", begins)])
        if self._upstream.latency_seconds:
            self._loop.call_later(self._upstream.latency_seconds, self._transport.write, answer)
        else:
            self._transport.write(answer)


async def listening(upstream: Upstream, port: int = 0) -> asyncio.Server:
    """Begin to listen on a port of this machine; 0 takes a free one."""
    loop = asyncio.get_running_loop()
    return await loop.create_server(lambda: Connection(upstream, loop), "127.0.0.1", port)


async def _serve(port: int) -> None:
    server = await listening(Upstream(), port)
    await server.serve_forever()


def main(port: Annotated[int, typer.Option(help="The port to listen on.")]) -> None:
    """Play the platforms until a signal comes."""
    uvloop.run(_serve(port))


if __name__ == "__main__":
    typer.run(main)
