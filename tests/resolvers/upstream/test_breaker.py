"""Platforms that fail are left alone, and asked by one call whether they are back."""

import asyncio
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.upstream.breaker import (
    FAILED_SHARE,
    LEAST_CALLS,
    LONGEST_REST_SECONDS,
    WINDOW_SECONDS,
    Breaker,
    BreakerState,
    Rest,
    Resting,
    Tally,
    rest_after,
    state_of,
)
from resolvers.upstream.store import MemoryStore
from tests.resolvers.upstream.distant_store import DistantStore
from tests.resolvers.upstream.hand_clock import HandClock

NOW = 1_800_000_000.0
REST, LEASE = 5.0, 20.0

AnyStore = MemoryStore | DistantStore

moments = st.floats(0, 100)
calls = st.lists(st.tuples(moments, st.booleans()), max_size=80)
rests = st.builds(Rest, until=st.floats(NOW - 1e4, NOW + 60), times=st.integers(1, 10_000))


class Machine:
    """A platform behind as many breakers as there are replicas, all on one hand clock."""

    def __init__(self, replicas: int = 1, store: type[AnyStore] = MemoryStore) -> None:
        self.clock = HandClock(NOW)
        self.store = store(self.clock)
        self.breakers = [
            Breaker(self.store, "codat", self.clock, rest=REST, lease=LEASE)
            for _ in range(replicas)
        ]
        self.breaker = self.breakers[0]

    async def trip(self, breaker: Breaker | None = None) -> None:
        """Let ten calls of one replica fail."""
        for _ in range(LEAST_CALLS):
            await (breaker or self.breaker).fail(None, None)

    async def half_opened(self) -> bytes:
        """Trip, wait for the rest to be over, and let the probe pass."""
        await self.trip()
        self.clock.turn(REST)
        probe = await self.breaker.admit()
        assert probe is not None
        return probe

    async def passes(self, breaker: Breaker | None = None) -> bool:
        """Tell whether a call is let through."""
        try:
            await (breaker or self.breaker).admit()
        except Resting:
            return False
        return True


@given(calls)
def test_it_trips_on_half_of_ten_recent_calls_and_on_nothing_less(
    ended: list[tuple[float, bool]],
) -> None:
    """What is older than half a minute no longer counts."""
    tally = Tally()
    for at, failed in sorted(ended):
        tally.note(at, failed=failed)
    now = max((at for at, _ in ended), default=0.0)
    recent = [failed for at, failed in ended if at > now - WINDOW_SECONDS]

    enough = len(recent) >= LEAST_CALLS and sum(recent) >= len(recent) * FAILED_SHARE
    assert tally.trips == enough


@given(st.integers(8, 40), st.floats(0, 1e6))
def test_a_clock_that_is_set_back_leaves_no_call_to_count_for_longer(
    failed: int, back: float
) -> None:
    """Else all calls until then would be kept, and counted, for as long as it was set back."""
    tally = Tally()
    for _ in range(failed):
        tally.note(NOW + 1, failed=True)
    tally.note(NOW - back, failed=True)
    for _ in range(LEAST_CALLS - 1):
        tally.note(NOW - back, failed=False)

    assert not tally.trips


@given(st.none() | rests, st.floats(0.001, 60), st.none() | st.floats(0, 1e9))
def test_each_rest_is_twice_the_one_before_within_bounds(
    before: Rest | None, shortest: float, asked: float | None
) -> None:
    """A minute at most, and no less than the platform asks for within that minute."""
    rest = rest_after(before, NOW, shortest, asked)
    seconds = rest.until - NOW
    times = 0 if before is None else before.times

    doubled = shortest * 2.0 ** min(times, 1000)
    assert rest.times == times + 1
    assert seconds == pytest.approx(min(LONGEST_REST_SECONDS, max(doubled, asked or 0)), abs=1e-6)


@given(st.none() | rests, st.floats(NOW - 1e4, NOW + 1e4))
def test_the_state_follows_from_the_rest_that_is_written_down(
    rest: Rest | None, now: float
) -> None:
    """So that all who read it agree."""
    state = state_of(rest, now)

    assert (state is BreakerState.CLOSED) == (rest is None)
    assert (state is BreakerState.OPEN) == (rest is not None and now < rest.until)


@given(rests)
def test_a_rest_is_read_as_it_was_written(rest: Rest) -> None:
    """By whichever replica."""
    assert Rest.read(rest.written()) == rest


