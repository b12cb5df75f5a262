"""Receives a request's body: so much of it, in so much time, inflated to no more than that."""

import asyncio
import zlib
from collections.abc import AsyncIterator, Iterator

from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive

from gateway.http.incoming import Incoming
from gateway.http.refusal import Refusal
from schema.limits.limit import LimitExceeded, Mode
from schema.limits.limits import Limits, Over

# How zlib is told what it reads: gzip's header, or its own.
_WINDOW = {"gzip": 31, "x-gzip": 31, "deflate": 15}
# What is inflated at once, so that a small body cannot become a great one unseen.
_CHUNK_BYTES = 64 * 1024
# No body has more, whatever the limits are: what is let through is held as a whole.
_MOST_BYTES = 100_000_000


async def received(asked: Incoming, limits: Limits, over: Over) -> bytes:
    """Give the whole body.

    Raises `LimitExceeded`, a `Refusal` if it cannot be read, or `ClientDisconnect`.
    """
    connection = asked.connection
    if connection is not None and connection.has_all and b"content-encoding" not in asked:
        # Nothing is waited for, so nothing has to watch how long.
        body = _piece(await asked.receive())
        _Count(limits, over).check(len(body))
        return body
    return await _received(asked, limits, over)


async def _received(asked: Incoming, limits: Limits, over: Over) -> bytes:
    clock = asyncio.get_running_loop().time
    began, body = clock(), bytearray()
    try:
        async with asyncio.timeout(limits.ceiling("receive_seconds")):
            async for chunk in _chunks(asked, limits, over):
                body += chunk
    except TimeoutError:
        limit = limits.receive_seconds
        over("receive_seconds", limit.mode)
        waited = clock() - began
        raise LimitExceeded("receive_seconds", waited, limit.most, tells=limits.tell) from None
    limits.check("receive_seconds", clock() - began, over)
    return bytes(body)


def _piece(message: Message) -> bytes:
    """Give what has come of a body; raises `ClientDisconnect`."""
    if message["type"] == "http.disconnect":
        raise ClientDisconnect
    return message.get("body", b"")


async def _pieces(receive: Receive) -> AsyncIterator[bytes]:
    more = True
    while more:
        message = await receive()
        yield _piece(message)
        more = message.get("more_body", False)


async def _chunks(asked: Incoming, limits: Limits, over: Over) -> AsyncIterator[bytes]:
    """Give the body as it comes, inflated."""
    told = asked.get(b"content-length") or ""
    sent = int(told) if told.isdecimal() and len(told) <= _MOST_DIGITS else 0
    count = _Count(limits, over)
    count.check(sent)
    reader = _reader(asked.joined(b"content-encoding") or "")
    raw = 0
    async for chunk in _pieces(asked.receive):
        raw += len(chunk)
        count.check(raw)
        for piece in reader.inflate(chunk):
            count.add(len(piece))
            yield piece
    reader.end()


_MOST_DIGITS = 18


class _Count:
    """Counts bytes against the limit, and tells only once of what goes beyond it."""

    def __init__(self, limits: Limits, over: Over) -> None:
        self._limits, self._over = limits, over
        self._bytes = 0
        self._told = False

    def add(self, number: int) -> None:
        """Count some more."""
        self._bytes += number
        self.check(self._bytes)

    def check(self, number: int) -> None:
        """Hold a number against the limit."""
        self._limits.check("body_bytes", number, self._tell_once)
        if number > _MOST_BYTES:
            self._limits.refuse("body_bytes", number, _MOST_BYTES, self._over)

    def _tell_once(self, name: str, mode: Mode) -> None:
        if not self._told:
            self._over(name, mode)
        self._told = True


class _Plain:
    """A body that is sent as it is."""

    def inflate(self, chunk: bytes) -> Iterator[bytes]:
        """Give what has come."""
        yield chunk

    def end(self) -> None:
        """Have nothing left to read."""


class _Deflated:
    """A body that is inflated piece by piece."""

    def __init__(self, window: int) -> None:
        self._zlib = zlib.decompressobj(window)

    def inflate(self, chunk: bytes) -> Iterator[bytes]:
        """Inflate what has come, a little at a time; raises a `Refusal`."""
        while chunk:
            try:
                piece = self._zlib.decompress(chunk, _CHUNK_BYTES)
            except zlib.error:
                raise Refusal(400, _BROKEN) from None
            if self._zlib.unused_data:
                raise Refusal(400, _BROKEN)
            yield piece
            chunk = self._zlib.unconsumed_tail

    def end(self) -> None:
        """See that it was whole; raises a `Refusal`."""
        if not self._zlib.eof:
            raise Refusal(400, _BROKEN)


_BROKEN = "The body of the request cannot be inflated."


def _reader(encoding: str) -> _Plain | _Deflated:
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return _Plain()
    if name not in _WINDOW:
        # RFC 9110, 15.5.16: the answer says what would have been taken.
        known = {"Accept-Encoding": "gzip, deflate"}
        raise Refusal(415, "A body may be compressed by `gzip` or `deflate`.", headers=known)
    return _Deflated(_WINDOW[name])
