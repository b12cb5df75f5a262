"""How an answer is read, however it is framed and in whatever pieces it comes."""

import asyncio
from contextlib import closing

import pytest

from resolvers.upstream.wire import Request, Wire, WireError
from tests.resolvers.wild_server import Act, Exchange, WildServer, answer, until

NO_BODY = b"content-length: 0\r\n\r\n"


def raw(data: bytes, *, closes: bool = False) -> Act:
    """Answer with bytes as they are."""

    async def act(exchange: Exchange) -> None:
        await exchange.send(data)
        if closes:
            exchange.writer.close()
            await exchange.reader.read()

    return act


def text(status: str, *lines: str, body: str = "") -> bytes:
    """Write an answer."""
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", body]).encode("latin-1")


CHUNKS = "3\r\none\r\n4;with=more\r\n two\r\n0\r\n\r\n"
CHUNKED = text("200 OK", "Transfer-Encoding: chunked", body=CHUNKS)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (CHUNKED, b"one two"),
        (text("200", "content-length: 3", body="one"), b"one"),
        (text("200 OK", "Content-Length: 0"), b""),
        (text("204 No Content"), b""),
        (text("304 Not Modified", "Content-Length: 100"), b""),
        (text("103 Early Hints", "Link: </a>") + CHUNKED, b"one two"),
        (text("100 Continue") + text("102 Processing") + CHUNKED, b"one two"),
    ],
    ids=["chunked", "counted", "empty", "204", "304", "hinted", "interim"],
)
async def test_an_answer_ends_where_it_says_and_its_socket_is_used_again(
    wire: Wire, wild: WildServer, data: bytes, expected: bytes
) -> None:
    """Nothing of it is left over for the next."""
    wild.will(raw(data), answer(body=b"next"))
    first = await wire.send(Request("GET", f"{wild.url}/"))
    second = await wire.send(Request("GET", f"{wild.url}/"))

    assert (first.body, second.body) == (expected, b"next")
    assert wild.requests[0].writer is wild.requests[1].writer
    assert "link" not in first.headers


@pytest.mark.parametrize(
    "lines",
    [["Content-Length: 5"], ["Content-Length: 0"], ["Transfer-Encoding: chunked"]],
    ids=["counted", "empty", "chunked"],
)
async def test_the_answer_to_a_head_has_no_body_whatever_it_says(
    wire: Wire, wild: WildServer, lines: list[str]
) -> None:
    """By its length a list is counted, for instance."""
    wild.will(raw(text("200 OK", *lines)), answer(body=b"next"))
    first = await wire.send(Request("HEAD", f"{wild.url}/"))
    second = await wire.send(Request("GET", f"{wild.url}/"))

    assert (first.status, first.body) == (200, b"")
    assert second.body == b"next"


@pytest.mark.parametrize("status", ["200 OK", "404 Not Found"])
async def test_an_answer_without_a_length_ends_with_its_connection(
    wire: Wire, wild: WildServer, status: str
) -> None:
    """As those of old servers do."""
    wild.will(raw(text(status, "Content-Type: text/plain", body="all of it"), closes=True))
    response = await wire.send(Request("GET", f"{wild.url}/"))

    assert response.body == b"all of it"
    assert response.headers == {"content-type": "text/plain"}


@pytest.mark.parametrize(
    "data",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 999999 What\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnone\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * (1 << 20),
        b"".join([b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n"] * (1 << 17)]),
        b"",
        CHUNKED[:-3],
    ],
    ids=[
        "other",
        "status",
        "length",
        "lengths",
        "chunk",
        "encoding",
        "header",
        "long",
        "many",
        "none",
        "cut",
    ],
)
async def test_what_is_no_answer_is_an_error_and_its_socket_is_closed(
    wire: Wire, wild: WildServer, data: bytes
) -> None:
    """What follows could be taken for the answer to somebody else's question."""
    wild.will(raw(data, closes=len(data) < 100))
    with pytest.raises(WireError) as caught:
        await wire.send(Request("GET", f"{wild.url}/"))
    await until(lambda: wild.open == 0)

    assert type(caught.value) is WireError
    assert caught.value.sent
    assert caught.value.__context__ is None


async def test_an_answer_that_comes_later_and_unasked_is_nobodys(
    wire: Wire, wild: WildServer
) -> None:
    """As when a server says of an idle socket that it has waited long enough."""
    wild.will(answer(body=b"one"), answer(body=b"other"))
    await wire.send(Request("GET", f"{wild.url}/"))
    await wild.requests[0].send(text("408 Request Timeout", "content-length: 0"))
    response = await wire.send(Request("GET", f"{wild.url}/"))

    assert response.status == 200
    assert wild.requests[0].writer is not wild.requests[1].writer


async def test_headers_have_lower_case_and_those_that_come_again_are_joined(
    wire: Wire, wild: WildServer
) -> None:
    """So that each is found by one name."""
    lines = ["X-One: a", "Empty:", "x-one:  b ", "Bytes: \xc3\xa9", "Content-Length: 0"]
    wild.will(raw(text("200 OK", *lines)))
    response = await wire.send(Request("GET", f"{wild.url}/"))

    assert response.headers == {
        "x-one": "a, b",
        "empty": "",
        "bytes": "\xe9",
        "content-length": "0",
    }


async def test_a_header_of_any_bytes_is_read(wire: Wire, wild: WildServer) -> None:
    """Not every server knows of UTF-8."""
    wild.will(raw(text("200 OK", "Bytes: \xe9", "Content-Length: 0")))
    response = await wire.send(Request("GET", f"{wild.url}/"))

    assert response.headers["bytes"] == "\xe9"


async def test_a_socket_that_is_said_to_end_is_not_used_again(wire: Wire, wild: WildServer) -> None:
    """Whatever was sent on it would be lost."""
    wild.will(answer(connection="close"), answer(body=b"next"))
    await wire.send(Request("GET", f"{wild.url}/"))
    response = await wire.send(Request("GET", f"{wild.url}/"))

    assert response.body == b"next"
    assert wild.requests[0].writer is not wild.requests[1].writer


@pytest.mark.parametrize("status", [400, 413])
async def test_an_answer_before_all_is_sent_is_the_answer(wire: Wire, status: int) -> None:
    """As a server refuses what is too large."""

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(text(f"{status} No", "content-length: 2", body="no"))
        await reader.read()
        writer.close()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    with closing(server):
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        sending = wire.send(Request("PUT", url, body=b"x" * 100_000, timeout=5))
        response = await sending

    assert (response.status, response.body) == (status, b"no")
