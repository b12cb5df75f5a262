"""What happens on a connection: to requests that are too large or too slow, and to those after."""

import asyncio
import json
import socket
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from uvicorn import Server

from gateway import app
from gateway.http.protocol import MOST_BYTES
from gateway.serve import configured
from gateway.settings import Given
from tests.gateway.http.asking import ANSWERED, ASKED, CONNECTIONS

PATIENCE = 30
BODY = json.dumps(ASKED).encode()
TYPED = b"Host: gateway\r\nContent-Type: application/json\r\n"
POST = b"POST /graphql HTTP/1.1\r\n" + TYPED
WHOLE = POST + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY
LIMITS = {"body_bytes": 300_000, "receive_seconds": 0.2}


@pytest.fixture(scope="module")
async def port() -> AsyncGenerator[int]:
    """The port of a gateway that is served as always."""
    given: dict[str, Any] = {"connections": CONNECTIONS, "limits": LIMITS, "log_level": "error"}
    settings = Given(**given)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(configured(settings, app.create(settings)))
        serving = asyncio.create_task(server.serve([listener]))
        yield listener.getsockname()[1]
        server.should_exit = True
        await serving


class Line:
    """A connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def send(self, data: bytes) -> None:
        """Send as far as anybody reads."""
        try:
            self._writer.write(data)
            await self._writer.drain()
        except ConnectionError:
            pass

    async def answer(self, *, has_body: bool = True) -> tuple[int, dict[str, str], bytes]:
        """Read one answer; a status of 0 is a connection that ended without."""
        try:
            async with asyncio.timeout(PATIENCE):
                head = (await self._reader.readuntil(b"\r\n\r\n")).decode()
                first, *lines = head.strip().split("\r\n")
                pairs = (line.split(": ", 1) for line in lines)
                headers = {name.lower(): value for name, value in pairs}
                length = int(headers["content-length"]) if has_body else 0
                return int(first.split()[1]), headers, await self._reader.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionError):
            return 0, {}, b""

    async def has_ended(self) -> bool:
        """Wait until the other side has closed."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._reader.read() == b""
        except ConnectionError:
            return True

    async def close(self) -> None:
        """Close it."""
        self._writer.close()


@pytest.fixture
async def line(port: int) -> AsyncGenerator[Line]:
    """A connection to the gateway."""
    line = Line(*await asyncio.open_connection("127.0.0.1", port))
    yield line
    await line.close()


async def test_many_requests_come_over_one_connection(line: Line) -> None:
    """However much they are together."""
    padded = BODY + b" " * 200_000
    large = POST + b"Content-Length: %d\r\n\r\n" % len(padded) + padded
    chunked = POST + b"Transfer-Encoding: chunked\r\n\r\n"
    pieces = b"".join(b"1\r\n%c\r\n" % byte for byte in BODY)
    wide = POST + b"X-Wide: " + b"x" * 60_000 + b"\r\n"
    requests = [
        WHOLE,
        large,
        chunked + pieces + b"0\r\n\r\n",
        wide + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY,
    ]
    for request in requests * 2:
        await line.send(request)
        status, _, body = await line.answer()
        assert (status, json.loads(body)) == (200, ANSWERED)


async def test_requests_may_be_sent_before_the_answers_are_there(line: Line) -> None:
    """They are answered in their order."""
    await line.send(WHOLE * 20)

    assert {(await line.answer())[0] for _ in range(20)} == {200}


@pytest.mark.parametrize(
    ("begin", "piece"),
    [
        (b"GET /graphql?query=", b"x" * 10_000),
        (POST + b"X-Long: ", b"x" * 10_000),
        (POST, b"X-Many: x\r\n" * 1_000),
        (b"GET /healthz HTTP/1.1\r\n" + b"X" * 10, b"X" * 10_000),
    ],
    ids=["address", "header", "headers", "name"],
)
async def test_a_head_without_end_is_not_kept(line: Line, begin: bytes, piece: bytes) -> None:
    """A few clients could fill the memory otherwise, without a key."""
    await line.send(WHOLE)
    assert (await line.answer())[0] == 200
    await line.send(begin)
    for _ in range(100):
        await line.send(piece)

    # Who goes on sending may find the connection gone before it has read why.
    assert (await line.answer())[0] in {431, 0}
    assert await line.has_ended()


async def test_a_head_that_is_too_large_is_told_so(line: Line) -> None:
    """To who stops there."""
    await line.send(POST + b"X-Long: ")
    for _ in range(5):
        await line.send(b"x" * MOST_BYTES)

    status, headers, _ = await line.answer()
    assert status in {431, 0}
    assert not status or headers["connection"] == "close"
    assert await line.has_ended()


@pytest.mark.parametrize("method", [b"GET", b"POST"])
async def test_a_head_that_is_too_large_is_not_answered_though_it_comes_at_once(
    line: Line, method: bytes
) -> None:
    """It is counted by what it says, however it is read."""
    lines = [b"%s /healthz HTTP/1.1" % method, b"Host: 127.0.0.1", b"X-Long: " + b"x" * MOST_BYTES]
    await line.send(b"\r\n".join([*lines, b"Content-Length: 2", b"", b"{}"]))

    status, _, _ = await line.answer()
    assert status in {431, 0}
    assert await line.has_ended()


async def test_trailers_without_end_are_not_kept(line: Line) -> None:
    """They stand behind the body, and belong to none of the limits of a body."""
    await line.send(POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n")
    for _ in range(100):
        await line.send(b"X-Many: x\r\n" * 1_000)

    assert await line.has_ended()


@pytest.mark.parametrize("coming", ["length", "chunks"])
async def test_a_body_that_is_too_large_ends_its_connection(line: Line, coming: str) -> None:
    """Once it is known, whether it is told or seen."""
    if coming == "length":
        await line.send(POST + b"Content-Length: 300001\r\n\r\n")
    else:
        await line.send(POST + b"Transfer-Encoding: chunked\r\n\r\n" + b"493e1\r\n")
        await line.send(b"x" * 300_001)
    status, headers, body = await line.answer()

    assert (status, headers["connection"]) == (413, "close")
    assert json.loads(body)["errors"][0]["extensions"]["limit"] == "body_bytes"
    assert await line.has_ended()


async def test_a_body_that_is_too_slow_ends_its_connection(line: Line) -> None:
    """Whatever it says of its length."""
    await line.send(POST + b"Content-Length: 100\r\n\r\n{")
    status, headers, body = await line.answer()

    assert (status, headers["connection"]) == (408, "close")
    assert json.loads(body)["errors"][0]["extensions"]["limit"] == "receive_seconds"
    assert await line.has_ended()


async def test_a_length_beside_chunks_is_refused(line: Line) -> None:
    """What stands in front may go by the other one."""
    await line.send(POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")

    assert (await line.answer())[0] == 400
    assert await line.has_ended()


@pytest.mark.parametrize(("path", "status"), [(b"/graphql", 405), (b"/healthz", 200)])
async def test_a_head_has_no_body(line: Line, path: bytes, status: int) -> None:
    """And the connection goes on after it (RFC 9110, 9.3.2)."""
    await line.send(b"HEAD %s HTTP/1.1\r\nHost: gateway\r\n\r\n" % path)
    assert (await line.answer(has_body=False))[0] == status
    await line.send(WHOLE)

    assert (await line.answer())[0] == 200
