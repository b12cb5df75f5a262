"""The key set of an issuer, over real HTTP: had when needed, and kept through outages."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.callers.directory import Callers
from gateway.callers.errors import KeysUnreachable, TokenRefused
from gateway.callers.key_set import LOST_SECONDS, Times, read
from tests.gateway.callers.issuer import (
    ASYMMETRIC,
    NOW,
    Clock,
    by,
    callers,
    claims,
    key,
    public,
    published,
    publishing,
    signed,
    token,
)
from tests.resolvers.wild_server import Act, WildServer, answer, drop, until, wild_server

ONE, TWO = key("ES256", "one"), key("ES256", "two")
FIRST, SECOND = token("ES256", "one"), token("ES256", "two")
# The tokens live for longer than what is tested takes.
LASTING = token("ES256", "one", exp=NOW + 10 * LOST_SECONDS)
LASTING_SECOND = token("ES256", "two", exp=NOW + 10 * LOST_SECONDS)


@asynccontextmanager
async def issuing(
    *acts: Act, then: Act | None = None
) -> AsyncGenerator["tuple[WildServer, Clock, Callers]"]:
    """Run an issuer's server, and give callers that go by its key set."""
    clock = Clock()
    async with wild_server() as server:
        server.will(*acts, then=then or publishing(ONE))
        let_in = callers("ES256", clock, jwks=f"{server.url}/keys?of=app")
        try:
            yield server, clock, let_in
        finally:
            await let_in.close()


async def is_let_in(let_in: Callers, text: str) -> bool:
    """Tell whether a token is taken."""
    try:
        await let_in.identify(f"Bearer {text}")
    except TokenRefused:
        return False
    return True


@pytest.mark.parametrize("algorithm", ASYMMETRIC)
async def test_a_token_is_checked_by_the_key_that_it_names(algorithm: str) -> None:
    """Among others, of other kinds too."""
    others = (key("RS256", "other"), key("ES384", "other"), key("EdDSA", "other"))
    async with wild_server() as server:
        server.will(then=publishing(*others, key(algorithm)))
        let_in = callers(algorithm, jwks=server.url)
        taken = await is_let_in(let_in, token(algorithm))
        misnamed = signed({"alg": algorithm, "kid": "other"}, claims(), by(algorithm))
        forged = await is_let_in(let_in, misnamed)
        await let_in.close()

    assert (taken, forged) == (True, False)


async def test_the_set_is_fetched_at_the_first_token_and_then_kept() -> None:
    """The gateway starts without its issuer."""
    async with issuing() as (server, clock, let_in):
        await asyncio.sleep(0)
        assert server.paths == []
        assert [await is_let_in(let_in, LASTING) for _ in range(3)] == [True] * 3
        clock.now += 299
        assert await is_let_in(let_in, LASTING)
        assert server.paths == ["/keys?of=app"]


async def test_all_who_need_the_set_wait_for_one_fetch() -> None:
    """And one who leaves takes it from nobody else."""
    go = asyncio.Event()

    async def slowly(exchange: object) -> None:
        await go.wait()
        await publishing(ONE)(exchange)  # pyright: ignore[reportArgumentType]

    async with issuing(slowly) as (server, clock, let_in):
        asking = [asyncio.create_task(is_let_in(let_in, FIRST)) for _ in range(19)]
        await until(lambda: server.requests)
        # However long it takes.
        clock.now += 31
        asking.append(asyncio.create_task(is_let_in(let_in, FIRST)))
        asking[0].cancel()
        go.set()
        answers = await asyncio.gather(*asking, return_exceptions=True)

    assert isinstance(answers[0], asyncio.CancelledError)
    assert answers[1:] == [True] * 19
    assert len(server.requests) == 1


async def test_a_storm_of_unknown_keys_causes_one_fetch() -> None:
    """Whoever makes names up cannot make the gateway ask for each."""
    async with issuing() as (server, clock, let_in):
        assert await is_let_in(let_in, FIRST)
        clock.now += 30
        storm = [is_let_in(let_in, token("ES256", f"made-up-{number}")) for number in range(50)]
        assert not any(await asyncio.gather(*storm))
        assert not await is_let_in(let_in, token("ES256", "made-up"))
        assert len(server.requests) == 2
        clock.now += 29
        assert not await is_let_in(let_in, token("ES256", "made-up"))
        assert len(server.requests) == 2


