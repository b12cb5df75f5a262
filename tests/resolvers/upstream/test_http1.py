"""What our own HTTP/1.1 reads and writes, beside what httpx does."""

import tracemalloc
from contextlib import suppress
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.upstream.http1.answer import Answer
from resolvers.upstream.http1.head import Heads
from resolvers.upstream.http1.origin import origin_of
from resolvers.upstream.http1.pool import Pool
from resolvers.upstream.native_wire import NativeWire
from resolvers.upstream.wire import Request, Response, WireError
from tests.resolvers.wild_server import Exchange, answer, hang, until, wild_server

MEGABYTE = 1 << 20
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"3\r\none\r\n4;with=more\r\n two\r\n0\r\nTrailer: late\r\n\r\n"
)
HINTED = b"HTTP/1.1 103 Hints\r\nLink: </a>\r\n\r\n" + CHUNKED


@given(cuts=st.lists(st.integers(1, 20), min_size=1), data=st.sampled_from([CHUNKED, HINTED]))
def test_in_whatever_pieces_an_answer_comes_it_is_the_same(cuts: list[int], data: bytes) -> None:
    """The network cuts where it will."""
    reading, found = Answer(), list[Response | None]()
    reading.expect(100, has_body=True)
    for turn in range(len(data)):
        if not data:
            break
        size = cuts[turn % len(cuts)]
        found.append(reading.feed(data[:size]))
        data = data[size:]
    reading.close()

    assert found.pop() == Response(200, {"transfer-encoding": "chunked"}, b"one two")
    assert not any(found)
    assert reading.keeps


@given(data=st.binary(max_size=200))
def test_whatever_comes_is_an_answer_or_an_error_and_nothing_else(data: bytes) -> None:
    """A platform may be anybody by the time it answers."""
    reading = Answer()
    reading.expect(100, has_body=True)
    with suppress(WireError):
        reading.feed(b"HTTP/1.1 200 OK\r\n" + data)
        ended = reading.end()
        assert ended is None or ended.status == 200
    reading.close()


def written(request: Request, path: str = "/") -> bytes | None:
    """Give the head of a request, or None if it cannot be written."""
    try:
        return Heads("host").write(request, path)
    except WireError:
        return None


def test_a_body_in_very_small_parts_takes_no_more_memory_than_a_whole_one() -> None:
    """Or a platform could fill it with what is allowed."""
    reading = Answer()
    reading.expect(MEGABYTE, has_body=True)
    reading.feed(CHUNKED.partition(b"3\r\n")[0])
    part = b"2\r\nab\r\n" * 1024
    tracemalloc.start()
    try:
        for _ in range(MEGABYTE // 2048):
            assert reading.feed(part) is None
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    reading.close()

    assert peak < 3 * MEGABYTE


ANYTHING = st.text(max_size=20)


@given(path=ANYTHING, query=st.lists(st.tuples(ANYTHING, ANYTHING), max_size=3))
def test_a_target_is_written_as_httpx_writes_it(path: str, query: list[tuple[str, str]]) -> None:
    """Whatever the keys in it are: which wire it is makes no difference to a platform."""
    head = written(Request("GET", "", query=tuple(query)), f"/{path}")
    expected: bytes | None
    try:
        url = f"http://host/{path}"
        expected = httpx.URL(f"{url}?{urlencode(query)}" if query else url).raw_path
    except (httpx.InvalidURL, UnicodeError):
        expected = None

    assert (head and head.split(b" ")[1]) == expected
    assert head is None or head.count(b"\n") == 7


@given(value=st.text(max_size=10) | st.text(st.characters(max_codepoint=127)))
def test_a_value_is_written_as_one_line_or_not_at_all(value: str) -> None:
    """What callers give cannot add a header, nor a second request."""
    head = written(Request("GET", "", headers={"x-one": value}))

    assert (head is not None) is (value.isascii() and value.isprintable())
    assert head is None or head.endswith(f"x-one: {value}\r\n\r\n".encode())
    assert head is None or head.count(b"\n") == 8


def test_what_says_where_a_request_ends_is_not_taken_from_anybody() -> None:
    """Two lengths are two requests to some servers."""
    for name in ("Content-Length", "transfer-encoding", "Host", "Connection"):
        assert written(Request("POST", "", headers={name: "1"}, body=b"x")) is None


async def test_an_answer_that_nobody_asked_for_is_nobodys() -> None:
    """Two come to one question, the second of which would answer the next."""

    async def answers_twice(exchange: Exchange) -> None:
        await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none" * 2)

    wire = NativeWire()
    async with wild_server() as wild:
        wild.will(answers_twice, answer(body=b"other"))
        responses = [await wire.send(Request("GET", f"{wild.url}/")) for _ in range(2)]
        await wire.close()

    assert [response.body for response in responses] == [b"one", b"other"]
    assert wild.requests[0].writer is not wild.requests[1].writer


async def test_each_part_of_an_answer_has_its_own_time() -> None:
    """A long answer comes for as long as it takes, and silence in it is what is not waited for."""

    async def begins(exchange: Exchange) -> None:
        await exchange.send(CHUNKED[:60])
        await hang(exchange)

    pool = Pool(1)
    async with wild_server() as wild:
        wild.will(begins)
        origin, request = origin_of(wild.url), Request("GET", wild.url)
        assert origin is not None
        socket = await pool.open(origin, 5)
        answered = socket.ask(origin.heads.write(request, "/"), request)
        began = socket.deadline
        await until(lambda: socket.deadline > began)
        socket.abort()
        with pytest.raises(WireError):
            await answered
        await pool.close()
