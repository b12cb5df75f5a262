"""Short-lived tokens: kept until shortly before they expire, fetched once however many wait."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from resolvers.upstream.verdict import Verdict

# A token that expires while its request travels is refused; a minute is longer than any request.
MARGIN_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Token:
    """A token and when it ends, in epoch seconds; its values stay out of its repr."""

    value: str = field(repr=False)
    expires_at: float
    refresh: str | None = field(default=None, repr=False)
    # A token that lives no longer than the margin would never be fresh.
    margin: float = MARGIN_SECONDS

    @classmethod
    def lasting(cls, value: str, seconds: float, now: float, refresh: str | None) -> "Token":
        """Make a token that was asked for at `now` and lasts so many seconds."""
        return cls(value, now + seconds, refresh, min(MARGIN_SECONDS, seconds / 10))


class NoToken(Exception):
    """A token could not be had; the verdict says why."""

    def __init__(self, verdict: Verdict) -> None:
        """Keep the verdict on the token service's answer."""
        super().__init__(verdict.outcome.name)
        self.verdict = verdict


def is_fresh(token: Token | None, now: float) -> bool:
    """Tell whether a token may still be used at `now` (epoch seconds)."""
    return token is not None and now < token.expires_at - token.margin


class TokenCache:
    """One connection's token.

    Everybody who needs a new token waits for the same fetch; a waiter that is cancelled leaves
    the fetch running for the others.
    """

    def __init__(
        self,
        fetch: Callable[[Token | None], Awaitable[Token]],
        clock: Callable[[], float],
    ) -> None:
        """Keep `fetch`, which is given the token before (for its refresh token)."""
        self._fetch = fetch
        self._clock = clock
        self._token: Token | None = None
        self._fetching: asyncio.Task[Token] | None = None

    async def current(self) -> Token:
        """Give a token that is good for at least a minute."""
        if self._token is not None and is_fresh(self._token, self._clock()):
            return self._token
        return await self._fetch_once()

    async def replace(self, refused: str) -> Token:
        """Give a token other than `refused`, which a platform no longer takes."""
        if self._token is not None and self._token.value != refused:
            return self._token
        return await self._fetch_once()

    async def _fetch_once(self) -> Token:
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.create_task(self._renew())
        return await asyncio.shield(self._fetching)

    async def _renew(self) -> Token:
        self._token = await self._fetch(self._token)
        return self._token
