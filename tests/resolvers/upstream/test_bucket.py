"""A bucket that fills evenly, decided without a server's clock.

Moments are whole quarters of a second, which floating point numbers keep exactly.
"""

import math
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from resolvers.upstream import redis_store
from resolvers.upstream.bucket import FULL, Bucket, Size, drawn
from resolvers.upstream.store import MemoryStore
from tests.resolvers.upstream.hand_clock import HandClock
from tests.store_server import ask

TEN = Size(10, 60)
NOW = 1_800_000_000.0
SCRIPT = Path(redis_store.__file__).parent / "redis_scripts" / "draw.lua"


@dataclass(frozen=True)
class Step:
    """The time that passes, and what is drawn then, or given back if it is negative."""

    pause: float
    amount: float


steps = st.lists(
    st.builds(
        Step,
        pause=st.sampled_from([0.0, 0.0, 0.25, 1.0, 6.0, 29.75, 60.0, 400.0]),
        amount=st.sampled_from([1, 1, 2, 3, 7, 10, 11, -1, -2, -7, 0.5]),
    ),
    min_size=1,
    max_size=40,
)
sizes = st.sampled_from([TEN, Size(7, 60), Size(20_000, 60), Size(0.5, 60), Size(3, 1)])


def emptied(size: Size = TEN) -> Bucket:
    """Give a bucket from which all has just been drawn."""
    return drawn(FULL, size.most, size, NOW)[0]


def moved(asked: Sequence[Step], size: Size) -> list[tuple[float, float]]:
    """Give the moments and amounts of what was drawn or given back, of all that was asked."""
    held, now, done = FULL, NOW, list[tuple[float, float]]()
    for step in asked:
        now += step.pause
        held, wait = drawn(held, step.amount, size, now)
        if not wait:
            done.append((now, step.amount))
    return done


def test_a_bucket_has_what_it_holds_and_no_more() -> None:
    """And who gets nothing is told when there will be enough."""
    held, waits = FULL, list[float]()
    for _ in range(12):
        held, wait = drawn(held, 1, TEN, NOW)
        waits.append(wait)

    assert waits == [0] * 10 + [6, 6]
    assert drawn(held, 5, TEN, NOW)[1] == 30


def test_it_fills_evenly_and_not_beyond_what_it_holds() -> None:
    """However long nobody draws."""
    assert drawn(emptied(), 5, TEN, NOW + 30)[1] == 0
    assert drawn(emptied(), 5, TEN, NOW + 29.75)[1] == pytest.approx(0.25)
    long_after, _ = drawn(emptied(), 10, TEN, NOW + 1e6)
    assert drawn(long_after, 1, TEN, NOW + 1e6)[1] == 6


def test_what_is_given_back_can_be_drawn_again() -> None:
    """But a bucket never holds more than it does."""
    given_back, wait = drawn(emptied(), -4, TEN, NOW)
    assert wait == 0
    assert drawn(given_back, 4, TEN, NOW)[1] == 0
    assert drawn(given_back, 5, TEN, NOW)[1] == 6

    brimful, _ = drawn(emptied(), -400, TEN, NOW)
    assert drawn(brimful, 10, TEN, NOW)[1] == 0
    assert drawn(drawn(brimful, 10, TEN, NOW)[0], 1, TEN, NOW)[1] == 6


def test_more_than_a_bucket_holds_is_never_there() -> None:
    """Also if it holds nothing."""
    assert drawn(FULL, 11, TEN, NOW) == (FULL, math.inf)
    assert drawn(FULL, 1, Size(0, 60), NOW) == (FULL, math.inf)


def test_a_bucket_that_became_smaller_is_waited_for_no_longer_than_it_takes_to_fill() -> None:
    """A gateway is started anew with another limit, and finds what the last one left."""
    assert drawn(emptied(Size(1000, 60)), 10, TEN, NOW)[1] == 60


def test_a_clock_that_is_put_back_stops_no_bucket_from_filling() -> None:
    """It would be waited for until the clock is again where it was."""
    held, _ = drawn(emptied(), -1, TEN, NOW - 3600)

    assert drawn(held, 10, TEN, NOW - 3600)[1] == 54
    assert drawn(held, 10, TEN, NOW - 3600 + 54)[1] == 0


@given(steps, sizes)
@example([Step(0, 10), Step(6, 1), Step(54, 9)], TEN)
def test_no_window_has_more_than_twice_of_what_the_bucket_holds(
    asked: list[Step], size: Size
) -> None:
    """Less what is given back in it."""
    done = moved(asked, size)

    for start, _ in done:
        window = [amount for at, amount in done if start <= at < start + size.seconds]
        for end in range(1, len(window) + 1):
            assert sum(window[:end]) <= 2 * size.most * (1 + 1e-5)


@given(steps, sizes, st.sampled_from([1, 3, 10, 0.5]))
def test_who_waits_as_long_as_he_is_told_gets_it(
    asked: list[Step], size: Size, amount: float
) -> None:
    """And nobody could have had it a moment before."""
    assume(amount <= size.most)
    held, now = FULL, NOW
    for step in asked:
        now += step.pause
        held, _ = drawn(held, step.amount, size, now)
    _, wait = drawn(held, amount, size, now)

    assert 0 <= wait <= size.seconds
    assert drawn(held, amount, size, now + wait)[1] == 0
    assert wait < 0.01 or drawn(held, amount, size, now + wait - 0.005)[1] > 0


async def test_buckets_that_are_full_again_are_forgotten() -> None:
    """There is one for each address that ever asked, and none of them is removed otherwise."""
    clock = HandClock()
    store = MemoryStore(clock)
    for place in range(900):
        await store.draw(f"idle {place}", 1, 10, 60)
    clock.turn(7)
    for place in range(900):
        await store.draw(f"busy {place}", 10, 10, 60)

    assert 900 <= store.buckets < 1800
    assert await store.draw("busy 0", 1, 10, 60) == 6


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(steps.map(lambda some: some[0]), sizes), min_size=1, max_size=15))
async def test_a_server_decides_as_the_process_would(
    store_url: str, asked: list[tuple[Step, Size]]
) -> None:
    """The script on the server is `bucket.py` written a second time; here by a clock of ours."""
    server, prefix = store_url.split("?prefix=")
    script = SCRIPT.read_text("utf-8").replace("redis.call('TIME')", "{ ARGV[4], 0 }")
    assert "TIME" not in script
    clock, key = HandClock(), f"manifold:1:{prefix}:bucket:{uuid.uuid4()}"
    memory = MemoryStore(clock)
    for step, size in asked:
        clock.turn(math.ceil(step.pause))
        expected = await memory.draw("k", step.amount, size.most, size.seconds)
        if step.amount <= size.most:
            numbers = (step.amount, size.most, size.seconds, round(clock.now))
            found = ask(server, "EVAL", script, 1, key, *map(str, numbers))
            assert float(found) == pytest.approx(expected, abs=1e-9)
