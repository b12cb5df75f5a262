"""How requests are carried to a platform that drops, cuts, floods, hangs and refuses."""

import asyncio
from collections.abc import AsyncGenerator
from itertools import product

import pytest

from resolvers.upstream.breaker import LEAST_CALLS, WINDOW_SECONDS, BreakerState
from resolvers.upstream.deadline import NEVER, Deadline
from resolvers.upstream.flight import Expired
from resolvers.upstream.retry import Safety, Trouble
from resolvers.upstream.verdict import Outcome
from tests.resolvers.carrying import (
    THING,
    TOKEN_PATH,
    Carrying,
    Watcher,
    bare,
    carrying,
    giving_tokens,
)
from tests.resolvers.upstream.hand_clock import HandClock
from tests.resolvers.wild_server import (
    Act,
    Exchange,
    WildServer,
    answer,
    drop,
    flood,
    halve,
    hang,
    until,
    wild_server,
)

WRITES = [safety for safety in Safety if safety is not Safety.READ]
SHOWN: dict[Trouble, Act] = {
    Trouble.LOST: drop,
    Trouble.SLOW: hang,
    Trouble.RATE_LIMITED: answer(429),
    Trouble.FAILED: answer(500),
}
# What is sent a second time, after which trouble.
TWICE = {
    *product([Safety.READ, Safety.REPEATABLE], set(SHOWN) - {Trouble.SLOW}),
    (Safety.KEYED, Trouble.LOST),
    (Safety.KEYED, Trouble.RATE_LIMITED),
}
# How what is not sent again ends.
ENDS = {
    Trouble.LOST: Outcome.LOST,
    Trouble.SLOW: Outcome.LOST,
    Trouble.RATE_LIMITED: Outcome.RATE_LIMITED,
    Trouble.FAILED: Outcome.UNAVAILABLE,
}


@pytest.fixture
async def wild() -> AsyncGenerator[WildServer]:
    """A platform that does whatever a test wants."""
    async with wild_server() as server:
        yield server


async def trip(one: Carrying) -> None:
    """Let calls fail until the breaker opens."""
    while await one.courier.breaker.state() is BreakerState.CLOSED:
        await one.carry(Safety.ONCE)


@pytest.mark.parametrize(("safety", "trouble"), list(product(Safety, SHOWN)))
async def test_what_is_not_safe_to_send_twice_reaches_the_platform_once(
    wild: WildServer, safety: Safety, trouble: Trouble
) -> None:
    """Counted where it arrives; what is safe gets its answer by the second try."""
    wild.will(SHOWN[trouble])
    async with carrying(wild, timeout_seconds=0.5) as one:
        ended = await one.carry(safety)

    again = (safety, trouble) in TWICE
    lost_read = safety is Safety.READ and trouble is Trouble.SLOW
    assert len(wild.requests) == 1 + again
    expected = Outcome.OK if again else Outcome.UNAVAILABLE if lost_read else ENDS[trouble]
    assert ended.verdict.outcome is expected


@pytest.mark.parametrize("safety", Safety)
async def test_what_never_left_is_sent_again_whatever_it_is(safety: Safety) -> None:
    """Nobody listened at the first try; at the second somebody does."""
    async with wild_server(listening=False) as wild:
        starting: list[asyncio.Task[None]] = []

        def start() -> None:
            wild.listener.listen()
            starting.append(asyncio.create_task(wild.start()))

        watcher = Watcher(start)
        async with carrying(wild, watcher=watcher) as one:
            ended = await one.carry(safety)
            used = await one.used()

    assert ended.verdict.outcome is Outcome.OK
    assert len(wild.requests) == watcher.retries == 1
    assert watcher.sent_words == ["broken", "ok"]
    assert used == 1


