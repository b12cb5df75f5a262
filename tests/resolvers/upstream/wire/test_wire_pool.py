"""How sockets are shared: so many and no more, in turn, and none that has ended."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from threading import Event, Thread

import pytest

from resolvers.upstream import httpx_wire
from resolvers.upstream.http1 import socket as native_socket
from resolvers.upstream.wire import Request, TooSlow, Wire
from resolvers.upstream.wires import open_wire
from tests.resolvers.upstream.wire.ways import Way
from tests.resolvers.wild_server import (
    BOUND_SECONDS,
    Act,
    Exchange,
    WildServer,
    answer,
    head,
    until,
    wild_server,
)


@pytest.fixture
async def narrow(way: Way) -> AsyncGenerator[Wire]:
    """A wire of two sockets."""
    made = open_wire(way.wire, connections=2)
    yield made
    await made.close()


def when(let: asyncio.Event) -> Act:
    """Answer once it is let."""

    async def act(exchange: Exchange) -> None:
        await let.wait()
        await answer(body=exchange.target.encode())(exchange)

    return act


def sockets(wild: WildServer) -> int:
    """Count the sockets by which requests have come."""
    return len({exchange.writer for exchange in wild.requests})


async def test_one_socket_carries_what_comes_one_after_the_other(
    wire: Wire, wild: WildServer
) -> None:
    """To open one takes longer than many a call."""
    for _ in range(5):
        await wire.send(Request("GET", f"{wild.url}/"))

    assert sockets(wild) == 1


async def test_no_more_sockets_are_open_than_may_be_and_who_waits_has_its_turn(
    narrow: Wire, wild: WildServer
) -> None:
    """First come, first served."""
    let = asyncio.Event()
    wild.will(then=when(let))
    sending = [
        asyncio.create_task(narrow.send(Request("GET", f"{wild.url}/{turn}"))) for turn in range(6)
    ]
    await until(lambda: len(wild.requests) == 2)
    let.set()
    bodies = [response.body for response in await asyncio.gather(*sending)]

    assert sockets(wild) == 2
    assert bodies == [f"/{turn}".encode() for turn in range(6)]
    assert sorted(wild.paths[:2]) == ["/0", "/1"]
    assert sorted(wild.paths[2:4]) == ["/2", "/3"]


async def test_who_waits_too_long_for_a_socket_was_sent_nothing(
    narrow: Wire, wild: WildServer
) -> None:
    """It may be asked for again."""
    let = asyncio.Event()
    wild.will(then=when(let))
    busy = [asyncio.create_task(narrow.send(Request("GET", f"{wild.url}/"))) for _ in range(2)]
    await until(lambda: len(wild.requests) == 2)
    with pytest.raises(TooSlow) as caught:
        await narrow.send(Request("POST", f"{wild.url}/late", timeout=0.04))
    let.set()
    await asyncio.gather(*busy)

    assert not caught.value.sent
    assert caught.value.__context__ is None
    assert "/late" not in wild.paths
    assert (await narrow.send(Request("GET", f"{wild.url}/"))).status == 200


async def test_who_leaves_as_a_socket_is_given_gives_it_on(way: Way, wild: WildServer) -> None:
    """It was taken out of what the others may have, and nobody would use it."""
    wire, let = open_wire(way.wire, connections=1), asyncio.Event()
    wild.will(then=when(let))

    async def ask_and_send_away() -> None:
        await wire.send(Request("GET", f"{wild.url}/first"))
        leaving.cancel()

    asking = asyncio.create_task(ask_and_send_away())
    await until(lambda: wild.requests)
    leaving, staying = (
        asyncio.create_task(wire.send(Request("GET", f"{wild.url}/{who}", timeout=5)))
        for who in ("leaving", "staying")
    )
    await asyncio.sleep(0)
    let.set()
    await asking
    response = await staying
    await wire.close()

    assert response.body == b"/staying"
    assert leaving.cancelled()


@pytest.mark.parametrize("turns", range(8))
async def test_who_leaves_the_line_takes_nobodys_turn(
    narrow: Wire, wild: WildServer, turns: int
) -> None:
    """Also at the moment in which it is given one."""
    let = asyncio.Event()
    wild.will(then=when(let))
    busy = [asyncio.create_task(narrow.send(Request("GET", f"{wild.url}/"))) for _ in range(2)]
    await until(lambda: len(wild.requests) == 2)
    waiting = [asyncio.create_task(narrow.send(Request("GET", f"{wild.url}/"))) for _ in range(4)]
    await asyncio.sleep(0)
    let.set()
    await busy[0]
    for _ in range(turns):
        await asyncio.sleep(0)
    for one in waiting[:3]:
        one.cancel()
    await asyncio.gather(*busy, *waiting, return_exceptions=True)
    both = [narrow.send(Request("GET", f"{wild.url}/")) for _ in range(2)]

    assert waiting[3].result().status == 200
    assert [response.status for response in await asyncio.gather(*both)] == [200, 200]
    assert wild.open <= 2


async def test_sockets_to_one_server_make_room_for_those_to_another(
    narrow: Wire, wild: WildServer
) -> None:
    """Those that lie idle, so that nobody waits for what nobody uses."""
    async with wild_server() as other:
        for url in (wild.url, wild.url, other.url, other.url, wild.url):
            both = [narrow.send(Request("GET", f"{url}/", timeout=5)) for _ in range(2)]
            await asyncio.gather(*both)
            await until(lambda: wild.open + other.open <= 2)


async def test_a_socket_that_has_ended_takes_nobodys_place(narrow: Wire, wild: WildServer) -> None:
    """One that lay idle then, and that nobody will ask for."""
    await asyncio.gather(*(narrow.send(Request("GET", f"{wild.url}/")) for _ in range(2)))
    wild.requests[0].writer.close()
    await until(lambda: wild.open == 1)
    async with wild_server() as other:
        let = asyncio.Event()
        other.will(then=when(let))
        both = [
            asyncio.create_task(narrow.send(Request("GET", f"{other.url}/", timeout=5)))
            for _ in range(2)
        ]
        await until(lambda: len(other.requests) == 2)
        let.set()
        await asyncio.gather(*both)


async def test_what_has_been_idle_for_long_is_not_used(
    way: Way, wild: WildServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server may be about to close it, and a request would cross with that."""
    for module in (native_socket, httpx_wire):
        monkeypatch.setattr(module, "KEPT_SECONDS", 0.0)
    wire = open_wire(way.wire)
    for _ in range(3):
        await wire.send(Request("GET", f"{wild.url}/"))
    await wire.close()

    assert sockets(wild) == 3


