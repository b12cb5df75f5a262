"""The gateway as an ASGI application."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.endpoint import Endpoint
from gateway.settings import Settings
from resolvers.connection import Connection
from resolvers.session import Connections
from resolvers.upstream.services import Services
from resolvers.upstream.wire import HttpxWire
from schema.build import build


def create(settings: Settings, *, sandbox: Sequence[Mapping[str, Any]] = ()) -> Starlette:
    """Make the application; `sandbox` describes the stand-ins that it speaks to, if any."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[None]:
        services = Services(mutation_share=settings.mutation_share)
        app.state.settings, app.state.services = settings, services
        app.state.connections = Connections(
            # A wire for each, so that a platform that hangs fills nobody else's sockets.
            Connection(
                name, credentials, HttpxWire(connections=credentials.most_connections), services
            )
            for name, credentials in settings.connections.items()
        )
        try:
            yield
        finally:
            for connection in app.state.connections.all():
                await connection.close()
            await services.store.close()

    schema = build()
    routes = [
        Route("/graphql", Endpoint(schema)),
        Route("/healthz", healthz),
        Route("/readyz", readyz),
    ]
    if settings.graphiql:
        routes.append(Route("/", Endpoint(schema, graphiql=True)))
    if sandbox:
        described = {"platforms": list(sandbox)}

        def describe(request: Request) -> Response:
            del request
            return JSONResponse(described)

        routes.append(Route("/sandbox", describe))
    return Starlette(routes=routes, lifespan=lifespan)


def healthz(request: Request) -> Response:
    """Say that the process lives."""
    del request
    return JSONResponse({"status": "alive"})


def readyz(request: Request) -> Response:
    """Say that the gateway answers, and by which connections; a platform's outage is not ours."""
    connections: Connections = request.app.state.connections
    held = [{"name": one.name, "platform": one.platform} for one in connections.all()]
    return JSONResponse({"status": "ready", "connections": held})
