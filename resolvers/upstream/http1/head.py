"""The head of a request as bytes, of which only what differs is put in each time."""

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlencode

import httpx

from resolvers.upstream.wire import USER_AGENT, Request, WireError

# A path that goes as it is; any other is left to httpx to write.
_PLAIN = re.compile(r"/[\w.~!$&'()*+,;=:@/-]*(?:%[0-9A-Fa-f]{2}[\w.~!$&'()*+,;=:@/-]*)*", re.ASCII)
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_PRINTABLE = bytes(range(0x20, 0x7F))
# They say where a request ends, and that is said here alone.
_FRAMING = {"content-length", "transfer-encoding", "connection", "host", "te", "upgrade"}
_HAVE_A_BODY = {"POST", "PUT", "PATCH"}
_MOST_TEMPLATES = 256

# The same parameters come again and again: of a page, of a filter, of credentials.
_encoded = lru_cache(maxsize=512)(urlencode)


class Heads:
    """Writes the heads of requests to one origin."""

    def __init__(self, host: str) -> None:
        """Take the host as it stands in the header: with the port, unless it is the usual one."""
        self._host = host
        self._templates: dict[tuple[object, ...], tuple[str, bytes]] = {}

    def write(self, request: Request, path: str) -> bytes:
        """Give the request's bytes; raises `WireError` if it cannot be written."""
        headers, body = request.headers, request.body
        key = (request.method, not body, *headers)
        template, ends = self._templates.get(key) or self._made(key, request)
        values = (_target(path, request), *headers.values())
        try:
            head = (template % ((*values, len(body)) if body else values)).encode("ascii")
        except UnicodeError:
            head = b""
        # What is neither printable nor the end of a line of ours could begin a line of its own.
        if head.translate(None, _PRINTABLE) != ends:
            raise unwritable()
        return head + body if body else head

    def _made(self, key: tuple[object, ...], request: Request) -> tuple[str, bytes]:
        if len(self._templates) >= _MOST_TEMPLATES:
            self._templates.clear()
        lines = _lines(request.method, self._host, request.headers, has_body=bool(request.body))
        made = "\r\n".join([*lines, "", ""]), b"\r\n" * (len(lines) + 1)
        self._templates[key] = made
        return made


def unwritable() -> WireError:
    """Give the error for what cannot stand in a request, and so was not sent."""
    return WireError("the request cannot be written", sent=False)


def _lines(method: str, host: str, headers: Mapping[str, str], *, has_body: bool) -> list[str]:
    names = {name.lower() for name in headers}
    if not all(map(_TOKEN.fullmatch, (method, *names))) or names & _FRAMING:
        raise unwritable()
    usual = {"accept": "*/*", "accept-encoding": "gzip", "user-agent": USER_AGENT}
    lines = [f"host: {host}", "connection: keep-alive"]
    lines += [f"{name}: {value}" for name, value in usual.items() if name not in names]
    if not has_body and method in _HAVE_A_BODY:
        lines.append("content-length: 0")
    fixed = [line.replace("%", "%%") for line in (f"{method} ", *lines)]
    slots = [name.replace("%", "%%") + ": %s" for name in headers]
    first = f"{fixed[0]}%s HTTP/1.1"
    return [first, *fixed[1:], *slots, *(["content-length: %d"] if has_body else [])]


def _target(path: str, request: Request) -> str:
    try:
        query = f"?{_encoded(request.query)}" if request.query else ""
        # httpx takes steps up and down out of a path, and quotes what may not stand in one.
        if "/." in path or not _PLAIN.fullmatch(path):
            return httpx.URL(f"http://host{path}{query}").raw_path.decode("ascii")
    except (UnicodeError, httpx.InvalidURL):
        # Raised here, it would hold that one, which holds the URL.
        path = query = "\n"
    return path + query
