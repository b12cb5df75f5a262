"""Short-lived tokens: renewed before they end, by one fetch however many wait, in any replica."""

import asyncio
import math
import random
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from resolvers.upstream.verdict import Verdict

# A token that expires while its request travels is refused; a minute is longer than any request.
MARGIN_SECONDS = 60.0

# How long another replica is waited for that fetches a token, and how often it is looked.
LEASE_SECONDS = 30.0
_LOOK_SECONDS = 0.05

# How long a token service that has failed is left alone while the token at hand still serves.
AGAIN_SECONDS = 5.0

_log = structlog.stdlib.get_logger("manifold.upstream")


@dataclass(frozen=True, slots=True)
class Token:
    """A token, when it was issued and when it ends, in epoch seconds; its values stay unprinted."""

    value: str = field(repr=False)
    expires_at: float
    refresh: str | None = field(default=None, repr=False)
    # A token that lives no longer than the margin would never be fresh.
    margin: float = MARGIN_SECONDS
    issued_at: float = 0.0

    @classmethod
    def lasting(cls, value: str, seconds: float, now: float, refresh: str | None) -> "Token":
        """Make a token that was issued at `now` and lasts so many seconds."""
        return cls(value, now + seconds, refresh, min(MARGIN_SECONDS, seconds / 10), now)


class NoToken(Exception):
    """A token could not be had; the verdict says why."""

    def __init__(self, verdict: Verdict) -> None:
        """Keep the verdict on the token service's answer."""
        super().__init__(verdict.outcome.name)
        self.verdict = verdict


def is_fresh(token: Token | None, now: float) -> bool:
    """Tell whether a token may still be used at `now` (epoch seconds)."""
    return token is not None and now < token.expires_at - token.margin


def is_ending(token: Token, now: float, dice: float) -> bool:
    """Tell whether to fetch the next token while this one serves; `dice` (0 to 1) spreads it."""
    return now >= token.expires_at - token.margin * (2 + dice)


class Vault(Protocol):
    """Where one connection's token lies for all replicas, and whose turn it is to fetch one."""

    async def get(self) -> Token | None:
        """Give the token that lies there."""
        ...

    async def put(self, token: Token, now: float) -> None:
        """Lay a token there until it ends."""
        ...

    async def lock(self, holder: bytes, seconds: float) -> bool:
        """Take the turn to fetch for so many seconds, unless another has it."""
        ...

    async def unlock(self, holder: bytes) -> None:
        """Give the turn back."""
        ...


class NoVault:
    """Shares nothing: this process is alone."""

    async def get(self) -> Token | None:
        """Have none."""
        return None

    async def put(self, token: Token, now: float) -> None:
        """Keep nothing."""

    async def lock(self, holder: bytes, seconds: float) -> bool:  # noqa: ARG002 - the protocol
        """Always give the turn."""
        return True

    async def unlock(self, holder: bytes) -> None:
        """Have nothing to give back."""


class TokenCache:
    """One connection's token.

    Everybody who needs a new token waits for the same fetch; a waiter that is cancelled leaves
    the fetch running for the others.
    """

    def __init__(
        self,
        fetch: Callable[[Token | None], Awaitable[Token]],
        clock: Callable[[], float],
        vault: Vault | None = None,
    ) -> None:
        """Keep `fetch`, which is given the token before (for its refresh token)."""
        self._fetch = fetch
        self._clock = clock
        self._vault = vault or NoVault()
        self._dice = random.random()  # noqa: S311 - it spreads, and hides nothing
        self._token: Token | None = None
        self._fetching: asyncio.Task[Token] | None = None
        self._again_at = -math.inf

    @property
    def held(self) -> Token | None:
        """The token at hand, if any."""
        return self._token

    def fresh(self) -> Token | None:
        """Give the token at hand if it outlasts any request; the next is fetched ahead of time."""
        token, now = self._token, self._clock()
        if token is None or not is_fresh(token, now):
            return None
        if now >= self._again_at and is_ending(token, now, self._dice):
            self._start(None)
        return token

    async def current(self) -> Token:
        """Give a token that outlasts any request, fetching one if there is none."""
        return self.fresh() or await self._next(None)

    async def replace(self, refused: str) -> Token:
        """Give a token other than `refused`, which a platform no longer takes."""
        if self._token is not None and self._token.value != refused:
            return self._token
        return await self._next(refused)

    async def close(self) -> None:
        """End a fetch that is under way."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)

    async def _next(self, refused: str | None) -> Token:
        fetching = self._start(refused)
        # To be cancelled here ends the waiting alone.
        await asyncio.wait([fetching])
        return fetching.result()

    def _start(self, refused: str | None) -> "asyncio.Task[Token]":
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.create_task(self._renew(refused))
            # One that nobody waits for, since the token at hand still serves, may fail unseen.
            self._fetching.add_done_callback(_retrieve)
        return self._fetching

    async def _renew(self, refused: str | None) -> Token:
        holder = uuid.uuid4().hex.encode()
        try:
            token = await self._shared_or_fetched(holder, refused)
        except Exception:
            self._again_at = self._clock() + AGAIN_SECONDS
            raise
        finally:
            await self._vault.unlock(holder)
        # Used before the fetch has ended, it could be refused to one who would then be given it.
        self._token = token
        return token

    async def _shared_or_fetched(self, holder: bytes, refused: str | None) -> Token:
        before, shared = self._token, None
        for _ in range(round(LEASE_SECONDS / _LOOK_SECONDS)):
            mine = await self._vault.lock(holder, LEASE_SECONDS)
            # Looked up under the lock: a replica may have put its token there just before.
            shared = await self._vault.get()
            if shared is not None and self._is_new(shared, before, refused):
                return shared
            if mine:
                break
            await asyncio.sleep(_LOOK_SECONDS)
        token = await self._fetch(_newest(shared, before))
        await self._vault.put(token, self._clock())
        return token

    def _is_new(self, shared: Token, before: Token | None, refused: str | None) -> bool:
        if before is not None and shared.issued_at < before.issued_at:
            # While the store was away, one may have been fetched that never came there.
            return False
        old = {refused, None if before is None else before.value}
        return shared.value not in old and is_fresh(shared, self._clock())


def _newest(shared: Token | None, mine: Token | None) -> Token | None:
    held = [token for token in (shared, mine) if token is not None]
    return max(held, key=lambda token: token.issued_at, default=None)


def _retrieve(task: "asyncio.Task[Token]") -> None:
    error = None if task.cancelled() else task.exception()
    if isinstance(error, NoToken):
        _log.debug("no token", outcome=error.verdict.word)
    elif error is not None:
        # Its text may hold anything.
        _log.error("no token", error=type(error).__name__)
