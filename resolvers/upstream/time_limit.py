"""A time limit for each of many waits, at a tenth of what `asyncio.timeout` takes."""

import asyncio
from collections.abc import Awaitable
from time import monotonic
from typing import Any, TypeVar, cast

from resolvers.upstream.alarms import Alarms

T = TypeVar("T")


class _Limit:
    """Cancels a task when it is called."""

    __slots__ = ("passed", "task")

    def __init__(self, task: "asyncio.Task[Any]") -> None:
        self.task = task
        self.passed = False

    def __call__(self) -> None:
        self.passed = True
        self.task.cancel()


class TimeLimits:
    """Ends waits that take too long."""

    def __init__(self) -> None:
        """Start with none."""
        self._alarms = Alarms()

    async def within(self, seconds: float, work: Awaitable[T]) -> T:
        """Wait for work, which is cancelled after so many seconds; raises `TimeoutError` then.

        Has to be called from a task, like `asyncio.timeout`, and tells a cancellation from outside
        from its own as that does.
        """
        task = cast("asyncio.Task[Any]", asyncio.current_task())
        before, limit = task.cancelling(), _Limit(task)
        self._alarms.add(monotonic() + seconds, limit)
        try:
            return await work
        except asyncio.CancelledError:
            if limit.passed and task.uncancel() <= before:
                raise TimeoutError from None
            raise
        finally:
            self._alarms.strike(limit)

    def close(self) -> None:
        """End nothing any more."""
        self._alarms.close()
