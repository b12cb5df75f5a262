"""A store that goes down and comes back, with a real server that is killed and started again."""

import asyncio
import time
from collections.abc import AsyncGenerator, Generator, MutableMapping
from pathlib import Path
from typing import Any

import pytest
from structlog.contextvars import bound_contextvars, merge_contextvars
from structlog.testing import capture_logs

from resolvers.upstream.budget import Quota, RateLimit, Rules
from resolvers.upstream.shared import SharedStore, open_store
from resolvers.upstream.store import StoreState
from tests.resolvers.upstream.replica import back, lost, replica, until
from tests.store_server import ServerProcess, free_port

TWENTY = Rules((RateLimit(20, 300),))
TOLERANCE = 60.0
AWAY = "store is away, state is kept locally"
BACK = "store is back"

Lines = list[MutableMapping[str, Any]]


@pytest.fixture
def lines() -> Generator[Lines]:
    """What is logged."""
    with capture_logs([merge_contextvars]) as captured:
        yield captured


@pytest.fixture
async def store(own_server: ServerProcess) -> AsyncGenerator[SharedStore]:
    """One replica's store, on the test's own server."""
    async with replica(own_server.url) as one:
        yield one


async def granted(store: SharedStore, tries: int) -> int:
    """Count the turns that are given of so many that are asked for at once."""
    turns = await asyncio.gather(*(store.reserve("b", TWENTY, 0) for _ in range(tries)))
    return sum(turn.id is not None for turn in turns)


def said(lines: Lines) -> list[str]:
    """Give what the store has logged."""
    return [line["event"] for line in lines]


async def test_a_server_that_is_killed_costs_no_answer(
    store: SharedStore, own_server: ServerProcess, lines: Lines
) -> None:
    """Whoever is under way gets what it asked for, and finds again what it put there."""
    stop, rounds = asyncio.Event(), [0] * 20

    async def working(place: int) -> None:
        key = f"k{place}"
        while not stop.is_set():
            value = str(rounds[place]).encode()
            assert await store.put(key, value, 60)
            assert await store.get(key) == value
            assert not await store.put(key, b"other", 60, new=True)
            turn = await store.reserve(key, TWENTY, 0)
            await store.learn(key, Quota(100, time.time() + 600))
            assert await store.left(key, TWENTY) is not None
            await store.refund(key, turn.id or "")
            await store.drop(key, value)
            assert await store.get(key) is None
            rounds[place] += 1
            # What is answered from memory lets nobody else go on.
            await asyncio.sleep(0)

    async def more() -> None:
        before = list(rounds)
        await until(lambda: all(now > then + 1 for then, now in zip(before, rounds, strict=True)))

    work = asyncio.gather(*(working(place) for place in range(20)))
    for _ in range(2):
        await more()
        own_server.kill()
        await until(lambda: store.state is StoreState.DEGRADED)
        await more()
        await back(store, own_server)
    await more()
    stop.set()
    await work

    assert said(lines) == [AWAY, BACK] * 2


async def test_what_could_not_be_told_is_told_later(
    store: SharedStore, own_server: ServerProcess
) -> None:
    """A server may take a write and still refuse the next one."""
    await store.put("k", b"v", 60)
    own_server.ask("CONFIG", "SET", "maxmemory", "1")
    await store.put("anything", b"v", 60)
    await store.drop("k")
    own_server.ask("ACL", "SETUSER", "default", "-del")
    own_server.ask("CONFIG", "SET", "maxmemory", "0")
    await until(lambda: own_server.refusals("NOPERM") > 2)
    assert await store.get("k") is None
    own_server.ask("ACL", "SETUSER", "default", "+del")

    await until(lambda: own_server.ask("EXISTS", "manifold:1:value:k") == 0)


async def test_who_looks_is_told_once_that_it_is_away_and_once_that_it_is_back(
    store: SharedStore, own_server: ServerProcess, lines: Lines
) -> None:
    """However many calls find it away, and however often it is tried in vain."""
    assert store.state is StoreState.SHARED
    own_server.kill()
    with bound_contextvars(request="the first that found it away"):
        await store.get("k")
    await asyncio.gather(*(store.get(str(place)) for place in range(100)))
    assert store.state is StoreState.DEGRADED
    await back(store, own_server)

    address = f"redis://127.0.0.1:{own_server.port}"
    away, again = lines
    assert (away["event"], away["log_level"], away["store"]) == (AWAY, "warning", address)
    assert away["trouble"] == "ConnectionError"
    assert "request" in away
    assert "request" not in again
    assert (again["event"], again["log_level"], again["store"]) == (BACK, "info", address)


async def test_what_was_used_of_a_budget_stays_used(
    store: SharedStore, own_server: ServerProcess
) -> None:
    """While the server is away, and when it is back and has forgotten it."""
    assert await granted(store, 15) == 15
    await lost(store, own_server)
    assert await granted(store, 100) == 5

    await back(store, own_server)
    assert await granted(store, 100) == 0
    later = await store.reserve("b", TWENTY, 1000)
    assert later.wait == pytest.approx(300, abs=TOLERANCE)


