"""Runs a sandbox beside the caller, in a thread with an event loop of its own."""

import asyncio
import threading
from collections.abc import Generator
from concurrent.futures import Future
from contextlib import contextmanager

from gateway.sandbox.kit.clock import Clock
from gateway.sandbox.server import Sandbox


@contextmanager
def running_sandbox(
    limits: bool = True,
    clock: Clock | None = None,
) -> Generator[Sandbox]:
    """Yield a started sandbox and stop it afterwards."""
    started = Future[tuple[Sandbox, asyncio.AbstractEventLoop, asyncio.Event]]()
    thread = threading.Thread(target=_run, args=(started, limits, clock), name="sandbox")
    thread.start()
    try:
        sandbox, loop, leave = started.result()
        try:
            yield sandbox
        finally:
            loop.call_soon_threadsafe(leave.set)
    finally:
        thread.join()


def _run(
    started: Future[tuple[Sandbox, asyncio.AbstractEventLoop, asyncio.Event]],
    limits: bool,
    clock: Clock | None,
) -> None:
    async def main() -> None:
        leave = asyncio.Event()
        async with Sandbox(limits, clock) as sandbox:
            started.set_result((sandbox, asyncio.get_running_loop(), leave))
            await leave.wait()

    try:
        asyncio.run(main())
    except BaseException as error:
        if started.done():
            raise
        started.set_exception(error)
