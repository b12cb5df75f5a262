"""How long a request may take in all."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from schema.limits.limit import LimitExceeded, Mode
from schema.limits.limits import Limits, Over

_NAME = "request_seconds"


@asynccontextmanager
async def patience(seconds: float, limits: Limits, over: Over) -> AsyncGenerator[None]:
    """Wait so long for what is done meanwhile, as far as the limit is more than measured.

    Raises `LimitExceeded`.
    """
    mode = limits.request_seconds.mode
    clock = asyncio.get_running_loop().time
    began = clock()
    timer = asyncio.timeout(seconds if mode is Mode.ENFORCE else None)
    try:
        async with timer:
            yield
    except TimeoutError:
        if not timer.expired():
            raise
        over(_NAME, mode)
        waited = round(clock() - began, 3)
        raise LimitExceeded(_NAME, waited, seconds, tells=limits.tell) from None
    if mode is Mode.MEASURE and clock() - began > seconds:
        over(_NAME, mode)
