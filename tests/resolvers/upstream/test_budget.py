"""How many calls may still be made, decided without a clock or a store.

Moments are whole quarters of a second, which floating point numbers keep exactly.
"""

import asyncio
from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from resolvers.upstream.budget import (
    TRAVEL_SECONDS,
    Quota,
    RateLimit,
    earliest,
    learned,
    left,
    open_from,
    readable,
    refunded,
    rules,
)
from resolvers.upstream.store import MemoryStore
from tests.resolvers.upstream.hand_clock import HandClock

SHARE = 0.2
limits = st.lists(
    st.builds(RateLimit, st.integers(1, 6), st.integers(1, 40)), min_size=1, max_size=3
).map(tuple)
quarters = st.integers(0, 400).map(lambda count: 1000 + count / 4)
logs = st.lists(quarters, max_size=25).map(sorted)


@dataclass(frozen=True)
class Step:
    """A call, the time that passes before it, and how long it would wait."""

    pause: float
    write: bool
    within: float


steps = st.lists(
    st.builds(
        Step,
        pause=st.sampled_from([0.0, 0.0, 0.25, 1.0, 7.5, 30.0]),
        write=st.booleans(),
        within=st.sampled_from([0.0, 0.5, 10.0, 100.0]),
    ),
    max_size=60,
)


def fullest(moments: Sequence[float], seconds: float) -> int:
    """Count the calls in the window of such a length that has the most of them."""
    return max((sum(m <= at < m + seconds for at in moments) for m in moments), default=0)


def breaks(log: Sequence[float], moment: float, limit: RateLimit) -> bool:
    """Tell whether one more call at a moment makes a window too full, by counting in all of them.

    Only windows with the call itself count: a log that was too full before is not its fault.
    """
    span, with_it = limit.seconds + TRAVEL_SECONDS, [*log, moment]
    return any(
        sum(start <= at < start + span for at in with_it) > limit.calls
        for start in with_it
        if start <= moment < start + span
    )


async def made(held: Sequence[RateLimit], asked: Sequence[Step]) -> tuple[list[float], list[float]]:
    """Give the moments of the reads and of the writes that get a turn."""
    clock = HandClock(1000.0)
    store = MemoryStore(clock)
    reads: list[float] = []
    writes: list[float] = []
    for step in asked:
        clock.turn(step.pause)
        turn = await store.reserve("b", rules(held, SHARE, write=step.write), step.within)
        if turn.id is not None:
            assert turn.wait <= step.within
            insort(writes if step.write else reads, clock.now + turn.wait)
    return reads, writes


@given(limits, steps)
def test_no_window_holds_more_calls_than_its_limit(
    held: tuple[RateLimit, ...], asked: list[Step]
) -> None:
    """Whatever the order of reads, writes and waits, and wherever the window begins."""
    reads, writes = asyncio.run(made(held, asked))

    for limit in held:
        assert fullest([*reads, *writes], limit.seconds + TRAVEL_SECONDS) <= limit.calls


