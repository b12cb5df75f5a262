"""What every store does, whether it is in the process, on a server, or both."""

import asyncio
import time
import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resolvers.upstream.budget import TRAVEL_SECONDS, Left, Quota, RateLimit, Rules, rules
from resolvers.upstream.redis_store import RedisStore
from resolvers.upstream.shared import SharedStore, open_store
from resolvers.upstream.store import MemoryStore, Store, StoreState

TWENTY = Rules((RateLimit(20, 300),))
ONE_A_SECOND = Rules((RateLimit(1, 1),))
UNLIMITED = Rules(())
# Longer than any test takes, and much shorter than the windows that tests count in.
TOLERANCE = 60.0

Made = Callable[[], Store]


@pytest.fixture
async def pair(store_url: str) -> AsyncGenerator[tuple[RedisStore, RedisStore]]:
    """Two clients of one server, as two replicas have; their clocks are an hour apart."""
    one, other = RedisStore(store_url), RedisStore(store_url, lambda: time.time() + 3600)
    yield one, other
    await one.close()
    await other.close()


async def until(done: Callable[[], Awaitable[bool]]) -> None:
    """Ask again and again until something is done; what takes half a minute never will be."""
    async with asyncio.timeout(30):
        while not await done():  # noqa: ASYNC110 - nothing else tells that a time is over
            await asyncio.sleep(0.01)


async def granted(store: Store, held: Rules, tries: int, within: float = 0.0) -> int:
    """Count the turns that are given of so many that are asked for at once."""
    turns = await asyncio.gather(*(store.reserve("b", held, within) for _ in range(tries)))
    return sum(turn.id is not None for turn in turns)


async def left(store: Store, held: Rules = TWENTY) -> Left:
    """Give what is left, where there is a limit."""
    found = await store.left("b", held)
    assert found is not None
    return found


async def test_a_value_is_kept_as_it_is(store: Store) -> None:
    """Byte for byte, and gone when it is dropped."""
    value = bytes(range(256))

    assert await store.get("k") is None
    assert await store.put("k", value, 60)
    assert await store.get("k") == value
    assert await store.put("k", b"another", 60)
    assert await store.get("k") == b"another"
    await store.drop("k")
    assert await store.get("k") is None


async def test_a_value_ends_with_its_time(store: Store) -> None:
    """And its key is new again."""
    await store.put("k", b"short", 0.05)

    async def gone() -> bool:
        return await store.get("k") is None

    await until(gone)
    assert await store.put("k", b"next", 60, new=True)
    assert await store.get("k") == b"next"


async def test_a_key_that_has_to_be_new_is_given_once(store: Store) -> None:
    """However many ask for it at the same time."""
    done = await asyncio.gather(
        *(store.put("k", str(place).encode(), 60, new=True) for place in range(50))
    )

    assert sum(done) == 1
    assert await store.get("k") == str(done.index(True)).encode()


async def test_a_value_is_dropped_by_its_holder_alone(store: Store) -> None:
    """Who comes late must not take away what another holds by now."""
    await store.put("k", b"mine", 60)
    await store.drop("k", b"another's")
    assert await store.get("k") == b"mine"

    await store.drop("k", b"mine")
    assert await store.get("k") is None
    assert await store.put("k", b"next", 60, new=True)


async def test_values_and_budgets_may_have_the_same_key(store: Store) -> None:
    """Each is found as what it is."""
    await store.put("b", b"value", 60)
    await store.reserve("b", TWENTY, 0)
    await store.learn("b", Quota(5, time.time() + 300, 10))

    assert await store.get("b") == b"value"
    await store.drop("b")
    assert (await left(store)).remaining == 5


async def test_a_hundred_at_once_get_the_twenty_turns_there_are(store: Store) -> None:
    """And who gets none is told how long to wait, without using any of it."""
    assert await granted(store, TWENTY, 100) == 20
    refused = await store.reserve("b", TWENTY, 0)

    assert refused.id is None
    assert refused.wait == pytest.approx(300 + TRAVEL_SECONDS, abs=TOLERANCE)
    assert (await left(store)).remaining == 0


