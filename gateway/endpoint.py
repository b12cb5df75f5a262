"""GraphQL over HTTP: an operation gets its session and deadline, and its answer a request id."""

import math
import re
import uuid
from functools import partial

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL

from gateway.departure import until_gone
from gateway.settings import Settings
from resolvers.context import Context
from resolvers.session import Connections, Session
from resolvers.upstream import meter
from resolvers.upstream.deadline import Deadline
from resolvers.upstream.services import Services
from schema.build import Schema

DEADLINE_HEADER = "Manifold-Deadline"
REQUEST_ID_HEADER = "X-Request-Id"
# What a client may call its request: it stands in logs, so it is short and plain.
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class Endpoint(GraphQL[Context, None]):
    """Answers operations by POST; there are no subscriptions, and so no sockets."""

    def __init__(self, schema: Schema, *, graphiql: bool = False) -> None:
        super().__init__(
            schema,
            graphql_ide="graphiql" if graphiql else None,
            allow_queries_via_get=False,
            subscription_protocols=(),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, for as long as the client waits."""
        if scope["type"] == "http":
            wrong = _wrong(Request(scope).headers.get(DEADLINE_HEADER))
            if wrong is not None:
                await wrong(scope, receive, send)
                return
        try:
            await until_gone(partial(super().__call__), scope, receive, send)
        finally:
            session: Session | None = scope.get("state", {}).get("session")
            if session is not None:
                session.close()

    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> Context:
        """Give each operation a session of its own."""
        connections: Connections = request.app.state.connections
        services: Services = request.app.state.services
        id = request_id(request.headers.get(REQUEST_ID_HEADER))
        structlog.contextvars.bind_contextvars(request_id=id)
        if isinstance(response, Response):
            response.headers[REQUEST_ID_HEADER] = id
        session = Session(connections, _deadline(request))
        request.state.session = session
        authorization = request.headers.get("Authorization", "")
        return Context(session, id, services.seal.mark(authorization.encode()), meter.start())


def request_id(given: str | None) -> str:
    """Take over the id that a client gives its request, if it is plain; else make one."""
    return given if given and _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex


def _deadline(request: Request | WebSocket) -> Deadline:
    settings: Settings = request.app.state.settings
    asked = request.headers.get(DEADLINE_HEADER)
    most = settings.deadline_seconds
    return Deadline.after(most if asked is None else min(most, float(asked)))


def _wrong(asked: str | None) -> Response | None:
    try:
        seconds = math.inf if asked is None else float(asked)
    except ValueError:
        seconds = math.nan
    if seconds > 0:
        return None
    text = f"The header {DEADLINE_HEADER} is a number of seconds above 0."
    return PlainTextResponse(text, 400)
