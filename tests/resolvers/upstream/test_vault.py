"""One token for all replicas: sealed in the store, fetched by one of them."""

import asyncio
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.upstream.sealing import Seal
from resolvers.upstream.store import MemoryStore
from resolvers.upstream.tokens import (
    LEASE_SECONDS,
    MARGIN_SECONDS,
    NoToken,
    Token,
    TokenCache,
    is_fresh,
)
from resolvers.upstream.vault import StoreVault
from resolvers.upstream.verdict import Outcome, Verdict
from tests.resolvers.upstream.distant_store import DistantStore
from tests.resolvers.upstream.hand_clock import HandClock

KEY = b"a secret of at least thirty-two bytes"
LASTS = 600.0

AnyStore = MemoryStore | DistantStore

tokens = st.builds(
    Token,
    value=st.text(),
    expires_at=st.floats(0, 1e10),
    refresh=st.none() | st.text(),
    margin=st.floats(0, 60),
    issued_at=st.floats(0, 1e10),
)


class Replicas:
    """Several gateways over one store and one token service, all on one hand clock."""

    def __init__(self, many: int = 2, store: type[AnyStore] = MemoryStore) -> None:
        self.clock = HandClock()
        self.store = store(self.clock)
        self.fetched: list[Token | None] = []
        self.failing = self.hanging = False
        self.caches = [
            TokenCache(partial(self._fetch, number), self.clock, self.vault())
            for number in range(many)
        ]

    def vault(self) -> StoreVault:
        """Give another way to the same token."""
        return StoreVault(self.store, Seal([KEY]), "clinked:mark")

    async def _fetch(self, replica: int, before: Token | None) -> Token:
        self.fetched.append(before)
        number = len(self.fetched)
        await asyncio.sleep(0)
        if self.hanging:
            await asyncio.get_running_loop().create_future()
        if self.failing:
            raise NoToken(Verdict(Outcome.UNAVAILABLE))
        return Token.lasting(f"token-{number}-{replica}", LASTS, self.clock(), f"refresh-{number}")

    async def at_once(self, times: int = 1) -> set[str]:
        """Let all replicas need a token at once, so many times each."""
        asked = [cache.current() for cache in self.caches * times]
        return {token.value for token in await asyncio.gather(*asked)}


async def settled() -> None:
    """Let everything happen that can."""
    for _ in range(50):
        await asyncio.sleep(0)


@given(tokens)
async def test_a_token_comes_out_of_the_store_as_it_went_in(token: Token) -> None:
    """With the moments by which replicas agree when it ends."""
    clock = HandClock(0.0)
    vault = StoreVault(MemoryStore(clock), Seal([KEY]), "name")
    await vault.put(token, 0.0)

    assert await vault.get() == token


async def test_a_token_lies_in_the_store_under_seal() -> None:
    """Who reads the store can sign nothing with it."""
    replicas = Replicas()
    await replicas.vault().put(Token("planted-value", 2e9, "planted-refresh"), replicas.clock())
    written = await replicas.store.get("token:clinked:mark")

    assert written is not None
    assert b"planted" not in written


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"not sealed",
        Seal([b"another secret of thirty-two bytes"]).seal(b"{}", "token:name"),
        Seal([KEY]).seal(b'{"value": "t", "expires_at": 1}', "token:another"),
        Seal([KEY]).seal(b'{"value": "t", "of": "a version to come"}', "token:name"),
        Seal([KEY]).seal(b"[1, 2]", "token:name"),
        Seal([KEY]).seal(b"null", "token:name"),
        Seal([KEY]).seal(b"\xff", "token:name"),
    ],
    ids=["empty", "open", "other-key", "other-name", "other-version", "list", "null", "binary"],
)
async def test_what_cannot_be_read_is_no_token(written: bytes) -> None:
    """A key that was changed costs a fetch, and no call."""
    store = MemoryStore()
    await store.put("token:name", written, 60)

    assert await StoreVault(store, Seal([KEY]), "name").get() is None


async def test_a_token_leaves_the_store_when_it_ends() -> None:
    """It is of no use to anybody."""
    replicas = Replicas()
    vault = replicas.vault()
    await vault.put(Token("t", replicas.clock() + LASTS), replicas.clock())
    replicas.clock.turn(LASTS - 1)
    before = await vault.get()
    replicas.clock.turn(1)

    assert before is not None
    assert await vault.get() is None


async def test_the_turn_to_fetch_is_given_back_by_its_holder_alone() -> None:
    """And ends by itself."""
    replicas = Replicas()
    vault = replicas.vault()
    assert await vault.lock(b"one", LEASE_SECONDS)
    await vault.unlock(b"other")
    assert not await vault.lock(b"other", LEASE_SECONDS)
    await vault.unlock(b"one")
    assert await vault.lock(b"other", LEASE_SECONDS)
    replicas.clock.turn(LEASE_SECONDS)

    assert await vault.lock(b"one", LEASE_SECONDS)