async def test_who_can_wait_gets_a_turn_in_a_later_window(store: Store) -> None:
    """Each window has as many as the limit allows."""
    waits = [(await store.reserve("b", TWENTY, 1e6)).wait for _ in range(50)]

    assert waits[:20] == pytest.approx([0] * 20, abs=TOLERANCE)
    assert waits[20:40] == pytest.approx([300] * 20, abs=TOLERANCE)
    assert waits[40:] == pytest.approx([600] * 10, abs=TOLERANCE)


async def test_there_is_no_end_to_what_somebody_may_wait(store: Store) -> None:
    """A call without a deadline waits for as long as it takes."""
    assert await granted(store, TWENTY, 21, within=float("inf")) == 21


async def test_a_window_goes_by(store: Store) -> None:
    """By the real clock."""
    assert await granted(store, ONE_A_SECOND, 5) == 1

    async def again() -> bool:
        return await granted(store, ONE_A_SECOND, 1) == 1

    await until(again)
    assert await granted(store, ONE_A_SECOND, 5) == 0


async def test_what_is_not_limited_gets_a_turn_at_once(store: Store) -> None:
    """And nothing can be told of what is left."""
    assert await granted(store, UNLIMITED, 100) == 100
    assert await store.left("b", UNLIMITED) is None


async def test_budgets_are_apart(store: Store) -> None:
    """One connection uses nothing of another's."""
    await granted(store, TWENTY, 20)

    assert (await store.reserve("another", TWENTY, 0)).id is not None


async def test_reads_leave_writes_their_share(store: Store) -> None:
    """A fifth of twenty."""
    read, write = (rules(TWENTY.limits, 0.2, write=write) for write in (False, True))

    assert await granted(store, read, 100) == 16
    assert await granted(store, write, 100) == 4


async def test_a_turn_that_is_given_back_is_another_s(store: Store) -> None:
    """Once, however often it is given back."""
    turns = [await store.reserve("b", TWENTY, 0) for _ in range(20)]
    for _ in range(3):
        await store.refund("b", turns[0].id or "")
    await store.refund("b", "of nobody")
    await store.refund("of nobody", turns[1].id or "")

    assert (await left(store)).remaining == 1
    assert await granted(store, TWENTY, 100) == 1


async def test_a_quota_is_used_up_and_starts_anew(store: Store) -> None:
    """What the platform says counts beside the limits, and a refund gives it back too."""
    resets_at = time.time() + 3000
    await store.learn("b", Quota(3, resets_at, 10))
    turn = await store.reserve("b", TWENTY, 0)
    await store.refund("b", turn.id or "")

    assert await granted(store, TWENTY, 100) == 3
    refused = await store.reserve("b", TWENTY, 0)
    assert refused.wait == pytest.approx(3000, abs=TOLERANCE)
    found = await left(store)
    assert (found.limit, found.remaining) == (10, 0)
    assert found.resets_at == pytest.approx(resets_at, abs=1)


async def test_a_quota_that_has_ended_holds_nobody_up(store: Store) -> None:
    """The platform counts anew."""
    await store.learn("b", Quota(0, time.time() - 1, 10))

    assert await granted(store, TWENTY, 100) == 20


async def test_a_part_of_a_quota_is_kept_for_writes(store: Store) -> None:
    """As of the limits."""
    await store.learn("b", Quota(10, time.time() + 3000, 10))
    read, write = (rules(TWENTY.limits, 0.2, write=write) for write in (False, True))

    assert await granted(store, read, 100) == 8
    assert await granted(store, write, 100) == 2


async def test_the_lower_word_counts_within_a_period(store: Store) -> None:
    """An answer that comes late speaks of what was."""
    resets_at = time.time() + 3000
    await store.learn("b", Quota(7, resets_at, 10))
    await store.learn("b", Quota(9, resets_at, 10))
    assert (await left(store)).remaining == 7

    await store.learn("b", Quota(9, resets_at + 3000, 10))
    assert (await left(store)).remaining == 9


