"""How long a request may take in all."""

import asyncio
from types import TracebackType

from schema.limits.limit import LimitExceeded, Mode
from schema.limits.limits import Limits, Over

_NAME = "request_seconds"


class Patience:
    """Waits so long for what is done meanwhile, as far as the limit is more than measured.

    Leaving it raises `LimitExceeded`.
    """

    __slots__ = ("_began", "_clock", "_limits", "_over", "_seconds", "_timer")

    def __init__(self, seconds: float, limits: Limits, over: Over) -> None:
        """Wait for nothing yet; `over` is told of what takes longer."""
        self._seconds, self._limits, self._over = seconds, limits, over

    async def __aenter__(self) -> None:
        """Begin to wait."""
        enforces = self._limits.request_seconds.mode is Mode.ENFORCE
        self._clock = asyncio.get_running_loop().time
        self._began = self._clock()
        self._timer = asyncio.timeout(self._seconds if enforces else None)
        await self._timer.__aenter__()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Tell of what has taken too long, and end it where the limit is enforced."""
        mode, late = self._limits.request_seconds.mode, isinstance(error, TimeoutError)
        try:
            await self._timer.__aexit__(kind, error, trace)
        except TimeoutError:
            late = True
        if late and self._timer.expired():
            self._over(_NAME, mode)
            raise self._exceeded() from None
        if error is None and mode is Mode.MEASURE and self._clock() - self._began > self._seconds:
            self._over(_NAME, mode)

    def _exceeded(self) -> LimitExceeded:
        waited = round(self._clock() - self._began, 3)
        return LimitExceeded(_NAME, waited, self._seconds, tells=self._limits.tell)
