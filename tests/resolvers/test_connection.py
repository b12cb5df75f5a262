"""What a connection makes of calls, and of what comes back."""

import asyncio
import gc
import traceback
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from types import NoneType
from typing import Any

import pytest
from pydantic import BaseModel, SecretStr

from resolvers.call import Call, Endpoint, Method
from resolvers.connection import Connection
from resolvers.platform import Platform
from resolvers.platforms.codat import Codat
from resolvers.platforms.conduit import Conduit
from resolvers.session import Connections, Session
from resolvers.upstream.breaker import LEAST_CALLS
from resolvers.upstream.deadline import NEVER, Deadline
from resolvers.upstream.errors import (
    ErrorCode,
    Exhausted,
    Fault,
    Forbidden,
    Late,
    Malformed,
    NotFound,
    RateLimited,
    Refused,
    Unauthorized,
    Unavailable,
    Unconfirmed,
    Unreadable,
    UpstreamFault,
)
from resolvers.upstream.wires import open_wire
from tests.resolvers.wild_server import (
    Act,
    Exchange,
    WildServer,
    answer,
    drop,
    hang,
    until,
    wild_server,
)

KEY = "idempotency-key"
# What may show nowhere.
PLANTED = "a5f1c0de"


class Thing(BaseModel):
    """A made-up thing."""

    name: str


def endpoint(
    method: Method = Method.GET,
    path: str = "/thing",
    reply: type[Any] = Thing,
    *,
    repeatable: bool = False,
) -> Endpoint[Any]:
    """Declare a made-up endpoint."""
    return Endpoint(Platform("codat"), method, path, reply, repeatable=repeatable)


THING = answer(body=b'{"name": "one"}')


@pytest.fixture
async def wild() -> AsyncGenerator[WildServer]:
    """A platform that does whatever a test wants."""
    async with wild_server() as server:
        server.will(then=THING)
        yield server


@asynccontextmanager
async def connected(
    wild: WildServer, kind: type[Codat | Conduit] = Codat, **settings: Any
) -> AsyncGenerator[Connection]:
    """Connect to it as to a platform that takes idempotency keys, or to one that does not."""
    secret = {"api_key" if kind is Codat else "link_app_token": SecretStr(PLANTED)}
    given = {"base_url": wild.url, "rate_limits": (), **secret, **settings}
    credentials = kind.model_validate(given)
    wire = open_wire(connections=credentials.most_connections)
    connection = Connection("wild", credentials, wire)
    try:
        yield connection
    finally:
        await connection.close()


def call(connection: Connection, made: Endpoint[Any], **query: str) -> Call:
    """Make a call to an endpoint."""
    return Call.make(made, connection.root, query)


@pytest.mark.parametrize("kind", [Codat, Conduit])
@pytest.mark.parametrize("repeatable", [False, True])
@pytest.mark.parametrize("method", Method)
async def test_a_write_is_sent_twice_where_its_platform_makes_that_safe(
    wild: WildServer, kind: type[Codat | Conduit], method: Method, *, repeatable: bool
) -> None:
    """By its nature, or at Codat by the same key both times; a read always is."""
    wild.will(drop, then=answer(body=b""))
    made = endpoint(method, reply=NoneType, repeatable=repeatable)
    async with connected(wild, kind) as connection:
        with suppress(Unconfirmed):
            await connection.exchange(call(connection, made))

    takes_keys = kind is Codat and method in {Method.POST, Method.PATCH}
    safe = method in {Method.GET, Method.HEAD} or repeatable or takes_keys
    assert len(wild.requests) == 1 + safe
    keys = {exchange.headers.get(KEY) for exchange in wild.requests}
    assert len(keys) == 1
    assert (keys != {None}) == takes_keys


async def test_each_write_has_a_key_of_its_own_unless_it_is_given_one(wild: WildServer) -> None:
    """What has to be done once has the same one however often it is asked."""
    made = endpoint(Method.POST)
    async with connected(wild) as connection:
        for key in (None, None, "given", "given"):
            await connection.exchange(call(connection, made), key=key)

    first, second, *given = [exchange.headers[KEY] for exchange in wild.requests]
    assert given == ["given", "given"]
    assert len({first, second, "given"}) == 3