async def test_the_later_end_of_a_period_counts(store: Store) -> None:
    """What a platform says in whole seconds differs from answer to answer."""
    resets_at = time.time() + 3000
    await store.learn("b", Quota(0, resets_at + 0.9, 10))
    await store.learn("b", Quota(0, resets_at, 10))
    found = await left(store)

    # Halfway between the two, for stores that take a moment.
    assert found.resets_at is not None
    assert found.resets_at > resets_at + 0.45


async def test_a_turn_of_the_next_period_gives_this_one_nothing_back(store: Store) -> None:
    """Also if its end is said to be a moment later by then."""
    resets_at = time.time() + 3000
    await store.learn("b", Quota(0, resets_at, 10))
    turn = await store.reserve("b", TWENTY, 1e6)
    await store.learn("b", Quota(0, resets_at + 0.5, 10))
    await store.refund("b", turn.id or "")

    assert turn.wait == pytest.approx(3000, abs=TOLERANCE)
    assert await granted(store, TWENTY, 1) == 0


async def test_a_limit_that_is_said_no_more_is_forgotten(store: Store) -> None:
    """A refusal with a time to wait names none."""
    await store.learn("b", Quota(0, time.time() + 3000, 10))
    await store.learn("b", Quota(0, time.time() + 9000))

    assert (await left(store)).limit == 0


async def test_what_is_left_is_told_of_the_limit_nearest_to_its_end(store: Store) -> None:
    """By the share that is left of it, and when it is whole again."""
    held = Rules((RateLimit(10, 300), RateLimit(100, 600)))
    whole = await left(store, held)
    await store.reserve("b", held, 0)
    found = await left(store, held)

    assert (whole.remaining, whole.resets_at) == (whole.limit, None)
    assert (found.limit, found.remaining) == (10, 9)
    assert found.resets_at == pytest.approx(time.time() + 300, abs=TOLERANCE)


async def test_two_clients_share_what_one_could_use(pair: tuple[RedisStore, RedisStore]) -> None:
    """Twenty of two hundred get a turn, and one of a hundred gets a key."""
    counts = await asyncio.gather(*(granted(store, TWENTY, 100) for store in pair))
    done = await asyncio.gather(
        *(pair[place % 2].put("k", b"v", 60, new=True) for place in range(100))
    )

    assert sum(counts) == 20
    assert sum(done) == 1


async def test_clients_whose_clocks_differ_agree(pair: tuple[RedisStore, RedisStore]) -> None:
    """Each tells moments by its own clock, and means the same ones."""
    one, other = pair
    await one.learn("b", Quota(0, time.time() + 3000, 10))

    assert (await left(one)).resets_at == pytest.approx(time.time() + 3000, abs=1)
    assert (await left(other)).resets_at == pytest.approx(time.time() + 6600, abs=1)
    waits = [(await store.reserve("b", TWENTY, 0)).wait for store in pair]
    assert waits == pytest.approx([3000, 3000], abs=TOLERANCE)

    await other.learn("b", Quota(0, time.time() + 3600 + 9000, 10))
    assert (await left(one)).resets_at == pytest.approx(time.time() + 9000, abs=1)


async def test_a_limit_that_moves_a_turn_may_move_it_before_another(
    pair: tuple[RedisStore, RedisStore],
) -> None:
    """Every limit is asked again of the moment that the others leave."""
    store, _ = pair
    for after in (0, 0, 10_500):
        await store.reserve("b", Rules((RateLimit(1000, 100_000),)), 1e6, after=after)
    turn = await store.reserve("b", Rules((RateLimit(1, 1000), RateLimit(2, 10_000))), 1e6)

    assert turn.wait == pytest.approx(11_500, abs=TOLERANCE)


async def test_a_turn_comes_no_sooner_than_is_asked_for(
    pair: tuple[RedisStore, RedisStore],
) -> None:
    """And under the id that is given."""
    store, _ = pair
    turn = await store.reserve("b", TWENTY, 100, id="mine", after=50)
    too_late = await store.reserve("b", TWENTY, 40, after=50)

    assert (turn.id, turn.wait) == ("mine", 50)
    assert (too_late.id, too_late.wait) == (None, 50)

    await store.learn("b", Quota(0, time.time() + 30))
    assert (await store.reserve("b", TWENTY, 1e6, after=500)).wait == 500


