"""What replicas share: one seam for tokens, budgets, breakers, allowances and idempotency keys.

`MemoryStore` is the process's own. Whoever needs more than one process puts another behind the
same seam; its methods never raise because the other is away, and `state` says so instead.
"""

import time
import uuid
from bisect import bisect_right, insort
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from resolvers.upstream.bucket import FULL, Bucket, Size, drawn
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
)


class StoreState(StrEnum):
    """Where state is kept that replicas have to agree on."""

    LOCAL = "LOCAL"
    """In this process alone: no store is set."""
    SHARED = "SHARED"
    """In the store, which all replicas share."""
    DEGRADED = "DEGRADED"
    """In this process for the time being: the store cannot be reached."""


class Store(Protocol):
    """Keeps values for a time, the logs of budgets, and buckets.

    Keys are short texts without secrets; a value that holds one is sealed by whoever puts it.
    """

    @property
    def state(self) -> StoreState:
        """Where things are kept at this moment."""
        ...

    async def get(self, key: str) -> bytes | None:
        """Give the value, or None if there is none or its time is over."""
        ...

    async def put(self, key: str, value: bytes, seconds: float, *, new: bool = False) -> bool:
        """Keep a value for so many seconds; if it has to be `new`, tell whether it was."""
        ...

    async def drop(self, key: str, value: bytes | None = None) -> None:
        """Forget a key; if `value` is given, only while the key has that value."""
        ...

    async def reserve(self, key: str, held: Rules, within: float) -> Reservation:
        """Give a call its turn by the rules, if that comes within so many seconds."""
        ...

    async def refund(self, key: str, id: str) -> None:
        """Take a turn back whose call was never sent."""
        ...

    async def learn(self, key: str, quota: Quota) -> None:
        """Take over what the platform says is left."""
        ...

    async def left(self, key: str, held: Rules) -> Left | None:
        """Tell what is left by the rules, without using any of it."""
        ...

    async def draw(self, key: str, amount: float, most: float, seconds: float) -> float:
        """Take an amount from a bucket, or give it back if it is negative.

        The bucket holds `most` and fills within so many seconds. Gives 0 if it was done; else the
        seconds until it can be, which are infinite for more than the bucket holds.
        """
        ...

    async def close(self) -> None:
        """Give back what is held open."""
        ...


@dataclass(slots=True)
class _Log:
    """The turns of one budget in order, each with its id, and the platform's own word."""

    turns: list[tuple[float, str]] = field(default_factory=list[tuple[float, str]])
    quota: Quota | None = None

    def since(self, moment: float) -> list[float]:
        """Forget what is before a moment, and give the moments of the rest."""
        del self.turns[: bisect_right(self.turns, (moment, ""))]
        return [at for at, _ in self.turns]


class MemoryStore:
    """State of this process alone."""

    # What has ended is looked for once in so many puts and draws.
    _SWEEP = 1000

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """Start empty."""
        self._clock = clock
        self._values: dict[str, tuple[bytes, float]] = {}
        self._logs: dict[str, _Log] = {}
        self._buckets: dict[str, Bucket] = {}
        self._uses = 0

    @property
    def state(self) -> StoreState:
        """Say that it is local."""
        return StoreState.LOCAL

    def all_keys(self) -> list[str]:
        """Give the keys of all values, some of which may have ended."""
        return list(self._values)

    @property
    def buckets(self) -> int:
        """Tell how many buckets are kept, some of which may be full again."""
        return len(self._buckets)

    def entry(self, key: str) -> tuple[bytes, float] | None:
        """Give a value and the seconds for which it lasts, or None if its time is over."""
        value, ends = self._values.get(key, (b"", 0.0))
        lasts = ends - self._clock()
        return (value, lasts) if lasts > 0 else None

    async def get(self, key: str) -> bytes | None:
        """Give the value, or None if there is none or its time is over."""
        entry = self.entry(key)
        return None if entry is None else entry[0]

    async def put(self, key: str, value: bytes, seconds: float, *, new: bool = False) -> bool:
        """Keep a value for so many seconds; if it has to be `new`, tell whether it was."""
        if new and await self.get(key) is not None:
            return False
        self._values[key] = (value, self._clock() + seconds)
        self._sweep()
        return True

    async def drop(self, key: str, value: bytes | None = None) -> None:
        """Forget a key; if `value` is given, only while the key has that value."""
        if value is None or await self.get(key) == value:
            self._values.pop(key, None)

    async def reserve(self, key: str, held: Rules, within: float) -> Reservation:
        """Give a call its turn by the rules, if that comes within so many seconds."""
        log, now = self._logs.setdefault(key, _Log()), self._clock()
        longest = max((limit.seconds for limit in held.limits), default=0.0)
        moments = log.since(now - longest - TRAVEL_SECONDS)
        at = earliest(moments, open_from(log.quota, now, held.kept), held.limits)
        if at - now > within:
            return Reservation(at - now)
        id = uuid.uuid4().hex
        insort(log.turns, (at, id))
        if log.quota is not None and at < log.quota.resets_at:
            log.quota = replace(log.quota, remaining=log.quota.remaining - 1)
        return Reservation(at - now, id)

    def postpone(self, key: str, id: str, wait: float) -> None:
        """Move a turn to so many seconds from now."""
        log = self._logs.get(key, _Log())
        for turn in [turn for turn in log.turns if turn[1] == id]:
            log.turns.remove(turn)
            insort(log.turns, (self._clock() + wait, id))

    async def refund(self, key: str, id: str) -> None:
        """Take a turn back whose call was never sent."""
        log = self._logs.get(key)
        turns = [] if log is None else [turn for turn in log.turns if turn[1] == id]
        if log is None or not turns:
            return
        log.turns.remove(turns[0])
        if log.quota is not None:
            log.quota = refunded(log.quota, turns[0][0])

    async def learn(self, key: str, quota: Quota) -> None:
        """Take over what the platform says is left."""
        log = self._logs.setdefault(key, _Log())
        log.quota = learned(log.quota, quota)

    async def left(self, key: str, held: Rules) -> Left | None:
        """Tell what is left by the rules, without using any of it."""
        log = self._logs.get(key, _Log())
        return left([at for at, _ in log.turns], log.quota, self._clock(), held)

    async def draw(self, key: str, amount: float, most: float, seconds: float) -> float:
        """Take an amount from a bucket, or give it back; 0 if it was done, else when it can be."""
        held = self._buckets.get(key, FULL)
        self._buckets[key], wait = drawn(held, amount, Size(most, seconds), self._clock())
        self._sweep()
        return wait

    async def close(self) -> None:
        """Have nothing to give back."""

    def _sweep(self) -> None:
        self._uses += 1
        if self._uses % self._SWEEP == 0:
            now = self._clock()
            self._values = {k: held for k, held in self._values.items() if held[1] > now}
            self._buckets = {k: one for k, one in self._buckets.items() if one.full_at > now}