async def test_what_was_learned_of_a_quota_stays_known(
    store: SharedStore, own_server: ServerProcess
) -> None:
    """A platform that said no must not be asked again because of our store."""
    await store.learn("b", Quota(2, time.time() + 3000, 10))
    await lost(store, own_server)
    assert await granted(store, 100) == 2

    await back(store, own_server)
    refused = await store.reserve("b", TWENTY, 0)
    assert refused.id is None
    assert refused.wait == pytest.approx(3000, abs=TOLERANCE)


async def test_a_turn_is_given_back_while_the_server_is_away(
    store: SharedStore, own_server: ServerProcess
) -> None:
    """By the id that the server knows it by."""
    turns = [await store.reserve("b", TWENTY, 0) for _ in range(20)]
    await lost(store, own_server)
    await store.refund("b", turns[0].id or "")

    assert await granted(store, 100) == 1


async def test_turns_that_others_pushed_back_are_known_where_they_came_to_lie(
    store: SharedStore, own_server: ServerProcess
) -> None:
    """A replica's own log has the moments at which its calls really go."""
    async with replica(own_server.url) as other:
        await granted(other, 20)
        turn = await store.reserve("b", TWENTY, 1000)
        await lost(store, own_server)
        left = await store.left("b", TWENTY)

    assert turn.wait == pytest.approx(300, abs=TOLERANCE)
    assert left is not None
    assert left.resets_at == pytest.approx(time.time() + 600, abs=TOLERANCE)


async def test_replicas_share_a_budget(store: SharedStore, own_server: ServerProcess) -> None:
    """Who is refused by the server has used nothing of its own either."""
    async with replica(own_server.url) as other:
        counts = await asyncio.gather(granted(store, 100), granted(other, 100))
        await lost(store, own_server)

        assert sum(counts) == 20
        assert await granted(store, 100) == 20 - counts[0]


async def test_a_key_that_was_given_is_not_given_again(
    store: SharedStore, own_server: ServerProcess
) -> None:
    """Or a write would be done twice: not while the server is away, nor by another afterwards."""
    assert await store.put("k", b"mine", 60, new=True)
    await lost(store, own_server)
    assert not await store.put("k", b"again", 60, new=True)
    assert await store.get("k") == b"mine"

    await back(store, own_server)
    assert await store.get("k") == b"mine"
    async with replica(own_server.url) as other:
        assert not await other.put("k", b"other's", 60, new=True)
        assert await other.get("k") == b"mine"


async def test_what_was_done_alone_is_told_when_the_server_is_back(
    store: SharedStore, own_server: ServerProcess
) -> None:
    """Values that were put and dropped; what the server kept gives way to them.

    Each key at the latest when it is used again.
    """
    async with replica(own_server.url) as other:
        for key in ("changed", "claimed anew", "dropped", "dropped by holder", "kept"):
            await store.put(key, b"before", 60)
        own_server.ask("CONFIG", "SET", "maxmemory", "1")
        await store.put("new", b"after", 60)
        assert store.state is StoreState.DEGRADED
        await store.put("changed", b"after", 60)
        await store.drop("claimed anew", b"before")
        await store.put("claimed anew", b"after", 60, new=True)
        await store.drop("dropped")
        await store.drop("dropped by holder", b"before")
        await store.drop("kept", b"another's")
        await store.put("gone", b"after", 60, new=True)
        await store.drop("gone", b"after")
        own_server.ask("CONFIG", "SET", "maxmemory", "0")
        await until(lambda: store.state is StoreState.SHARED)

        for one in (store, other):
            assert [await one.get(key) for key in ("new", "changed", "claimed anew")] == [
                b"after"
            ] * 3
            assert [await one.get(key) for key in ("dropped", "dropped by holder", "gone")] == [
                None
            ] * 3
            assert await one.get("kept") == b"before"


async def test_what_another_replica_holds_is_left_to_it(
    store: SharedStore, own_server: ServerProcess
) -> None:
    """Who claimed a key while it was alone learns that another was first."""
    async with replica(own_server.url) as other:
        keys = ("k", "dropped")
        for key in keys:
            assert await other.put(key, b"other's", 60, new=True)
        own_server.ask("CONFIG", "SET", "maxmemory", "1")
        await store.drop("anything", b"v")
        await store.put("anything", b"v", 60)
        assert await store.put("k", b"mine", 60, new=True)
        assert await store.put("dropped", b"mine", 60, new=True)
        await store.drop("dropped", b"mine")
        own_server.ask("CONFIG", "SET", "maxmemory", "0")
        await until(lambda: store.state is StoreState.SHARED)

        for one in (store, other):
            assert [await one.get(key) for key in keys] == [b"other's"] * 2


