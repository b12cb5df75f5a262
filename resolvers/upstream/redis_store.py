"""State on a Redis or Valkey server, which replicas share.

What has to be decided at once is decided by a script on the server, by the server's clock, so that
replicas whose clocks differ agree. Everything has an end and is forgotten by itself.
"""

import math
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, Protocol, cast

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from resolvers.upstream.budget import (
    JITTER_SECONDS,
    TRAVEL_SECONDS,
    Left,
    Quota,
    Reservation,
    Rules,
    left,
)
from resolvers.upstream.patience import patience
from resolvers.upstream.store import StoreState
from resolvers.upstream.store_url import StoreUrl

# Before every key, with the version of how things are written.
PREFIX = "manifold:1:"
# One process's commands are short and its event loop is one; more would wait for the loop instead.
CONNECTIONS = 16
# With the time to connect; a store stands near its gateways, and one that takes longer is down.
ANSWER_SECONDS = 1.0
# Turns and quotas are kept for so long after they end: a call may still be on its way.
_MARGIN_MS = 60_000
# Longer than anything waits or lasts; infinity is no number for the server.
_FOREVER = 1e9
_TRAVEL, _JITTER = round(TRAVEL_SECONDS * 1e6), round(JITTER_SECONDS * 1e6)
_SCRIPTS = Path(__file__).with_name("redis_scripts")


class StoreAway(Exception):
    """The store cannot be used; the text is the kind of trouble, and nothing of the address."""


class _Client(Protocol):
    """As much of `redis.asyncio.Redis` as is used, typed."""

    def execute_command(self, *command: bytes | str | float) -> Awaitable[Any]:
        """Send a command and give the answer."""
        ...

    def register_script(self, script: str) -> Callable[..., Awaitable[Any]]:
        """Make a script ready to be run."""
        ...

    async def aclose(self) -> None:
        """Close the connections."""
        ...


class RedisStore:
    """State on a server; every method raises `StoreAway` if that cannot be used."""

    def __init__(self, url: str, clock: Callable[[], float] = time.time) -> None:
        """Make ready to connect, which the first use does; raises `ValueError` for a bad URL."""
        where = StoreUrl.parse(url)
        self.shown = where.shown
        self._prefix = PREFIX + (f"{where.prefix}:" if where.prefix else "")
        self._clock = clock
        pool = BlockingConnectionPool(
            max_connections=CONNECTIONS,
            timeout=None,
            protocol=2,
            socket_connect_timeout=None,
            socket_timeout=None,
            # Repeated, a put that has to be new would find itself.
            retry=Retry(NoBackoff(), 0),
            driver_info=None,
            **where.options,
        )
        self._client = cast("_Client", Redis.from_pool(pool))
        self._scripts = {
            path.stem: self._client.register_script(path.read_text("utf-8"))
            for path in _SCRIPTS.glob("*.lua")
        }

    @property
    def state(self) -> StoreState:
        """Say that it is shared."""
        return StoreState.SHARED

    async def get(self, key: str) -> bytes | None:
        """Give the value, or None if there is none or its time is over."""
        return await self._command("GET", self._key("value", key))

    async def put(self, key: str, value: bytes, seconds: float, *, new: bool = False) -> bool:
        """Keep a value for so many seconds; if it has to be `new`, tell whether it was."""
        ms = max(1, math.ceil(min(seconds, _FOREVER) * 1000))
        only = ("NX",) if new else ()
        done = await self._command("SET", self._key("value", key), value, "PX", ms, *only)
        return done is not None

    async def drop(self, key: str, value: bytes | None = None) -> None:
        """Forget a key; if `value` is given, only while the key has that value."""
        if value is None:
            await self._command("DEL", self._key("value", key))
        else:
            await self._script("drop", [self._key("value", key)], value)

    def reserve_now(self, key: str, held: Rules, within: float) -> None:
        """Say nothing: the server has to be asked."""

    async def reserve(
        self, key: str, held: Rules, within: float, *, id: str | None = None, after: float = 0.0
    ) -> Reservation:
        """Give a call its turn by the rules, if that comes within so many seconds.

        The turn comes no sooner than `after` seconds, and has the `id` if one is given.
        """
        id = id or uuid.uuid4().hex
        limits = [(limit.calls, _micros(limit.seconds) + _TRAVEL) for limit in held.limits]
        longest = max((span for _, span in limits), default=_TRAVEL)
        bounds = (_micros(within), _micros(after), held.kept, longest, _MARGIN_MS)
        args = (id, *bounds, *chain.from_iterable(limits))
        wait, done = await self._script("reserve", self._budget(key), *args)
        return Reservation(wait / 1e6, id if done else None)

    async def refund(self, key: str, id: str) -> None:
        """Take a turn back whose call was never sent."""
        await self._script("refund", self._budget(key), id, _JITTER)

    async def learn(self, key: str, quota: Quota) -> None:
        """Take over what the platform says is left."""
        # By how much it lies ahead, since the server's clock may show another time than ours.
        ahead = _micros(quota.resets_at - self._clock())
        limit = "" if quota.limit is None else quota.limit
        args = (quota.remaining, ahead, limit, _JITTER, _MARGIN_MS)
        await self._script("learn", [self._key("quota", key)], *args)

    async def left(self, key: str, held: Rules) -> Left | None:
        """Tell what is left by the rules, without using any of it."""
        now, turns, said = await self._script("left", self._budget(key))
        log = [int(moment) / 1e6 for moment in turns[1::2]]
        found = left(log, _quota(*said), now / 1e6, held)
        if found is None or found.resets_at is None:
            return found
        return replace(found, resets_at=found.resets_at - now / 1e6 + self._clock())

    async def draw(self, key: str, amount: float, most: float, seconds: float) -> float:
        """Take an amount from a bucket, or give it back; 0 if it was done, else when it can be."""
        if amount > most:
            return math.inf
        return float(await self._script("draw", [self._key("bucket", key)], amount, most, seconds))

    async def check(self) -> None:
        """See whether it can be used, and not only be read; raises `StoreAway` if not."""
        await self.put("check", b"", 1)
        await self.reserve("check", Rules(()), 0)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    def _key(self, kind: str, key: str) -> str:
        return f"{self._prefix}{kind}:{key}"

    def _budget(self, key: str) -> list[str]:
        return [self._key("turns", key), self._key("quota", key)]

    async def _command(self, *command: bytes | str | float) -> Any:
        return await _in_time(self._client.execute_command(*command))

    async def _script(self, name: str, keys: list[str], *args: bytes | str | float) -> Any:
        return await _in_time(self._scripts[name](keys=keys, args=args))


async def _in_time(answer: Awaitable[Any]) -> Any:
    try:
        async with patience(ANSWER_SECONDS):
            return await answer
    except (RedisError, OSError) as error:
        raise StoreAway(type(error).__name__) from None


def _micros(seconds: float) -> int:
    return round(min(seconds, _FOREVER) * 1e6)


def _quota(remaining: bytes | None, resets_at: bytes | None, limit: bytes | None) -> Quota | None:
    if remaining is None or resets_at is None:
        return None
    return Quota(int(remaining), int(resets_at) / 1e6, None if limit is None else int(limit))
