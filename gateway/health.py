"""Whether the process lives, and whether it takes requests."""

import asyncio
from enum import StrEnum

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from resolvers.connection import Connection
from resolvers.session import Connections
from resolvers.status import condition
from resolvers.upstream.services import Services


class Phase(StrEnum):
    """What the process is about."""

    STARTING = "starting"
    READY = "ready"
    DRAINING = "draining"


def drain(app: Starlette) -> None:
    """Let the gateway tell whoever asks that it takes no more requests."""
    app.state.phase = Phase.DRAINING


def healthz(request: Request) -> Response:
    """Say that the process lives."""
    del request
    return JSONResponse({"status": "alive"})


async def readyz(request: Request) -> Response:
    """Say whether the gateway takes requests, and how its connections are.

    A platform's outage is not ours; it is 503 only before the start is over and after its end.
    """
    state = request.app.state
    phase: Phase = state.phase
    if phase is not Phase.READY:
        return JSONResponse({"status": phase}, 503)
    connections: Connections = state.connections
    services: Services = state.services
    shown = await asyncio.gather(*map(_shown, connections.all()))
    return JSONResponse({"status": phase, "stateKept": services.store.state, "connections": shown})


async def _shown(connection: Connection) -> dict[str, str]:
    now = await condition(connection)
    return {
        "name": connection.name,
        "platform": connection.platform,
        "status": now.status,
        "breaker": now.breaker,
    }
