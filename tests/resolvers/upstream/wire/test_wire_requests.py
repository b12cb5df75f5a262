"""What is written: the same by every wire, and nothing that callers could add to."""

from dataclasses import replace

import pytest

from resolvers.upstream.wire import Request, Wire, WireError
from tests.resolvers.wild_server import WildServer, until


@pytest.mark.parametrize(
    ("method", "body", "length"),
    [
        ("GET", None, None),
        ("DELETE", None, None),
        ("POST", None, "0"),
        ("PUT", b"", "0"),
        ("PATCH", b'{"a": 1}', "8"),
        ("DELETE", b"{}", "2"),
        ("POST", b"x" * 3_000_000, "3000000"),
    ],
)
async def test_a_body_goes_with_its_length(
    wire: Wire, wild: WildServer, method: str, body: bytes | None, length: str | None
) -> None:
    """A server waits for what it is told of, and some for being told that there is none."""
    await wire.send(Request(method, f"{wild.url}/", body=body))
    (got,) = wild.requests

    assert (got.method, got.body) == (method, body or b"")
    assert got.headers.get("content-length") == length
    assert "transfer-encoding" not in got.headers


async def test_every_wire_sends_the_same_headers(wire: Wire, wild: WildServer) -> None:
    """Which one it is makes no difference to a platform."""
    given = {"Authorization": "Bearer 100%", "accept": "application/json", "X-Empty": ""}
    await wire.send(Request("GET", f"{wild.url}/", headers=given))
    await wire.send(Request("GET", f"{wild.url}/", headers={**given, "Authorization": "other"}))

    expected = {
        "host": wild.url.removeprefix("http://"),
        "connection": "keep-alive",
        "accept-encoding": "gzip",
        "user-agent": "manifold",
        "authorization": "Bearer 100%",
        "accept": "application/json",
        "x-empty": "",
    }
    assert wild.requests[0].headers == expected
    assert wild.requests[1].headers == {**expected, "authorization": "other"}


@pytest.mark.parametrize(
    ("path", "query", "target"),
    [
        ("", (), "/"),
        ("/", (("a b", "c&d"), ("a b", "ü/%")), "/?a+b=c%26d&a+b=%C3%BC%2F%25"),
        ("/groups/a%2Fb/x.y", (("page", "1"),), "/groups/a%2Fb/x.y?page=1"),
        ("/user@example.com:1", (), "/user@example.com:1"),
        ("/50%/ü <>", (), "/50%/%C3%BC%20%3C%3E"),
        ("/a/../b/./c", (), "/b/c"),
        ("//other.example/a", (), "//other.example/a"),
    ],
)
async def test_every_wire_asks_for_the_same(
    wire: Wire, wild: WildServer, path: str, query: tuple[tuple[str, str], ...], target: str
) -> None:
    """Whatever stands in keys and parameters."""
    await wire.send(Request("GET", wild.url + path, query=query))

    assert wild.paths == [target]


LINE = "one\r\nX-Other: two"
HERE = "http://here"


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(Request("GET", f"{HERE}/", headers={"x-one": LINE}), id="value"),
        pytest.param(Request("GET", f"{HERE}/", headers={"x-one": "a\nB: c"}), id="half an end"),
        pytest.param(Request("GET", f"{HERE}/", headers={"x-one": "\0"}), id="nul"),
        pytest.param(Request("GET", f"{HERE}/", headers={"x-one": "\u20ac"}), id="euro"),
        pytest.param(Request("GET", f"{HERE}/", headers={LINE: "one"}), id="name"),
        pytest.param(Request("GET", f"{HERE}/", headers={"": "one"}), id="no name"),
        pytest.param(Request("GET", f"{HERE}/{LINE}"), id="path"),
        pytest.param(Request("GET", f"{HERE}/\ud800"), id="half a character"),
        pytest.param(Request("GET", f"{HERE}/", query=(("\ud800", ""),)), id="half in a query"),
        pytest.param(Request("GET / HTTP/1.1\r\nX: y\r\n\r\nGET", f"{HERE}/"), id="method"),
        pytest.param(Request("GET", "ftp://host/"), id="scheme"),
        pytest.param(Request("GET", "http://"), id="no host"),
        pytest.param(Request("GET", "http://host:port/"), id="port"),
        pytest.param(Request("GET", "/relative"), id="relative"),
    ],
)
async def test_what_would_be_more_than_a_request_is_not_sent(
    wire: Wire, wild: WildServer, request_: Request
) -> None:
    """A line in a value would be a header of its own, or a request."""
    with pytest.raises(WireError) as caught:
        await wire.send(replace(request_, url=request_.url.replace(HERE, wild.url)))
    await until(lambda: wild.open == 0)

    assert not wild.requests
    assert not caught.value.sent
    assert caught.value.__context__ is None


async def test_every_wire_leaves_a_query_in_values_as_it_is_written(
    wire: Wire, wild: WildServer
) -> None:
    """What is quoted already is not quoted again."""
    await wire.send(Request("GET", f"{wild.url}/a%20b", query=(("q", "id=1||id=2"),)))

    assert wild.paths == ["/a%20b?q=id%3D1%7C%7Cid%3D2"]
