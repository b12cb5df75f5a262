"""The gateway as an ASGI application."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway import explorer
from gateway.endpoint import Endpoint
from gateway.health import Phase, drain, healthz, readyz
from gateway.metrics import Metrics, show
from gateway.settings import Settings
from resolvers.connection import Connection
from resolvers.journal import Journal
from resolvers.session import Connections
from resolvers.upstream.observer import Observer
from resolvers.upstream.sealing import Seal
from resolvers.upstream.services import Services
from resolvers.upstream.shared import open_store
from resolvers.upstream.wire import HttpxWire
from schema.build import build


def create(settings: Settings, *, sandbox: Sequence[Mapping[str, Any]] = ()) -> Starlette:
    """Make the application; `sandbox` describes the stand-ins that it speaks to, if any."""
    metrics = Metrics()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[None]:
        async with AsyncExitStack() as held:
            services = _services(settings, metrics)
            held.push_async_callback(services.store.close)
            connections = _connections(settings, services)
            for connection in connections.all():
                held.push_async_callback(connection.close)
            app.state.services, app.state.connections = services, connections
            app.state.journal = journal = Journal(services, settings.idempotency_seconds)
            held.push_async_callback(journal.drain)
            app.state.phase = Phase.READY
            yield
            drain(app)

    made = Starlette(routes=_routes(settings, metrics, sandbox), lifespan=lifespan)
    made.state.settings, made.state.metrics = settings, metrics
    made.state.phase = Phase.STARTING
    return made


def _services(settings: Settings, observer: Observer) -> Services:
    store = None if settings.store is None else settings.store.get_secret_value()
    keys = [key.get_secret_value().encode() for key in settings.store_key]
    seal = Seal(keys) if keys else Seal.of_process()
    return Services(open_store(store), seal, observer, settings.mutation_share)


def _connections(settings: Settings, services: Services) -> Connections:
    # A wire for each, so that a platform that hangs fills nobody else's sockets.
    return Connections(
        Connection(name, credentials, HttpxWire(connections=credentials.most_connections), services)
        for name, credentials in settings.connections.items()
    )


def _routes(
    settings: Settings, metrics: Metrics, sandbox: Sequence[Mapping[str, Any]]
) -> list[Route]:
    schema = build()
    routes = [
        Route("/graphql", Endpoint(schema, metrics)),
        Route("/healthz", healthz),
        Route("/readyz", readyz),
    ]
    if settings.metrics:
        routes.append(Route("/metrics", show))
    routes.extend(explorer.routes(settings, sandbox=bool(sandbox)))
    if sandbox:
        described = {"platforms": list(sandbox)}

        def describe(request: Request) -> Response:
            del request
            return JSONResponse(described)

        routes.append(Route("/sandbox", describe))
    return routes
