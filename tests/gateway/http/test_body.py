"""How a body is received: so much of it, in so much time, compressed or not."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncGenerator, Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import ClientDisconnect
from starlette.types import Message

from gateway.http.body import received
from gateway.http.incoming import Incoming
from gateway.http.refusal import Refusal
from schema.limits.limit import LimitExceeded, Mode
from schema.limits.limits import Limits
from tests.gateway.http.asking import Told


def request(
    chunks: Iterable[bytes], headers: Sequence[tuple[bytes, bytes]] = (), *, ends: bool = True
) -> Incoming:
    """Make a request whose body comes in these pieces; if it does not end, its client leaves."""
    messages: list[Message] = [
        {"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks
    ]
    messages.append({"type": "http.request", "body": b""} if ends else {"type": "http.disconnect"})

    async def receive() -> Message:
        return messages.pop(0)

    scope = {"type": "http", "method": "POST", "headers": list(headers)}
    return Incoming(scope, receive)


def compressed(encoding: bytes) -> list[tuple[bytes, bytes]]:
    """Give the header for a compressed body."""
    return [(b"content-encoding", encoding)]


def limits(**given: object) -> Limits:
    """Make limits, the others being as usual."""
    return Limits.model_validate(given)


async def read(asked: Incoming, **given: object) -> tuple[bytes, list[tuple[str, Mode]]]:
    """Receive a body, and tell which limits it went beyond."""
    told = Told()
    return await received(asked, limits(**given), told), told.of


@given(
    st.lists(st.binary(max_size=50), max_size=8), st.sampled_from([b"", b"identity", b"IDENTITY"])
)
def test_a_body_is_what_was_sent(chunks: list[bytes], encoding: bytes) -> None:
    """In how many pieces ever."""
    found, told = asyncio.run(read(request(chunks, compressed(encoding) if encoding else [])))

    assert found == b"".join(chunks)
    assert told == []


@given(
    st.lists(st.binary(min_size=1, max_size=300), max_size=5),
    st.integers(1, 3_000),
    st.integers(1, 40),
    st.sampled_from([b"gzip", b"x-gzip", b"deflate", b" GZip "]),
)
def test_a_compressed_body_is_inflated(
    parts: list[bytes], times: int, size: int, encoding: bytes
) -> None:
    """Wherever its pieces are cut."""
    body = b"".join(parts) * times
    packed = zlib.compress(body) if encoding == b"deflate" else gzip.compress(body)
    pieces = [packed[at : at + size] for at in range(0, len(packed), size)]

    found, told = asyncio.run(read(request(pieces, compressed(encoding)), body_bytes="off"))

    assert found == body
    assert told == []


@pytest.mark.parametrize(
    "encoding", [b"br", b"zstd", b"gzip, gzip", b"gzip,deflate", b"compress", b"*", b"gzip;q=1"]
)
async def test_another_compression_is_refused_with_those_there_are(encoding: bytes) -> None:
    """RFC 9110, 15.5.16."""
    with pytest.raises(Refusal) as refused:
        await read(request([b"{}"], compressed(encoding)))

    assert refused.value.status == 415
    assert refused.value.headers == {"Accept-Encoding": "gzip, deflate"}


async def test_a_body_that_says_twice_how_it_is_compressed_is_refused() -> None:
    """On two lines, it is compressed twice."""
    with pytest.raises(Refusal) as refused:
        await read(request([gzip.compress(b"{}")], compressed(b"gzip") * 2))

    assert refused.value.status == 415


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        gzip.compress(b"{}")[:-1],
        gzip.compress(b"{}") + b"x",
        gzip.compress(b"{}") + gzip.compress(b"{}"),
        zlib.compress(b"{}"),
        gzip.compress(b"{}")[:-8] + b"\0" * 8,
    ],
    ids=["empty", "plain", "cut off", "too long", "two", "of another kind", "of another sum"],
)
async def test_a_body_that_cannot_be_inflated_is_refused(body: bytes) -> None:
    """As are those that say one thing and are another."""
    with pytest.raises(Refusal) as refused:
        await read(request([body], compressed(b"gzip")))

    assert refused.value.status == 400


@pytest.mark.parametrize("encoding", [b"", b"gzip"])
async def test_a_body_is_as_long_as_it_may_be(encoding: bytes) -> None:
    """Exactly at the limit it is read, and one byte beyond it is not."""
    body = b"x" * 100_000
    sent = gzip.compress(body) if encoding else body
    asked = compressed(encoding) if encoding else []

    assert await read(request([sent], asked), body_bytes=100_000) == (body, [])
    with pytest.raises(LimitExceeded) as over:
        await read(request([sent], asked), body_bytes=99_999)
    assert over.value.limit == "body_bytes"
    assert over.value.value == 100_000


async def test_a_bomb_is_inflated_no_further_than_to_the_limit() -> None:
    """What is beyond it is never there at once."""
    bomb = gzip.compress(b" " * 10_000_000)

    with pytest.raises(LimitExceeded) as over:
        await read(request([bomb], compressed(b"gzip")))

    assert over.value.value <= 1_000_000 + 64 * 1024


async def test_a_body_that_says_that_it_is_too_long_is_not_read() -> None:
    """Nothing of it is waited for."""
    with pytest.raises(LimitExceeded) as over:
        await received(request([], [(b"content-length", b"1000001")]), limits(), Told())

    assert over.value.value == 1_000_001


@pytest.mark.parametrize("told", [b"5", b"", b"-1", b"many", b"9" * 30, b"0x10", b"1_0"])
async def test_a_body_is_counted_whatever_it_says_of_its_length(told: bytes) -> None:
    """A length that is wrong hides nothing."""
    asked = request([b"x" * 60, b"x" * 60], [(b"content-length", told)])

    with pytest.raises(LimitExceeded):
        await read(asked, body_bytes=100)


async def test_a_limit_that_is_measured_lets_through_and_is_told_once() -> None:
    """However many pieces are beyond it, as sent and as inflated."""
    packed = gzip.compress(b"x" * 300_000)
    headers = [*compressed(b"gzip"), (b"content-length", b"%d" % len(packed))]
    asked = request([packed[:100], packed[100:]], headers)

    found, told = await read(asked, body_bytes="measure 10")

    assert len(found) == 300_000
    assert told == [("body_bytes", Mode.MEASURE)]


@pytest.mark.parametrize("mode", ["measure 10", "off", 999_999_999_999])
async def test_no_body_is_longer_than_what_a_gateway_can_hold(mode: object) -> None:
    """Whatever the limits are: a bomb that is only measured still goes off."""
    told, asked = Told(), request([], [(b"content-length", b"100000001")])
    with pytest.raises(LimitExceeded) as over:
        await received(asked, limits(body_bytes=mode), told)

    assert over.value.most == 100_000_000
    assert told.of[-1] == ("body_bytes", Mode.ENFORCE)


async def test_who_leaves_while_the_body_is_read_is_not_waited_for() -> None:
    """Nor is what has come taken for all."""
    with pytest.raises(ClientDisconnect):
        await read(request([b"{}"], ends=False))


async def slowly(first: bytes = b"{}") -> AsyncGenerator[bytes]:
    """Give the first piece of a body, and nothing more."""
    yield first
    await asyncio.Event().wait()


async def test_a_body_that_never_ends_is_waited_for_no_longer_than_the_limit() -> None:
    """Otherwise a few clients could hold every connection."""
    chunks = slowly()

    async def receive() -> Message:
        return {"type": "http.request", "body": await anext(chunks), "more_body": True}

    told = Told()
    asked = Incoming({"method": "POST", "headers": []}, receive)
    with pytest.raises(LimitExceeded) as over:
        await received(asked, limits(receive_seconds=0.01), told)

    assert (over.value.limit, over.value.most) == ("receive_seconds", 0.01)
    assert over.value.value >= 0.01
    assert told.of == [("receive_seconds", Mode.ENFORCE)]


@pytest.mark.parametrize(("mode", "tells"), [("measure 0", True), ("off", False)])
async def test_a_slow_body_is_only_told_of_where_the_limit_is_measured(
    mode: str, tells: bool
) -> None:
    """And is read all the same."""
    found, told = await read(request([b"{}"]), receive_seconds=mode)

    assert found == b"{}"
    assert told == ([("receive_seconds", Mode.MEASURE)] if tells else [])
