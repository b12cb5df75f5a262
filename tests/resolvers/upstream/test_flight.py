"""Equal reads under way are one, and whoever waits for them harms no other."""

import asyncio
import gc
import traceback
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from resolvers.upstream.deadline import NEVER, Deadline
from resolvers.upstream.flight import Expired, Flight, Flights

SOON = 0.02


class Trip:
    """What a flight fetches: under way until somebody lands it."""

    def __init__(self) -> None:
        self.flights: list[Flight[str]] = []
        self.ended: list[str] = []
        self._landing = asyncio.get_running_loop().create_future()

    def land(self, answer: str) -> None:
        """Let it end well."""
        self._landing.set_result(answer)

    def crash(self, error: Exception) -> None:
        """Let it fail."""
        self._landing.set_exception(error)

    async def __call__(self, flight: Flight[str]) -> str:
        """Wait to be landed."""
        self.flights.append(flight)
        try:
            answer = await asyncio.shield(self._landing)
        except BaseException as error:
            self.ended.append(type(error).__name__)
            raise
        self.ended.append(answer)
        return answer


class Joined:
    """Counts the reads that did not need a call."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        """Count one more."""
        self.times += 1


@pytest.fixture(params=[False, True], ids=["asyncio", "uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    """Both event loops: the gateway runs on uvloop, which orders what happens at once otherwise."""
    return "asyncio", {"use_uvloop": request.param}


@pytest.fixture
async def flights() -> AsyncGenerator[Flights[str]]:
    """The flights of one connection."""
    made = Flights[str](Joined())
    yield made
    await made.close()


async def settled() -> None:
    """Let everything happen that can."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_equal_reads_under_way_are_one() -> None:
    """A hundred operations cost one call, and whoever counts is told of the others."""
    joined, trip = Joined(), Trip()
    flights = Flights[str](joined)
    waiting = [asyncio.create_task(flights.share("key", trip, NEVER)) for _ in range(100)]
    await settled()
    trip.land("answer")

    assert await asyncio.gather(*waiting) == ["answer"] * 100
    assert len(trip.flights) == 1
    assert joined.times == 99


async def test_different_reads_are_different_flights(flights: Flights[str]) -> None:
    """And so is the same read once the first has landed: an answer is not kept."""
    one, other, later = Trip(), Trip(), Trip()
    one.land("one")
    other.land("other")
    later.land("later")
    answers = await asyncio.gather(
        flights.share("one", one, NEVER), flights.share("other", other, NEVER)
    )

    assert answers == ["one", "other"]
    assert await flights.share("one", later, NEVER) == "later"


async def test_a_flight_that_is_alone_is_shared_by_nobody(flights: Flights[str]) -> None:
    """A write is made as often as it is asked for."""
    trip = Trip()
    trip.land("answer")
    await asyncio.gather(flights.alone(trip, NEVER), flights.alone(trip, NEVER))

    assert len(trip.flights) == 2


async def test_a_waiter_that_is_cancelled_harms_no_other(flights: Flights[str]) -> None:
    """Not even if it is the one that began it."""
    trip = Trip()
    first, second = (asyncio.create_task(flights.share("key", trip, NEVER)) for _ in range(2))
    await settled()
    first.cancel()
    await settled()
    trip.land("answer")

    assert await second == "answer"
    assert first.cancelled()


async def test_when_the_last_waiter_has_gone_the_flight_is_cancelled(
    flights: Flights[str],
) -> None:
    """Nobody would read its answer; and it is told that nobody's time was up."""
    trip = Trip()
    waiting = [asyncio.create_task(flights.share("key", trip, NEVER)) for _ in range(3)]
    await settled()
    for waiter in waiting[:2]:
        waiter.cancel()
    await settled()
    early = list(trip.ended)
    waiting[2].cancel()
    await settled()

    assert early == []
    assert trip.ended == ["CancelledError"]
    assert not trip.flights[0].expired


async def test_who_comes_while_a_flight_is_being_cancelled_starts_anew(
    flights: Flights[str],
) -> None:
    """What is ending has no answer for anybody."""
    left, fresh = Trip(), Trip()
    fresh.land("answer")
    leaver = asyncio.create_task(flights.share("key", left, NEVER))
    await settled()
    leaver.cancel()
    await asyncio.sleep(0)

    assert await flights.share("key", fresh, NEVER) == "answer"


@pytest.mark.parametrize("sent", [True, False])
async def test_a_deadline_ends_the_waiting_and_tells_whether_a_request_was_on_its_way(
    flights: Flights[str], *, sent: bool
) -> None:
    """For a write this is the difference between lost and not done."""
    trip = Trip()
    waiting = asyncio.create_task(flights.alone(trip, Deadline.after(SOON)))
    await settled()
    trip.flights[0].sent = sent
    with pytest.raises(Expired) as caught:
        await waiting
    await settled()

    assert caught.value.sent is sent
    assert caught.value.__context__ is None
    assert trip.ended == ["CancelledError"]
    assert trip.flights[0].expired


async def test_one_waiters_deadline_is_not_anothers(flights: Flights[str]) -> None:
    """Who has more time gets the answer that comes later."""
    trip = Trip()
    patient = asyncio.create_task(flights.share("key", trip, NEVER))
    await settled()
    with pytest.raises(Expired):
        await flights.share("key", trip, Deadline.after(SOON))
    trip.land("answer")

    assert await patient == "answer"
    assert not trip.flights[0].expired