@given(st.binary() | st.sampled_from([b"[]", b"[1]", b'["x", 1]', b"{}", b"null", b"[[1], 1]"]))
def test_what_cannot_be_read_rests_nobody(written: bytes) -> None:
    """A store that holds something else must not fail every call."""
    rest = Rest.read(written)

    assert rest is None or Rest.read(rest.written()) == rest or math.isnan(rest.until)


async def test_it_opens_refuses_probes_and_closes() -> None:
    """The whole way round."""
    machine = Machine()
    assert await machine.breaker.state() is BreakerState.CLOSED
    await machine.trip()
    assert await machine.breaker.state() is BreakerState.OPEN
    assert not await machine.passes()
    machine.clock.turn(REST)
    assert await machine.breaker.state() is BreakerState.HALF_OPEN
    await machine.breaker.succeed(await machine.breaker.admit())

    assert await machine.breaker.state() is BreakerState.CLOSED
    assert await machine.passes()


async def test_who_is_refused_is_told_how_long_it_rests() -> None:
    """The caller shows it as `retryAfterSeconds`."""
    machine = Machine()
    await machine.trip()
    machine.clock.turn(2)
    with pytest.raises(Resting) as caught:
        await machine.breaker.admit()

    assert caught.value.seconds == REST - 2


async def test_nine_failures_open_nothing_and_the_tenth_tells_that_it_opens() -> None:
    """Whoever logs it does so once."""
    machine = Machine()
    told = [await machine.breaker.fail(None, None) for _ in range(LEAST_CALLS)]

    assert told == [False] * 9 + [True]


async def test_calls_from_before_it_opened_do_not_lengthen_its_rest() -> None:
    """They were on their way, and their failures say nothing new."""
    machine = Machine()
    await machine.trip()
    told = [await machine.breaker.fail(None, None) for _ in range(50)]
    machine.clock.turn(REST)
    told += [await machine.breaker.fail(None, None) for _ in range(50)]

    assert not any(told)
    assert await machine.passes()


async def test_after_it_has_closed_old_failures_do_not_count() -> None:
    """It takes ten new calls to open it again."""
    machine = Machine()
    await machine.breaker.succeed(await machine.half_opened())
    for _ in range(LEAST_CALLS - 1):
        await machine.breaker.fail(None, None)

    assert await machine.breaker.state() is BreakerState.CLOSED


@pytest.mark.parametrize("store", [MemoryStore, DistantStore])
async def test_of_many_that_ask_at_once_one_is_the_probe(store: type[AnyStore]) -> None:
    """A platform that comes back is not met by everybody who waited."""
    machine = Machine(replicas=2, store=store)
    await machine.trip()
    machine.clock.turn(REST)
    passed = await asyncio.gather(*(machine.passes(one) for one in machine.breakers * 50))

    assert passed.count(True) == 1


async def test_a_failed_probe_doubles_the_rest_and_a_good_one_resets_it() -> None:
    """So a long outage costs ever fewer calls."""
    machine = Machine()
    await machine.trip()
    waits: list[float] = []
    for _ in range(6):
        with pytest.raises(Resting) as caught:
            await machine.breaker.admit()
        waits.append(caught.value.seconds)
        machine.clock.turn(caught.value.seconds)
        await machine.breaker.fail(await machine.breaker.admit(), None)
    machine.clock.turn(LONGEST_REST_SECONDS)
    await machine.breaker.succeed(await machine.breaker.admit())
    await machine.trip()
    with pytest.raises(Resting) as after:
        await machine.breaker.admit()

    assert waits == [5, 10, 20, 40, 60, 60]
    assert after.value.seconds == REST


async def test_it_rests_for_as_long_as_the_platform_asks() -> None:
    """`Retry-After` is told by a platform that knows."""
    machine = Machine()
    for _ in range(LEAST_CALLS):
        await machine.breaker.fail(None, 30.0)
    with pytest.raises(Resting) as caught:
        await machine.breaker.admit()

    assert caught.value.seconds == 30


async def test_a_probe_that_was_taken_back_leaves_its_place_to_the_next() -> None:
    """A client that went away has shown nothing of the platform."""
    machine = Machine()
    probe = await machine.half_opened()
    assert not await machine.passes()
    await machine.breaker.release(probe)

    assert await machine.passes()
    assert not await machine.passes()