@pytest.mark.parametrize(
    ("act", "fault"),
    [
        pytest.param(answer(400), Refused, id="400"),
        pytest.param(answer(401), Unauthorized, id="401"),
        pytest.param(answer(403), Forbidden, id="403"),
        pytest.param(answer(404), NotFound, id="404"),
        pytest.param(answer(409), Refused, id="409"),
        pytest.param(answer(429), RateLimited, id="429"),
        pytest.param(answer(500), Unavailable, id="500"),
        pytest.param(answer(302), Malformed, id="302"),
        pytest.param(answer(body=f"<p>{PLANTED}</p>".encode()), Malformed, id="html"),
        pytest.param(answer(body=f'{{"name": ["{PLANTED}"]}}'.encode()), Malformed, id="wrong"),
        pytest.param(answer(body=b"[" * 100_000), Malformed, id="deep"),
        pytest.param(answer(body=b""), Malformed, id="empty"),
        pytest.param(drop, Unavailable, id="dropped"),
        pytest.param(hang, Unavailable, id="silent"),
    ],
)
async def test_what_goes_wrong_is_one_fault_that_drags_nothing_along(
    wild: WildServer, act: Act, fault: type[UpstreamFault]
) -> None:
    """Neither the platform's words, nor the error of a library that holds them, nor a secret."""
    wild.will(then=act)
    async with connected(wild, timeout_seconds=0.4) as connection:
        with pytest.raises(UpstreamFault) as caught:
            await connection.read(call(connection, endpoint(), secret=PLANTED))

    assert type(caught.value) is fault
    assert caught.value.__context__ is None
    assert PLANTED not in "".join(traceback.format_exception(caught.value))
    assert (caught.value.platform, caught.value.connection) == ("codat", "wild")


@pytest.mark.parametrize(
    "act",
    [answer(body=b"<html>"), answer(body=b"{}"), answer(body=b" " * 2000)],
    ids=["html", "other", "long"],
)
async def test_a_write_whose_answer_cannot_be_read_is_done(wild: WildServer, act: Act) -> None:
    """Its status says so, and to ask again would do it twice."""
    wild.will(then=act)
    async with connected(wild, most_answer_bytes=1024) as connection:
        made = call(connection, endpoint(Method.POST))
        response = await connection.exchange(made)
        with pytest.raises(Unreadable) as caught:
            connection.decoded(made, response)

    assert caught.value.__context__ is None
    assert len(wild.requests) == 1


async def read(connection: Connection, deadline: Deadline) -> None:
    """Read the thing."""
    await connection.read(call(connection, endpoint()), deadline)


async def write(connection: Connection, deadline: Deadline) -> None:
    """Write the thing."""
    await connection.exchange(call(connection, endpoint(Method.DELETE)), deadline)


async def test_after_the_deadline_a_read_is_late_and_a_write_that_was_sent_is_in_doubt(
    wild: WildServer,
) -> None:
    """For a read it does not matter whether it was done."""
    wild.will(then=hang)
    async with connected(wild) as connection:
        for ask, fault in ((read, Late), (write, Unconfirmed)):
            with pytest.raises(UpstreamFault) as caught:
                await ask(connection, Deadline.after(0.2))
            assert type(caught.value) is fault


async def test_a_write_that_was_still_waiting_at_the_deadline_is_not_in_doubt(
    wild: WildServer,
) -> None:
    """It waited for a socket, for a turn, or came after the deadline: nothing was sent."""
    wild.will(then=hang)
    async with connected(wild, most_connections=1) as connection:
        hanging = asyncio.create_task(read(connection, NEVER))
        await until(lambda: wild.requests)
        for deadline in (Deadline.after(0.2), Deadline(0)):
            with pytest.raises(Late):
                await write(connection, deadline)
        hanging.cancel()

    assert len(wild.requests) == 1


async def test_without_a_turn_a_call_is_refused_and_told_when_to_come_back(
    wild: WildServer,
) -> None:
    """That is our own decision, and no error of the platform's."""
    async with connected(wild, rate_limits="1/300") as connection:
        await write(connection, NEVER)
        with pytest.raises(Exhausted) as caught:
            await write(connection, Deadline.after(5))

        assert caught.value.code is ErrorCode.RATE_LIMITED
        assert caught.value.retry_after == pytest.approx(300, abs=20)
        assert connection.last_error is None


