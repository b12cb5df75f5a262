"""Equal reads under way are one: whoever asks for what is being fetched waits for the same answer.

A waiter that gives up, fails or comes late harms no other. When the last one has gone, the flight
is cancelled, since nobody would read its answer.
"""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from functools import partial
from typing import Any, Generic, TypeVar

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

    def __init__(self, run: Callable[["Flight[Answer]"], Coroutine[Any, Any, Answer]]) -> None:
        """Start at once; needs a running event loop."""
        self.sent = False
        self.expired = False
        self._waiting: list[Deadline] = []
        self.task = asyncio.create_task(run(self))
        self.task.add_done_callback(_retrieve)

    @property
    def deadline(self) -> Deadline:
        """The latest moment at which somebody still waits."""
        return max(self._waiting, key=lambda one: one.at, default=NEVER)

    async def wait(self, deadline: Deadline) -> Answer:
        """Give the answer; raises `Expired` if the deadline comes first."""
        self._waiting.append(deadline)
        limit = asyncio.timeout_at(deadline.when)
        try:
            async with limit:
                # To be cancelled here ends the waiting alone, and what fails later fails unseen.
                await asyncio.wait([self.task])
        except TimeoutError:
            pass
        finally:
            self._leave(deadline, expired=limit.expired())
        # An answer that came together with the deadline is an answer.
        if not self.task.done():
            raise Expired(sent=self.sent)
        return self.task.result()

    def _leave(self, deadline: Deadline, *, expired: bool) -> None:
        self._waiting.remove(deadline)
        if not self._waiting and not self.task.done():
            self.expired = expired
            self.task.cancel()


def _in_time(deadline: Deadline) -> None:
    # What is begun and cancelled at once may be on its way to the platform nevertheless.
    if not deadline.left():
        raise Expired(sent=False)


def _retrieve(task: "asyncio.Task[Any]") -> None:
    # An exception that nobody is left to see would be logged with all that its text holds.
    if not task.cancelled():
        task.exception()


class Flights(Generic[Answer]):
    """The flights of one connection by what they fetch."""

    def __init__(self, joined: Callable[[], None]) -> None:
        """Start with none; `joined` is told of every read that did not need a call."""
        self._open: dict[Hashable, Flight[Answer]] = {}
        self._tasks: set[asyncio.Task[Answer]] = set()
        self._joined = joined

    async def share(
        self,
        key: Hashable,
        run: Callable[[Flight[Answer]], Coroutine[Any, Any, Answer]],
        deadline: Deadline,
    ) -> Answer:
        """Wait for the flight of that key, which is started if there is none."""
        _in_time(deadline)
        flight = self._open.get(key)
        if flight is None or flight.task.done() or flight.task.cancelling():
            flight = self._open[key] = self._start(run)
            flight.task.add_done_callback(partial(self._landed, key))
        else:
            self._joined()
        return await flight.wait(deadline)

    async def alone(
        self, run: Callable[[Flight[Answer]], Coroutine[Any, Any, Answer]], deadline: Deadline
    ) -> Answer:
        """Wait for a flight that nobody may share."""
        _in_time(deadline)
        return await self._start(run).wait(deadline)

    def forget(self) -> None:
        """Let who comes from now on start anew; who waits goes on waiting."""
        self._open.clear()

    async def close(self) -> None:
        """Cancel whatever is under way and wait until it has ended."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, run: Callable[[Flight[Answer]], Coroutine[Any, Any, Answer]]) -> Any:
        flight = Flight(run)
        self._tasks.add(flight.task)
        flight.task.add_done_callback(self._tasks.discard)
        return flight

    def _landed(self, key: Hashable, task: "asyncio.Task[Answer]") -> None:
        held = self._open.get(key)
        if held is not None and held.task is task:
            del self._open[key]
