"""Ends the work for a client that has gone away before its answer was there."""

import asyncio
import contextlib

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send


async def until_gone(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> bool:
    """Let `app` answer until the client goes away; tells whether it has stayed."""
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
        stayed = work.done()
        if not stayed:
            work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work
    except ClientDisconnect:
        # It went before all of its request was there.
        return False
    finally:
        work.cancel()
        watch.cancel()
    return stayed


async def _departure(asked: asyncio.Event, receive: Receive) -> None:
    # The body is for the application to read; what comes behind it can only be the departure.
    await asked.wait()
    while (await receive())["type"] != "http.disconnect":
        pass
