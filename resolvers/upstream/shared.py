"""The store that all replicas share, and this process's own for as long as that is away.

    SHARED      everything is asked of the store; what it grants is noted here as well
       │        it cannot be reached, or does not answer as it should
       ▼
    DEGRADED    everything is answered from here, without waiting for the store
       │        it takes a write again, and is told what it missed
       └──────▶ SHARED

So after a failure the process still knows what it did itself: its keys, and its own share of the
budgets. What the others did in the meantime it learns when the store is back.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from contextvars import Context
from typing import Concatenate, ParamSpec, TypeVar

import structlog

from resolvers.upstream.budget import Left, Quota, Reservation, Rules
from resolvers.upstream.missed import Missed
from resolvers.upstream.redis_store import CONNECTIONS, RedisStore, StoreAway
from resolvers.upstream.store import MemoryStore, Store, StoreState

# How often a store that is away is tried again.
RETRY_SECONDS = 1.0

P = ParamSpec("P")
T = TypeVar("T")

_log = structlog.stdlib.get_logger("manifold.store")


def open_store(url: str | None) -> Store:
    """Give the store at a URL, or the process's own without one.

    It is reached when it is first used. Raises `ValueError` for a bad URL, without showing it.
    """
    return MemoryStore() if url is None else SharedStore(RedisStore(url), MemoryStore())


class SharedStore:
    """A store that answers whether or not the one behind it does."""

    def __init__(
        self, remote: RedisStore, local: MemoryStore, retry_seconds: float = RETRY_SECONDS
    ) -> None:
        """Keep both; the remote one is taken to be there until it shows otherwise."""
        self._remote, self._local = remote, local
        self._retry_seconds = retry_seconds
        self._slots = asyncio.Semaphore(CONNECTIONS)
        self._away = False
        self._missed = Missed(remote, local)
        self._returning: asyncio.Task[None] | None = None

    @property
    def state(self) -> StoreState:
        """Say whether the store is away."""
        return StoreState.DEGRADED if self._away else StoreState.SHARED

    async def get(self, key: str) -> bytes | None:
        """Give the value, or None if there is none or its time is over."""
        before = await self._local.get(key)
        try:
            value = await self._ask(self._remote.get, key)
        except StoreAway:
            return await self._local.get(key)
        if before is not None and before != value:
            # Another replica has changed it; ours would be wrong once the store is away.
            await self._local.drop(key, before)
        return value

    async def put(self, key: str, value: bytes, seconds: float, *, new: bool = False) -> bool:
        """Keep a value for so many seconds; if it has to be `new`, tell whether it was."""
        try:
            done = await self._ask(self._remote.put, key, value, seconds, new=new)
        except StoreAway:
            done = await self._local.put(key, value, seconds, new=new)
            if done:
                self._missed.note(key, value if new else None)
            return done
        if done:
            await self._local.put(key, value, seconds)
        return done

    async def drop(self, key: str, value: bytes | None = None) -> None:
        """Forget a key; if `value` is given, only while the key has that value."""
        await self._local.drop(key, value)
        try:
            await self._ask(self._remote.drop, key, value)
        except StoreAway:
            if await self._local.get(key) is None:
                self._missed.note(key, value)

    def reserve_now(self, key: str, held: Rules, within: float) -> None:
        """Say nothing: the store has to be asked."""

    async def reserve(self, key: str, held: Rules, within: float) -> Reservation:
        """Give a call its turn by the rules, if that comes within so many seconds."""
        mine = await self._local.reserve(key, held, within)
        if mine.id is None:
            # What this process has used is used up, even if the store has lost it since.
            return mine
        try:
            turn = await self._ask(
                self._remote.reserve, key, held, within, id=mine.id, after=mine.wait
            )
        except StoreAway:
            return mine
        except asyncio.CancelledError:
            await self._local.refund(key, mine.id)
            raise
        if turn.id is None:
            await self._local.refund(key, mine.id)
        elif turn.wait > mine.wait:
            self._local.postpone(key, mine.id, turn.wait)
        return turn

    async def refund(self, key: str, id: str) -> None:
        """Take a turn back whose call was never sent."""
        await self._local.refund(key, id)
        with contextlib.suppress(StoreAway):
            await self._ask(self._remote.refund, key, id)

    async def learn(self, key: str, quota: Quota) -> None:
        """Take over what the platform says is left."""
        await self._local.learn(key, quota)
        with contextlib.suppress(StoreAway):
            await self._ask(self._remote.learn, key, quota)

    async def left(self, key: str, held: Rules) -> Left | None:
        """Tell what is left by the rules, without using any of it."""
        try:
            return await self._ask(self._remote.left, key, held)
        except StoreAway:
            return await self._local.left(key, held)

    async def draw(self, key: str, amount: float, most: float, seconds: float) -> float:
        """Take an amount from a bucket, or give it back; 0 if it was done, else when it can be.

        What is given back while the store is away lacks there until it has flowed in again.
        """
        wait = await self._local.draw(key, amount, most, seconds)
        if wait:
            # What this process has drawn is drawn, even if the store has lost it since.
            return wait
        try:
            wait = await self._ask(self._remote.draw, key, amount, most, seconds)
        except StoreAway:
            return 0.0
        except asyncio.CancelledError:
            await self._give_back(key, amount, most, seconds)
            raise
        if wait:
            await self._give_back(key, amount, most, seconds)
        return wait

    async def close(self) -> None:
        """Close the connections, and look for the store no longer."""
        if self._returning is not None:
            self._returning.cancel()
            await asyncio.gather(self._returning, return_exceptions=True)
        await self._remote.close()

    async def _give_back(self, key: str, amount: float, most: float, seconds: float) -> None:
        """Give back what this process has counted of what was not drawn after all."""
        if amount > 0:
            await self._local.draw(key, -amount, most, seconds)

    async def _ask(
        self,
        question: Callable[Concatenate[str, P], Awaitable[T]],
        key: str,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Ask the store, unless it is away; raises `StoreAway`."""
        if self._away:
            raise StoreAway
        async with self._slots:
            # While this one waited, others may have found the store away.
            if self._away:
                raise StoreAway
            try:
                await self._missed.tell(key)
                return await question(key, *args, **kwargs)
            except StoreAway as trouble:
                self._lose(trouble)
                raise

    def _lose(self, trouble: StoreAway) -> None:
        if self._away:
            return
        self._away = True
        _log.warning(
            "store is away, state is kept locally", store=self._remote.shown, trouble=str(trouble)
        )
        if self._returning is None or self._returning.done():
            # What it logs belongs to no request.
            self._returning = asyncio.create_task(self._return(), context=Context())

    async def _return(self) -> None:
        while self._away or self._missed:
            try:
                if self._away:
                    await asyncio.sleep(self._retry_seconds)
                    await self._remote.check()
                    self._find()
                else:
                    await self._missed.tell_one()
            except StoreAway as trouble:
                self._lose(trouble)

    def _find(self) -> None:
        self._missed.note_all()
        self._away = False
        _log.info("store is back", store=self._remote.shown)
