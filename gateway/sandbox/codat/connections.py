"""The connections of Codat's companies to platforms of their own."""

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.codat import rules
from gateway.sandbox.codat.pages import filtered, ordered, page, resolver
from gateway.sandbox.codat.refusals import invalid, not_found
from gateway.sandbox.codat.seed import PLATFORMS, connection
from gateway.sandbox.codat.state import Client
from gateway.sandbox.kit.bodies import json_object

PLATFORM_KEY = re.compile(r"[a-z]{4}")
PROPERTIES = frozenset(
    {"id", "status", "platformName", "integrationKey", "sourceType", "created", "lastSync"}
)


class Connections:
    """Answers /companies/{company}/connections."""

    def __init__(self, client: Client) -> None:
        """Answer from this client."""
        self._client = client

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        many = "/companies/{company}/connections"
        one = f"{many}/{{connection}}"
        return [
            Route(many, self.list, methods=["GET"]),
            Route(many, self.create, methods=["POST"]),
            Route(one, self.get, methods=["GET"]),
            Route(one, self.unlink, methods=["PATCH"]),
            Route(one, self.delete, methods=["DELETE"]),
            Route(f"{one}/authorization", self.authorize, methods=["PUT"]),
        ]

    async def list(self, request: Request) -> Response:
        """List a page of a company's connections."""
        resolve, asked = resolver("DataConnection", PROPERTIES), request.query_params
        found = list(self._client.company(request)["dataConnections"])
        found = filtered(found, asked.get("query", ""), resolve)
        return JSONResponse(page(request, ordered(found, asked.get("orderBy", ""), resolve)))

    async def create(self, request: Request) -> Response:
        """Create a connection that waits for the company's authorization."""
        company = self._client.company(request)
        key = (await json_object(request, rules.unreadable())).get("platformKey")
        if not isinstance(key, str) or not PLATFORM_KEY.fullmatch(key):
            raise invalid("'PlatformKey' must be four lower case letters.")
        if key not in PLATFORMS:
            raise not_found("integration", key)
        client = self._client
        made = connection(company["id"], key, client.ids, client.stamp(), "PendingAuth")
        company["dataConnections"].append(made)
        return JSONResponse(made)

    async def get(self, request: Request) -> Response:
        """Show a connection."""
        return JSONResponse(self._client.connection(request))

    async def unlink(self, request: Request) -> Response:
        """Unlink a linked connection, which is all the change there is."""
        found = self._client.connection(request)
        if await json_object(request, rules.unreadable()) != {"status": "Unlinked"}:
            raise invalid("A connection can only be changed to Unlinked.")
        if found["status"] != "Linked":
            raise invalid("Only a linked connection can be unlinked.")
        found["status"] = "Unlinked"
        return JSONResponse(found)

    async def authorize(self, request: Request) -> Response:
        """Take an authorization, whatever it says, and link the connection."""
        found = self._client.connection(request)
        found |= {"status": "Linked", "dataConnectionErrors": None}
        return JSONResponse(found)

    async def delete(self, request: Request) -> Response:
        """Delete a connection."""
        found = self._client.connection(request)
        self._client.company(request)["dataConnections"].remove(found)
        return Response(status_code=200)
