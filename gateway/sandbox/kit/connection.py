"""The connection that a call came by: whether the caller is still there, and hanging up."""

import asyncio

from starlette.requests import Request
from starlette.types import Receive
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

EXTENSION = "sandbox.connection"


class Protocol(HttpToolsProtocol):
    """Lets the app close a connection without an answer, for which ASGI has no message."""

    def on_message_begin(self) -> None:
        """Begin a call whose scope tells how to close its connection."""
        super().on_message_begin()
        self.scope["extensions"] = {EXTENSION: {"close": self.transport.close}}


async def stays(request: Request, milliseconds: int) -> bool:
    """Wait, and tell whether the caller has stayed; the wait ends when the caller goes."""
    if milliseconds == 0:
        return True
    try:
        async with asyncio.timeout(milliseconds / 1000):
            await _gone(request.receive)
    except TimeoutError:
        return True
    return False


async def hang_up(request: Request) -> None:
    """Close the connection, so that the caller gets no answer or no more of it."""
    request.scope["extensions"][EXTENSION]["close"]()
    # The server takes a call for failed, and answers 500, if it ends before the connection has.
    await _gone(request.receive)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