def test_a_store_says_where_it_keeps_things() -> None:
    """Before it is first used, too."""
    url = "redis://127.0.0.1:1"

    assert open_store(None).state is StoreState.LOCAL
    assert open_store(url).state is StoreState.SHARED
    assert RedisStore(url).state is StoreState.SHARED
    assert isinstance(open_store(url), SharedStore)


@pytest.mark.parametrize("url", ["redis://:secret@", "http://store", "redis://secret@h?x=1"])
def test_an_address_that_cannot_be_right_is_refused_without_being_shown(url: str) -> None:
    """For whoever opens a store without the settings."""
    with pytest.raises(ValueError, match=r"^(is no address|has an option)") as caught:
        open_store(url)
    assert "secret" not in str(caught.value)


Act = Callable[[Store, tuple[RateLimit, ...], list[str], float], Awaitable[object]]


def reserving(kept: float, within: float) -> Act:
    """Ask for a turn."""

    async def act(
        store: Store, limits: tuple[RateLimit, ...], ids: list[str], began: float
    ) -> object:
        del began
        turn = await store.reserve("b", rules(limits, kept, write=kept == 0), within)
        ids.extend([turn.id] if turn.id else [])
        return "given" if turn.id else "none", turn.wait

    return act


def refunding(place: int) -> Act:
    """Give back one of the turns so far."""

    async def act(
        store: Store, limits: tuple[RateLimit, ...], ids: list[str], began: float
    ) -> object:
        del limits, began
        await store.refund("b", ids[place % len(ids)] if ids else "none")
        return None

    return act


def learning(quota: Quota) -> Act:
    """Take over what a platform says, of a time that counts from the beginning."""

    async def act(
        store: Store, limits: tuple[RateLimit, ...], ids: list[str], began: float
    ) -> object:
        del limits, ids
        await store.learn("b", replace(quota, resets_at=began + quota.resets_at))
        return None

    return act


async def looking(
    store: Store, limits: tuple[RateLimit, ...], ids: list[str], began: float
) -> object:
    """Ask what is left."""
    del ids
    found = await store.left("b", Rules(limits))
    if found is None:
        return None
    resets_at = -1.0 if found.resets_at is None else found.resets_at - began
    return f"{found.remaining} of {found.limit}", resets_at


# Windows and waits are so long that the time which the test takes changes no decision.
long_limits = st.lists(
    st.sampled_from([RateLimit(1, 1000), RateLimit(3, 1000), RateLimit(4, 3000)]),
    min_size=1,
    max_size=2,
    unique=True,
).map(tuple)
quotas = st.builds(
    Quota,
    remaining=st.integers(0, 8),
    resets_at=st.sampled_from([-100.0, 700.0, 700.5, 2200.0]),
    limit=st.none() | st.integers(1, 10),
)
reservings = st.builds(
    reserving, st.sampled_from([0.0, 0.0, 0.4]), st.sampled_from([0.0, 1600.0, 20_000.0])
)
acts = st.one_of(
    reservings,
    reservings,
    st.builds(refunding, st.integers(0, 9)),
    st.builds(learning, quotas),
    st.just(looking),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(long_limits, st.lists(acts, min_size=1, max_size=25))
async def test_a_server_decides_as_the_process_would(
    store_url: str, limits: tuple[RateLimit, ...], acts: list[Act]
) -> None:
    """The scripts on the server are `budget.py` written a second time."""
    memory, server, began = MemoryStore(), RedisStore(f"{store_url}:{uuid.uuid4()}"), time.time()
    ours: list[str] = []
    theirs: list[str] = []
    try:
        for act in acts:
            expected = await act(memory, limits, ours, began)
            found = await act(server, limits, theirs, began)
            assert found == pytest.approx(expected, abs=TOLERANCE)
    finally:
        await server.close()
