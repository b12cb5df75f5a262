"""What is drawn from buckets in every store, by one replica or by several."""

import asyncio
import math

import pytest

from resolvers.upstream.redis_store import RedisStore, StoreAway
from resolvers.upstream.store import Store
from tests.resolvers.upstream.replica import back, lost, replica
from tests.store_server import ServerProcess, ask, keys_of

# Fills so slowly that the time which a test takes changes nothing.
MOST, SECONDS = 20, 1_000_000
ONE = SECONDS / MOST
# Longer than any test takes.
TOLERANCE = 60.0


async def draw(store: Store, amount: float, key: str = "k") -> float:
    """Draw from a bucket of twenty."""
    return await store.draw(key, amount, MOST, SECONDS)


async def granted(store: Store, tries: int) -> int:
    """Count what is given of so many that are drawn at once."""
    waits = await asyncio.gather(*(draw(store, 1) for _ in range(tries)))
    return waits.count(0)


async def test_a_hundred_at_once_draw_the_twenty_there_are(store: Store) -> None:
    """And who gets nothing is told how long to wait, without having taken any of it."""
    assert await granted(store, 100) == 20
    assert await draw(store, 3) == pytest.approx(3 * ONE, abs=TOLERANCE)
    assert await draw(store, 1) == pytest.approx(ONE, abs=TOLERANCE)
    assert await draw(store, 1, "another") == 0


async def test_what_is_given_back_is_there_again(store: Store) -> None:
    """And no more than the bucket holds."""
    assert await draw(store, 20) == 0
    assert await draw(store, -2.5) == 0
    assert await draw(store, 3) == pytest.approx(ONE / 2, abs=TOLERANCE)
    assert await draw(store, 2.5) == 0
    await draw(store, -1000)
    assert await granted(store, 100) == 20


async def test_what_is_given_back_to_a_full_bucket_is_nothing(store: Store) -> None:
    """It is full already."""
    assert await draw(store, -5) == 0
    assert await granted(store, 100) == 20


async def test_more_than_the_bucket_holds_is_never_there(store: Store) -> None:
    """No wait would help."""
    assert await draw(store, 21) == math.inf
    assert await store.draw("k", 1, 0, SECONDS) == math.inf
    assert await granted(store, 100) == 20


async def test_a_bucket_fills_again(store: Store) -> None:
    """By the real clock, and for as long as was said."""
    async with asyncio.timeout(30):
        # The first finds it full, and so may others if they come late.
        while not (wait := await store.draw("k", 5, 5, 0.25)):
            pass
        while await store.draw("k", 5, 5, 0.25):  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.01)

    assert 0 < wait <= 0.25


async def test_buckets_values_and_budgets_may_have_the_same_key(store: Store) -> None:
    """Each is found as what it is."""
    await store.put("k", b"value", 60)
    await draw(store, 20)
    await store.drop("k")

    assert await draw(store, 1) > 0


async def test_a_bucket_on_a_server_ends_when_it_is_full(store_url: str) -> None:
    """A server needs no care, however many addresses have asked."""
    server, prefix = store_url.split("?prefix=")
    store = RedisStore(store_url)
    try:
        await store.draw("half", 10, 20, 100)
        await store.draw("back", 10, 20, 100)
        await store.draw("back", -10, 20, 100)
        await store.draw("never", -10, 20, 100)
    finally:
        await store.close()

    (key,) = keys_of(server, prefix)
    assert key.endswith(b":bucket:half")
    assert 0 < ask(server, "PTTL", key.decode()) <= 50_000


async def test_a_server_that_is_not_there_says_so(own_server: ServerProcess) -> None:
    """As at every other use."""
    own_server.kill()
    store = RedisStore(own_server.url)
    try:
        with pytest.raises(StoreAway, match=r"^ConnectionError$"):
            await draw(store, 1)
    finally:
        await store.close()


async def test_replicas_share_a_bucket(own_server: ServerProcess) -> None:
    """Who is refused by the server has used nothing of its own either."""
    async with replica(own_server.url) as one, replica(own_server.url) as other:
        counts = await asyncio.gather(granted(one, 100), granted(other, 100))
        await lost(one, own_server)

        assert sum(counts) == 20
        assert await granted(one, 100) == 20 - counts[0]


async def test_what_one_replica_gives_back_another_can_draw(store_url: str) -> None:
    """It is one bucket."""
    async with replica(store_url) as one, replica(store_url) as other:
        assert await draw(one, 12) == 0
        assert await granted(other, 100) == 8
        await draw(one, -2)

        assert await granted(other, 100) == 2


async def test_what_was_drawn_stays_drawn_while_the_server_is_away(
    own_server: ServerProcess,
) -> None:
    """And when it is back and has forgotten it."""
    async with replica(own_server.url) as store:
        assert await granted(store, 15) == 15
        await lost(store, own_server)
        assert await granted(store, 100) == 5
        await draw(store, -1)
        assert await granted(store, 100) == 1

        await back(store, own_server)
        assert await granted(store, 100) == 0


async def test_who_gives_up_has_drawn_nothing_here(own_server: ServerProcess) -> None:
    """A client that goes away while the server is waited for."""
    async with replica(own_server.url) as store:
        await store.put("k", b"v", 60)
        own_server.freeze()
        waiting = [asyncio.create_task(draw(store, 1)) for _ in range(20)]
        await asyncio.sleep(0)
        for task in waiting:
            task.cancel()
        own_server.thaw()
        ended = await asyncio.gather(*waiting, return_exceptions=True)
        await lost(store, own_server)

        assert all(isinstance(one, asyncio.CancelledError) for one in ended)
        assert await granted(store, 100) == 20
