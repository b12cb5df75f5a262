"""How long a request may take in all."""

import asyncio
from time import monotonic
from types import TracebackType
from typing import Any, cast

from resolvers.upstream.alarms import Alarms
from schema.limits.limit import LimitExceeded, Mode
from schema.limits.limits import Limits, Over

_NAME = "request_seconds"


class Patience:
    """Waits so long for what is done meanwhile, as far as the limit is more than measured.

    Leaving it raises `LimitExceeded` if it took longer, as `asyncio.timeout` does `TimeoutError`.
    """

    __slots__ = (
        "_alarms",
        "_before",
        "_began",
        "_is_over",
        "_limits",
        "_over",
        "_seconds",
        "_task",
    )

    def __init__(self, alarms: Alarms, seconds: float, limits: Limits, over: Over) -> None:
        """Wait for nothing yet; `over` is told of what takes longer."""
        self._alarms = alarms
        self._seconds, self._limits, self._over = seconds, limits, over
        self._is_over = False

    def __enter__(self) -> None:
        """Begin to wait, in a task."""
        self._began = monotonic()
        if self._limits.request_seconds.mode is Mode.ENFORCE:
            self._task = cast("asyncio.Task[Any]", asyncio.current_task())
            self._before = self._task.cancelling()
            self._alarms.add(self._began + self._seconds, self)

    def __call__(self) -> None:
        """End what has taken too long."""
        self._is_over = True
        self._task.cancel()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Tell of what has taken too long."""
        mode = self._limits.request_seconds.mode
        if mode is Mode.ENFORCE:
            self._alarms.strike(self)
        if self._is_over:
            ours = self._task.uncancel() <= self._before
            if isinstance(error, TimeoutError) or (
                ours and isinstance(error, asyncio.CancelledError)
            ):
                self._over(_NAME, mode)
                raise self._exceeded() from None
        elif mode is Mode.MEASURE and error is None and monotonic() - self._began > self._seconds:
            self._over(_NAME, mode)

    def _exceeded(self) -> LimitExceeded:
        waited = round(monotonic() - self._began, 3)
        return LimitExceeded(_NAME, waited, self._seconds, tells=self._limits.tell)