async def test_a_probe_whose_holder_has_died_is_passed_on_when_its_lease_ends() -> None:
    """A replica that is killed in the middle does not keep the platform closed for ever."""
    machine = Machine(replicas=2)
    await machine.half_opened()
    machine.clock.turn(LEASE - 1)
    early = await machine.passes(machine.breakers[1])
    machine.clock.turn(1)
    late = await machine.passes(machine.breakers[1])

    assert (early, late) == (False, True)


@pytest.mark.parametrize("well", [True, False])
async def test_a_probe_that_comes_back_after_its_lease_changes_what_is_true_only(
    well: bool,
) -> None:
    """Another's has closed the breaker by then; one late failure does not open it again."""
    machine = Machine(replicas=2)
    late = await machine.half_opened()
    machine.clock.turn(LEASE)
    await machine.breakers[1].succeed(await machine.breakers[1].admit())
    if well:
        await machine.breaker.succeed(late)
    else:
        assert not await machine.breaker.fail(late, None)

    assert await machine.breaker.state() is BreakerState.CLOSED


async def test_a_late_probe_does_not_lengthen_the_rest_that_the_next_one_began() -> None:
    """Each rest is begun by one probe."""
    machine = Machine(replicas=2)
    late = await machine.half_opened()
    machine.clock.turn(LEASE)
    await machine.breakers[1].fail(await machine.breakers[1].admit(), None)

    assert not await machine.breaker.fail(late, None)
    machine.clock.turn(2 * REST)
    assert await machine.breaker.state() is BreakerState.HALF_OPEN


async def test_what_one_replica_opens_is_open_in_the_other() -> None:
    """And closed again by whichever has the probe."""
    machine = Machine(replicas=2)
    one, other = machine.breakers
    await machine.trip(one)
    refused = not await machine.passes(other)
    machine.clock.turn(REST)
    await other.succeed(await other.admit())

    assert refused
    assert await one.state() is BreakerState.CLOSED
    assert await machine.passes(one)


async def test_a_replica_does_not_open_anew_what_another_opened_and_closed() -> None:
    """What it counted itself before that is of another outage."""
    machine = Machine(replicas=2)
    one, other = machine.breakers
    for _ in range(LEAST_CALLS - 1):
        await other.fail(None, None)
    await machine.trip(one)
    await machine.passes(other)
    machine.clock.turn(REST)
    await one.succeed(await one.admit())

    assert not await other.fail(None, None)


async def test_a_short_outage_of_two_connections_is_told_apart() -> None:
    """The names of connections keep them apart in the store they share."""
    machine = Machine()
    other = Breaker(machine.store, "clinked", machine.clock, rest=REST, lease=LEASE)
    await machine.trip()

    assert await machine.passes(other)
    assert await other.state() is BreakerState.CLOSED


@pytest.mark.parametrize("turns", range(12))
async def test_who_gives_up_while_becoming_the_probe_leaves_its_place(turns: int) -> None:
    """At whichever step: the store may have given the place already."""
    machine = Machine(store=DistantStore)
    await machine.trip()
    machine.clock.turn(REST)
    asking = asyncio.create_task(machine.breaker.admit())
    for _ in range(turns):
        await asyncio.sleep(0)
    given_up = asking.cancel()
    ended, *_ = await asyncio.gather(asking, return_exceptions=True)
    if not given_up:
        assert isinstance(ended, bytes)
        await machine.breaker.release(ended)

    assert await machine.passes()


async def test_who_looked_before_another_probe_failed_does_not_follow_it() -> None:
    """With a store far away, a probe can come and go between a look and a claim."""

    class Slow(DistantStore):
        """Lets nobody claim anything before it is told to."""

        go = asyncio.Event()

        async def put(self, key: str, value: bytes, seconds: float, *, new: bool = False) -> bool:
            """Wait with what has to be new."""
            if new:
                await self.go.wait()
            return await super().put(key, value, seconds, new=new)

    clock = HandClock(NOW)
    breaker = Breaker(Slow(clock), "codat", clock, rest=REST, lease=LEASE)
    for _ in range(LEAST_CALLS):
        await breaker.fail(None, None)
    clock.turn(REST)
    looking = asyncio.create_task(breaker.admit())
    for _ in range(10):
        await asyncio.sleep(0)
    await breaker.fail(b"another's probe", None)
    Slow.go.set()

    with pytest.raises(Resting):
        await looking
