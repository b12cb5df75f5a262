"""The gateway as an ASGI application."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway import explorer
from gateway.allowance import settled
from gateway.callers import Callers
from gateway.documents import Documents, ManifestError
from gateway.endpoint import METHODS, Endpoint
from gateway.health import Phase, drain, healthz, readyz
from gateway.http.headers import SecurityHeaders
from gateway.http.hosts import Hosts
from gateway.http.marks import COST_HEADER, DEADLINE_HEADER, REQUEST_ID_HEADER
from gateway.metrics import Metrics, show
from gateway.settings import Settings, SettingsError
from gateway.visit import Front, Running
from resolvers.connection import Connection
from resolvers.journal import Journal
from resolvers.session import Connections
from resolvers.upstream.alarms import Alarms
from resolvers.upstream.observer import Observer
from resolvers.upstream.sealing import Seal
from resolvers.upstream.services import Services
from resolvers.upstream.shared import open_store
from resolvers.upstream.wires import open_wire
from schema.build import build
from schema.operation import Operations

# What a page of an allowed origin may send, and read of the answer, beside what any page may.
ASKED_WITH = (
    "Authorization",
    "Content-Type",
    "GraphQL-Require-Preflight",
    "Apollo-Require-Preflight",
    COST_HEADER,
    DEADLINE_HEADER,
    REQUEST_ID_HEADER,
)
PATH = "/graphql"
TOLD_WITH = (REQUEST_ID_HEADER, "Retry-After")


class Gateway(Starlette):
    """An application that goes straight to its endpoint, where most requests want to."""

    endpoint: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or start and stop."""
        if scope.get("path") == PATH and scope["type"] == "http" and not scope.get("root_path"):
            await self.endpoint(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def create(settings: Settings, *, sandbox: Sequence[Mapping[str, Any]] = ()) -> Gateway:
    """Make the application; `sandbox` describes the stand-ins that it speaks to, if any."""
    metrics = Metrics()
    operations = Operations(build(), suggestions=settings.suggestions)
    front = Front(settings, metrics, operations, _documents(settings, metrics))

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
            callers = Callers(settings.callers, settings.jwt)
            held.push_async_callback(callers.close)
            held.push_async_callback(settled)
            alarms = Alarms()
            held.callback(alarms.close)
            front.running = Running(services, connections, journal, callers, alarms)
            app.state.phase = Phase.READY
            yield
            drain(app)

    endpoint, around = Endpoint(front), _around(settings)
    routes = _routes(settings, endpoint, sandbox)
    made = Gateway(routes=routes, middleware=around, lifespan=lifespan)
    # It writes the headers of every answer itself, so that most often nothing is around it.
    around += _for_pages(settings)
    made.endpoint = _within(around, endpoint) if len(around) > 1 else endpoint
    made.state.settings, made.state.metrics = settings, metrics
    # Whoever serves by several workers makes each known to the others.
    made.state.fellows = None
    made.state.phase = Phase.STARTING
    return made


def _around(settings: Settings) -> list[Middleware]:
    """Put what holds for every answer around the routes, the outermost first."""
    around = [Middleware(SecurityHeaders)]
    if settings.hosts:
        around.append(Middleware(Hosts, settings.hosts))
    return around


def _within(around: Sequence[Middleware], app: ASGIApp) -> ASGIApp:
    for one in reversed(around):
        app = one.cls(app, *one.args, **one.kwargs)
    return app


def _for_pages(settings: Settings) -> list[Middleware]:
    """Let the pages of some origins ask for what they may; nothing else here is for them."""
    if not settings.origins:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=settings.origins,
            allow_credentials=settings.cors_credentials,
            allow_methods=METHODS,
            allow_headers=ASKED_WITH,
            expose_headers=TOLD_WITH,
        )
    ]


def _documents(settings: Settings, metrics: Metrics) -> Documents:
    try:
        return Documents(settings.documents, metrics.document_found)
    except ManifestError as error:
        raise SettingsError(f"setting documents.manifest: {error}") from None


def _services(settings: Settings, observer: Observer) -> Services:
    store = None if settings.store is None else settings.store.get_secret_value()
    keys = [key.get_secret_value().encode() for key in settings.store_key]
    seal = Seal(keys) if keys else Seal.of_process()
    return Services(open_store(store), seal, observer, settings.mutation_share)


def _connections(settings: Settings, services: Services) -> Connections:
    # A wire for each, so that a platform that hangs fills nobody else's sockets.
    return Connections(
        Connection(
            name,
            credentials,
            open_wire(settings.wire, connections=credentials.most_connections),
            services,
        )
        for name, credentials in settings.connections.items()
    )


def _routes(
    settings: Settings, endpoint: Endpoint, sandbox: Sequence[Mapping[str, Any]]
) -> list[Route]:
    routes = [
        # For a server that puts the gateway below a path of its own.
        Route(PATH, endpoint, middleware=_for_pages(settings)),
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
