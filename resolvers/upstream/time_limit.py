"""A time limit for one wait, at a third of what `asyncio.timeout` takes."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar, cast

T = TypeVar("T")


class _Limit:
    """Cancels a task when it is called, unless what it limits is over."""

    __slots__ = ("passed", "task")

    def __init__(self, task: "asyncio.Task[Any]") -> None:
        self.task = task
        self.passed = False

    def __call__(self) -> None:
        self.passed = True
        self.task.cancel()


async def within(seconds: float, work: Coroutine[Any, Any, T]) -> T:
    """Wait for work, which is cancelled after so many seconds; raises `TimeoutError` then.

    Must be called from a task, like `asyncio.timeout`, and tells a cancellation from outside from
    its own as that does.
    """
    task = cast("asyncio.Task[Any]", asyncio.current_task())
    before, limit = task.cancelling(), _Limit(task)
    timer = asyncio.get_running_loop().call_later(seconds, limit)
    try:
        return await work
    except asyncio.CancelledError:
        if limit.passed and task.uncancel() <= before:
            raise TimeoutError from None
        raise
    finally:
        timer.cancel()
