"""Waiting for others, in time that is theirs."""

import asyncio
import time

import pytest

from resolvers.upstream.patience import patience


async def test_who_does_not_answer_is_not_waited_for() -> None:
    """The body is cancelled, and a timeout raised."""
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(30), patience(0.05):
            await asyncio.Event().wait()


async def test_an_answer_in_time_is_given_as_if_nobody_had_waited() -> None:
    """Nothing is left behind that could cancel what comes later."""
    async with patience(30):
        await asyncio.sleep(0)


async def test_what_the_own_loop_was_late_for_is_nobodys_fault() -> None:
    """The answer comes with the loop's next turn, though the time is over by the clock."""
    answer = asyncio.get_running_loop().create_future()

    def late() -> None:
        # Busy for longer than the limit, as with hundreds of operations to begin.
        ends = time.monotonic() + 0.1
        while time.monotonic() < ends:
            pass
        asyncio.get_running_loop().call_later(0.001, answer.set_result, "there")

    async with patience(0.05):
        asyncio.get_running_loop().call_soon(late)
        assert await answer == "there"


async def test_a_fault_of_the_body_is_the_bodys() -> None:
    """It is not taken for a timeout."""
    with pytest.raises(ValueError, match="its own"):
        async with patience(30):
            raise ValueError("its own")
