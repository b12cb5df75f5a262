"""What carries bytes, over real HTTP."""

import asyncio
import gzip
import socket
import tracemalloc
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolvers.upstream.wire import Request, TooLarge, TooSlow, Wire, WireError
from resolvers.upstream.wires import open_wire
from tests.resolvers.upstream.wire.ways import Way
from tests.resolvers.wild_server import (
    Act,
    WildServer,
    answer,
    drop,
    flood,
    halve,
    hang,
    until,
    wild_server,
)

MEGABYTE = 1 << 20


class Sticky(BaseHTTPRequestHandler):
    """Sets a cookie, and answers with those it got."""

    def do_GET(self) -> None:
        """Answer."""
        body = (self.headers.get("Cookie") or "").encode()
        self.send_response(302 if self.path == "/away" else 200)
        self.send_header("Set-Cookie", "session=of-another; Path=/")
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Generator[str]:
    """Run a platform that sets cookies."""
    with HTTPServer(("127.0.0.1", 0), Sticky) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


async def test_a_cookie_of_one_connection_never_goes_with_another(wire: Wire) -> None:
    """They share the wire, and a platform may know its tenants by cookie."""
    with serving() as url:
        await wire.send(Request("GET", f"{url}/", headers={"Authorization": "one"}))
        answer = await wire.send(Request("GET", f"{url}/", headers={"Authorization": "other"}))

    assert answer.body == b""


async def test_a_redirect_is_an_answer_and_is_not_followed(wire: Wire) -> None:
    """Credentials would follow it to wherever it leads."""
    with serving() as url:
        answer = await wire.send(Request("GET", f"{url}/away"))

    assert answer.status == 302


async def test_what_nobody_answers_was_not_sent_and_tells_no_address(wire: Wire) -> None:
    """So that it may be sent again."""
    with pytest.raises(WireError) as caught:
        await wire.send(Request("GET", "http://127.0.0.1:9/secret", query=(("key", "planted"),)))

    assert not caught.value.sent
    assert "127.0.0.1" not in str(caught.value)
    assert everything_behind(caught.value) == [caught.value]


def everything_behind(error: BaseException) -> list[BaseException]:
    """List an error with all that led to it, whether it is shown or not."""
    chain: list[BaseException] = []
    following: BaseException | None = error
    while following is not None:
        chain.append(following)
        following = following.__cause__ or following.__context__
    return chain


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        (drop, WireError),
        (halve, WireError),
        (hang, TooSlow),
        (answer(body=b"not gzip", content_encoding="gzip"), WireError),
        (answer(body=gzip.compress(b"cut")[:-9], content_encoding="gzip"), WireError),
    ],
    ids=["dropped", "halved", "silent", "garbled", "cut"],
)
async def test_an_answer_that_does_not_come_whole_drags_no_secret_along(
    wire: Wire, wild: WildServer, act: Act, kind: type[WireError]
) -> None:
    """Httpx's errors hold the request, and that the credentials in its URL and headers."""
    wild.will(act)
    request = Request("GET", f"{wild.url}/", query=(("key", "planted"),), timeout=0.3)
    with pytest.raises(WireError) as caught:
        await wire.send(request)

    assert type(caught.value) is kind
    assert caught.value.sent
    assert everything_behind(caught.value) == [caught.value]
    assert "planted" not in repr(request)


@settings(max_examples=30)
@given(body=st.binary(max_size=1 << 12))
async def test_a_packed_answer_is_unpacked(way: Way, body: bytes) -> None:
    """Platforms pack what is large."""
    wire = open_wire(way.wire)
    async with wild_server() as wild:
        wild.will(answer(body=gzip.compress(body), content_encoding="GZIP"))
        response = await wire.send(Request("GET", f"{wild.url}/"))
        await wire.close()

    assert response.body == body
    assert wild.requests[0].headers["accept-encoding"] == "gzip"


BODY = b"x" * 1000
PACKED = pytest.mark.parametrize(
    "act",
    [answer(201, BODY), answer(201, gzip.compress(BODY), content_encoding="gzip")],
    ids=["plain", "packed"],
)


@PACKED
async def test_an_answer_as_long_as_may_be_is_read(wire: Wire, wild: WildServer, act: Act) -> None:
    """To its last byte."""
    wild.will(act)
    response = await wire.send(Request("GET", f"{wild.url}/", most_bytes=len(BODY)))

    assert response.body == BODY


@PACKED
async def test_of_an_answer_that_is_too_long_the_status_is_known(
    wire: Wire, wild: WildServer, act: Act
) -> None:
    """By which a write is known to be done, for instance."""
    wild.will(act)
    with pytest.raises(TooLarge) as caught:
        await wire.send(Request("GET", f"{wild.url}/", most_bytes=len(BODY) - 1))

    assert caught.value.status == 201


async def test_a_flood_is_not_taken_in(wire: Wire, wild: WildServer) -> None:
    """Of a hundred megabytes as many are read as may be kept, and what sockets hold besides."""
    taken: list[int] = []
    wild.will(flood(100, taken))
    with pytest.raises(TooLarge):
        await wire.send(Request("GET", f"{wild.url}/", most_bytes=MEGABYTE))
    await until(lambda: wild.open == 0)

    assert sum(taken) < 20 * MEGABYTE


async def test_a_little_that_unpacks_to_very_much_does_not_fill_the_memory(
    wire: Wire, wild: WildServer
) -> None:
    """A hundred megabytes of nothing are a hundred kilobytes when packed."""
    packer = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    packed = b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(100)) + packer.flush()
    wild.will(answer(body=packed, content_encoding="gzip"))
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge):
            await wire.send(Request("GET", f"{wild.url}/", most_bytes=MEGABYTE))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert len(packed) < MEGABYTE
    assert peak < 10 * MEGABYTE


async def test_who_is_not_reached_in_time_was_sent_nothing(wire: Wire) -> None:
    """A platform behind a wall that lets nothing through: a write was certainly not done."""
    with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
        listener.bind(("127.0.0.1", 0))
        # The place for those who wait to be let in is one, and is taken.
        listener.listen(0)
        for waiting in (first, second):
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        with pytest.raises(TooSlow) as caught:
            async with asyncio.timeout(2.0):
                await wire.send(Request("POST", url, timeout=2.0))

    assert not caught.value.sent
    assert everything_behind(caught.value) == [caught.value]


async def test_a_request_that_is_given_up_is_seen_to_be(wire: Wire, wild: WildServer) -> None:
    """Its socket is closed, and does not hold up the next."""
    wild.will(hang)
    sending = asyncio.create_task(wire.send(Request("GET", f"{wild.url}/")))
    await until(lambda: wild.requests)
    sending.cancel()
    await until(lambda: wild.given_up)
    response = await wire.send(Request("GET", f"{wild.url}/"))

    assert response.status == 200
    assert sending.cancelled()
