"""HTTP as it comes over a connection, read no further than anybody means it."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

# What of a request is not its body: address, headers, trailers, and the sizes of its chunks.
MOST_BYTES = 128 * 1024
_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)


class BoundedProtocol(HttpToolsProtocol):
    """Reads requests as uvicorn does, which by itself keeps headers of any length.

    What is too long is answered by 431 (RFC 6585, 5), unless another answer is under way.
    """

    _beside = 0

    def data_received(self, data: bytes) -> None:
        """Read what has come."""
        self._beside += len(data)
        super().data_received(data)
        if self._beside > MOST_BYTES:
            self._refuse()

    def on_message_begin(self) -> None:
        """Begin to count with each request."""
        # What has come with it may be of the one before, so it counts for neither.
        self._beside = 0
        super().on_message_begin()

    def on_body(self, body: bytes) -> None:
        """Leave to its own limit what belongs to the body."""
        self._beside -= len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Begin anew."""
        self._beside = 0
        super().on_message_complete()

    def _refuse(self) -> None:
        if self.transport.is_closing():
            return
        # Before the first request it is None, whatever its annotation says.
        cycle: RequestResponseCycle | None = getattr(self, "cycle", None)
        if cycle is None or cycle.response_complete:
            self.transport.write(_TOO_LARGE)
        self.transport.close()
