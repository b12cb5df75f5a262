"""GraphQL over HTTP: an operation gets its session, and its answer a request id."""

import uuid

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL

from resolvers.context import Context
from resolvers.session import Connections, Session
from schema.build import Schema


class Endpoint(GraphQL[Context, None]):
    """Answers operations by POST; there are no subscriptions, and so no sockets."""

    def __init__(self, schema: Schema, *, graphiql: bool = False) -> None:
        super().__init__(
            schema,
            graphql_ide="graphiql" if graphiql else None,
            allow_queries_via_get=False,
            subscription_protocols=(),
        )

    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> Context:
        """Give each operation a session of its own."""
        connections: Connections = request.app.state.connections
        id = uuid.uuid4().hex
        structlog.contextvars.bind_contextvars(request_id=id)
        if isinstance(response, Response):
            response.headers["X-Request-Id"] = id
        return Context(Session(connections), id)