class Ending:
    """A server of its own thread, which closes its first connection when it is told."""

    def __init__(self) -> None:
        """Listen."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/"
        self.asked: list[bytes] = []
        self._end, self._ended = Event(), Event()
        self._thread = Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        with self._listener:
            self._answer(self._end)
            self._ended.set()
            self._answer(self._end)

    def _answer(self, end: Event) -> None:
        connection, _ = self._listener.accept()
        with connection:
            self.asked.append(connection.recv(65536)[:4])
            connection.sendall(head(200, {"content-length": "0"}))
            end.wait(BOUND_SECONDS)

    def end(self) -> None:
        """Close the first connection before anybody can do anything else."""
        self._end.set()
        assert self._ended.wait(BOUND_SECONDS)

    def join(self) -> None:
        """Wait until the second is closed as well."""
        self._thread.join(BOUND_SECONDS)


async def test_a_write_is_not_sent_on_a_socket_whose_end_has_come_unnoticed(wire: Wire) -> None:
    """The event loop was busy, and nobody would know afterwards whether it was done."""
    server = Ending()
    await wire.send(Request("GET", server.url))
    server.end()
    response = await wire.send(Request("POST", server.url))
    server.join()

    assert response.status == 200
    assert server.asked == [b"GET ", b"POST"]


async def test_nothing_is_open_once_the_wire_is_closed(way: Way, wild: WildServer) -> None:
    """Whoever is under way has its answer first."""
    wire, let = open_wire(way.wire), asyncio.Event()
    wild.will(answer(), then=when(let))
    await wire.send(Request("GET", f"{wild.url}/"))
    late = asyncio.create_task(wire.send(Request("GET", f"{wild.url}/late")))
    await until(lambda: "/late" in wild.paths)
    closing = asyncio.create_task(wire.close())
    await asyncio.sleep(0)
    let.set()
    await closing
    await until(lambda: wild.open == 0)

    assert late.done()
    assert late.result().body == b"/late"
