"""A store that takes its time, as one behind a network does."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from resolvers.upstream.budget import Left, Quota, Reservation, Rules
from resolvers.upstream.store import MemoryStore, StoreState

T = TypeVar("T")


class DistantStore:
    """Does at once what it is asked, but in a later turn of the event loop, and answers later yet.

    Who stops waiting does not keep it from being done: the command is on its way.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._there = MemoryStore(clock)

    @property
    def state(self) -> StoreState:
        """Say that it is shared."""
        return StoreState.SHARED

    async def get(self, key: str) -> bytes | None:
        """Give the value, or None if there is none or its time is over."""
        return await _later(self._there.get(key))

    async def put(self, key: str, value: bytes, seconds: float, *, new: bool = False) -> bool:
        """Keep a value for so many seconds; if it has to be `new`, tell whether it was."""
        return await _later(self._there.put(key, value, seconds, new=new))

    async def drop(self, key: str, value: bytes | None = None) -> None:
        """Forget a key; if `value` is given, only while the key has that value."""
        await _later(self._there.drop(key, value))

    def reserve_now(self, key: str, held: Rules, within: float) -> None:
        """Say nothing: it has to be asked."""

    async def reserve(self, key: str, held: Rules, within: float) -> Reservation:
        """Give a call its turn by the rules, if that comes within so many seconds."""
        return await _later(self._there.reserve(key, held, within))

    async def refund(self, key: str, id: str) -> None:
        """Take a turn back whose call was never sent."""
        await _later(self._there.refund(key, id))

    async def learn(self, key: str, quota: Quota) -> None:
        """Take over what the platform says is left."""
        await _later(self._there.learn(key, quota))

    async def left(self, key: str, held: Rules) -> Left | None:
        """Tell what is left by the rules, without using any of it."""
        return await _later(self._there.left(key, held))

    async def draw(self, key: str, amount: float, most: float, seconds: float) -> float:
        """Take an amount from a bucket, or give it back; 0 if it was done, else when it can be."""
        return await _later(self._there.draw(key, amount, most, seconds))

    async def close(self) -> None:
        """Have nothing to give back."""


async def _later(work: Coroutine[Any, Any, T]) -> T:
    async def there_and_back() -> T:
        await asyncio.sleep(0)
        done = await work
        await asyncio.sleep(0)
        return done

    return await asyncio.shield(asyncio.create_task(there_and_back()))