async def test_what_another_replica_changed_is_not_taken_for_our_own(
    store: SharedStore, own_server: ServerProcess
) -> None:
    """A breaker that another closed must not open again because the store goes down."""
    async with replica(own_server.url) as other:
        await store.put("changed", b"ours", 60)
        await store.put("dropped", b"ours", 60)
        await other.put("changed", b"theirs", 60)
        await other.drop("dropped")
        seen = await store.get("changed"), await store.get("dropped")
        await lost(store, own_server)

        assert seen == (b"theirs", None)
        assert await store.get("changed") is None
        assert await store.get("dropped") is None


async def test_a_server_that_answers_nothing_is_waited_for_by_few(
    store: SharedStore, own_server: ServerProcess, lines: Lines
) -> None:
    """A thousand calls, in turns of those that the pool holds, would wait for a minute."""
    await store.put("k", b"v", 60)
    own_server.freeze()
    try:
        async with asyncio.timeout(20):
            answers = await asyncio.gather(*(store.get("k") for _ in range(1000)))
    finally:
        own_server.thaw()
    await until(lambda: store.state is StoreState.SHARED)

    assert answers == [b"v"] * 1000
    assert said(lines) == [AWAY, BACK]


async def test_a_server_that_only_gives_is_away(
    store: SharedStore, own_server: ServerProcess, lines: Lines
) -> None:
    """A replica of another server refuses every write, and is not back because it can be read."""
    await store.put("k", b"v", 60)
    own_server.ask("REPLICAOF", "127.0.0.1", "1")
    assert await granted(store, 1) == 1
    assert await store.get("k") == b"v"
    refused = own_server.refusals("READONLY")
    await until(lambda: own_server.refusals("READONLY") > refused + 2)
    assert store.state is StoreState.DEGRADED
    own_server.ask("REPLICAOF", "NO", "ONE")
    await until(lambda: store.state is StoreState.SHARED)

    assert said(lines) == [AWAY, BACK]
    assert lines[0]["trouble"] == "ReadOnlyError"


async def test_a_store_that_is_away_from_the_start_keeps_nobody_from_starting(
    lines: Lines,
) -> None:
    """The first use finds out."""
    store = open_store(f"redis://127.0.0.1:{free_port()}")
    try:
        assert await store.put("k", b"v", 60)
        assert await store.get("k") == b"v"
        assert store.state is StoreState.DEGRADED
    finally:
        await store.close()
    assert said(lines) == [AWAY]


async def test_no_password_is_logged(tmp_path: Path, lines: Lines) -> None:
    """Neither a right one nor a wrong one."""
    server = ServerProcess(tmp_path, password="right-secret").start()
    try:
        async with replica(server.url) as store:
            await lost(store, server)
        wrong = open_store(server.start().url.replace("right", "wrong"))
        assert await wrong.get("k") is None
        await wrong.close()
    finally:
        server.kill()

    assert [line.get("trouble") for line in lines] == ["ConnectionError", "AuthenticationError"]
    assert "secret" not in repr(lines)


async def test_who_gives_up_harms_neither_the_store_nor_the_budget(
    store: SharedStore, own_server: ServerProcess, lines: Lines
) -> None:
    """A client that goes away is no failure of the server."""
    await store.put("k", b"v", 60)
    own_server.freeze()
    waiting = [asyncio.create_task(store.reserve("b", TWENTY, 0)) for _ in range(20)]
    await asyncio.sleep(0)
    for task in waiting:
        task.cancel()
    own_server.thaw()
    ended = await asyncio.gather(*waiting, return_exceptions=True)
    values = await asyncio.gather(*(store.get("k") for _ in range(100)))
    await lost(store, own_server)

    assert all(isinstance(one, asyncio.CancelledError) for one in ended)
    assert values == [b"v"] * 100
    assert await granted(store, 100) == 20
    assert said(lines) == [AWAY]


async def test_a_store_that_is_closed_is_looked_for_no_longer(own_server: ServerProcess) -> None:
    """Nothing of it is left running."""
    before = asyncio.all_tasks()
    async with replica(own_server.url) as store:
        await lost(store, own_server)
        assert len(asyncio.all_tasks()) == len(before) + 1

    assert asyncio.all_tasks() == before


async def test_a_server_that_fails_while_it_is_told_what_it_missed_is_told_later(
    store: SharedStore, own_server: ServerProcess
) -> None:
    """Nothing is forgotten by it."""
    await lost(store, own_server)
    for place in range(300):
        await store.put(f"k{place}", b"v", 60)
    for _ in range(3):
        own_server.start()
        await until(lambda: own_server.ask("DBSIZE") > 2)
        own_server.kill()
        await store.put("more", b"v", 60)
    await back(store, own_server)

    assert await store.get("more") == b"v"
    await until(lambda: len(own_server.ask("KEYS", "manifold:1:value:k*")) == 300)
