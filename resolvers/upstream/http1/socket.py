"""A socket to a platform, which carries one exchange at a time."""

import asyncio
import math
import select
from collections.abc import Callable
from typing import cast

from resolvers.upstream.http1.answer import Answer
from resolvers.upstream.http1.origin import Origin
from resolvers.upstream.wire import KEPT_SECONDS, Request, Response, TooSlow, WireError


class Socket(asyncio.Protocol):
    """Asks and answers, one at a time; whoever leaves before the answer is there has to `abort`.

    `deadline` is when the exchange under way is given up, by the event loop's clock.
    """

    __slots__ = (
        "_answer",
        "_closed",
        "_future",
        "_idle_since",
        "_is_sending",
        "_loop",
        "_poll",
        "_timeout",
        "_transport",
        "deadline",
        "origin",
    )

    _transport: asyncio.Transport

    def __init__(self, origin: Origin, closed: Callable[["Socket"], None]) -> None:
        """Wait for the connection; `closed` is called when it has ended."""
        self.origin = origin
        self.deadline = math.inf
        self._loop = asyncio.get_running_loop()
        self._answer = Answer()
        self._closed = closed
        self._future: asyncio.Future[Response] | None = None
        self._is_sending = False
        self._timeout = self._idle_since = 0.0
        self._poll = select.poll()

    def take(self, transport: asyncio.Transport) -> None:
        """Begin to be used, by a transport that is ready."""
        self._transport = transport
        # So that it is known when all is sent; at 0, TLS would take an empty buffer for a full one.
        transport.set_write_buffer_limits(high=1, low=0)
        self._poll.register(transport.get_extra_info("socket").fileno(), select.POLLIN)

    def ask(self, data: bytes, request: Request) -> asyncio.Future[Response]:
        """Send the bytes of a request; what is given becomes its answer, or a `WireError`."""
        self._answer.expect(request.most_bytes, has_body=request.method != "HEAD")
        self._timeout = request.timeout
        self.deadline = self._loop.time() + request.timeout
        self._future = future = self._loop.create_future()
        self._transport.write(data)
        return future

    def rest(self) -> None:
        """Begin to wait for the next exchange."""
        self._idle_since = self._loop.time()

    def is_fresh(self) -> bool:
        """Tell whether it may be asked, as far as anybody knows."""
        if self._transport.is_closing() or self._loop.time() - self._idle_since >= KEPT_SECONDS:
            return False
        # Its end may have come while the event loop was busy; a write would be lost on it.
        return not self._poll.poll(0)

    def is_open(self) -> bool:
        """Tell whether it has not been closed."""
        return not self._transport.is_closing()

    def abort(self) -> None:
        """Close it at once."""
        self._transport.abort()

    def expire(self) -> None:
        """Give up the exchange under way."""
        self._fail(TooSlow("it did not answer in time", sent=True))

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Have something to close, whatever comes of it."""
        self._transport = cast("asyncio.Transport", transport)

    def pause_writing(self) -> None:
        """Note that not all is sent yet."""
        self._is_sending = True

    def resume_writing(self) -> None:
        """Note that all is sent, from when on the answer has its own time."""
        self._is_sending = False
        if self._future is not None:
            self.deadline = self._loop.time() + self._timeout

    def data_received(self, data: bytes) -> None:
        """Read the answer; without a question there is none, and what follows would be in doubt."""
        if self._future is None:
            self.abort()
            return
        self.deadline = self._loop.time() + self._timeout
        try:
            response = self._answer.feed(data)
        except WireError as error:
            self._fail(error)
            return
        if response is not None:
            self._succeed(self._future, response)

    def connection_lost(self, exc: Exception | None) -> None:
        """End what is under way."""
        response = self._answer.end() if exc is None else None
        if self._future is not None and response is not None:
            self._succeed(self._future, response)
        else:
            self._fail(WireError("the connection failed", sent=True))
        self._answer.close()
        self._closed(self)

    def _succeed(self, future: asyncio.Future[Response], response: Response) -> None:
        self._future, self.deadline = None, math.inf
        if self._is_sending or not self._answer.keeps:
            self.abort()
        if not future.done():
            future.set_result(response)

    def _fail(self, error: WireError) -> None:
        future, self._future, self.deadline = self._future, None, math.inf
        self.abort()
        if future is not None and not future.done():
            future.set_exception(error)
