"""Turns are given as `earliest` over the whole log would have it, however they are kept.

Moments are whole quarters of a second, which floating point numbers keep exactly.
"""

from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.upstream.budget import (
    Left,
    Quota,
    RateLimit,
    Reservation,
    Rules,
    earliest,
    learned,
    left,
    open_from,
    refunded,
    rules,
)
from resolvers.upstream.turns import Turns

BEGAN = 1000.0


@dataclass
class Plain:
    """What the turns have to be: every moment is kept for ever, and looked at every time."""

    log: list[tuple[float, str]] = field(default_factory=list[tuple[float, str]])
    quota: Quota | None = None

    def reserve(self, id: str, held: Rules, now: float, within: float) -> Reservation:
        """Give a turn by the definition."""
        moments = [at for at, _ in self.log]
        at = earliest(moments, open_from(self.quota, now, held.kept), held.limits)
        if at - now > within:
            return Reservation(at - now)
        insort(self.log, (at, id))
        if self.quota is not None and at < self.quota.resets_at:
            self.quota = replace(self.quota, remaining=self.quota.remaining - 1)
        return Reservation(at - now, id)

    def postpone(self, id: str, at: float) -> None:
        """Move a turn."""
        self.log = sorted((at, one) if one == id else (was, one) for was, one in self.log)

    def refund(self, id: str) -> None:
        """Take a turn back."""
        for turn in [turn for turn in self.log if turn[1] == id]:
            self.log.remove(turn)
            self.quota = self.quota and refunded(self.quota, turn[0])

    def learn(self, quota: Quota) -> None:
        """Take over what a platform says."""
        self.quota = learned(self.quota, quota)

    def left(self, held: Rules, now: float) -> Left | None:
        """Tell what is left."""
        return left([at for at, _ in self.log], self.quota, now, held)


Held = Callable[[bool], Rules]
# What is done to both at a moment, with the ids and moments of the turns that were given so far.
Act = Callable[[Turns | Plain, Held, float, list[str]], object]


def reserving(*, write: bool, within: float, many: int) -> Act:
    """Ask for turns, so many at once."""

    def act(turns: Turns | Plain, held: Held, now: float, ids: list[str]) -> object:
        given = [
            turns.reserve(f"{len(ids)}-{place}", held(write), now, within) for place in range(many)
        ]
        ids.extend(f"{turn.id}@{now + turn.wait}" for turn in given if turn.id)
        return given

    return act


def of_one(place: int, *, postponed: float | None) -> Act:
    """Give one of the last turns back, or put it off."""

    def act(turns: Turns | Plain, held: Held, now: float, ids: list[str]) -> object:
        del held
        recent = ids[-4:] or ["of nobody@0"]
        id, _, at = recent[place % len(recent)].partition("@")
        if float(at) < now - 1:
            # It was used long ago, and may be forgotten.
            return None
        if postponed is None:
            turns.refund(id)
        else:
            turns.postpone(id, now + postponed)
        return None

    return act


def learning(remaining: int, ahead: float, limit: int | None) -> Act:
    """Take over what a platform says."""

    def act(turns: Turns | Plain, held: Held, now: float, ids: list[str]) -> object:
        del held, ids
        turns.learn(Quota(remaining, now + ahead, limit))
        return None

    return act


quarters = st.integers(0, 200).map(lambda count: count / 4)
limits = st.lists(st.builds(RateLimit, st.integers(1, 90), st.integers(1, 40)), max_size=3).map(
    tuple
)
acts = st.one_of(
    st.builds(
        reserving,
        write=st.booleans(),
        within=st.sampled_from([0.0, 0.5, 10.0, 100.0]),
        many=st.sampled_from([1, 1, 3, 40]),
    ),
    st.builds(of_one, st.integers(0, 3), postponed=st.none() | quarters),
    st.builds(learning, st.integers(0, 60), quarters, st.none() | st.integers(1, 60)),
)


@given(limits, st.lists(st.tuples(st.sampled_from([0.0, 0.0, 0.25, 5.0, 60.0]), acts), max_size=30))
def test_turns_are_given_as_the_whole_log_would_have_it(
    limits: tuple[RateLimit, ...], steps: list[tuple[float, Act]]
) -> None:
    """Whatever is asked, given back, put off and said by the platform in between."""
    turns, plain, now = Turns(), Plain(), BEGAN
    ours: list[str] = []
    theirs: list[str] = []

    def held(write: bool) -> Rules:
        return rules(limits, 0.2, write=write)

    for pause, act in steps:
        now += pause
        assert act(turns, held, now, ours) == act(plain, held, now, theirs)
        assert turns.left(held(True), now) == plain.left(held(True), now)


@pytest.mark.parametrize("calls", [1, 10, 1_000_000])
def test_no_more_is_kept_than_twice_of_what_counts(calls: int) -> None:
    """A gateway that runs for a year has no log of a year."""
    turns, held = Turns(), Rules((RateLimit(calls, 1),))
    for second in range(10_000):
        turns.reserve(str(second), held, BEGAN + second * 2, 0.0)
    kept = [second for second in range(10_000) if turns.has(str(second))]

    assert kept[-1] == 9_999
    assert len(kept) <= 64
