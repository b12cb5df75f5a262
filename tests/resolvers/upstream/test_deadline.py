"""Moments by which an operation has to be done."""

import math
from time import monotonic

from hypothesis import given
from hypothesis import strategies as st

from resolvers.upstream.deadline import NEVER, Deadline


def test_what_is_left_goes_by_the_monotonic_clock() -> None:
    """A machine whose clock is set while an operation runs does not end it."""
    before = monotonic()
    deadline = Deadline.after(60)
    after = monotonic()

    assert before + 60 <= deadline.at <= after + 60
    assert 0 < deadline.left() <= 60


def test_without_a_deadline_there_is_always_time_left() -> None:
    """However long it takes."""
    assert NEVER.left() == math.inf


@given(st.floats(-1e6, 0))
def test_after_the_deadline_nothing_is_left(seconds: float) -> None:
    """And never less than nothing, which no timeout would take."""
    assert Deadline.after(seconds).left() == 0
