"""Ends the work for a client that has gone away before its answer was there."""

import asyncio
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
        gone = not working.done()
    finally:
        working.cancel()
        watching.cancel()
        # Nothing goes on behind an answer, and what it ends with stands in no log of asyncio's.
        await asyncio.gather(working, watching, return_exceptions=True)
    if gone:
        raise Gone
    return working.result()


async def _departure(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
