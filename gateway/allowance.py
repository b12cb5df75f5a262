"""What a caller may ask in a minute, charged by what it costs: in calls to platforms."""

import asyncio
import math

from resolvers.upstream.services import Services
from resolvers.upstream.store import MemoryStore
from schema.limits.limit import LimitExceeded, Mode
from schema.limits.limits import Limits, Over

LIMIT = "calls_per_minute"
_MINUTE = 60.0

# The event loop alone would forget what nobody waits for any more.
_settling = set[asyncio.Task[float]]()


class CallersAllowance:
    """One operation's part of its caller's minute, which all gateways at one store share.

    It is a bucket that fills evenly: who has used it up waits for as long as what he asks for takes
    to flow in, and no longer.
    """

    __slots__ = ("_key", "_limit", "_limits", "_over", "_store", "_taken")

    def __init__(self, services: Services, limits: Limits, over: Over, mark: str) -> None:
        """Find a caller's bucket by the `mark` of its name or address."""
        self._store, self._limits, self._over = services.store, limits, over
        self._limit = limits.calls_per_minute
        self._key = f"allowance:{mark}"
        self._taken = 0.0

    async def take(self, calls: int) -> None:
        """Take what an operation may cost; raises `LimitExceeded` if it is not there.

        One that may cost more than there ever is takes all of it.
        """
        if self._limit.mode is Mode.OFF:
            return
        amount = min(calls, self._limit.most)
        wait = await self._draw(amount) if amount else math.inf
        if not wait:
            self._taken += amount
            return
        self._over(LIMIT, self._limit.mode)
        if self._limit.mode is Mode.ENFORCE:
            after = wait if math.isfinite(wait) else None
            tells = self._limits.tell
            raise LimitExceeded(LIMIT, calls, self._limit.most, tells=tells, retry_after=after)

    async def settle(self, made: int) -> None:
        """Give back what was taken and not made, also for one who no longer waits for it.

        What is kept elsewhere is given back behind the answer, which need not wait for it.
        """
        unused, self._taken = self._taken - made, 0.0
        if unused <= 0:
            return
        if type(self._store) is MemoryStore:
            # It answers at once, so nobody can leave meanwhile.
            await self._draw(-unused)
            return
        giving = asyncio.create_task(self._draw(-unused))
        _settling.add(giving)
        giving.add_done_callback(_settling.discard)

    async def _draw(self, amount: float) -> float:
        return await self._store.draw(self._key, amount, self._limit.most, _MINUTE)


async def settled() -> None:
    """Wait until all of the event loop's has been given back."""
    loop = asyncio.get_running_loop()
    mine = [giving for giving in _settling if giving.get_loop() is loop]
    await asyncio.gather(*mine, return_exceptions=True)
