"""Runs the gateway under uvicorn, alone or beside the stand-ins."""

import asyncio
import contextlib
import errno
import gc
import math
import os
import signal
import socket
from collections.abc import Callable, Coroutine
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

import structlog
import uvicorn
from starlette.applications import Starlette

from gateway import app
from gateway.fellows import Fellows
from gateway.health import drain
from gateway.http.protocol import BoundedProtocol
from gateway.metrics import told as numbers
from gateway.sandbox import Sandbox
from gateway.settings import Given, Settings, SettingsError
from gateway.workers import Workers

_NO_CALLERS = (
    "there are no callers (MANIFOLD_CALLERS__…, MANIFOLD_JWT__…): `manifold keys new` makes a key, "
    "and --insecure serves whoever asks"
)
# The names by which this machine is asked for itself. A page elsewhere whose name was made to lead
# here would still be asked for by its own.
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")

_log = structlog.stdlib.get_logger("manifold.gateway")

# What an answer takes beyond its operation's deadline: to be written, sent and read.
_DRAIN_MARGIN_SECONDS = 3
# As uvicorn has it.
_BACKLOG = 2048
# How many more objects there have to be before any is searched for garbage.
_NEW_OBJECTS = 10_000


class Server(uvicorn.Server):
    """A server that tells when it accepts, and when a signal ends that.

    What is in flight is then answered, and new connections are refused. A second Ctrl-C waits for
    nothing.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        told: Callable[[], None],
        leaving: Callable[[], None],
        keeper: int | None = None,
    ) -> None:
        """Serve nothing yet; without the process `keeper`, if there is one, it leaves."""
        super().__init__(config)
        self._told, self._leaving, self._keeper = told, leaving, keeper

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept, then tell so."""
        await super().startup(sockets)
        if self.started:
            self._told()

    async def on_tick(self, counter: int) -> bool:
        """Tell whether to leave; asked for ten times a second."""
        leaves = await super().on_tick(counter)
        return leaves or self._keeper not in {None, os.getppid()}

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to leave; to be asked to and to have done it is no failure of the process."""
        del frame
        self._leaving()
        self.force_exit = self.force_exit or (self.should_exit and sig == signal.SIGINT)
        self.should_exit = True


def run(settings: Settings, told: Callable[[str], None], *, insecure: bool = False) -> None:
    """Serve until a signal comes; `told` gets the address. Raises `SettingsError`.

    A gateway that knows no callers is served only if it may be `insecure`.
    """
    if not settings.callers and settings.jwt is None:
        if not insecure:
            raise SettingsError(_NO_CALLERS)
        _log.warning("insecure: whoever reaches the gateway may do everything", host=settings.host)
    with _listening(settings) as listener:
        made = app.create(settings)
        _settle_memory()
        if settings.workers == 1:
            _until_interrupted(_serve(settings, made, listener, told))
        else:
            _serve_by_workers(settings, made, listener, told)


def _serve_by_workers(
    settings: Settings, made: Starlette, listener: socket.socket, told: Callable[[str], None]
) -> None:
    if not hasattr(os, "fork"):
        raise SettingsError("setting workers: this system cannot run more than one")
    if settings.store is None:
        _log.warning("each worker keeps limits and idempotency keys", workers=settings.workers)
    # Whoever connects before the first of them accepts waits for it.
    listener.listen(_BACKLOG)

    async def serve(fellows: Fellows) -> None:
        made.state.fellows = fellows
        async with fellows.open(lambda: numbers(made)):
            await _serve(settings, made, listener, lambda _: None, keeper)

    keeper = os.getpid()
    with TemporaryDirectory(prefix="manifold-") as folder:
        workers = Workers(
            settings.workers, lambda place: _until_interrupted(serve(Fellows(Path(folder), place)))
        )
        workers.run(lambda: told(_address(listener)))


def _settle_memory() -> None:
    """Leave what lasts as long as the process, the schema above all, out of what is searched."""
    gc.collect()
    gc.freeze()
    gc.enable()
    # An answer is made of thousands of objects, and most die with it.
    gc.set_threshold(_NEW_OBJECTS, 10, 50)


def run_sandbox(*, port: int, limits: bool, told: Callable[[str, Sandbox], None]) -> None:
    """Serve the gateway and the stand-ins until a signal comes. Raises `SettingsError`."""

    async def serve() -> None:
        async with Sandbox(limits=limits) as sandbox:
            settings = sandbox_settings(sandbox, keeps_limits=limits, port=port, hosts=LOOPBACK)
            made = app.create(settings, sandbox=sandbox.describe())
            _settle_memory()
            with _listening(settings) as listener:
                await _serve(settings, made, listener, lambda url: told(url, sandbox))

    _until_interrupted(serve())


def sandbox_settings(sandbox: Sandbox, *, keeps_limits: bool = False, **given: object) -> Settings:
    """Make settings whose connections are those of the stand-ins, and no others.

    Where the stand-ins keep no limits, the gateway need not keep them either.
    """
    connections = {
        one["connection"]: {
            "platform": one["platform"],
            "base_url": one["url"],
            **({} if keeps_limits else {"rate_limits": ()}),
            **one["credentials"],
        }
        for one in sandbox.describe()
    }
    # It is there to be looked at.
    shown = {"graphiql": True, "introspection": True, "suggestions": True}
    return Given(connections=connections, **{**shown, **given})  # pyright: ignore[reportArgumentType]


def _listening(settings: Settings) -> socket.socket:
    """Take the address and port of the settings, before anything is started."""
    host, port = settings.host, settings.port
    try:
        (family, *_, address), *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        # asyncio turns Nagle's delay off only for sockets that name TCP as their protocol.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    except OSError as error:
        raise SettingsError(f"setting host: {host}: {error.strerror}") from None
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRNOTAVAIL:
            raise SettingsError(f"setting host: {host}: {error.strerror}") from None
        message = f"setting port: {port}: {error.strerror}; --port takes another"
        raise SettingsError(message) from None
    return listener


def configured(settings: Settings, made: Starlette) -> uvicorn.Config:
    """Say how uvicorn serves the application."""
    return uvicorn.Config(
        made,
        http=BoundedProtocol,
        log_config=None,
        access_log=False,
        server_header=False,
        # By itself uvicorn lets any client on this machine name another address as its own; who is
        # trusted to, `trusted_hops` says.
        proxy_headers=False,
        # What one request's log lines carry is not for the next on its connection.
        reset_contextvars=True,
        # A client that neither sends nor reads would keep the process for ever.
        timeout_graceful_shutdown=math.ceil(settings.deadline_seconds) + _DRAIN_MARGIN_SECONDS,
    )


async def _serve(
    settings: Settings,
    made: Starlette,
    listener: socket.socket,
    told: Callable[[str], None],
    keeper: int | None = None,
) -> None:
    config, url = configured(settings, made), _address(listener)
    server = Server(config, lambda: told(url), lambda: drain(made), keeper)
    await server.serve([listener])


def _address(listener: socket.socket) -> str:
    host, port, *_ = listener.getsockname()
    shown = f"[{host}]" if listener.family is socket.AF_INET6 else host
    return f"http://{shown}:{port}"


def _until_interrupted(main: Coroutine[None, None, None]) -> None:
    # A Ctrl-C before the server serves.
    loops = uvicorn.Config(app="", log_config=None).get_loop_factory()
    with contextlib.suppress(KeyboardInterrupt), asyncio.Runner(loop_factory=loops) as runner:
        runner.run(main)
