"""Time limits, and who leaves before the answer is there."""

import asyncio
from contextlib import closing

import pytest

from resolvers.upstream.wire import Request, TooSlow, Wire, WireError
from tests.resolvers.wild_server import Act, Exchange, WildServer, answer, hang, head, until


async def stall(exchange: Exchange) -> None:
    """Fall silent in the middle of the body."""
    await exchange.send(head(200, {"content-length": "100"}) + b'{"half": ')
    await hang(exchange)


async def stall_in_head(exchange: Exchange) -> None:
    """Fall silent in the middle of the head."""
    await exchange.send(b"HTTP/1.1 200 OK\r\nContent-")
    await hang(exchange)


@pytest.mark.parametrize("act", [hang, stall, stall_in_head])
async def test_silence_ends_an_exchange_and_its_socket(
    wire: Wire, wild: WildServer, act: Act
) -> None:
    """Whatever has come by then."""
    wild.will(act)
    with pytest.raises(TooSlow) as caught:
        await wire.send(Request("GET", f"{wild.url}/", timeout=0.06))
    await until(lambda: wild.open == 0)

    assert caught.value.sent
    assert (await wire.send(Request("GET", f"{wild.url}/"))).status == 200


async def test_each_has_the_time_that_it_was_given(wire: Wire, wild: WildServer) -> None:
    """One that waits for long does not make another wait."""
    let = asyncio.Event()

    async def act(exchange: Exchange) -> None:
        await (let.wait() if exchange.target == "/slow" else hang(exchange))
        await answer()(exchange)

    wild.will(then=act)
    slow = asyncio.create_task(wire.send(Request("GET", f"{wild.url}/slow", timeout=20)))
    await until(lambda: wild.requests)
    for timeout in (0.08, 0.04):
        with pytest.raises(TooSlow):
            await wire.send(Request("GET", f"{wild.url}/quick", timeout=timeout))
    let.set()

    assert (await slow).status == 200


async def test_who_takes_nothing_in_is_given_up(wire: Wire) -> None:
    """A body larger than what sockets hold, and nobody who reads it."""
    left = asyncio.Event()

    async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        del reader
        await left.wait()
        writer.transport.abort()

    server = await asyncio.start_server(deaf, "127.0.0.1", 0)
    with closing(server):
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        with pytest.raises(TooSlow) as caught:
            await wire.send(Request("PUT", url, body=bytes(1 << 24), timeout=0.1))
        left.set()

    assert caught.value.sent


@pytest.mark.parametrize("act", [hang, stall, stall_in_head])
async def test_who_leaves_takes_the_socket_along(wire: Wire, wild: WildServer, act: Act) -> None:
    """The next would get an answer that is not its own."""
    wild.will(act)
    before = asyncio.all_tasks()
    sending = asyncio.create_task(wire.send(Request("GET", f"{wild.url}/")))
    await until(lambda: wild.requests)
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    await until(lambda: wild.open == 0)

    # The server's own tasks have ended by then as well.
    await until(lambda: asyncio.all_tasks() <= before)
    assert (await wire.send(Request("GET", f"{wild.url}/"))).status == 200


@pytest.mark.parametrize("turns", range(30))
async def test_who_leaves_at_any_moment_leaves_nothing_behind(
    wire: Wire, wild: WildServer, turns: int
) -> None:
    """While it is connected, while it is sent, while it is answered."""
    leaving = asyncio.create_task(wire.send(Request("GET", f"{wild.url}/")))
    for _ in range(turns):
        await asyncio.sleep(0)
    leaving.cancel()
    await asyncio.gather(leaving, return_exceptions=True)
    both = [wire.send(Request("GET", f"{wild.url}/")) for _ in range(2)]
    await asyncio.gather(*both)
    await wire.close()
    await until(lambda: wild.open == 0)


async def test_a_failure_names_nothing_of_what_was_asked(wire: Wire) -> None:
    """Kondado's credentials stand in its URLs."""
    for url in ("http://nowhere.invalid/planted", "http://planted.invalid:1/", "planted"):
        with pytest.raises(WireError) as caught:
            await wire.send(Request("GET", url, query=(("key", "planted"),), timeout=5))

        assert not caught.value.sent
        assert "planted" not in repr(caught.value)
        assert caught.value.__context__ is None
