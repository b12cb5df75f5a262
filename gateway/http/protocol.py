"""HTTP as it comes over a connection, read no further than anybody means it."""

from collections.abc import Callable
from typing import Any

from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

from gateway.http.incoming import CONNECTION

# What of a request is not its body: address, headers, trailers, and the sizes of its chunks.
MOST_BYTES = 128 * 1024
_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)


def sent_at_once(send: Any, status: int, head: bytes, body: bytes) -> bool:
    """Send an answer of known length by one write; False where uvicorn has to do it.

    `head` has its headers as they are sent, but for those that uvicorn adds. It does the same as
    `send` would, for a connection that stays open: header by header, that takes longer than many an
    answer takes to be made.
    """
    cycle = getattr(send, "__self__", None)
    if not isinstance(cycle, RequestResponseCycle) or cycle.response_started:
        return False
    if not cycle.keep_alive or cycle.disconnected or cycle.flow.write_paused:
        return False
    if cycle.scope["method"] != "POST" or cycle.transport.is_closing():
        return False
    usual = [b"%s: %s\r\n" % line for line in cycle.default_headers]
    cycle.transport.write(b"".join((STATUS_LINE[status], *usual, head, b"\r\n", body)))
    cycle.waiting_for_100_continue = False
    cycle.response_started = cycle.response_complete = True
    cycle.message_event.set()
    cycle.on_response()
    return True


class BoundedProtocol(HttpToolsProtocol):
    """Reads requests as uvicorn does, which by itself keeps headers of any length.

    What is too long is answered by 431 (RFC 6585, 5), unless another answer is under way.

    It is the `Connection` of its requests, of which one at a time is answered.
    """

    # What was understood of a request's head, and what has come beside bodies since it began.
    _head = 0
    _beside = 0
    # Whom to tell that the client has gone away.
    _leave: Callable[[], None] | None = None

    @property
    def has_all(self) -> bool:
        """Whether the newest request, and so each before it, has come as a whole."""
        return not self.cycle.more_body

    @property
    def is_lost(self) -> bool:
        """Whether the client has gone away."""
        return self.transport.is_closing()

    def watch(self, leave: Callable[[], None] | None) -> None:
        """Call `leave` when the client goes away; None is to call nothing any more."""
        self._leave = leave
        # Of what is not read, nobody sees the end.
        self.flow.resume_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell of it."""
        super().connection_lost(exc)
        if self._leave is not None:
            self._leave()

    def data_received(self, data: bytes) -> None:
        """Read what has come."""
        self._beside += len(data)
        super().data_received(data)
        if self._is_too_large():
            self._refuse()

    def on_message_begin(self) -> None:
        """Begin to count with each request."""
        # What has come with it may be of the one before, so it counts for neither.
        self._head = self._beside = 0
        super().on_message_begin()
        extensions: dict[str, Any] = {CONNECTION: self}
        self.scope["extensions"] = extensions

    def on_url(self, url: bytes) -> None:
        """Count the address."""
        self._head += len(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count a header, or a trailer."""
        self._head += len(name) + len(value)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Begin to answer, unless the head is too large."""
        if self._is_too_large():
            self._refuse()
        else:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Leave to its own limit what belongs to the body."""
        self._beside -= len(body)
        if not self.transport.is_closing():
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Begin anew."""
        if not self.transport.is_closing():
            self._head = self._beside = 0
            super().on_message_complete()

    def _is_too_large(self) -> bool:
        return max(self._head, self._beside) > MOST_BYTES

    def _refuse(self) -> None:
        if self.transport.is_closing():
            return
        # Before the first request it is None, whatever its annotation says.
        cycle: RequestResponseCycle | None = getattr(self, "cycle", None)
        if cycle is None or cycle.response_complete:
            self.transport.write(_TOO_LARGE)
        self.transport.close()
