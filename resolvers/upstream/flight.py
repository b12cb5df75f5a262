"""Equal reads under way are one: whoever asks for what is being fetched waits for the same answer.

A waiter that gives up, fails or comes late harms no other. When the last one has gone, the flight
is cancelled, since nobody would read its answer.
"""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from functools import partial
from typing import Any, Generic, TypeVar

from resolvers.upstream.alarms import Alarms
from resolvers.upstream.deadline import NEVER, Deadline

Answer = TypeVar("Answer")


class Expired(Exception):
    """The waiter's deadline came first; `sent` tells whether a request was then on its way."""

    def __init__(self, *, sent: bool) -> None:
        """Keep what is known of the request."""
        super().__init__("the deadline came first")
        self.sent = sent


class Flight(Generic[Answer]):
    """One exchange under way, and the deadlines of those who wait for it.

    Whoever carries it out sets `sent` once a byte may have left; `expired` tells it, when it is
    cancelled, that the waiters ran out of time rather than went away.
    """

    __slots__ = ("_alarms", "_landed", "_loop", "_waiting", "expired", "sent", "task")

    def __init__(
        self,
        run: Callable[["Flight[Answer]"], Coroutine[Any, Any, Answer]],
        landed: Callable[["Flight[Answer]"], None],
        alarms: Alarms,
    ) -> None:
        """Start at once; needs a running event loop. `landed` is told when it has ended."""
        self.sent = False
        self.expired = False
        self._landed, self._alarms = landed, alarms
        self._loop = asyncio.get_running_loop()
        # Each waits for a future of its own, which takes less than `asyncio.wait` with a timeout.
        self._waiting: dict[asyncio.Future[Answer], tuple[Deadline, Callable[[], None]]] = {}
        self.task = self._loop.create_task(run(self))
        self.task.add_done_callback(self._land)

    @property
    def deadline(self) -> Deadline:
        """The latest moment at which somebody still waits."""
        waiting = self._waiting.values()
        if len(waiting) == 1:
            return next(iter(waiting))[0]
        return max((one for one, _ in waiting), key=lambda one: one.at, default=NEVER)

    async def wait(self, deadline: Deadline) -> Answer:
        """Give the answer; raises `Expired` if the deadline comes first."""
        return await self.join(deadline)

    def join(
        self, deadline: Deadline, late: Callable[[bool], Exception] | None = None
    ) -> "asyncio.Future[Answer]":
        """Give a future of the answer; who does not want it any more cancels that.

        If the deadline comes first, it fails with `Expired`, or with what `late` makes of whether a
        request was then on its way.
        """
        waiter: asyncio.Future[Answer] = self._loop.create_future()
        limit = partial(self._expire, waiter, late)
        self._waiting[waiter] = deadline, limit
        self._alarms.add(deadline.at, limit)
        waiter.add_done_callback(self._leave)
        return waiter

    def _expire(
        self, waiter: "asyncio.Future[Answer]", late: Callable[[bool], Exception] | None
    ) -> None:
        # An answer that came together with the deadline is an answer.
        if not self.task.done() and not waiter.done():
            _fail(waiter, late(self.sent) if late else Expired(sent=self.sent))
            self._forget(waiter, expired=True)

    def _leave(self, waiter: "asyncio.Future[Answer]") -> None:
        if waiter in self._waiting:
            self._forget(waiter, expired=False)

    def _forget(self, waiter: "asyncio.Future[Answer]", *, expired: bool) -> None:
        _, limit = self._waiting.pop(waiter)
        self._alarms.strike(limit)
        if not self._waiting and not self.task.done():
            self.expired = expired
            self.task.cancel()

    def _land(self, task: "asyncio.Task[Answer]") -> None:
        self._landed(self)
        # An exception that nobody is left to see would be logged with all that its text holds.
        error = asyncio.CancelledError() if task.cancelled() else task.exception()
        waiting, self._waiting = self._waiting, {}
        for waiter, (_, limit) in waiting.items():
            self._alarms.strike(limit)
            if waiter.done():
                continue
            if error is None:
                waiter.set_result(task.result())
            elif task.cancelled():
                waiter.cancel()
            else:
                _fail(waiter, error)


def _fail(waiter: "asyncio.Future[Any]", error: BaseException) -> None:
    waiter.set_exception(error)
    # What nobody waits for any more fails unseen.
    waiter.exception()


def _in_time(deadline: Deadline) -> None:
    # What is begun and cancelled at once may be on its way to the platform nevertheless.
    if not deadline.left():
        raise Expired(sent=False)


class Flights(Generic[Answer]):
    """The flights of one connection by what they fetch."""

    def __init__(self, joined: Callable[[], None]) -> None:
        """Start with none; `joined` is told of every read that did not need a call."""
        self._open: dict[Hashable, Flight[Answer]] = {}
        # All that are under way, each with what it fetches if it may be shared.
        self._all: dict[Flight[Answer], Hashable] = {}
        self._joined = joined
        self._alarms = Alarms()

    async def share(
        self,
        key: Hashable,
        run: Callable[[Flight[Answer]], Coroutine[Any, Any, Answer]],
        deadline: Deadline,
    ) -> Answer:
        """Wait for the flight of that key, which is started if there is none."""
        return await self.join(key, run, deadline)

    def join(
        self,
        key: Hashable,
        run: Callable[[Flight[Answer]], Coroutine[Any, Any, Answer]],
        deadline: Deadline,
        late: Callable[[bool], Exception] | None = None,
    ) -> "asyncio.Future[Answer]":
        """Give a future of what the flight of that key brings, which is started if there is none.

        It fails as that of `Flight.join` does.
        """
        if late is None or deadline.left():
            _in_time(deadline)
        else:
            never: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
            _fail(never, late(False))
            return never
        flight = self._open.get(key)
        if flight is None or flight.task.done() or flight.task.cancelling():
            flight = self._open[key] = self._start(run, key)
        else:
            self._joined()
        return flight.join(deadline, late)

    async def alone(
        self, run: Callable[[Flight[Answer]], Coroutine[Any, Any, Answer]], deadline: Deadline
    ) -> Answer:
        """Wait for a flight that nobody may share."""
        _in_time(deadline)
        return await self._start(run, None).wait(deadline)

    def forget(self) -> None:
        """Let who comes from now on start anew; who waits goes on waiting."""
        self._open.clear()

    async def close(self) -> None:
        """Cancel whatever is under way and wait until it has ended."""
        tasks = [flight.task for flight in self._all]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._alarms.close()

    def _start(
        self, run: Callable[[Flight[Answer]], Coroutine[Any, Any, Answer]], key: Hashable
    ) -> Flight[Answer]:
        flight = Flight(run, self._landed, self._alarms)
        self._all[flight] = key
        return flight

    def _landed(self, flight: Flight[Answer]) -> None:
        key = self._all.pop(flight)
        if self._open.get(key) is flight:
            del self._open[key]
