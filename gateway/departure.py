"""Ends the work for a client that has gone away before its answer was there."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.types import Receive

from gateway.http.incoming import Connection

T = TypeVar("T")


class Gone(Exception):
    """The client went away, and the work for it has ended."""


class _Departure:
    """Ends the task in which it was made, once."""

    __slots__ = ("_task", "has_come")

    def __init__(self) -> None:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("there is no task to be ended")
        self._task = task
        self.has_come = False

    def __call__(self) -> None:
        """End the task."""
        if not self.has_come:
            self.has_come = True
            self._task.cancel()

    def check(self) -> None:
        """Raise `Gone` if it has come, in place of what the task has ended with."""
        if self.has_come:
            # The task itself goes on: it was only the work that had to end.
            self._task.uncancel()
            raise Gone from None


async def while_there(
    work: Coroutine[Any, Any, T], receive: Receive, connection: Connection | None = None
) -> T:
    """Do the work until the client goes away, whose request was read to its end; raises `Gone`.

    A `connection` tells of that by itself. Where there is none, a task waits for it.
    """
    if connection is None:
        return await _while_received(work, receive)
    if connection.is_lost:
        work.close()
        raise Gone
    departure = _Departure()
    connection.watch(departure)
    try:
        done = await work
    except BaseException:
        departure.check()
        raise
    finally:
        connection.watch(None)
    departure.check()
    return done


async def _while_received(work: Coroutine[Any, Any, T], receive: Receive) -> T:
    departure = _Departure()
    watching = asyncio.create_task(_watch(receive, departure))
    try:
        done = await work
    except BaseException:
        departure.check()
        raise
    finally:
        watching.cancel()
        # Nothing goes on behind an answer, and what it ends with stands in no log of asyncio's.
        await asyncio.gather(watching, return_exceptions=True)
    departure.check()
    return done


async def _watch(receive: Receive, departure: _Departure) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    departure()
