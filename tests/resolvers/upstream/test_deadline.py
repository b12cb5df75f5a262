"""Moments by which an operation has to be done."""

import asyncio
import math

from hypothesis import given
from hypothesis import strategies as st

from resolvers.upstream.deadline import NEVER, Deadline


async def test_what_is_left_goes_by_the_clock_of_the_event_loop() -> None:
    """A machine whose clock is set while an operation runs does not end it."""
    loop = asyncio.get_running_loop()
    before = loop.time()
    deadline = Deadline.after(60)
    after = loop.time()

    assert before + 60 <= deadline.at <= after + 60
    assert 0 < deadline.left() <= 60
    assert deadline.when == deadline.at


async def test_without_a_deadline_there_is_always_time_left() -> None:
    """Asyncio's timeouts take that as None."""
    assert NEVER.left() == math.inf
    assert NEVER.when is None


@given(st.floats(-1e6, 0))
async def test_after_the_deadline_nothing_is_left(seconds: float) -> None:
    """And never less than nothing, which no timeout would take."""
    assert Deadline.after(seconds).left() == 0
