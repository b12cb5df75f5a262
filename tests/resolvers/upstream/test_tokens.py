"""Tokens that end."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.upstream.tokens import MARGIN_SECONDS, NoToken, Token, TokenCache, is_fresh
from resolvers.upstream.verdict import Outcome, Verdict


class Service:
    """A token service with a hand clock; each token lasts ten minutes."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.given: list[Token] = []
        self.failing = False

    async def fetch(self, before: Token | None) -> Token:
        """Give the next token."""
        del before
        await asyncio.sleep(0)
        if self.failing:
            raise NoToken(Verdict(Outcome.UNAVAILABLE))
        token = Token(f"token-{len(self.given)}", self.now + 600)
        self.given.append(token)
        return token

    def cache(self) -> TokenCache:
        """Make a cache of this service's tokens."""
        return TokenCache(self.fetch, lambda: self.now)


@given(st.floats(0, 1e10), st.floats(0, 1e10))
def test_a_fresh_token_outlasts_any_request(now: float, expires_at: float) -> None:
    """It is good for more than its margin, which is a minute."""
    assert is_fresh(Token("t", expires_at), now) == (now < expires_at - MARGIN_SECONDS)


async def test_a_token_is_kept_until_shortly_before_it_ends() -> None:
    """One fetch serves until a minute is left."""
    service = Service()
    cache = service.cache()
    first = await cache.current()
    service.now += 600 - MARGIN_SECONDS - 1
    still = await cache.current()
    service.now += 1
    next_one = await cache.current()

    assert first is still
    assert next_one is not first
    assert len(service.given) == 2


async def test_however_many_wait_one_fetch_serves_them() -> None:
    """Fifty at once get the same token."""
    service = Service()
    cache = service.cache()
    tokens = await asyncio.gather(*(cache.current() for _ in range(50)))

    assert {token.value for token in tokens} == {"token-0"}


async def test_a_refused_token_is_replaced_once_however_many_were_refused() -> None:
    """Who comes late gets the token that is there already."""
    service = Service()
    cache = service.cache()
    refused = await cache.current()
    fresh = await asyncio.gather(*(cache.replace(refused.value) for _ in range(50)))
    late = await cache.replace(refused.value)

    assert {token.value for token in [*fresh, late]} == {"token-1"}


async def test_a_waiter_that_gives_up_harms_no_other() -> None:
    """The fetch goes on for those who still wait."""
    service = Service()
    cache = service.cache()
    first = asyncio.create_task(cache.current())
    second = asyncio.create_task(cache.current())
    await asyncio.sleep(0)
    first.cancel()

    assert (await second).value == "token-0"


async def test_a_failed_fetch_is_tried_again_by_the_next() -> None:
    """A failure is not kept."""
    service = Service()
    cache = service.cache()
    service.failing = True
    with pytest.raises(NoToken):
        await cache.current()
    service.failing = False

    assert (await cache.current()).value == "token-0"


def test_a_token_shows_nowhere() -> None:
    """Neither its value nor its refresh token is in what is printed of it."""
    shown = repr(Token("secret-value", 1.0, refresh="secret-refresh"))

    assert "secret" not in shown


@given(st.floats(1, 7200))
def test_a_token_is_fresh_for_most_of_its_life(lasts: float) -> None:
    """Also one that lives no longer than the margin of others."""
    token = Token.lasting("t", lasts, 1_000.0, None)

    assert is_fresh(token, 1_000.0)
    assert is_fresh(token, 1_000.0 + lasts * 0.4)
    assert not is_fresh(token, 1_000.0 + lasts)
