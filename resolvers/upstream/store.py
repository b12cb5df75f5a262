"""What replicas share: one seam for tokens, budgets, breakers, allowances and idempotency keys.

`MemoryStore` is the process's own. Whoever needs more than one process puts another behind the
same seam; its methods never raise because the other is away, and `state` says so instead.
"""

import time
import uuid
from collections import defaultdict
from collections.abc import Callable
from enum import StrEnum
from itertools import count
from typing import Protocol

from resolvers.upstream.bucket import FULL, Bucket, Size, drawn
from resolvers.upstream.budget import Left, Quota, Reservation, Rules
from resolvers.upstream.turns import Turns


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

    def reserve_now(self, key: str, held: Rules, within: float) -> Reservation | None:
        """Do as `reserve` does, where that takes no waiting; None from a store that is far away."""
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


class MemoryStore:
    """State of this process alone."""

    # What has ended is looked for once in so many puts and draws.
    _SWEEP = 1000

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """Start empty."""
        self._clock = clock
        self._values: dict[str, tuple[bytes, float]] = {}
        self._turns: defaultdict[str, Turns] = defaultdict(Turns)
        self._buckets: dict[str, Bucket] = {}
        self._uses = 0
        # Ids are counted, which is cheaper than to draw lots for each; replicas share no prefix.
        self._prefix, self._numbers = uuid.uuid4().hex, count()

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
        held = self._values.get(key)
        if held is None:
            return None
        value, ends = held
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

    def reserve_now(self, key: str, held: Rules, within: float) -> Reservation:
        """Give a call its turn by the rules, if that comes within so many seconds."""
        id = f"{self._prefix}{next(self._numbers)}"
        return self._turns[key].reserve(id, held, self._clock(), within)

    async def reserve(self, key: str, held: Rules, within: float) -> Reservation:
        """Give a call its turn by the rules, if that comes within so many seconds."""
        return self.reserve_now(key, held, within)

    def postpone(self, key: str, id: str, wait: float) -> None:
        """Move a turn to so many seconds from now."""
        self._turns[key].postpone(id, self._clock() + wait)

    async def refund(self, key: str, id: str) -> None:
        """Take a turn back whose call was never sent."""
        self._turns[key].refund(id)

    async def learn(self, key: str, quota: Quota) -> None:
        """Take over what the platform says is left."""
        self._turns[key].learn(quota)

    async def left(self, key: str, held: Rules) -> Left | None:
        """Tell what is left by the rules, without using any of it."""
        return self._turns[key].left(held, self._clock())

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