@pytest.mark.parametrize("safety", WRITES)
@pytest.mark.parametrize("act", [drop, halve, hang], ids=["dropped", "halved", "silent"])
async def test_a_write_without_an_answer_is_lost_and_not_merely_failed(
    wild: WildServer, safety: Safety, act: Act
) -> None:
    """Nobody knows whether it was done, however often it was tried."""
    wild.will(then=act)
    async with carrying(wild, timeout_seconds=0.5) as one:
        ended = await one.carry(safety)

    assert ended.verdict.outcome is Outcome.LOST


@pytest.mark.parametrize(
    ("second", "outcome"),
    [
        (answer(200), Outcome.OK),
        (answer(400), Outcome.REFUSED),
        (answer(404), Outcome.NOT_FOUND),
        (answer(301), Outcome.LOST),
        (answer(401), Outcome.LOST),
        (answer(409), Outcome.LOST),
        (answer(429), Outcome.LOST),
        (answer(500), Outcome.LOST),
        (answer(504), Outcome.UNAVAILABLE),
        (drop, Outcome.LOST),
    ],
    ids=["200", "400", "404", "301", "401", "409", "429", "500", "504", "dropped"],
)
@pytest.mark.parametrize("first", [drop, answer(502), answer(504)], ids=["dropped", "502", "504"])
async def test_an_answer_to_the_second_try_tells_of_the_first_or_leaves_it_lost(
    wild: WildServer, first: Act, second: Act, outcome: Outcome
) -> None:
    """A platform that asks to wait, say, has not said what became of what it had before."""
    wild.will(first, second)
    async with carrying(wild) as one:
        ended = await one.carry(Safety.REPEATABLE)

    assert len(wild.requests) == 2
    assert ended.verdict.outcome is outcome
    assert ended.is_open == (ended.response is not None and ended.response.status == 504)


async def test_a_refused_token_is_renewed_once_and_the_request_sent_again(
    wild: WildServer,
) -> None:
    """With the new one; also a write, which was refused and so not done."""
    wild.will(then=giving_tokens(answer(401)))
    async with carrying(wild, tokens=True) as one:
        ended = await one.carry(Safety.ONCE)

    assert ended.verdict.outcome is Outcome.OK
    assert bare(wild.paths) == [TOKEN_PATH, THING, TOKEN_PATH, THING]
    shown = [exchange.headers.get("authorization") for exchange in wild.requests]
    assert shown == [None, "Bearer token-1", None, "Bearer token-2"]


@pytest.mark.parametrize("safety", Safety)
async def test_a_second_refusal_is_a_refusal(wild: WildServer, safety: Safety) -> None:
    """There is no loop of renewals."""
    wild.will(then=giving_tokens(then=answer(401)))
    async with carrying(wild, tokens=True) as one:
        ended = await one.carry(safety)

    assert ended.verdict.outcome is Outcome.UNAUTHORIZED
    assert bare(wild.paths) == [TOKEN_PATH, THING, TOKEN_PATH, THING]


async def test_credentials_that_cannot_be_renewed_are_refused_once(wild: WildServer) -> None:
    """A key does not get better."""
    wild.will(then=answer(401))
    async with carrying(wild) as one:
        ended = await one.carry()

    assert ended.verdict.outcome is Outcome.UNAUTHORIZED
    assert len(wild.requests) == 1


@pytest.mark.parametrize("safety", Safety)
async def test_without_a_token_a_request_is_not_lost(wild: WildServer, safety: Safety) -> None:
    """What was dropped was the request for a token; any other may be sent when there is one."""
    wild.will(drop, then=giving_tokens())
    async with carrying(wild, tokens=True) as one:
        ended = await one.carry(safety)

    assert ended.verdict.outcome is Outcome.OK
    assert bare(wild.paths) == [TOKEN_PATH, TOKEN_PATH, THING]


async def test_a_request_to_wait_is_obeyed_if_there_is_time(wild: WildServer) -> None:
    """The second try comes after it."""
    wild.will(answer(429, retry_after="1"))
    async with carrying(wild) as one:
        ended = await one.carry(deadline=Deadline.after(20))

    assert ended.verdict.outcome is Outcome.OK
    assert len(wild.requests) == 2


