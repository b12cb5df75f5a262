"""Reads that a list answers together, over a platform that does whatever a test wants."""

import asyncio
import gc
import json
import weakref
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import Any

import pytest
from pydantic import BaseModel, SecretStr

from resolvers.call import Call, Endpoint, Method, Origin
from resolvers.connection import Connection
from resolvers.platform import Platform
from resolvers.platforms.codat import Codat
from resolvers.session import Connections, Session
from resolvers.together import ByKeys, InWhole, listed
from resolvers.upstream.errors import Fault
from resolvers.upstream.wires import open_wire
from tests.resolvers.wild_server import WildServer, answer, hang, until, wild_server


class Thing(BaseModel):
    """A made-up thing."""

    id: str
    name: str


def endpoint(path: str, reply: type[Any]) -> Endpoint[Any]:
    """Declare a made-up endpoint."""
    return Endpoint(Platform("codat"), Method.GET, path, reply)


ALL = endpoint("/things", list[Thing])
ONE = endpoint("/things/{thing}", Thing)
listed(ONE, InWhole(ALL))

QUERIED = ByKeys(ALL, lambda key: key.isdigit(), lambda keys: {"ids": list(keys)}, 3)
THINGS = [{"id": "1", "name": "one"}, {"id": "2", "name": "two"}]
LIST = answer(body=json.dumps(THINGS).encode())


@pytest.fixture
async def wild() -> AsyncGenerator[WildServer]:
    """A platform that does whatever a test wants."""
    async with wild_server() as server:
        yield server


@pytest.fixture
async def session(wild: WildServer) -> AsyncGenerator[Session]:
    """The calls of one operation to it."""
    settings = {"base_url": wild.url, "rate_limits": (), "api_key": SecretStr("planted")}
    credentials = Codat.model_validate(settings)
    wire = open_wire(connections=credentials.most_connections)
    connection = Connection("wild", credentials, wire)
    session = Session(Connections([connection]))
    yield session
    session.close()
    await connection.close()


def at(key: str) -> Origin:
    """Tell where a thing is."""
    return Origin(Platform("codat"), "wild", {"thing": key})


async def names(session: Session, *keys: str) -> list[str]:
    """Read several things at once, and give their names."""
    found = await asyncio.gather(*(session.ask(ONE, at(key)) for key in keys))
    return [one.name for one in found]


async def test_things_of_one_moment_are_one_call(wild: WildServer, session: Session) -> None:
    """And what was read of them is read no more."""
    wild.will(LIST)

    assert await names(session, "1", "2", "1") == ["one", "two", "one"]
    assert await names(session, "2") == ["two"]
    assert wild.paths == ["/things"]


async def test_after_a_write_things_are_read_again(wild: WildServer, session: Session) -> None:
    """They may have changed, and so may the list."""
    wild.will(LIST, answer(body=b'{"id": "1", "name": "other"}'))
    before = await names(session, "1", "2")
    session.forget()

    assert await names(session, "1") != before[:1]
    assert wild.paths == ["/things", "/things/1"]


async def test_one_that_is_given_up_leaves_the_others_theirs(
    wild: WildServer, session: Session
) -> None:
    """graphql-core cancels the siblings of a field that failed."""
    wild.will(LIST)
    given_up = asyncio.create_task(names(session, "1"))
    staying = asyncio.create_task(names(session, "2"))
    await until(lambda: wild.requests)
    given_up.cancel()

    assert await staying == ["two"]
    assert wild.paths == ["/things"]


async def test_when_the_operation_ends_nothing_is_waited_for(
    wild: WildServer, session: Session
) -> None:
    """A read that would never end does not keep those who wait for it."""
    wild.will(then=hang)
    waiting = [asyncio.create_task(names(session, key)) for key in ("1", "2")]
    await until(lambda: wild.requests)
    session.close()
    ended = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), 5)

    assert [type(one) for one in ended] == [asyncio.CancelledError] * 2


async def test_when_the_platform_is_let_go_nothing_is_waited_for(
    wild: WildServer, session: Session
) -> None:
    """At the end of the gateway, whatever is under way ends."""
    wild.will(then=hang)
    waiting = [asyncio.create_task(names(session, key)) for key in ("1", "2")]
    await until(lambda: wild.requests)
    await session.connections["wild"].close()
    ended = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), 5)

    assert all(isinstance(one, BaseException) for one in ended)


async def test_a_read_that_fails_for_nobody_is_complained_of_by_nobody(
    wild: WildServer, session: Session
) -> None:
    """The event loop would log it."""
    told: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, said: told.append(said))
    wild.will(then=answer(404))
    other = Session(session.connections)
    reading = [other.begin(Call.make(ONE, at(key))) for key in ("1", "2")]
    await asyncio.wait(reading, timeout=5)
    del other, reading
    gc.collect()
    await asyncio.sleep(0)

    assert wild.paths == ["/things", "/things/1", "/things/2"]
    assert told == []


async def test_what_was_read_does_not_outlive_its_operation(
    wild: WildServer, session: Session
) -> None:
    """Answers may be large, and are let go before anybody looks for circles."""
    other = Session(session.connections)
    wild.will(LIST)
    await names(other, "1", "2")
    seen = weakref.ref(other)
    gc.collect()
    gc.disable()
    try:
        del other
        # What has ended is let go in the next turn of the event loop.
        await asyncio.sleep(0)
        left = seen()
    finally:
        gc.enable()

    assert left is None


async def test_a_list_that_has_a_thing_twice_gives_the_first(
    wild: WildServer, session: Session
) -> None:
    """As whoever looks through it would."""
    wild.will(answer(body=json.dumps([*THINGS, {"id": "1", "name": "again"}]).encode()))

    assert await names(session, "1", "2") == ["one", "two"]


async def test_a_thing_that_cannot_be_read_fails_alone(wild: WildServer, session: Session) -> None:
    """The others stand in the same list, and are as they should be."""
    wild.will(answer(body=b'[{"id": "1", "name": 5}, {"id": "2", "name": "two"}]'))
    one = asyncio.create_task(names(session, "1"))
    with suppress(Fault):
        await asyncio.gather(one, names(session, "2"))

    assert isinstance(one.exception(), Fault)
    assert await names(session, "2") == ["two"]
    assert wild.paths == ["/things"]


def page(*keys: object, total: int | None = None) -> bytes:
    """Write a page of things."""
    rows = [{"id": key} if isinstance(key, str) else key for key in keys]
    return json.dumps({"results": rows, "totalResults": total}).encode()


@pytest.mark.parametrize(
    ("body", "is_all"),
    [
        (page("1", "2", total=2), True),
        (page("2", total=1), True),
        (page(total=0), True),
        (page("1", "9", total=2), False),
        (page("1", total=2), False),
        (page("1", total=None), False),
        (page("1", None, total=2), False),
        (page("1", {"name": "x"}, total=2), False),
    ],
    ids=["both", "one", "none", "another", "more", "untold", "null", "keyless"],
)
def test_what_is_not_in_a_page_is_gone_only_if_the_page_is_what_was_asked_for(
    body: bytes, *, is_all: bool
) -> None:
    """A platform that passes over the query gives any page, and would say so of everything."""
    assert QUERIED.found(body, ["1", "2"]).is_all is is_all


def test_an_endpoint_with_more_than_one_key_is_in_no_list() -> None:
    """The list would have to be asked for with the others."""
    with pytest.raises(TypeError, match="keys"):
        listed(endpoint("/of/{one}/things/{thing}", Thing), InWhole(ALL))
