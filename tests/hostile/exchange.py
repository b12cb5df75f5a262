"""One request over a socket, and its answer, however early or late that comes."""

import json
import select
import socket
from dataclasses import dataclass
from http.client import HTTPResponse
from typing import Any, cast

PATIENCE_SECONDS = 30.0
"""Longer than any answer takes on a slow machine."""

CLOSED = 0
"""What stands in the place of a status where a connection is closed without an answer."""

_PIECE_BYTES = 64 * 1024


@dataclass(frozen=True)
class Reply:
    """An answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def error(self) -> dict[str, Any]:
        """Tell what the first error says of itself beside its message; none if there is none."""
        if not self.headers.get("content-type", "").split(";")[0].endswith("json"):
            return {}
        answer: Any = json.loads(self.body or b"{}")
        answers = cast("list[Any]", answer) if isinstance(answer, list) else [answer]
        found = [error for one in answers for error in _errors(one)]
        return found[0] if found else {}


def _errors(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Find the errors: of the whole, else in the payloads of mutations."""
    if "errors" in answer:
        return [error.get("extensions", {}) for error in answer["errors"]]
    data: dict[str, Any] = answer.get("data") or {}
    payloads = [cast("dict[str, Any]", one) for one in data.values() if isinstance(one, dict)]
    return [error for one in payloads for error in one.get("userErrors", [])]


def exchange(port: int, request: bytes) -> Reply:
    """Send a request as far as it is taken, and read the answer."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS) as connection:
        _send(connection, memoryview(request))
        answer = HTTPResponse(connection, method=request.split(b" ", 1)[0].decode())
        try:
            answer.begin()
        except ConnectionError:
            return Reply(CLOSED, {}, b"")
        headers = {name.lower(): value for name, value in answer.getheaders()}
        # Who speaks another protocol from here on sends no end.
        body = b"" if answer.status == 101 else answer.read()
        return Reply(answer.status, headers, body)


def _send(connection: socket.socket, rest: memoryview) -> None:
    while rest:
        answered, _, _ = select.select([connection], [connection], [], PATIENCE_SECONDS)
        if answered:
            return
        try:
            rest = rest[connection.send(rest[:_PIECE_BYTES]) :]
        except ConnectionError:
            return