@pytest.mark.parametrize("status", [429, 503])
async def test_a_request_to_wait_for_longer_than_there_is_time_is_passed_on(
    wild: WildServer, status: int
) -> None:
    """At once: the caller can wait, and knows for how long."""
    wild.will(then=answer(status, retry_after="30"))
    async with carrying(wild) as one:
        async with asyncio.timeout(10):
            ended = await one.carry(deadline=Deadline.after(20))

    assert ended.verdict.retry_after == 30
    assert len(wild.requests) == 1


async def test_a_flood_is_read_no_further_than_it_is_kept(wild: WildServer) -> None:
    """Its status still tells whether a write was done."""
    taken: list[int] = []
    wild.will(flood(100, taken))
    async with carrying(wild, most_answer_bytes=1 << 20) as one:
        ended = await one.carry(Safety.ONCE)
        await until(lambda: wild.open == 0)

    assert ended.verdict.outcome is Outcome.OK
    assert ended.response is not None
    assert ended.response.body == b""
    assert sum(taken) < 20 << 20


async def test_what_was_never_sent_costs_nothing_of_the_budget() -> None:
    """However often it was tried."""
    async with wild_server(listening=False) as wild, carrying(wild) as one:
        ended = await one.carry()

        assert ended.verdict.outcome is Outcome.UNAVAILABLE
        assert await one.used() == 0


@pytest.mark.parametrize("act", [answer(500), drop, hang], ids=["500", "dropped", "silent"])
async def test_what_was_sent_costs_a_turn_whatever_comes_back(wild: WildServer, act: Act) -> None:
    """The platform has counted it too."""
    wild.will(then=act)
    async with carrying(wild, timeout_seconds=0.5) as one:
        await one.carry(Safety.ONCE)

        assert await one.used() == len(wild.requests) == 1


async def test_who_stops_waiting_for_a_turn_gives_it_back(wild: WildServer) -> None:
    """The next is not made to wait for a call that never came."""
    async with carrying(wild, rate_limits="2/300, 1/1") as one:
        await one.carry()
        waiting = asyncio.create_task(one.carry())
        await one.until_used(2)
        waiting.cancel()
        await one.until_used(1)

    assert len(wild.requests) == 1


async def test_who_stops_waiting_for_a_socket_gives_the_turn_back(wild: WildServer) -> None:
    """And was not sent, so that a write of it is late and not lost."""
    wild.will(hang)
    async with carrying(wild, most_connections=1) as one:
        first = asyncio.create_task(one.carry())
        await until(lambda: wild.requests)
        with pytest.raises(Expired) as caught:
            await one.carry(Safety.ONCE, Deadline.after(0.1))
        await one.until_used(1)
        first.cancel()

    assert not caught.value.sent


async def test_without_a_turn_in_time_nothing_is_sent(wild: WildServer) -> None:
    """The caller is told when there will be one."""
    watcher = Watcher()
    async with carrying(wild, rate_limits="1/300", watcher=watcher) as one:
        await one.carry(Safety.ONCE)
        ended = await one.carry(Safety.ONCE, Deadline.after(10))

    assert ended.verdict.outcome is Outcome.EXHAUSTED
    assert ended.verdict.retry_after == pytest.approx(300, abs=20)
    assert watcher.refusals == ["exhausted"]
    assert len(wild.requests) == 1


async def test_a_breaker_that_opens_ends_the_retries_too(wild: WildServer) -> None:
    """Though there is credit for more."""
    clock = HandClock()
    async with carrying(wild, clock=clock) as one:
        for _ in range(100):
            await one.carry()
        clock.turn(WINDOW_SECONDS)
        wild.will(then=answer(500))
        ends = [(await one.carry()).verdict.outcome for _ in range(5)]

    assert len(wild.requests) == 100 + LEAST_CALLS
    assert ends == [Outcome.UNAVAILABLE] * 3 + [Outcome.RESTING] * 2