@pytest.mark.parametrize("store", [MemoryStore, DistantStore])
async def test_replicas_that_need_a_token_at_once_fetch_one(
    store: type[AnyStore],
) -> None:
    """Fifty operations in each of three."""
    replicas = Replicas(3, store)
    values = await replicas.at_once(times=50)

    assert len(values) == len(replicas.fetched) == 1


async def test_a_replica_that_comes_later_takes_the_token_that_is_there() -> None:
    """Also if it has just been started."""
    replicas = Replicas()
    one, other = replicas.caches
    first = await one.current()
    replicas.clock.turn(60)

    assert await other.current() == first
    assert len(replicas.fetched) == 1


async def test_a_refused_token_is_replaced_once_for_all_replicas() -> None:
    """Each is refused with the same one."""
    replicas = Replicas()
    (refused,) = await replicas.at_once()
    renewed = await asyncio.gather(*(cache.replace(refused) for cache in replicas.caches * 20))

    assert len(replicas.fetched) == 2
    (token,) = {token.value for token in renewed}
    assert token != refused


async def test_a_replica_that_is_refused_late_takes_what_another_has_fetched() -> None:
    """Though it still holds the old one."""
    replicas = Replicas()
    (refused,) = await replicas.at_once()
    one, other = replicas.caches
    renewed = await one.replace(refused)

    assert await other.replace(refused) == renewed
    assert len(replicas.fetched) == 2


async def test_an_ended_token_is_renewed_once_with_the_newest_refresh_token() -> None:
    """The one before may have been good for one use."""
    replicas = Replicas()
    for _ in range(3):
        await replicas.at_once()
        replicas.clock.turn(LASTS)

    refreshed = [before and before.refresh for before in replicas.fetched]
    assert refreshed == [None, "refresh-1", "refresh-2"]


async def test_a_refresh_token_newer_than_the_stores_is_the_one_that_is_used() -> None:
    """What was fetched while the store was away never came there."""
    replicas = Replicas()
    cache, vault = replicas.caches[0], replicas.vault()
    await vault.put(Token.lasting("old", 10 * LASTS, replicas.clock(), "old"), replicas.clock())
    before = await vault.get()
    assert before is not None
    replicas.clock.turn(1)
    mine = await cache.replace("old")
    await vault.put(before, replicas.clock())
    await cache.replace(mine.value)

    assert [one and one.refresh for one in replicas.fetched] == ["old", "refresh-1"]


async def test_when_the_holder_of_the_turn_has_died_another_goes_on_after_the_lease() -> None:
    """And not before, for it may yet come with a token."""
    replicas = Replicas()
    await replicas.vault().lock(b"one that was killed", LEASE_SECONDS)
    waiting = asyncio.create_task(replicas.caches[0].current())
    await settled()
    replicas.clock.turn(LEASE_SECONDS - 1)
    await settled()
    fetched_early = len(replicas.fetched)
    replicas.clock.turn(1)

    assert (await waiting).value == "token-1-0"
    assert fetched_early == 0


async def test_a_fetch_that_fails_lets_the_other_replica_try() -> None:
    """At once, and with a failure of its own."""
    replicas = Replicas()
    replicas.failing = True
    ended = await asyncio.gather(
        *(cache.current() for cache in replicas.caches), return_exceptions=True
    )
    replicas.failing = False

    assert [type(one) for one in ended] == [NoToken, NoToken]
    assert len(replicas.fetched) == 2
    assert await replicas.at_once() == {"token-3-0"}


@pytest.mark.parametrize("turns", range(25))
async def test_a_replica_that_is_stopped_leaves_the_turn_to_the_others(turns: int) -> None:
    """At whichever step of its fetch: nobody waits for the lease of one that has gone."""
    replicas = Replicas(store=DistantStore)
    one, other = replicas.caches
    replicas.hanging = True
    waiting = asyncio.create_task(one.current())
    for _ in range(turns):
        await asyncio.sleep(0)
    waiting.cancel()
    await one.close()
    await asyncio.gather(waiting, return_exceptions=True)
    replicas.hanging = False

    async with asyncio.timeout(LEASE_SECONDS / 2):
        token = await other.current()
    assert token.value.endswith("-1")


@given(st.lists(st.sampled_from(["ask", "refuse", "wait"]), max_size=20), st.data())
async def test_there_is_a_reason_for_every_fetch(steps: list[str], data: st.DataObject) -> None:
    """A token was refused, or came near its end; and what is given can be used."""
    replicas = Replicas(3)
    held: dict[int, Token] = {}
    refused, passed = set[str](), 0.0
    for step in steps:
        number = data.draw(st.integers(0, 2))
        cache = replicas.caches[number]
        if step == "wait":
            replicas.clock.turn(LASTS / 3)
            passed += LASTS / 3
        elif step == "refuse" and number in held:
            refused.add(held[number].value)
            held[number] = await cache.replace(held[number].value)
            assert held[number].value not in refused
        else:
            held[number] = await cache.current()
        await settled()
        assert number not in held or step == "wait" or is_fresh(held[number], replicas.clock())

    ended = passed // (LASTS - 3 * MARGIN_SECONDS)
    assert len(replicas.fetched) <= 1 + len(refused) + ended