async def test_while_the_breaker_is_open_a_call_is_refused_and_told_when_to_come_back(
    wild: WildServer,
) -> None:
    """What is remembered as the last error is what the platform did."""
    wild.will(then=answer(500))
    async with connected(wild, breaker_rest_seconds=60) as connection:
        for _ in range(LEAST_CALLS):
            with pytest.raises(Unavailable):
                await write(connection, NEVER)
        before = connection.last_error
        with pytest.raises(Unavailable) as caught:
            await write(connection, NEVER)

        assert caught.value.retry_after == pytest.approx(60, abs=20)
        assert connection.last_error is before
        assert before is not None
        assert before.code is ErrorCode.UPSTREAM_UNAVAILABLE
    assert len(wild.requests) == LEAST_CALLS


async def test_a_read_from_before_a_write_answers_nobody_who_asks_after_it(
    wild: WildServer,
) -> None:
    """It may have been fetched before the change; so may one that was begun meanwhile."""
    answered = asyncio.Event()

    def late(name: str) -> Act:
        async def act(exchange: Exchange) -> None:
            await answered.wait()
            await answer(body=f'{{"name": "{name}"}}'.encode())(exchange)

        return act

    wild.will(late("before"), answer(), late("after"))
    async with connected(wild) as connection:
        made = call(connection, endpoint())
        before = asyncio.create_task(connection.read(made))
        await until(lambda: len(wild.requests) == 1)
        await write(connection, NEVER)
        after = [asyncio.create_task(connection.read(made)) for _ in range(2)]
        await until(lambda: len(wild.requests) == 3)
        answered.set()
        names = [thing.name for thing in await asyncio.gather(before, *after)]

    assert names == ["before", "after", "after"]
    assert len(wild.requests) == 3


async def test_equal_reads_under_way_are_one_and_fail_as_one(wild: WildServer) -> None:
    """A hundred see the fault, which is no larger for it."""
    wild.will(then=answer(404))
    async with connected(wild) as connection:
        made = call(connection, endpoint())
        many = (connection.read(made) for _ in range(100))
        faults = await asyncio.gather(*many, return_exceptions=True)

    assert len(wild.requests) == 1
    (fault,) = set(faults)
    assert isinstance(fault, NotFound)
    assert len(traceback.extract_tb(fault.__traceback__)) < 15


async def test_reads_that_differ_in_anything_are_not_one(wild: WildServer) -> None:
    """The path, the query, the kind of answer that is wanted."""
    one, other = endpoint(), endpoint()
    async with connected(wild) as connection:
        asked = [
            call(connection, one),
            call(connection, one, page="2"),
            call(connection, endpoint(path="/thing/2")),
            call(connection, other),
        ]
        await asyncio.gather(*map(connection.read, asked))

    assert len(wild.requests) == 4


@pytest.mark.parametrize("failing", [answer(500), answer(404)], ids=["500", "404"])
@pytest.mark.parametrize("leaves", [True, False], ids=["cancelled", "waiting"])
async def test_a_read_that_fails_after_its_field_was_given_up_is_complained_of_by_nobody(
    wild: WildServer, failing: Act, *, leaves: bool
) -> None:
    """The event loop would log it, since nobody is left to see it."""
    told: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, said: told.append(said))
    answered = asyncio.Event()

    async def late(exchange: Exchange) -> None:
        await answered.wait()
        await failing(exchange)

    wild.will(then=late)
    async with connected(wild, rate_limits=()) as connection:
        session = Session(Connections([connection]))
        asking = asyncio.create_task(session.ask(endpoint(), connection.root))
        await until(lambda: wild.requests)
        if leaves:
            asking.cancel()
        answered.set()
        ended = await asyncio.gather(asking, return_exceptions=True)
        await until(lambda: connection.last_error or connection.answered_at)
        for _ in range(10):
            await asyncio.sleep(0)
        session.close()
    kinds = [isinstance(one, Fault) for one in ended]
    del session, asking, ended
    gc.collect()
    await asyncio.sleep(0)

    assert kinds == [not leaves]
    assert told == []
