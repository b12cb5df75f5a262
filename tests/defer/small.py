"""A gateway over a schema of its own, which does what no platform can make the real one do."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NewType

import httpx
import strawberry
from strawberry.schema.config import StrawberryConfig

from gateway.callers import Callers
from gateway.documents import Documents
from gateway.endpoint import Endpoint
from gateway.metrics import Metrics
from gateway.settings import Given
from gateway.visit import Front, Running
from resolvers.journal import Journal
from resolvers.session import Connections
from resolvers.upstream.alarms import Alarms
from resolvers.upstream.services import Services
from schema.build import Schema
from schema.operation import Operations
from tests.gateway.http.asking import CONNECTIONS
from tests.no_tls import NO_TLS

SECRET = "a secret that stands in an error"
Unwritable = NewType("Unwritable", float)


class Hanging:
    """What waits for ever, and notes when it begins and when it is ended."""

    def __init__(self) -> None:
        self.begun, self.ended = asyncio.Event(), asyncio.Event()

    async def wait(self) -> int:
        """Wait until it is ended."""
        self.begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.ended.set()
        return 0


@strawberry.type
class Thing:
    """A thing of which nothing may be null."""

    @strawberry.field
    async def here(self) -> int:
        """Is there at once."""
        return 1

    @strawberry.field
    async def inner(self) -> "Thing":
        """Is there at once, with all of its own."""
        return Thing()

    @strawberry.field
    async def inners(self) -> list["Thing"]:
        """Two of them."""
        return [Thing(), Thing()]

    @strawberry.field
    async def broken(self) -> int:
        """Fails in the gateway itself."""
        raise RuntimeError(SECRET)

    @strawberry.field
    async def cancelled(self) -> int:
        """Is ended by something else."""
        raise asyncio.CancelledError(SECRET)

    @strawberry.field
    async def hanging(self, info: strawberry.Info[Any]) -> int:
        """Never is there."""
        return await hanging_of(info).wait()

    @strawberry.field
    async def unwritable(self) -> Unwritable:
        """Is a number that JSON does not have."""
        return Unwritable(float("nan"))


@strawberry.type
class Query(Thing):
    """It, and one that may be null."""

    @strawberry.field
    async def thing(self) -> Thing | None:
        """Is there at once."""
        return Thing()

    @strawberry.field
    async def things(self, number: int) -> list[Thing]:
        """So many of them."""
        return [Thing() for _ in range(number)]


@strawberry.type
class Changed:
    """What has been changed until it is looked at."""

    number: int

    @strawberry.field
    async def all(self, info: strawberry.Info[Any]) -> list[int]:
        """The numbers of all changes so far."""
        return list(changes_of(info))


@strawberry.type
class Mutation:
    """Changes that are numbered."""

    @strawberry.field
    async def change(self, info: strawberry.Info[Any], number: int) -> Changed:
        """Note a number."""
        # What is deferred would begin meanwhile.
        await asyncio.get_running_loop().run_in_executor(None, int)
        changes_of(info).append(number)
        return Changed(number=number)


SCALARS: Any = {Unwritable: strawberry.scalar(name="Unwritable", serialize=lambda value: value)}
_held: dict[str, "Small"] = {}


def hanging_of(info: strawberry.Info[Any]) -> Hanging:
    """Give what hangs for the gateway that is asked."""
    return _held[info.context.request_id].hanging


def changes_of(info: strawberry.Info[Any]) -> list[int]:
    """Give what was changed at the gateway that is asked."""
    return _held[info.context.request_id].changes


@cache
def schema() -> Schema:
    """Put the schema together, once in a process."""
    return Schema(Query, Mutation, config=StrawberryConfig(scalar_map=SCALARS))


@dataclass
class Small:
    """Asks that gateway."""

    client: httpx.AsyncClient
    endpoint: Endpoint
    front: Front
    hanging: Hanging = field(default_factory=Hanging)
    changes: list[int] = field(default_factory=list[int])


@asynccontextmanager
async def small(request_id: str, **settings: Any) -> AsyncGenerator[Small]:
    """Open it for requests with an id."""
    asked: dict[str, Any] = {"connections": CONNECTIONS, **settings}
    given, metrics = Given(**asked), Metrics()
    front = Front(given, metrics, Operations(schema()), Documents(given.documents))
    services = Services()
    callers = Callers(given.callers, given.jwt)
    connections, journal, alarms = Connections([]), Journal(services), Alarms()
    front.running = Running(services, connections, journal, callers, alarms)
    endpoint = Endpoint(front)
    transport = httpx.ASGITransport(endpoint)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://gateway", verify=NO_TLS
    ) as client:
        _held[request_id] = small = Small(client, endpoint, front)
        yield small
        del _held[request_id]
        alarms.close()
