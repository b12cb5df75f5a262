"""Runs the gateway under uvicorn, alone or beside the stand-ins."""

import asyncio
import contextlib
import socket
from collections.abc import Callable, Coroutine

import uvicorn
from starlette.applications import Starlette

from gateway import app
from gateway.sandbox import Sandbox
from gateway.settings import Given, Settings


class Server(uvicorn.Server):
    """A server that tells when it accepts."""

    def __init__(self, config: uvicorn.Config, told: Callable[[str], None]) -> None:
        super().__init__(config)
        self._told = told

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept, then tell the address."""
        await super().startup(sockets)
        if self.started:
            host, port, *_ = self.servers[0].sockets[0].getsockname()
            self._told(f"http://{host}:{port}")


def run(settings: Settings, told: Callable[[str], None]) -> None:
    """Serve until a signal comes; `told` gets the address once it is taken."""
    _until_interrupted(_serve(app.create(settings), settings, told))


def run_sandbox(*, port: int, limits: bool, told: Callable[[str, Sandbox], None]) -> None:
    """Serve the gateway and the stand-ins until a signal comes."""

    async def serve() -> None:
        async with Sandbox(limits=limits) as sandbox:
            settings = sandbox_settings(sandbox, port=port)
            made = app.create(settings, sandbox=sandbox.describe())
            await _serve(made, settings, lambda url: told(url, sandbox))

    _until_interrupted(serve())


def sandbox_settings(sandbox: Sandbox, **given: object) -> Settings:
    """Make settings whose connections are those of the stand-ins, and no others."""
    connections = {
        one["connection"]: {
            "platform": one["platform"],
            "base_url": one["url"],
            **one["credentials"],
        }
        for one in sandbox.describe()
    }
    return Given(connections=connections, graphiql=True, **given)  # pyright: ignore[reportArgumentType]


async def _serve(made: Starlette, settings: Settings, told: Callable[[str], None]) -> None:
    config = uvicorn.Config(
        made,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
    )
    await Server(config, told).serve()


def _until_interrupted(main: Coroutine[None, None, None]) -> None:
    # uvicorn closes down in good order on Ctrl-C, then passes the signal on.
    loops = uvicorn.Config(app="", log_config=None).get_loop_factory()
    with contextlib.suppress(KeyboardInterrupt), asyncio.Runner(loop_factory=loops) as runner:
        runner.run(main)
