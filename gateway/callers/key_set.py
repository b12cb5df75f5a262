"""The keys that an issuer publishes: fetched when needed, not too often, by one fetch at a time."""

import asyncio
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import structlog
from joserfc.jwk import Key

from gateway.callers.errors import AGAIN_SECONDS, KeysUnreachable
from gateway.callers.key_material import Unusable, from_jwk
from resolvers.upstream.wire import Request, Wire, WireError

# How long an issuer that does not answer is trusted to sign by the keys that it had.
LOST_SECONDS = 86_400
TIMEOUT_SECONDS = 5.0
MOST_BYTES = 256 * 1024
MOST_KEYS = 100

_log = structlog.stdlib.get_logger("manifold.callers")


@dataclass(frozen=True, slots=True)
class Times:
    """When a key set was last had, and last asked for, in epoch seconds.

    A clock that was put back makes a moment lie ahead: that is as good as long ago.
    """

    fetched_at: float = -math.inf
    tried_at: float = -math.inf

    def may_fetch(self, now: float) -> bool:
        """Tell whether the last fetch is long enough ago."""
        return not 0 <= now - self.tried_at < AGAIN_SECONDS

    def is_stale(self, now: float, refresh_seconds: float) -> bool:
        """Tell whether the keys are so old that there may be others."""
        return not 0 <= now - self.fetched_at < refresh_seconds

    def is_lost(self, now: float) -> bool:
        """Tell whether the keys are too old to be gone by, or were never had."""
        return now - self.fetched_at >= LOST_SECONDS


class KeySet:
    """An issuer's keys.

    Everybody who needs them waits for the same fetch; one who leaves leaves it running.
    """

    def __init__(
        self, url: str, wire: Wire, refresh_seconds: float, clock: Callable[[], float]
    ) -> None:
        """Fetch nothing yet; the wire is closed with the set."""
        self._url = url
        self._wire = wire
        self._refresh_seconds = refresh_seconds
        self._clock = clock
        self._keys: tuple[Key, ...] = ()
        self._times = Times()
        self._failing = False
        self._fetching: asyncio.Task[None] | None = None

    async def find(self, kid: str | None) -> Sequence[Key]:
        """Give the keys that a token may be signed by; raises `KeysUnreachable`.

        A token that names no key may be signed by any.
        """
        if self._times.is_stale(self._clock(), self._refresh_seconds):
            await self._renew()
        if kid is not None and kid not in self._kids():
            await self._fetch()
        unknown = kid is not None and kid not in self._kids()
        # What is not there while no set can be had may be in the one that cannot be had.
        if self._times.is_lost(self._clock()) or (unknown and self._failing):
            raise KeysUnreachable
        return [key for key in self._keys if kid is None or key.kid == kid]

    async def close(self) -> None:
        """End a fetch that is under way, and close the wire."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)
        await self._wire.close()

    def _kids(self) -> set[str | None]:
        return {key.kid for key in self._keys}

    async def _renew(self) -> None:
        # The keys at hand serve while an issuer is tried again that did not answer before.
        if self._failing and not self._times.is_lost(self._clock()):
            self._start()
        else:
            await self._fetch()

    async def _fetch(self) -> None:
        self._start()
        if self._fetching is not None:
            # To be cancelled here ends the waiting alone.
            await asyncio.wait([self._fetching])

    def _start(self) -> None:
        under_way = self._fetching is not None and not self._fetching.done()
        now = self._clock()
        if not under_way and self._times.may_fetch(now):
            self._times = replace(self._times, tried_at=now)
            self._fetching = asyncio.create_task(self._take())

    async def _take(self) -> None:
        asked_at, had = self._clock(), False
        try:
            self._keys = await self._download()
            self._times = replace(self._times, fetched_at=asked_at)
            had = True
        except (WireError, TimeoutError, Unusable) as error:
            # Neither the address nor what came from it is told.
            _log.warning("key set not fetched", kind=type(error).__name__)
        finally:
            self._failing = not had

    async def _download(self) -> tuple[Key, ...]:
        accept = {"Accept": "application/jwk-set+json, application/json"}
        asked = Request(
            "GET", self._url, headers=accept, timeout=TIMEOUT_SECONDS, most_bytes=MOST_BYTES
        )
        async with asyncio.timeout(TIMEOUT_SECONDS):
            answer = await self._wire.send(asked)
        if answer.status != 200:  # noqa: PLR2004 - the only status that a set comes with
            raise Unusable("there is no key set")
        return read(answer.body)


def read(body: bytes) -> tuple[Key, ...]:
    """Read a key set, without the keys that check no signature; raises `Unusable`."""
    try:
        written: Any = json.loads(body)
    except (ValueError, RecursionError):
        raise Unusable("the key set is not JSON") from None
    keys = cast("dict[str, Any]", written).get("keys") if isinstance(written, dict) else None
    if not isinstance(keys, list) or len(cast("list[Any]", keys)) > MOST_KEYS:
        raise Unusable("the key set is no list of keys, or a very long one")
    return tuple(key for one in cast("list[Any]", keys) if (key := _read_one(one)) is not None)


def _read_one(written: Any) -> Key | None:
    try:
        return from_jwk(written)
    except Unusable:
        return None