async def test_a_new_key_is_known_before_the_set_is_old() -> None:
    """Its first token makes the gateway look, and a key that is gone signs no more."""
    async with issuing(publishing(ONE), then=publishing(TWO)) as (server, clock, let_in):
        assert await is_let_in(let_in, FIRST)
        assert not await is_let_in(let_in, SECOND)
        clock.now += 30
        assert await is_let_in(let_in, SECOND)
        assert not await is_let_in(let_in, FIRST)
        assert len(server.requests) == 2


async def test_a_set_that_is_old_is_fetched_again_before_it_is_gone_by() -> None:
    """A key that was withdrawn lets nobody in for longer than that."""
    async with issuing(publishing(ONE), then=publishing(TWO)) as (_, clock, let_in):
        assert await is_let_in(let_in, LASTING)
        clock.now += 300
        assert not await is_let_in(let_in, LASTING)


async def test_a_token_is_let_in_no_longer_once_its_key_is_withdrawn() -> None:
    """Though it was checked before, and is still in its time."""
    async with issuing(publishing(ONE), then=publishing(TWO)) as (_, clock, let_in):
        assert await is_let_in(let_in, LASTING)
        assert await is_let_in(let_in, LASTING)
        clock.now += 300
        assert not await is_let_in(let_in, LASTING)


async def test_the_keys_at_hand_serve_through_an_outage_of_a_day() -> None:
    """And no longer: nobody could withdraw them."""
    async with issuing(publishing(ONE), then=answer(503)) as (server, clock, let_in):
        assert await is_let_in(let_in, LASTING)
        for passed in (300, 329, LOST_SECONDS - 1):
            clock.now = NOW + passed
            assert await is_let_in(let_in, LASTING)
        clock.now = NOW + LOST_SECONDS
        with pytest.raises(KeysUnreachable):
            await let_in.identify(f"Bearer {LASTING}")
        await until(lambda: len(server.requests) == 3)


async def test_nobody_waits_for_an_issuer_that_did_not_answer_before() -> None:
    """While it is tried again, the keys at hand serve; when it answers, its new ones do."""
    acts = (publishing(ONE), answer(503))
    async with issuing(*acts, then=publishing(TWO)) as (server, clock, let_in):
        assert await is_let_in(let_in, LASTING)
        clock.now += 300
        assert await is_let_in(let_in, LASTING)
        assert len(server.requests) == 2
        clock.now += 30
        assert await is_let_in(let_in, LASTING)
        assert len(server.requests) == 2
        assert await is_let_in(let_in, LASTING_SECOND)
        assert len(server.requests) == 3


@pytest.mark.parametrize("kid", [7, ["one"], {"one": 1}, False])
async def test_the_name_of_a_key_is_text(kid: object) -> None:
    """Nothing is fetched for a token that has none."""
    async with issuing() as (server, _, let_in):
        assert not await is_let_in(
            let_in, signed({"alg": "ES256", "kid": kid}, claims(), by("ES256"))
        )
        assert server.requests == []


async def test_a_key_that_cannot_be_looked_for_is_not_called_wrong() -> None:
    """It may be in the set that cannot be had."""
    async with issuing(publishing(ONE), answer(500), then=publishing(TWO)) as (_, clock, let_in):
        assert await is_let_in(let_in, LASTING)
        clock.now += 30
        with pytest.raises(KeysUnreachable):
            await let_in.identify(f"Bearer {LASTING_SECOND}")
        clock.now += 30
        assert await is_let_in(let_in, LASTING_SECOND)


BAD_SETS = {
    "an error": answer(500, published(ONE)),
    "a redirect": answer(302, published(ONE), location="http://127.0.0.1:9/"),
    "no content": answer(204, b""),
    "no JSON": answer(200, b"<html>"),
    "nesting": answer(200, b"[" * 100_000),
    "a list": answer(200, json.dumps([public(ONE)]).encode()),
    "no keys": answer(200, b'{"keys": {}}'),
    "very many keys": publishing(*[ONE] * 101),
    "very long": answer(200, b" " * (256 * 1024) + published(ONE)),
    "a closed connection": drop,
}


