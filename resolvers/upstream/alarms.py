"""Moments at which somebody is to be told, by one timer for all of them.

Nearly every wait is over long before its time is up. To note it and to strike it out again takes
a tenth of what a timer of its own does.
"""

import asyncio
import math
from collections.abc import Callable
from operator import itemgetter
from time import monotonic

# Event loops count in milliseconds; a timer that rings a little early would ring once more.
_LATE_SECONDS = 0.001


class Alarms:
    """What is called when its moment has come, unless it is struck out before."""

    def __init__(self) -> None:
        """Start with none."""
        self._due: dict[Callable[[], None], float] = {}
        self._rings_at = math.inf
        self._timer: asyncio.TimerHandle | None = None

    def add(self, at: float, call: Callable[[], None]) -> None:
        """Note what is to be called at a moment of the monotonic clock; needs a running loop.

        Infinity never comes.
        """
        self._due[call] = at
        if at < self._rings_at:
            self._set(at)

    def strike(self, call: Callable[[], None]) -> None:
        """Strike out what was noted, if it is not over."""
        self._due.pop(call, None)

    def close(self) -> None:
        """Call nothing any more."""
        self._due.clear()
        self._unset()

    def _set(self, at: float) -> None:
        self._unset()
        self._rings_at = at
        wait = at - monotonic() + _LATE_SECONDS
        self._timer = asyncio.get_running_loop().call_later(max(0.0, wait), self._ring)

    def _unset(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer, self._rings_at = None, math.inf

    def _ring(self) -> None:
        now = monotonic()
        self._timer, self._rings_at = None, math.inf
        due = [(call, at) for call, at in self._due.items() if at <= now]
        for call, _ in sorted(due, key=itemgetter(1)):
            # One that was called may have struck out another.
            if self._due.pop(call, None) is not None:
                call()
        following = min(self._due.values(), default=math.inf)
        if following < math.inf:
            self._set(following)
