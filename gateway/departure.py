"""Ends the work for a client that has gone away before its answer was there."""

import asyncio
import contextlib

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = structlog.stdlib.get_logger("manifold.gateway")


async def until_gone(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Let `app` answer; it is cancelled when the client goes away first."""
    asked = asyncio.Event()

    async def receiving() -> Message:
        message = await receive()
        if not message.get("more_body"):
            asked.set()
        return message

    async def answer() -> None:
        await app(scope, receiving, send)

    work = asyncio.create_task(answer())
    watch = asyncio.create_task(_departure(asked, receive))
    try:
        await asyncio.wait((work, watch), return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            _log.info("client has gone")
            work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work
    finally:
        work.cancel()
        watch.cancel()


async def _departure(asked: asyncio.Event, receive: Receive) -> None:
    # The body is for the application to read; what comes behind it can only be the departure.
    await asked.wait()
    while (await receive())["type"] != "http.disconnect":
        pass