async def test_a_flight_has_the_deadline_of_whoever_waits_longest(flights: Flights[str]) -> None:
    """Who comes late may extend it, and takes that along when going."""
    trip = Trip()
    deadlines = [Deadline.after(60), Deadline.after(90), Deadline.after(30)]
    waiting = [asyncio.create_task(flights.share("key", trip, one)) for one in deadlines]
    await settled()
    (flight,) = trip.flights
    longest = flight.deadline
    waiting[1].cancel()
    await settled()
    left = flight.deadline
    trip.land("answer")
    await asyncio.gather(*waiting, return_exceptions=True)

    assert longest == deadlines[1]
    assert left == deadlines[0]


async def test_nothing_is_begun_after_the_deadline(flights: Flights[str]) -> None:
    """A write would be sent and given up in the same moment."""
    trip = Trip()
    for asked in (flights.alone(trip, Deadline(0)), flights.share("key", trip, Deadline(0))):
        with pytest.raises(Expired) as caught:
            await asked
        assert not caught.value.sent
    await settled()

    assert trip.flights == []


async def test_an_answer_that_comes_with_the_deadline_is_an_answer(flights: Flights[str]) -> None:
    """A write that is done must not be told as one that came to nothing."""
    deadline = Deadline.after(SOON)

    async def busy(flight: Flight[str]) -> str:
        del flight
        while deadline.left():
            pass
        return "answer"

    assert await flights.alone(busy, deadline) == "answer"


async def test_a_forgotten_flight_is_joined_by_nobody_and_answers_who_waits(
    flights: Flights[str],
) -> None:
    """What is fetched from before a write may not answer who asks after it."""
    old, new = Trip(), Trip()
    before = asyncio.create_task(flights.share("key", old, NEVER))
    await settled()
    flights.forget()
    after = asyncio.create_task(flights.share("key", new, NEVER))
    await settled()
    old.land("old")
    await settled()
    joining = asyncio.create_task(flights.share("key", new, NEVER))
    await settled()
    new.land("new")

    assert await asyncio.gather(before, after, joining) == ["old", "new", "new"]
    assert len(new.flights) == 1


async def test_a_failure_is_each_waiters_and_is_not_kept(flights: Flights[str]) -> None:
    """The next read is a new call."""
    bad, good = Trip(), Trip()
    good.land("answer")
    waiting = [asyncio.create_task(flights.share("key", bad, NEVER)) for _ in range(5)]
    await settled()
    bad.crash(ValueError("no"))
    ended = await asyncio.gather(*waiting, return_exceptions=True)

    assert [type(one) for one in ended] == [ValueError] * 5
    assert await flights.share("key", good, NEVER) == "answer"


async def test_a_failure_that_many_see_does_not_grow(flights: Flights[str]) -> None:
    """They share one error, and each that raises it adds where it stands, but not for the next."""
    trip = Trip()
    waiting = [asyncio.create_task(flights.share("key", trip, NEVER)) for _ in range(100)]
    await settled()
    error = ValueError("no")
    trip.crash(error)
    await asyncio.gather(*waiting, return_exceptions=True)

    assert len(traceback.extract_tb(error.__traceback__)) < 10
    assert error.__context__ is None


async def test_what_fails_after_all_have_gone_is_complained_of_by_nobody(
    flights: Flights[str],
) -> None:
    """The event loop would log the error with all that its text holds."""
    told: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, said: told.append(said))

    async def clumsy(flight: Flight[str]) -> str:
        del flight
        try:
            await asyncio.get_running_loop().create_future()
        except asyncio.CancelledError:
            raise ValueError("planted") from None
        return "never"

    waiting = [asyncio.create_task(flights.share("key", clumsy, NEVER)) for _ in range(2)]
    await settled()
    for waiter in waiting:
        waiter.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    await settled()
    del waiting
    gc.collect()

    assert told == []


async def test_closing_cancels_what_is_under_way_and_waits_for_its_end() -> None:
    """Nothing of a connection outlives it."""
    flights, trips = Flights[str](Joined()), [Trip(), Trip()]
    waiting = [
        asyncio.create_task(flights.share("key", trips[0], NEVER)),
        asyncio.create_task(flights.alone(trips[1], NEVER)),
    ]
    await settled()
    await flights.close()

    assert [trip.ended for trip in trips] == [["CancelledError"]] * 2
    ended = await asyncio.gather(*waiting, return_exceptions=True)
    assert all(isinstance(one, asyncio.CancelledError) for one in ended)


@pytest.mark.parametrize("turns", range(12))
async def test_a_waiter_may_go_at_any_moment(flights: Flights[str], turns: int) -> None:
    """Whatever step it has come to, the other gets the answer."""
    trip = Trip()
    trip.land("answer")
    leaver = asyncio.create_task(flights.share("key", trip, NEVER))
    stayer = asyncio.create_task(flights.share("key", trip, NEVER))
    for _ in range(turns):
        await asyncio.sleep(0)
    leaver.cancel()

    assert await stayer == "answer"
