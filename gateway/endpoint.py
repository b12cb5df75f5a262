"""GraphQL over HTTP: an operation gets its session and deadline, and its answer a request id."""

import math
import re
import uuid

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse
from strawberry.types import ExecutionResult
from structlog.contextvars import bound_contextvars

from gateway.departure import until_gone
from gateway.metrics import Metrics
from gateway.operations import Report, labelled, reported
from gateway.settings import Settings
from resolvers.context import Context
from resolvers.session import Connections, Session
from resolvers.upstream import meter
from resolvers.upstream.deadline import Deadline
from resolvers.upstream.services import Services
from schema.build import Schema

DEADLINE_HEADER = "Manifold-Deadline"
COST_HEADER = "Manifold-Cost"
REQUEST_ID_HEADER = "X-Request-Id"
# What a client may call its request: it stands in logs, so it is short and plain.
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class Endpoint(GraphQL[Context, None]):
    """Answers operations by POST; there are no subscriptions, and so no sockets."""

    def __init__(self, schema: Schema, metrics: Metrics, *, graphiql: bool = False) -> None:
        super().__init__(
            schema,
            graphql_ide="graphiql" if graphiql else None,
            allow_queries_via_get=False,
            subscription_protocols=(),
        )
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; whatever the answer is, it carries the request's id."""
        request = Request(scope)
        request.state.id = id = request_id(request.headers.get(REQUEST_ID_HEADER))
        sending = labelled(send, REQUEST_ID_HEADER, id)
        with bound_contextvars(request_id=id):
            if request.method != "POST":
                request.state.report = Report()
                await super().__call__(scope, receive, sending)
                return
            with reported(self._metrics) as report:
                request.state.report = report
                await self._operate(request, receive, report.watching(sending))

    async def _operate(self, request: Request, receive: Receive, send: Send) -> None:
        """Answer an operation, for as long as the client waits."""
        wrong = _wrong(request.headers.get(DEADLINE_HEADER))
        if wrong is not None:
            await wrong(request.scope, receive, send)
            return
        report: Report = request.state.report
        try:
            report.stayed = await until_gone(super().__call__, request.scope, receive, send)
        finally:
            if report.context is not None:
                report.context.session.close()

    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> Context:
        """Give each operation a session of its own."""
        del response
        connections: Connections = request.app.state.connections
        services: Services = request.app.state.services
        report: Report = request.state.report
        authorization = request.headers.get("Authorization", "")
        report.context = Context(
            Session(connections, _deadline(request)),
            request.state.id,
            services.seal.mark(authorization.encode()),
            meter.start(),
            wants_cost=request.headers.get(COST_HEADER) == "include",
            journal=request.app.state.journal,
        )
        return report.context

    async def process_result(
        self, request: Request, result: ExecutionResult
    ) -> GraphQLHTTPResponse:
        """Write an operation's answer, and note what it was."""
        report: Report = request.state.report
        report.note(result)
        return await super().process_result(request, result)


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
