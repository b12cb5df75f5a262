"""A courier to a platform that does whatever a test wants."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from pydantic import SecretStr

from resolvers.courier import Courier, Ended, Errand
from resolvers.platform import Credentials
from resolvers.platforms.clinked import Clinked
from resolvers.platforms.conduit import Conduit
from resolvers.upstream.deadline import NEVER, Deadline
from resolvers.upstream.flight import Flight, Flights
from resolvers.upstream.observer import Nobody, Sent
from resolvers.upstream.retry import Safety
from resolvers.upstream.services import Services
from resolvers.upstream.store import MemoryStore, Store
from resolvers.upstream.wire import Request
from resolvers.upstream.wires import open_wire
from tests.resolvers.wild_server import Act, Exchange, WildServer, answer

TOKEN_PATH = "/oauth/token"
THING = "/thing"


class Watcher(Nobody):
    """Keeps what it is told."""

    def __init__(self, retried: Callable[[], object] = lambda: None) -> None:
        self.sent_words: list[str] = []
        self.retries = 0
        self.refusals: list[str] = []
        self._retried = retried

    def sent(self, call: Sent) -> None:
        """A request was sent, and has ended."""
        self.sent_words.append(call.outcome)

    def retried(self, platform: str, connection: str) -> None:
        """A request is tried again."""
        del platform, connection
        self.retries += 1
        self._retried()

    def refused(self, platform: str, connection: str, outcome: str) -> None:
        """A request was not sent."""
        del platform, connection
        self.refusals.append(outcome)


class Carrying:
    """One courier with its flights."""

    def __init__(
        self, credentials: Credentials, services: Services, clock: Callable[[], float]
    ) -> None:
        wire = open_wire(connections=credentials.most_connections)
        self.courier = Courier("wild", credentials, wire, services, clock)
        self.flights = Flights[Ended](lambda: None)
        self.flight: Flight[Ended] | None = None

    async def carry(self, safety: Safety = Safety.READ, deadline: Deadline = NEVER) -> Ended:
        """Carry a request for the thing, which changes it unless it is a read."""
        return await self.flights.alone(partial(self._carry, safety), deadline)

    async def _carry(self, safety: Safety, flight: Flight[Ended]) -> Ended:
        self.flight = flight
        credentials = self.courier.credentials
        request = Request(
            "GET" if safety is Safety.READ else "POST",
            credentials.address + THING,
            timeout=credentials.timeout_seconds,
            most_bytes=credentials.most_answer_bytes,
        )
        return await self.courier.carry(Errand(request, f"GET {THING}", safety, flight))

    async def used(self) -> int:
        """Tell how many turns of the budget are taken."""
        left = await self.courier.sender.left()
        assert left is not None
        return left.limit - left.remaining

    async def until_used(self, turns: int) -> None:
        """Wait until so many turns are taken."""
        for _ in range(1000):
            if await self.used() == turns:
                return
            await asyncio.sleep(0.005)
        raise AssertionError(f"{await self.used()} turns are taken")


@asynccontextmanager
async def carrying(
    server: WildServer,
    *,
    tokens: bool = False,
    watcher: Nobody | None = None,
    store: Store | None = None,
    clock: Callable[[], float] = time.time,
    **settings: Any,
) -> AsyncGenerator[Carrying]:
    """Make a courier to a server, with credentials that are fixed or are tokens."""
    settings = {"rate_limits": "1000/300", "base_url": server.url, **settings}
    credentials = (
        Clinked(client_id="id", client_secret=SecretStr("secret"), **settings)
        if tokens
        else Conduit(link_app_token=SecretStr("planted"), **settings)
    )
    services = Services(store=store or MemoryStore(clock), observer=watcher or Nobody())
    made = Carrying(credentials, services, clock)
    try:
        yield made
    finally:
        await made.flights.close()
        await made.courier.close()


def giving_tokens(*things: Act, then: Act | None = None, token: Act | None = None) -> Act:
    """Give tokens where they are asked for, and do the others to what is asked with them."""
    acts, given = list(things), 0

    async def act(exchange: Exchange) -> None:
        nonlocal given
        if not exchange.target.startswith(TOKEN_PATH):
            await (acts.pop(0) if acts else then or answer())(exchange)
            return
        given += 1
        body = json.dumps({"access_token": f"token-{given}", "expires_in": 7200}).encode()
        await (token or answer(body=body))(exchange)

    return act


def bare(paths: Sequence[str]) -> list[str]:
    """Give paths without their queries."""
    return [path.partition("?")[0] for path in paths]
