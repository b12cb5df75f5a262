"""The gateway behind a real socket, so that its clients can go away."""

import asyncio
import json
import socket
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Literal

import httpx
import uvicorn

from gateway import app
from gateway.http.protocol import BoundedProtocol
from gateway.sandbox import Sandbox
from gateway.settings import Settings
from tests.graph.conftest import Graph
from tests.no_tls import NO_TLS
from tests.trouble.asking import PATIENCE

HOST = "127.0.0.1"
# The server's own protocol, or ours.
Http = Literal["auto"] | type[BoundedProtocol]


class _Server(uvicorn.Server):
    """A server that leaves the process's signals alone."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Capture none."""
        yield


@asynccontextmanager
async def served(
    sandbox: Sandbox, settings: Settings, http: Http = "auto"
) -> AsyncGenerator[Graph]:
    """Serve a gateway with these settings on a free port, over stand-ins that are as new."""
    with socket.create_server((HOST, 0)) as bound:
        config = uvicorn.Config(app.create(settings), http=http, log_config=None, access_log=False)
        server = _Server(config)
        task = asyncio.create_task(server.serve([bound]))
        for stand_in in sandbox.stand_ins:
            stand_in.reset()
        url = f"http://{HOST}:{bound.getsockname()[1]}"
        try:
            async with (
                httpx.AsyncClient(base_url=url, verify=NO_TLS, timeout=PATIENCE) as gateway,
                httpx.AsyncClient(verify=NO_TLS, timeout=PATIENCE) as outside,
            ):
                yield Graph(gateway, outside, sandbox)
        finally:
            server.should_exit = True
            await task


class Client:
    """Asks one thing over a socket of its own, and may leave before the answer."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Keep both ends of the socket."""
        self._reader, self._writer = reader, writer

    @classmethod
    async def asks(
        cls,
        graph: Graph,
        document: str,
        *,
        unsent: int = 0,
        accept: str = "*/*",
        **variables: object,
    ) -> "Client":
        """Connect and send an operation, but for so many bytes of its end."""
        reader, writer = await asyncio.open_connection(HOST, graph.gateway.base_url.port)
        body = json.dumps({"query": document, "variables": variables}).encode()
        head = (
            f"POST /graphql HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\nAccept: {accept}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body[: len(body) - unsent])
        await writer.drain()
        return cls(reader, writer)

    async def answer(self) -> dict[str, Any]:
        """Wait for the answer."""
        async with asyncio.timeout(PATIENCE):
            _, _, body = (await self._reader.read()).partition(b"\r\n\r\n")
        await self.leave()
        return json.loads(body)

    async def leave(self) -> None:
        """Close the socket."""
        self._writer.close()
        await self._writer.wait_closed()
