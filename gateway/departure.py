"""Ends the work for a client that has gone away before its answer was there."""

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.types import Receive

T = TypeVar("T")


class Gone(Exception):
    """The client went away, and the work for it has ended."""


async def while_there(work: Coroutine[Any, Any, T], receive: Receive) -> T:
    """Do the work until the client goes away, whose request was read to its end; raises `Gone`."""
    working = asyncio.create_task(work)
    watching = asyncio.create_task(_departure(receive))
    try:
        await asyncio.wait((working, watching), return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        working.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await working
        raise Gone
    finally:
        working.cancel()
        watching.cancel()


async def _departure(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