@pytest.mark.parametrize("name", BAD_SETS)
async def test_without_a_set_nobody_is_let_in_and_nobody_is_called_wrong(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """That is the issuer's fault; it is asked again after half a minute, and no sooner."""
    async with issuing(BAD_SETS[name], then=publishing(ONE)) as (server, clock, let_in):
        for _ in range(3):
            with pytest.raises(KeysUnreachable, match="cannot be checked"):
                await let_in.identify(f"Bearer {FIRST}")
        assert len(server.requests) == 1
        clock.now += 30
        assert await is_let_in(let_in, FIRST)

    logged = capsys.readouterr().out
    assert "key set not fetched" in logged
    assert "127.0.0.1" not in logged
    assert FIRST not in logged


def unusable() -> list[dict[str, object]]:
    """Give keys that check no signature."""
    one, rsa = public(ONE), public(key("RS256"))
    return [
        {**one, "use": "enc"},
        {**one, "use": "other"},
        {**one, "key_ops": ["encrypt"]},
        {**one, "key_ops": 7},
        {**one, "crv": "P-384"},
        {**one, "x": "AA"},
        {**one, "kty": "unknown"},
        {**one, "kid": 7},
        dict(ONE.as_dict(private=True)),
        dict(key("HS256").as_dict()),
        {**rsa, "n": rsa["n"][:170]},
        {**rsa, "n": "A" * 342},
        {**rsa, "n": "_" * 2000},
        {**rsa, "e": "AQ"},
        {**public(key("EdDSA")), "crv": "X25519"},
        {},
    ]


def test_keys_that_check_no_signature_are_left_out() -> None:
    """One that is for something else, secret, weak or broken spoils no other."""
    written: list[object] = [*unusable(), None, 7, "key", [], public(TWO)]

    assert [one.kid for one in read(json.dumps({"keys": written}).encode())] == ["two"]


KEY_NAMES = ["kty", "crv", "x", "y", "n", "e", "d", "k", "use", "key_ops", "alg", "kid", "x5u"]
ANY_VALUE = st.none() | st.integers() | st.text(max_size=5) | st.lists(st.text(), max_size=2)


@given(
    st.sampled_from(["ES256", "RS256", "EdDSA"]),
    st.dictionaries(st.sampled_from(KEY_NAMES), ANY_VALUE, max_size=3),
)
def test_whatever_a_key_is_it_spoils_no_other(algorithm: str, changed: dict[str, object]) -> None:
    """It may be broken in any way."""
    one = {**public(key(algorithm)), "kid": "one", **changed}

    assert read(json.dumps({"keys": [one, public(TWO)]}).encode())[-1].kid == "two"


async def test_a_shared_secret_in_a_key_set_lets_nobody_in() -> None:
    """It was published, so everybody could sign by it."""
    async with wild_server() as server:
        server.will(then=publishing(key("HS256"), kid="one"))
        let_in = callers("ES256", jwks=server.url)
        assert not await is_let_in(let_in, token("HS256"))
        assert not await is_let_in(let_in, token("ES256"))
        await let_in.close()


async def test_a_key_is_for_the_algorithm_that_the_set_says() -> None:
    """An issuer may give a key to one algorithm alone."""
    async with wild_server() as server:
        server.will(then=publishing(key("RS256"), alg="RS512"))
        let_in = callers("RS256,RS512", jwks=server.url)
        assert not await is_let_in(let_in, token("RS256"))
        await let_in.close()


async def test_a_token_that_names_no_key_may_be_signed_by_any() -> None:
    """Not every issuer names its keys."""
    async with issuing(then=publishing(TWO, ONE)) as (server, _, let_in):
        unnamed = token("ES256", None)
        assert await is_let_in(let_in, unnamed)
        assert not await is_let_in(let_in, unnamed[:-9] + unnamed[-8:] + "A")
        assert len(server.requests) == 1


async def test_a_fetch_ends_with_the_gateway() -> None:
    """It is not waited for."""

    async def never(exchange: object) -> None:
        del exchange
        await asyncio.Event().wait()

    async with issuing(never) as (server, _, let_in):
        asking = asyncio.create_task(let_in.identify(f"Bearer {FIRST}"))
        await until(lambda: server.requests)
        await let_in.close()
        with pytest.raises(KeysUnreachable):
            await asking


@pytest.mark.parametrize(
    ("passed", "may_fetch", "is_stale", "is_lost"),
    [
        (0, False, False, False),
        (29.9, False, False, False),
        (30, True, False, False),
        (300, True, True, False),
        (LOST_SECONDS - 1, True, True, False),
        (LOST_SECONDS, True, True, True),
        (-1, True, True, False),
    ],
)
def test_when_to_fetch_is_a_matter_of_the_clock(
    passed: float, may_fetch: bool, is_stale: bool, is_lost: bool
) -> None:
    """One that was put back delays no fetch."""
    times, now = Times(NOW, NOW), NOW + passed

    assert times.may_fetch(now) is may_fetch
    assert times.is_stale(now, 300) is is_stale
    assert times.is_lost(now) is is_lost


def test_what_was_never_had_is_lost_and_may_be_fetched() -> None:
    """At the start."""
    assert Times().may_fetch(NOW)
    assert Times().is_stale(NOW, 300)
    assert Times().is_lost(NOW)
