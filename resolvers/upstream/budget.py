"""How many calls may still be made in a window of time: decided over a log of moments.

A budget is a log of the moments at which calls were let go, held against limits: so many calls in
any so many seconds. A call is given the earliest moment at which it breaks none of them; that may
lie ahead, and the call then waits its turn. Beside the log stands what the platform itself says is
left, its quota.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, NamedTuple

from pydantic import Field

# What a platform counts as one window may begin later than ours by the time that calls travel.
TRAVEL_SECONDS = 0.25
# By less than that, what a platform says of one moment may differ from answer to answer.
JITTER_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class RateLimit:
    """So many calls in any so many seconds."""

    calls: Annotated[int, Field(ge=1)]
    seconds: Annotated[int, Field(ge=1)]


@dataclass(frozen=True, slots=True)
class Quota:
    """What a platform says is left of its allowance, until it starts anew (epoch seconds)."""

    remaining: int
    resets_at: float
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What one call is held to: limits, and the share of a quota that is not for it."""

    limits: tuple[RateLimit, ...]
    kept: float = 0.0


class Reservation(NamedTuple):
    """Seconds to wait for a turn, and the id of that turn; without one nothing was reserved."""

    wait: float
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of the limit that is nearest to its end, and when it is whole again."""

    limit: int
    remaining: int
    resets_at: float | None


def rules(limits: Iterable[RateLimit], share: float, *, write: bool) -> Rules:
    """Give the rules for a write, which may use all, or for a read, which leaves `share`."""
    if write:
        return Rules(tuple(limits))
    left = (replace(limit, calls=readable(limit.calls, share)) for limit in limits)
    return Rules(tuple(left), share)


def readable(calls: int, share: float) -> int:
    """Give how many of so many calls are for reads: all but the share, and one in any case."""
    # 100 * (1 - 0.9) is a little less than 10.
    return max(1, math.floor(calls * (1 - share) + 1e-9))


def earliest(log: Sequence[float], now: float, limits: Iterable[RateLimit]) -> float:
    """Give the first moment from `now` on at which one more call breaks no limit.

    `log` has the moments of the other calls in order, past and reserved.
    """
    moment, before = now, -math.inf
    while moment > before:
        before = moment
        for limit in limits:
            moment = _free(log, moment, limit)
    return moment


def _free(log: Sequence[float], moment: float, limit: RateLimit) -> float:
    span = limit.seconds + TRAVEL_SECONDS
    # Each run of as many calls as the limit allows, with ours, must not fit into one window.
    for first, last in zip(log, log[limit.calls - 1 :], strict=False):
        if max(last, moment) - min(first, moment) < span:
            moment = first + span
    return moment


def open_from(quota: Quota | None, now: float, kept: float) -> float:
    """Give the moment from which the quota allows one more call."""
    if quota is None or quota.resets_at <= now:
        return now
    back = 0 if not quota.limit else quota.limit - readable(quota.limit, kept)
    return now if quota.remaining > back else quota.resets_at


def learned(held: Quota | None, said: Quota) -> Quota:
    """Correct a quota by what the platform says now.

    Answers overtake one another, so within one period only the lower word counts, and the later
    end.
    """
    if held is None or abs(held.resets_at - said.resets_at) >= JITTER_SECONDS:
        return said
    resets_at = max(held.resets_at, said.resets_at)
    return Quota(min(held.remaining, said.remaining), resets_at, said.limit)


def took(quota: Quota) -> Quota:
    """Take a turn out of a quota."""
    return Quota(quota.remaining - 1, quota.resets_at, quota.limit)


def refunded(quota: Quota, turn: float) -> Quota:
    """Give a quota back what a turn took that is not used."""
    # A turn at the very end was given for the period after, before the end was said anew.
    if turn >= quota.resets_at - JITTER_SECONDS:
        return quota
    return replace(quota, remaining=quota.remaining + 1)


def left(log: Sequence[float], quota: Quota | None, now: float, held: Rules) -> Left | None:
    """Tell what is left of the limit that is nearest to its end; None if there is no limit."""
    found = [_left_of(log, now, limit) for limit in held.limits]
    if quota is not None and quota.resets_at > now:
        limit = quota.limit if quota.limit is not None else quota.remaining
        found.append(Left(limit, max(0, quota.remaining), quota.resets_at))
    return min(found, key=lambda one: one.remaining / max(1, one.limit), default=None)


def _left_of(log: Sequence[float], now: float, limit: RateLimit) -> Left:
    span = limit.seconds + TRAVEL_SECONDS
    used = [moment for moment in log if moment > now - span]
    resets_at = max(used) + span if used else None
    return Left(limit.calls, max(0, limit.calls - len(used)), resets_at)
