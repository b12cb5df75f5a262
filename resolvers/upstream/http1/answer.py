"""Reads answers as they come off a socket."""

import zlib
from functools import lru_cache

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

from resolvers.upstream.unpacker import Unpacker, is_packed
from resolvers.upstream.wire import Response, TooLarge, WireError

# A head that is longer comes from nobody who means well.
_MOST_HEAD_BYTES = 100 * 1024
_FIRST_FINAL_STATUS = 200


class Answer:
    """Reads one answer after the other, each of which is expected first.

    `keeps` tells after an answer whether the socket may have another. The parser calls what begins
    with `on_`; what it finds wrong is kept until the parser is done with what has come.
    """

    __slots__ = (
        "_failure",
        "_first",
        "_has_body",
        "_has_head",
        "_headers",
        "_is_done",
        "_more",
        "_most",
        "_parser",
        "_read",
        "_size",
        "_status",
        "_unpacker",
        "keeps",
    )

    def __init__(self) -> None:
        """Expect nothing as yet."""
        self._parser: HttpResponseParser | None = None
        self.expect(0, has_body=True)

    def expect(self, most: int, *, has_body: bool) -> None:
        """Expect an answer with a body of at most so many bytes, or without one."""
        self._most, self._has_body = most, has_body
        self._headers: dict[str, str] = {}
        # Most bodies come in one part; many small ones in a list would be many times their size.
        self._first, self._more = b"", bytearray()
        self._size = self._read = self._status = 0
        self._has_head = self._is_done = self.keeps = False
        self._unpacker: Unpacker | None = None
        self._failure: WireError | None = None

    def feed(self, data: bytes) -> Response | None:
        """Take in what has come, and give the answer once it is whole; raises `WireError`."""
        if self._parser is None:
            # It holds our methods, and so makes a circle, which `close` opens.
            self._parser = HttpResponseParser(self)
        try:
            self._parser.feed_data(data)
        except (HttpParserError, HttpParserUpgrade):
            self._fail()
        if not self._has_head:
            self._read_head(len(data))
        if self._failure is not None:
            raise self._failure
        return self._whole() if self._is_done else None

    def end(self) -> Response | None:
        """Give the answer if it is one that ends when nothing more comes."""
        is_framed = "content-length" in self._headers or "transfer-encoding" in self._headers
        if self._has_head and not is_framed:
            self.on_message_complete()
        return self._whole() if self._is_done and self._failure is None else None

    def close(self) -> None:
        """Let go of the parser."""
        self._parser = None

    def on_message_begin(self) -> None:
        """Note that something comes behind the answer, which nobody has asked for."""
        if self._is_done:
            self.keeps = False

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header, but none that comes behind the body."""
        if self._has_head:
            return
        key, headers = _name(name), self._headers
        try:
            text = value.decode().strip(" \t")
        except UnicodeDecodeError:
            text = value.decode("latin-1").strip(" \t")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text

    def on_headers_complete(self) -> None:
        """Learn what body follows."""
        if self._parser is None or self._is_done:
            return
        self._status = self._parser.get_status_code()
        if self._status < _FIRST_FINAL_STATUS:
            return
        self._has_head = True
        self.keeps = self._parser.should_keep_alive()
        if is_packed(self._headers.get("content-encoding", "")):
            self._unpacker = Unpacker()
        if self._headers.get("transfer-encoding", "chunked").lower() != "chunked":
            self._fail()
        if not self._has_body:
            # It would wait for the body that the head tells of.
            self._is_done, self._parser = True, None

    def on_body(self, part: bytes) -> None:
        """Keep a part of the body, unless it is too long by then."""
        if self._failure is not None or self._is_done:
            self.keeps = False
            return
        if self._unpacker is not None:
            part = self._unpacked(self._unpacker, part)
        if self._size:
            self._more += part
        else:
            self._first = part
        self._size += len(part)
        if self._size > self._most:
            self._failure = TooLarge(self._status)

    def on_message_complete(self) -> None:
        """Be done, or wait for what follows on an interim answer."""
        if not self._has_head:
            self._headers.clear()
            return
        if self._unpacker is not None:
            self._check_end(self._unpacker)
        self._is_done = True

    def _check_end(self, unpacker: Unpacker) -> None:
        try:
            unpacker.end()
        except zlib.error:
            self._fail()

    def _unpacked(self, unpacker: Unpacker, part: bytes) -> bytes:
        try:
            return unpacker.unpack(part, self._most + 1 - self._size)
        except zlib.error:
            self._fail()
            return b""

    def _whole(self) -> Response:
        body = self._first + self._more if self._more else self._first
        # It is kept with its socket, and a large body is nothing to keep.
        self._first, self._more, self._unpacker = b"", bytearray(), None
        return Response(self._status, self._headers, body)

    def _read_head(self, size: int) -> None:
        self._read += size
        if self._read > _MOST_HEAD_BYTES:
            self._fail()

    def _fail(self) -> None:
        if self._is_done:
            # What comes behind an answer takes nothing from it.
            self.keeps = False
        elif self._failure is None:
            self._failure = WireError("the answer is not as HTTP has it", sent=True)


@lru_cache(maxsize=512)
def _name(written: bytes) -> str:
    return written.lower().decode("latin-1")
