"""Rests a connection whose platform fails, and sends one probe before it goes on.

    closed      calls pass; failures are counted over a rolling window
       │        half of at least ten calls failed
       ▼
    open        calls are refused at once, until the rest is over
       │        the rest is over
       ▼
    half open   one call passes as a probe; the others are refused
                good → closed; bad → open, twice as long

What is counted is this process's own; that a breaker is open, and who probes, all replicas share.
"""

import json
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from resolvers.upstream.store import Store

WINDOW_SECONDS = 30.0
LEAST_CALLS = 10
FAILED_SHARE = 0.5
LONGEST_REST_SECONDS = 60.0
# An open breaker that nobody asks again is forgotten after so long.
_KEPT_SECONDS = 600.0
# What somebody is told to wait while another's probe is under way.
_PROBE_WAIT_SECONDS = 1.0


class BreakerState(StrEnum):
    """Whether calls pass to a platform."""

    CLOSED = "CLOSED"
    """Calls pass."""
    OPEN = "OPEN"
    """The platform failed too often; calls are refused without being sent."""
    HALF_OPEN = "HALF_OPEN"
    """The next call is sent to see whether the platform is back."""


@dataclass(frozen=True, slots=True)
class Rest:
    """Until when (epoch seconds) a breaker is open, and for which time in a row."""

    until: float
    times: int = 1

    def written(self) -> bytes:
        """Write it for the store."""
        return json.dumps([self.until, self.times]).encode()

    @classmethod
    def read(cls, written: bytes | None) -> "Rest | None":
        """Read what was written; None if there is nothing that can be read."""
        try:
            until, times = json.loads(written or b"null")
            return cls(float(until), int(times))
        except (ValueError, TypeError):
            return None


def state_of(rest: Rest | None, now: float) -> BreakerState:
    """Tell a breaker's state by the rest that is written down for it."""
    if rest is None:
        return BreakerState.CLOSED
    return BreakerState.OPEN if now < rest.until else BreakerState.HALF_OPEN


def rest_after(before: Rest | None, now: float, shortest: float, asked: float | None) -> Rest:
    """Give the next rest: twice as long as the one before, and as long as the platform asks."""
    times = 1 if before is None else before.times + 1
    doubled = min(LONGEST_REST_SECONDS, shortest * 2.0 ** min(times - 1, 16))
    asked = min(LONGEST_REST_SECONDS, asked or 0.0)
    return Rest(now + max(doubled, asked), times)


@dataclass(slots=True)
class Tally:
    """When the calls of the last half minute ended: those that failed, and the others."""

    _failed: deque[float] = field(default_factory=deque[float])
    _good: deque[float] = field(default_factory=deque[float])

    def note(self, now: float, *, failed: bool) -> None:
        """Count a call that has ended."""
        ended = self._failed if failed else self._good
        ended.append(now)
        # What is ahead of a clock that was set back would keep its place for as long.
        while not now - WINDOW_SECONDS < ended[0] <= now:
            ended.popleft()
        other = self._good if failed else self._failed
        while other and not now - WINDOW_SECONDS < other[0] <= now:
            other.popleft()

    @property
    def trips(self) -> bool:
        """Whether so many failed that the platform should be left alone."""
        ended = len(self._failed) + len(self._good)
        return ended >= LEAST_CALLS and len(self._failed) >= ended * FAILED_SHARE

    def clear(self) -> None:
        """Start anew."""
        self._failed.clear()
        self._good.clear()


class Resting(Exception):
    """The breaker is open; nothing was sent."""

    def __init__(self, seconds: float) -> None:
        """Keep for how many seconds it rests."""
        super().__init__("the breaker is open")
        self.seconds = seconds


class Breaker:
    """One connection's breaker."""

    def __init__(
        self, store: Store, name: str, clock: Callable[[], float], *, rest: float, lease: float
    ) -> None:
        """Keep the state under the connection's name; a probe takes `lease` seconds at most."""
        self._store = store
        self._open, self._probe = f"breaker:{name}", f"probe:{name}"
        self._clock = clock
        self._rest, self._lease = rest, lease
        self._tally = Tally()

    async def state(self) -> BreakerState:
        """Tell the state."""
        return state_of(await self._written(), self._clock())

    async def admit(self) -> bytes | None:
        """Let a call pass, and give it a token if it is the probe; raises `Resting`."""
        rest = await self._written()
        if rest is None:
            return None
        # Another replica may have opened it; what went before must not open it a second time.
        self._tally.clear()
        wait = rest.until - self._clock()
        if wait > 0:
            raise Resting(wait)
        probe = uuid.uuid4().hex.encode()
        try:
            mine = await self._store.put(self._probe, probe, self._lease, new=True)
            current = mine and await self._written() == rest
        except BaseException:
            # It may have been put there all the same.
            await self.release(probe)
            raise
        if not mine:
            raise Resting(_PROBE_WAIT_SECONDS)
        if current:
            return probe
        # Another's probe came and went since this one looked.
        await self.release(probe)
        return await self.admit()

    async def still_admits(self, probe: bytes | None) -> None:
        """Raise `Resting` if it has opened since a call was let pass that then had to wait."""
        rest = None if probe is not None else await self._written()
        if rest is not None:
            raise Resting(max(_PROBE_WAIT_SECONDS, rest.until - self._clock()))

    async def release(self, probe: bytes | None) -> None:
        """Take a call back that has shown nothing: it was cancelled, or never sent."""
        if probe is not None:
            await self._store.drop(self._probe, probe)

    async def succeed(self, probe: bytes | None) -> None:
        """Count a call that the platform has answered, if only with a no."""
        if probe is None:
            self._tally.note(self._clock(), failed=False)
            return
        self._tally.clear()
        await self._store.drop(self._open)
        await self.release(probe)

    async def fail(self, probe: bytes | None, asked: float | None) -> bool:
        """Count a call that failed; tells whether the breaker has opened by it."""
        now = self._clock()
        self._tally.note(now, failed=True)
        before = await self._written()
        opens = self._opens(state_of(before, now), probe)
        if opens:
            self._tally.clear()
            rest = rest_after(before, now, self._rest, asked)
            await self._store.put(self._open, rest.written(), rest.until - now + _KEPT_SECONDS)
        await self.release(probe)
        return opens

    def _opens(self, state: BreakerState, probe: bytes | None) -> bool:
        if state is BreakerState.CLOSED:
            return self._tally.trips
        # A call from before it opened says nothing new.
        return state is BreakerState.HALF_OPEN and probe is not None

    async def _written(self) -> Rest | None:
        written = await self._store.get(self._open)
        return None if written is None else Rest.read(written)
