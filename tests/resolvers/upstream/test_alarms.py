"""Whoever waits for a moment is told when it has come, and not before."""

import asyncio
import math
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import Any

import pytest

from resolvers.upstream.alarms import Alarms
from resolvers.upstream.time_limit import TimeLimits

SOON, NEVER_SOON = 0.01, 600.0


@pytest.fixture(params=[False, True], ids=["asyncio", "uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    """Both event loops: their clocks count in different steps."""
    return "asyncio", {"use_uvloop": request.param}


class Called:
    """Notes in which order things are called, and whether any of them was early."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.early: list[str] = []
        self.alarms = Alarms()
        self._last = asyncio.Event()

    def add(self, name: str, seconds: float) -> Callable[[], None]:
        """Add what is called in so many seconds."""
        at = monotonic() + seconds
        call = partial(self._call, name, at)
        self.alarms.add(at, call)
        return call

    async def until_last(self) -> list[str]:
        """Wait for what is named so, and give all that was called until then."""
        async with asyncio.timeout(30):
            await self._last.wait()
        return self.names

    def _call(self, name: str, at: float) -> None:
        self.names.append(name)
        if monotonic() < at:
            self.early.append(name)
        if name == "last":
            self._last.set()


async def test_each_is_called_once_at_its_moment_whatever_the_order_of_noting() -> None:
    """One timer serves them all, and is set anew for one that is sooner."""
    called = Called()
    called.add("never", NEVER_SOON)
    called.add("last", 5 * SOON)
    called.add("first", SOON)
    called.add("second", 3 * SOON)

    assert await called.until_last() == ["first", "second", "last"]
    assert called.early == []
    called.alarms.close()


async def test_what_is_struck_out_is_not_called() -> None:
    """Nor does it keep the others from being called, though the timer was set for it."""
    called = Called()
    struck = called.add("struck", SOON)
    called.add("last", 2 * SOON)
    called.alarms.strike(struck)
    called.alarms.strike(struck)

    assert await called.until_last() == ["last"]


async def test_what_never_comes_needs_no_timer() -> None:
    """A call without a deadline is one like any other."""
    called = Called()
    called.add("never", math.inf)
    called.add("last", SOON)

    assert await called.until_last() == ["last"]


async def test_after_the_end_nothing_is_called() -> None:
    """Nothing of a connection outlives it."""
    called, other = Called(), Called()
    called.add("closed", SOON)
    called.alarms.close()
    other.add("last", 3 * SOON)
    await other.until_last()

    assert called.names == []


async def test_what_is_called_may_note_and_strike_out() -> None:
    """Of two that are due at once, the first may make the second needless."""
    called = Called()
    at = monotonic() + SOON
    needless = partial(called.names.append, "needless")

    def first() -> None:
        called.names.append("first")
        called.alarms.strike(needless)
        called.add("last", SOON)

    called.alarms.add(at, first)
    called.alarms.add(at, needless)

    assert await called.until_last() == ["first", "last"]


async def forever(ended: list[str]) -> None:
    """Wait for ever, and tell when that ends."""
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        ended.append("ended")


async def test_a_wait_that_takes_too_long_is_ended() -> None:
    """And told as such; what comes in time is given."""
    limits, ended = TimeLimits(), list[str]()

    async def quick() -> str:
        await asyncio.sleep(0)
        return "answer"

    with pytest.raises(TimeoutError):
        await limits.within(SOON, forever(ended))
    assert ended == ["ended"]
    assert await limits.within(NEVER_SOON, quick()) == "answer"
    limits.close()


async def test_to_be_cancelled_is_not_to_be_late() -> None:
    """Whoever goes away is not told that the platform was slow."""
    limits, ended = TimeLimits(), list[str]()
    waiting = asyncio.create_task(limits.within(NEVER_SOON, forever(ended)))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    assert ended == ["ended"]
    limits.close()


async def test_to_be_cancelled_while_being_late_is_to_be_cancelled() -> None:
    """The task would go on otherwise, though somebody wants it to end."""
    limits = TimeLimits()
    outer: list[asyncio.Task[Any]] = []

    async def slow_to_end() -> None:
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            outer[0].cancel()

    outer.append(asyncio.create_task(limits.within(SOON, slow_to_end())))
    with pytest.raises(asyncio.CancelledError):
        await outer[0]
