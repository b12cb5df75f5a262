"""Runs the stand-ins on loopback ports."""

import asyncio
import socket
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import Any, Self

import uvicorn

from gateway.sandbox.discovery import factories
from gateway.sandbox.kit.clock import Clock
from gateway.sandbox.kit.connection import Protocol
from gateway.sandbox.stand_in import StandIn

HOST = "127.0.0.1"


class Server(uvicorn.Server):
    """A server that says when it accepts and leaves the process's signals alone."""

    def __init__(self, stand_in: StandIn) -> None:
        """Prepare to serve one stand-in, silently."""
        super().__init__(
            uvicorn.Config(
                stand_in.app,
                access_log=False,
                date_header=False,
                http=Protocol,
                lifespan="off",
                log_config=None,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=1,
            )
        )
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept, then say so."""
        await super().startup(sockets)
        self.ready.set()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Capture none."""
        yield


class Sandbox:
    """The platforms, each on a port of its own."""

    def __init__(
        self,
        limits: bool = True,
        clock: Clock | None = None,
        ports: Mapping[str, int] | None = None,
    ) -> None:
        """Make the stand-ins; a platform without a port gets a free one at the start."""
        self.stand_ins = [make(limits, clock or Clock()) for make in factories()]
        self._ports = dict(ports or {})
        self._urls: dict[str, str] = {}
        self._servers: list[Server] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Start every stand-in and wait until all accept."""
        with ExitStack() as taken:
            listeners = [
                taken.enter_context(listener(self._ports.get(one.platform, 0)))
                for one in self.stand_ins
            ]
            taken.pop_all()
        for stand_in, bound in zip(self.stand_ins, listeners, strict=True):
            self._serve(stand_in, bound)
        await asyncio.gather(*(server.ready.wait() for server in self._servers))

    async def stop(self) -> None:
        """Stop every stand-in and wait until all have closed."""
        for server in self._servers:
            server.should_exit = True
        await asyncio.gather(*self._tasks)
        self._servers, self._tasks, self._urls = [], [], {}

    async def __aenter__(self) -> Self:
        """Start."""
        await self.start()
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Stop."""
        await self.stop()

    def url(self, platform: str) -> str:
        """Tell where a platform answers."""
        return self._urls[platform]

    def describe(self) -> list[dict[str, Any]]:
        """Tell each connection's platform, name, address and credentials."""
        return [
            {
                "platform": stand_in.platform,
                "connection": name,
                "url": self._urls[stand_in.platform],
                "credentials": dict(credentials),
            }
            for stand_in in self.stand_ins
            for name, credentials in stand_in.connections.items()
        ]

    def _serve(self, stand_in: StandIn, bound: socket.socket) -> None:
        self._urls[stand_in.platform] = f"http://{HOST}:{bound.getsockname()[1]}"
        server = Server(stand_in)
        self._servers.append(server)
        self._tasks.append(asyncio.create_task(server.serve([bound])))


def listener(port: int) -> socket.socket:
    """Bind a socket to a loopback port, 0 for any that is free."""
    # asyncio turns Nagle's delay off only for sockets that name TCP as their protocol.
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((HOST, port))
    except OSError:
        bound.close()
        raise
    return bound
