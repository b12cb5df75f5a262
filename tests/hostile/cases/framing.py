"""HTTP that is told apart in two ways, or has no end: what smuggles one request within another."""

from tests.hostile.case import Case
from tests.hostile.exchange import CLOSED
from tests.hostile.writing import chunked, request

_BODY = b'{"query": "{ __typename }"}'
_HIDDEN = b"GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
_MEGABYTE = 1_000_000


def _unreadable(name: str, send: bytes) -> Case:
    """Send what is no HTTP: the server answers in place of the gateway."""
    return Case(name, send, 400, None)


def _too_large(name: str, send: bytes) -> Case:
    return Case(name, send, 431, None)


def _closed(name: str, send: bytes) -> Case:
    """Send what has no end while the gateway waits for it."""
    return Case(name, send, CLOSED, None)


def _coded(coding: str, *more: str) -> bytes:
    """Send a body in chunks, with another request where it ends for who does not see chunks."""
    lines = [f"Transfer-Encoding: {one}" for one in (coding, *more)]
    return request(lines=lines) + b"0\r\n\r\n" + _HIDDEN


def _long(length: str) -> bytes:
    return request(headers={"Content-Length": length}) + _BODY


LENGTHS = [
    _unreadable("a length has 30 digits", _long("9" * 30)),
    _unreadable("a length is negative", _long("-1")),
    _unreadable("a length has a plus", _long("+27")),
    _unreadable("a length is in hexadecimal", _long("0x1b")),
    _unreadable("a length is two in one", _long("27, 27")),
    _unreadable("a length is empty", _long("")),
    _unreadable("two lengths are told", request(_BODY, lines=["Content-Length: 3"])),
    _unreadable(
        "a length is told of a body in chunks",
        request(_BODY, lines=["Transfer-Encoding: chunked"]),
    ),
]

CODINGS = [
    _unreadable("a coding is nearly that of chunks", _coded("xchunked")),
    _unreadable("a coding stands behind that of chunks", _coded("chunked, identity")),
    _unreadable("two codings are told, chunks first", _coded("chunked", "identity")),
    _unreadable("a coding has a control character", _coded("\x0bchunked")),
    _unreadable(
        "a coding's name has a blank behind it", request(lines=["Transfer-Encoding : chunked"])
    ),
    _unreadable(
        "a chunk's size is no number", request(lines=["Transfer-Encoding: chunked"]) + b"zz\r\n"
    ),
    _unreadable(
        "a chunk has 2 to the 80 bytes",
        request(lines=["Transfer-Encoding: chunked"]) + b"f" * 20 + b"\r\n",
    ),
    _unreadable(
        "a chunk goes on behind its end",
        request(lines=["Transfer-Encoding: chunked"]) + b"1\r\nabc\r\n",
    ),
    _unreadable("a line ends with half of its end", request(_BODY).replace(b"\r\nHost", b"\rHost")),
]

ENDLESS = [
    _too_large("a header has 1 MB", request(_BODY, headers={"X-Long": "x" * _MEGABYTE})),
    _too_large("there are 50,000 headers", request(_BODY, lines=["X: y"] * 50_000)),
    _too_large("a header's name has 1 MB", request(_BODY, lines=["x" * _MEGABYTE + ": y"])),
    _closed(
        "a chunk has 1 MB of extensions",
        chunked([], end=b"1;" + b"e" * _MEGABYTE + b"\r\n \r\n0\r\n\r\n"),
    ),
    _closed(
        "behind a body are 1 MB of headers",
        chunked([_BODY], end=b"0\r\n" + b"X-Trailer: y\r\n" * 80_000 + b"\r\n"),
    ),
]

CASES = [*LENGTHS, *CODINGS, *ENDLESS]
