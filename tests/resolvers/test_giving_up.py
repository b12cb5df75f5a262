"""Whoever gives a call up, at whichever step, leaves nothing behind."""

import asyncio
import gc
import uuid
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from resolvers.upstream.breaker import BreakerState, Rest
from resolvers.upstream.retry import Safety
from resolvers.upstream.shared import open_store
from resolvers.upstream.store import StoreState
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
from tests.resolvers.upstream.distant_store import DistantStore
from tests.resolvers.upstream.hand_clock import HandClock
from tests.resolvers.wild_server import (
    BOUND_SECONDS,
    Act,
    Exchange,
    WildServer,
    answer,
    drop,
    hang,
    until,
    wild_server,
)
from tests.store_server import forget, with_prefix

# A call through a store far away takes about so many turns of the event loop.
TURNS = 80


@pytest.fixture(params=[False, True], ids=["asyncio", "uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    """Both event loops: the gateway runs on uvloop, which orders what happens at once otherwise."""
    return "asyncio", {"use_uvloop": request.param}


@pytest.fixture
async def wild() -> AsyncGenerator[WildServer]:
    """A platform that does whatever a test wants."""
    async with wild_server() as server:
        yield server


@pytest.fixture(autouse=True)
async def nothing_unseen() -> AsyncGenerator[None]:
    """Fail if the event loop complains of an error that nobody has seen, or of a lost task."""
    told: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, said: told.append(said))
    yield
    gc.collect()
    await asyncio.sleep(0)
    assert told == []


class Far:
    """A courier whose store is far away, and whose clock stands still."""

    def __init__(
        self, clock: HandClock, store: DistantStore, watcher: Watcher, one: Carrying
    ) -> None:
        self.clock, self.store, self.watcher, self.one = clock, store, watcher, one

    async def half_open(self) -> None:
        """Write down a rest that is over, so that the next call is the probe."""
        await self.store.put("breaker:wild", Rest(self.clock() - 1).written(), 600)

    async def given_up(self, turns: int) -> None:
        """Carry a request, and give it up after so many turns; some later all is tidied up."""
        carried = asyncio.create_task(self.one.carry())
        await turned(turns)
        carried.cancel()
        await asyncio.gather(carried, return_exceptions=True)
        await turned(TURNS)

    async def all_free(self, calls: int = 1) -> bool:
        """Tell whether the next calls go well and no turn is taken but by what was sent."""
        async with asyncio.timeout(BOUND_SECONDS):
            ends = await asyncio.gather(*(self.one.carry() for _ in range(calls)))
        await self.one.until_used(len(self.watcher.sent_words))
        return {ended.verdict.outcome for ended in ends} == {Outcome.OK}


@asynccontextmanager
async def far(
    wild: WildServer, *, tokens: bool = False, connections: int = 1
) -> AsyncGenerator[Far]:
    """Make one, with so few sockets."""
    clock, watcher = HandClock(), Watcher()
    store = DistantStore(clock)
    async with carrying(
        wild,
        tokens=tokens,
        store=store,
        clock=clock,
        watcher=watcher,
        most_connections=connections,
    ) as one:
        yield Far(clock, store, watcher, one)


async def turned(turns: int) -> None:
    """Let the event loop turn so often."""
    for _ in range(turns):
        await asyncio.sleep(0)


@pytest.mark.parametrize("tokens", [False, True], ids=["fixed", "tokens"])
async def test_a_call_that_is_given_up_at_any_step_leaves_all_free(
    wild: WildServer, *, tokens: bool
) -> None:
    """The only socket, the probe's place and the turn: the next call needs them all."""
    for turns in range(2 * TURNS if tokens else TURNS):
        wild.will(then=giving_tokens() if tokens else answer())
        async with far(wild, tokens=tokens) as one:
            await one.half_open()
            await one.given_up(turns)

            assert await one.all_free(), turns
            assert await one.one.courier.breaker.state() is BreakerState.CLOSED, turns


@pytest.mark.parametrize(
    "act",
    [hang, drop, answer(500), answer(429)],
    ids=["silent", "dropped", "500", "429"],
)
async def test_a_call_in_trouble_that_is_given_up_leaves_all_free(
    wild: WildServer, act: Act
) -> None:
    """Also while it waits for its next try."""
    for turns in range(0, TURNS, 5):
        wild.will(then=act)
        async with far(wild) as one:
            await one.given_up(turns)
            wild.will()

            assert await one.all_free(), turns


@pytest.mark.parametrize("tokens", [False, True], ids=["fixed", "tokens"])
async def test_of_many_calls_any_may_be_given_up(wild: WildServer, *, tokens: bool) -> None:
    """With few sockets, and a platform that answers one half of them."""
    served = 0

    async def half(exchange: Exchange) -> None:
        nonlocal served
        served += 1
        await (hang if served % 2 else answer())(exchange)

    wild.will(then=giving_tokens(then=half) if tokens else half)
    async with far(wild, tokens=tokens, connections=3) as one:
        # A number that has no factor in common with the others spreads them over all steps.
        await asyncio.gather(*(one.given_up(37 * number % 300) for number in range(200)))
        wild.will(then=giving_tokens() if tokens else answer())

        assert await one.all_free(calls=20)
        await until(lambda: wild.open <= 3)
    assert bare(wild.paths).count(TOKEN_PATH) == tokens


async def test_a_call_that_is_given_up_leaves_a_real_store_as_it_was(
    wild: WildServer, store_server: str
) -> None:
    """Nor is the store taken to be away because somebody stopped waiting for it."""
    for turns in range(0, 2 * TURNS, 8):
        wild.will(then=giving_tokens())
        prefix = uuid.uuid4().hex
        store, watcher = open_store(with_prefix(store_server, prefix)), Watcher()
        async with carrying(wild, tokens=True, store=store, watcher=watcher) as one:
            carried = asyncio.create_task(one.carry())
            await turned(turns)
            carried.cancel()
            await asyncio.gather(carried, return_exceptions=True)
            ended = await one.carry()
            await one.until_used(len(watcher.sent_words))
            state = store.state
        await store.close()
        forget(store_server, prefix)

        assert ended.verdict.outcome is Outcome.OK, turns
        assert state is StoreState.SHARED, turns


async def test_a_token_that_is_being_fetched_outlasts_who_asked_for_it(wild: WildServer) -> None:
    """The next call has it without asking again."""
    answered = asyncio.Event()

    async def late(exchange: Exchange) -> None:
        await answered.wait()
        await answer(body=b'{"access_token": "token", "expires_in": 7200}')(exchange)

    wild.will(then=giving_tokens(token=late))
    async with carrying(wild, tokens=True) as one:
        carried = asyncio.create_task(one.carry())
        await until(lambda: wild.requests)
        carried.cancel()
        await turned(TURNS)
        answered.set()
        ended = await one.carry()

    assert ended.verdict.outcome is Outcome.OK
    assert bare(wild.paths) == [TOKEN_PATH, THING]


async def closed(wild: WildServer, turns: int) -> None:
    """Close a connection while a call of each kind is under way, after so many turns."""
    async with carrying(wild, tokens=True, store=DistantStore()) as one:
        waiting = [asyncio.create_task(one.carry(safety)) for safety in Safety]
        await turned(turns)
        await one.flights.close()
        await one.courier.close()
        for waiter in waiting:
            waiter.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


async def test_a_connection_may_be_closed_at_any_step(wild: WildServer) -> None:
    """Whoever still waits is told by being cancelled, and nothing goes on behind."""
    before = asyncio.all_tasks()
    for turns in range(0, TURNS, 4):
        wild.will(then=giving_tokens(then=hang))
        await closed(wild, turns)
        await until(lambda: asyncio.all_tasks() == before)

        assert wild.open == 0, turns
