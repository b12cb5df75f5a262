"""Where a request goes: to an address of either family, or to a proxy."""

import asyncio
import socket
from contextlib import closing

import pytest

from resolvers.upstream.http1.dial import race
from resolvers.upstream.wire import Request, Wire, WireError
from resolvers.upstream.wires import open_wire
from tests.resolvers.upstream.wire.ways import Way
from tests.resolvers.wild_server import WildServer, answer


async def test_a_name_with_several_addresses_is_reached_at_the_one_that_answers(
    wire: Wire, wild: WildServer
) -> None:
    """`localhost` is often first the address at which nobody listens."""
    url = wild.url.replace("127.0.0.1", "localhost")

    assert (await wire.send(Request("GET", f"{url}/"))).status == 200
    assert wild.requests[0].headers["host"] == url.removeprefix("http://")


async def test_an_address_of_the_longer_kind_is_reached(wire: Wire) -> None:
    """It stands in brackets in a URL."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        writer.close()

    heads = list[bytes]()
    server = await asyncio.start_server(serve, "::1", 0)
    with closing(server):
        port = server.sockets[0].getsockname()[1]
        response = await wire.send(Request("GET", f"http://[::1]:{port}/"))

    assert response.status == 200
    assert f"\r\nhost: [::1]:{port}\r\n" in heads[0].decode().lower()


async def test_an_address_that_leads_nowhere_holds_nobody_up(wild: WildServer) -> None:
    """The time to connect would be over before the other is tried."""
    with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
        listener.bind(("127.0.0.1", 0))
        # The place for those who wait to be let in is one, and is taken.
        listener.listen(0)
        for waiting in (first, second):
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        addresses = [
            (socket.AF_INET, socket.SOCK_STREAM, 0, "", one.getsockname())
            for one in (listener, wild.listener)
        ]
        async with asyncio.timeout(10):
            made = await race(addresses)
    with made:
        assert made.getpeername() == wild.listener.getsockname()


@pytest.fixture
def proxied(wild: WildServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the environment send everything through a proxy but what is at 127.0.0.1."""
    monkeypatch.setenv("HTTP_PROXY", wild.url.replace("127.0.0.1", "user:word@127.0.0.1"))
    monkeypatch.setenv("HTTPS_PROXY", wild.url)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.mark.usefixtures("proxied")
async def test_what_goes_through_a_proxy_is_asked_for_there(way: Way, wild: WildServer) -> None:
    """The proxy is told the whole URL, and the credentials that are for it."""
    wire = open_wire(way.wire)
    wild.will(then=answer(body=b"by proxy"))
    response = await wire.send(Request("GET", "http://nowhere.invalid/a", query=(("b", "c"),)))
    direct = await wire.send(Request("GET", f"{wild.url}/direct"))
    await wire.close()

    assert response.body == direct.body == b"by proxy"
    assert wild.paths == ["http://nowhere.invalid/a?b=c", "/direct"]
    assert "proxy-authorization" in wild.requests[0].headers
    assert "proxy-authorization" not in wild.requests[1].headers


@pytest.mark.usefixtures("proxied")
async def test_what_is_secret_goes_through_a_tunnel(way: Way, wild: WildServer) -> None:
    """The proxy learns the host and no more."""
    wire = open_wire(way.wire)
    wild.will(answer(403))
    with pytest.raises(WireError):
        await wire.send(Request("GET", "https://nowhere.invalid/secret"))
    await wire.close()

    assert [exchange.method for exchange in wild.requests] == ["CONNECT"]
    assert wild.paths == ["nowhere.invalid:443"]


async def test_credentials_in_a_url_are_sent_as_such(wire: Wire, wild: WildServer) -> None:
    """As a base URL may have them, for a gateway in front of a platform."""
    await wire.send(Request("GET", wild.url.replace("127", "user:word@127") + "/"))

    assert wild.requests[0].headers["authorization"] == "Basic dXNlcjp3b3Jk"
