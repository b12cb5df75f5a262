"""A time limit for others, in which the time that our own event loop was busy does not count."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

# To connect and to ask takes more than a dozen turns of the loop.
_STEPS = 40


@asynccontextmanager
async def patience(seconds: float) -> AsyncGenerator[None]:
    """Raise `TimeoutError` once the body has been waited for so many seconds.

    The time is counted in steps. A loop that has hundreds of operations to begin takes a step late,
    and with it what has long been answered; by the clock alone, the one that answered would be
    blamed for it.
    """
    loop, left = asyncio.get_running_loop(), _STEPS

    def step() -> None:
        nonlocal left, timer
        left -= 1
        if left:
            timer = loop.call_later(seconds / _STEPS, step)
        else:
            limit.reschedule(loop.time())

    timer = loop.call_later(seconds / _STEPS, step)
    try:
        async with asyncio.timeout(None) as limit:
            yield
    finally:
        timer.cancel()
