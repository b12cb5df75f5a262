"""The turns of one budget: given at a glance while there is room, and else by `budget.py`."""

from bisect import bisect_right

from resolvers.upstream.budget import (
    TRAVEL_SECONDS,
    Left,
    Quota,
    Reservation,
    Rules,
    earliest,
    learned,
    left,
    open_from,
    refunded,
    took,
)

# So many moments may be kept that no longer count before anybody looks for them.
_LEAST_KEPT = 64


class Turns:
    """When calls were let go, or will be, each with its id, and what the platform says is left."""

    def __init__(self) -> None:
        """Start with none."""
        self._moments: list[float] = []
        self._ids: list[str] = []
        self._forgets_at = _LEAST_KEPT
        self._quota: Quota | None = None

    def reserve(self, id: str, held: Rules, now: float, within: float) -> Reservation:
        """Give a turn of that id by the rules, if it comes within so many seconds."""
        if len(self._moments) >= self._forgets_at:
            self._forget(held, now)
        at = now if self._has_room(held, now) else self._earliest(held, now)
        if at - now > within:
            return Reservation(at - now)
        self._note(at, id)
        if self._quota is not None and at < self._quota.resets_at:
            self._quota = took(self._quota)
        return Reservation(at - now, id)

    def has(self, id: str) -> bool:
        """Tell whether a turn is still kept; one that is over for long is not."""
        return id in self._ids

    def postpone(self, id: str, at: float) -> None:
        """Move a turn to another moment."""
        if self._drop(id) is not None:
            self._note(at, id)

    def refund(self, id: str) -> None:
        """Take a turn back whose call was never sent."""
        at = self._drop(id)
        if at is not None and self._quota is not None:
            self._quota = refunded(self._quota, at)

    def learn(self, quota: Quota) -> None:
        """Take over what the platform says is left."""
        self._quota = learned(self._quota, quota)

    def left(self, held: Rules, now: float) -> Left | None:
        """Tell what is left by the rules."""
        return left(self._moments, self._quota, now, held)

    def _has_room(self, held: Rules, now: float) -> bool:
        """Tell whether a call may go now, where that shows at a glance.

        As many calls as a limit allows must not fit into one window with ours. Of all such runs of
        calls the last begins last: if that began long enough ago, each did.
        """
        moments = self._moments
        for limit in held.limits:
            calls = limit.calls
            if len(moments) >= calls and now - moments[-calls] < limit.seconds + TRAVEL_SECONDS:
                return False
        return self._quota is None or open_from(self._quota, now, held.kept) <= now

    def _earliest(self, held: Rules, now: float) -> float:
        self._forget(held, now)
        return earliest(self._moments, open_from(self._quota, now, held.kept), held.limits)

    def _forget(self, held: Rules, now: float) -> None:
        """Forget what no longer counts, and let as much gather again before the next time."""
        longest = max((limit.seconds for limit in held.limits), default=0.0)
        past = bisect_right(self._moments, now - longest - TRAVEL_SECONDS)
        del self._moments[:past], self._ids[:past]
        self._forgets_at = max(_LEAST_KEPT, 2 * len(self._moments))

    def _note(self, at: float, id: str) -> None:
        place = bisect_right(self._moments, at)
        self._moments.insert(place, at)
        self._ids.insert(place, id)

    def _drop(self, id: str) -> float | None:
        if not self.has(id):
            return None
        place = self._ids.index(id)
        del self._ids[place]
        return self._moments.pop(place)