async def test_one_probe_is_sent_when_the_rest_is_over_and_then_all_go_on(
    wild: WildServer,
) -> None:
    """Of fifty that ask at once."""
    clock = HandClock()
    wild.will(then=answer(500))
    async with carrying(wild, clock=clock) as one:
        await trip(one)
        clock.turn(5)
        before = len(wild.requests)
        wild.will()
        many = await asyncio.gather(*(one.carry() for _ in range(50)))
        probes = len(wild.requests) - before
        after = await asyncio.gather(*(one.carry() for _ in range(50)))

    outcomes = [ended.verdict.outcome for ended in many]
    assert probes == outcomes.count(Outcome.OK) == 1
    assert outcomes.count(Outcome.RESTING) == 49
    assert {ended.verdict.outcome for ended in after} == {Outcome.OK}


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422])
async def test_a_platform_that_says_no_is_well(wild: WildServer, status: int) -> None:
    """Its breaker stays closed."""
    wild.will(then=answer(status))
    async with carrying(wild) as one:
        for _ in range(2 * LEAST_CALLS):
            await one.carry()

        assert await one.courier.breaker.state() is BreakerState.CLOSED


async def test_a_deadline_ends_the_request_and_frees_its_socket(wild: WildServer) -> None:
    """The platform sees it go, and the next has the only socket there is."""
    wild.will(hang)
    async with carrying(wild, most_connections=1) as one:
        with pytest.raises(Expired) as caught:
            await one.carry(Safety.ONCE, Deadline.after(0.3))
        await until(lambda: wild.given_up)
        ended = await one.carry()

    assert caught.value.sent
    assert ended.verdict.outcome is Outcome.OK


@pytest.mark.parametrize(("limit", "state"), [(0.5, BreakerState.OPEN), (60, BreakerState.CLOSED)])
async def test_a_deadline_speaks_against_a_platform_that_had_half_of_its_time(
    wild: WildServer, limit: float, state: BreakerState
) -> None:
    """A shorter one may be too short for any."""
    wild.will(then=hang)
    async with carrying(wild, timeout_seconds=limit) as one:
        many = (one.carry(deadline=Deadline.after(0.3)) for _ in range(LEAST_CALLS))
        await asyncio.gather(*many, return_exceptions=True)
        await until(lambda: wild.open == 0)

        assert await one.courier.breaker.state() is state


async def test_who_goes_away_speaks_against_nobody(wild: WildServer) -> None:
    """However many."""
    wild.will(then=hang)
    async with carrying(wild) as one:
        many = [asyncio.create_task(one.carry(deadline=NEVER)) for _ in range(2 * LEAST_CALLS)]
        await until(lambda: len(wild.requests) == len(many))
        for waiter in many:
            waiter.cancel()
        await until(lambda: wild.open == 0)

        assert await one.courier.breaker.state() is BreakerState.CLOSED


async def test_retries_are_a_tenth_of_first_tries_in_a_long_outage(wild: WildServer) -> None:
    """A platform of whose calls a third fail has not to bear a third more."""
    watcher, fails = Watcher(), answer(500)

    async def third(exchange: Exchange) -> None:
        await (answer() if len(wild.requests) % 3 else fails)(exchange)

    wild.will(then=third)
    async with carrying(wild, watcher=watcher) as one:
        for _ in range(20):
            await asyncio.gather(*(one.carry() for _ in range(15)))

    assert len(wild.requests) == 300 + watcher.retries
    assert 20 <= watcher.retries <= 30


async def test_calls_that_are_not_sent_earn_no_retries(wild: WildServer) -> None:
    """Or a thousand that were refused would be paid for by a platform that has just come back."""
    clock, watcher = HandClock(), Watcher()
    wild.will(then=answer(500))
    async with carrying(wild, clock=clock, watcher=watcher) as one:
        await trip(one)
        for _ in range(100):
            await one.carry()
        clock.turn(100)
        wild.will()
        await one.carry()
        wild.will(then=answer(500))
        await asyncio.gather(*(one.carry() for _ in range(9)))

    assert watcher.refusals.count("resting") >= 100
    assert watcher.retries <= 2