@given(limits, steps)
def test_reads_alone_leave_the_share_of_writes(
    held: tuple[RateLimit, ...], asked: list[Step]
) -> None:
    """However many there are; of a limit of one call they may have that one."""
    reads, _ = asyncio.run(made(held, asked))

    for limit in held:
        share = max(1, limit.calls * 4 // 5)
        assert fullest(reads, limit.seconds) <= share


@pytest.mark.parametrize(
    ("calls", "share", "reads"),
    [(20, 0.2, 16), (100, 0.9, 10), (7, 0.5, 3), (1, 0.2, 1), (5, 0, 5)],
)
def test_reads_have_all_but_the_share_in_whole_calls(calls: int, share: float, reads: int) -> None:
    """Not one less because a product of fractions is a little too small."""
    assert readable(calls, share) == reads


@given(limits, st.integers(0, 40))
def test_a_write_finds_its_share_however_much_was_read(
    held: tuple[RateLimit, ...], reads: int
) -> None:
    """After reads alone, as many writes as are kept for them go at once."""

    async def granted() -> list[bool]:
        store = MemoryStore(HandClock(1000.0))
        for _ in range(reads):
            await store.reserve("b", rules(held, SHARE, write=False), 0)
        kept = min(limit.calls - max(1, limit.calls * 4 // 5) for limit in held)
        write = rules(held, SHARE, write=True)
        return [(await store.reserve("b", write, 0)).id is not None for _ in range(kept)]

    assert all(asyncio.run(granted()))


# The second limit moves the call to where the first has one already.
crossed = example([1000.0, 1000.0, 1010.25], 1005.0, (RateLimit(1, 1), RateLimit(2, 10)))


@crossed
@given(logs, quarters, limits)
def test_a_call_is_given_a_moment_that_breaks_no_limit(
    log: list[float], now: float, held: tuple[RateLimit, ...]
) -> None:
    """Counted again in a plain way, also for turns that lie between others."""
    moment = earliest(log, now, held)

    assert moment >= now
    assert not any(breaks(log, moment, limit) for limit in held)


@crossed
@given(logs, quarters, limits)
def test_no_call_waits_longer_than_it_has_to(
    log: list[float], now: float, held: tuple[RateLimit, ...]
) -> None:
    """Each quarter of a second before its moment breaks a limit."""
    moment = earliest(log, now, held)
    sooner = [now + count / 4 for count in range(round((moment - now) * 4))]

    assert all(any(breaks(log, at, limit) for limit in held) for at in sooner)


@given(logs, quarters, limits)
def test_what_is_said_to_be_left_can_be_used(
    log: list[float], now: float, held: tuple[RateLimit, ...]
) -> None:
    """Of the limit that is nearest to its end, so many calls may go now and no more."""
    past = [moment for moment in log if moment <= now]
    (limit, *_) = held
    said = left(past, None, now, rules([limit], 0.0, write=True))
    used = 0
    while earliest(past, now, [limit]) == now:
        insort(past, now)
        used += 1

    assert said is not None
    assert (said.limit, said.remaining) == (limit.calls, used)


@given(st.integers(0, 99), st.integers(0, 99), st.floats(-0.99, 0.99))
def test_a_quota_is_never_raised_within_its_period(held: int, said: int, apart: float) -> None:
    """An answer that was overtaken by a later one tells what was left before."""
    after = learned(Quota(held, 2000.0, 100), Quota(said, 2000.0 + apart, 100))

    assert after.remaining == min(held, said)
    assert after.resets_at == max(2000.0, 2000.0 + apart)


@given(st.integers(0, 99), st.integers(0, 99), st.floats(1.01, 1000))
def test_a_new_period_has_a_quota_of_its_own(held: int, said: int, later: float) -> None:
    """Also one that is larger than what was left before."""
    new = Quota(said, 2000.0 + later, 100)

    assert learned(None, new) == new
    assert learned(Quota(held, 2000.0, 100), new) == new


@given(st.integers(-5, 100), st.integers(1, 100), st.sampled_from([0.0, SHARE]))
def test_a_quota_opens_while_more_than_the_kept_share_is_left(
    remaining: int, limit: int, kept: float
) -> None:
    """The share is that of any limit; the quota opens at the latest when it starts anew."""
    quota = Quota(remaining, 2000.0, limit)
    opens = open_from(quota, 1900.0, kept)
    (for_reads,) = rules([RateLimit(limit, 1)], kept, write=False).limits

    assert opens == (1900.0 if remaining > limit - for_reads.calls else 2000.0)
    assert open_from(quota, 2000.0, kept) == 2000.0
    assert open_from(None, 1900.0, kept) == 1900.0


@given(limits, st.integers(0, 12), st.integers(1, 5), st.none() | st.integers(0, 30))
def test_a_refund_gives_back_what_was_reserved(
    held: tuple[RateLimit, ...], before: int, refunded: int, said: int | None
) -> None:
    """All is as it was before, whatever had been used by then."""

    async def seen() -> tuple[object, object]:
        store = MemoryStore(HandClock(1000.0))
        write = rules(held, SHARE, write=True)
        if said is not None:
            await store.learn("b", Quota(said, 1300.0, 30))
        for _ in range(before):
            await store.reserve("b", write, 100)
        whole = await store.left("b", write)
        turns = [await store.reserve("b", write, 100) for _ in range(refunded)]
        for turn in turns:
            await store.refund("b", turn.id or "none")
        return whole, await store.left("b", write)

    whole, again = asyncio.run(seen())
    assert again == whole


@given(st.floats(0, 0.99))
def test_a_turn_of_the_next_period_gives_nothing_back_to_this_one(later: float) -> None:
    """Also if the platform, asked again, says that this one ends a moment later."""
    quota = Quota(0, 2000.0, 10)
    turn = open_from(quota, 1900.0, 0.0)
    said_anew = learned(quota, Quota(0, 2000.0 + later, 10))

    assert refunded(said_anew, turn) == said_anew
    assert refunded(said_anew, 1900.0).remaining == 1
