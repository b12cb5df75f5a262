"""Tokens that end."""

import asyncio
import gc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from resolvers.upstream.tokens import (
    AGAIN_SECONDS,
    MARGIN_SECONDS,
    NoToken,
    NoVault,
    Token,
    TokenCache,
    is_ending,
    is_fresh,
)
from resolvers.upstream.verdict import Outcome, Verdict


class Service:
    """A token service with a hand clock; each token lasts ten minutes."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.given: list[Token] = []
        self.asked = 0
        self.failing = False
        self.open = asyncio.Event()
        self.open.set()

    async def fetch(self, before: Token | None) -> Token:
        """Give the next token, once the service is open."""
        del before
        self.asked += 1
        await asyncio.sleep(0)
        await self.open.wait()
        if self.failing:
            raise NoToken(Verdict(Outcome.UNAVAILABLE))
        token = Token(f"token-{len(self.given)}", self.now + 600)
        self.given.append(token)
        return token

    def cache(self) -> TokenCache:
        """Make a cache of this service's tokens."""
        return TokenCache(self.fetch, lambda: self.now)


async def settled() -> None:
    """Let everything happen that can."""
    for _ in range(20):
        await asyncio.sleep(0)


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


@given(st.floats(1, 1e5), st.floats(0, 1))
def test_a_token_is_ending_before_it_is_stale_whatever_the_dice_say(
    lasts: float, dice: float
) -> None:
    """There is a time in which the next one is fetched while this one serves."""
    token = Token.lasting("t", lasts, 1_000.0, None)
    begins = token.expires_at - token.margin * (2 + dice)
    middle = token.expires_at - token.margin * 1.5

    assert not is_ending(token, 1_000.0, dice)
    assert is_ending(token, begins + token.margin * 1e-3, dice)
    assert is_ending(token, middle, dice)
    assert is_fresh(token, middle)


async def test_the_next_token_is_fetched_while_this_one_serves() -> None:
    """Nobody waits for it."""
    service = Service()
    cache = service.cache()
    first = await cache.current()
    service.now += 600 - 1.5 * MARGIN_SECONDS
    service.open.clear()
    meanwhile = [await cache.current() for _ in range(50)]
    await settled()
    asked = service.asked
    service.open.set()
    await settled()

    assert all(token is first for token in meanwhile)
    assert asked == 2
    assert (await cache.current()).value == "token-1"


async def test_a_token_service_that_fails_is_left_alone_while_the_token_serves() -> None:
    """Or each call would ask it once more, and use up what the platform allows."""
    service = Service()
    cache = service.cache()
    first = await cache.current()
    service.now += 600 - 1.5 * MARGIN_SECONDS
    service.failing = True
    for _ in range(50):
        assert await cache.current() is first
        await settled()
    asked = service.asked
    service.now += AGAIN_SECONDS
    service.failing = False
    await cache.current()
    await settled()

    assert asked == 2
    assert (await cache.current()).value == "token-1"


async def test_who_needs_a_token_asks_however_often_it_has_failed() -> None:
    """Without one nothing can be sent at all."""
    service = Service()
    cache = service.cache()
    service.failing = True
    for _ in range(3):
        with pytest.raises(NoToken):
            await cache.current()

    assert service.asked == 3


async def test_nobody_is_given_the_token_that_was_refused() -> None:
    """It is refused in the moment it comes, while its fetch still puts it where others find it."""
    unlocking = asyncio.Event()

    class Slow(NoVault):
        """Takes its time to give the turn back."""

        async def unlock(self, holder: bytes) -> None:
            """Wait a moment."""
            unlocking.set()
            await settled()
            await super().unlock(holder)

    service = Service()
    cache = TokenCache(service.fetch, lambda: service.now, Slow())
    first = await cache.current()
    service.now += 600
    unlocking.clear()
    fetching = asyncio.create_task(cache.current())
    await unlocking.wait()
    held = cache.held
    assert held is not None
    replaced = await cache.replace(held.value)

    assert replaced.value != held.value
    assert held is first
    assert await fetching is replaced


async def test_an_unforeseen_failure_in_the_background_is_told_without_its_text() -> None:
    """Nobody waits for that fetch, so nobody else would say so."""
    service = Service()

    async def fetch(before: Token | None) -> Token:
        if before is None:
            return await service.fetch(before)
        raise ValueError("planted")

    cache = TokenCache(fetch, lambda: service.now)
    await cache.current()
    service.now += 600 - 1.5 * MARGIN_SECONDS
    with capture_logs() as lines:
        await cache.current()
        await settled()

    assert [(line["log_level"], line["error"]) for line in lines] == [("error", "ValueError")]
    assert "planted" not in str(lines)


async def test_a_cache_that_is_closed_leaves_nothing_behind() -> None:
    """No fetch that goes on, and no error that nobody has seen."""
    told: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, said: told.append(said))
    service, before = Service(), asyncio.all_tasks()
    service.open.clear()
    cache = service.cache()
    waiting = asyncio.create_task(cache.current())
    await settled()
    await cache.close()
    await asyncio.gather(waiting, return_exceptions=True)
    del waiting, cache
    gc.collect()
    await settled()

    assert asyncio.all_tasks() == before
    assert told == []


async def test_an_error_that_many_wait_for_has_no_more_to_tell_than_one() -> None:
    """Each of them raises it, and none adds to what it drags along."""
    service = Service()
    service.failing = True
    cache = service.cache()
    waiting = [asyncio.create_task(cache.current()) for _ in range(100)]
    errors = await asyncio.gather(*waiting, return_exceptions=True)

    (error,) = {id(one): one for one in errors}.values()
    assert isinstance(error, NoToken)
    assert error.__context__ is None
    frames = 0
    trace = error.__traceback__
    while trace is not None:
        frames, trace = frames + 1, trace.tb_next
    assert frames < 10
