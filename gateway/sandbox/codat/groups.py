"""The groups that Codat's companies could be put in until 2024."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.codat import rules
from gateway.sandbox.codat.refusals import invalid, not_found, too_many_groups
from gateway.sandbox.codat.state import Client
from gateway.sandbox.kit.bodies import json_object

MOST_GROUPS = 20
LONGEST_NAME = 50


class Groups:
    """Answers /groups and /companies/{company}/groups."""

    def __init__(self, client: Client) -> None:
        """Answer from this client."""
        self._client = client

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        joined = "/companies/{company}/groups"
        return [
            Route("/groups", self.list, methods=["GET"]),
            Route("/groups", self.create, methods=["POST"]),
            Route(joined, self.join, methods=["PATCH"]),
            Route(f"{joined}/{{group}}", self.leave, methods=["DELETE"]),
        ]

    async def list(self, _request: Request) -> Response:
        """List all groups."""
        return JSONResponse({"results": list(self._client.groups.values())})

    async def create(self, request: Request) -> Response:
        """Create a group, which can never be changed or deleted."""
        name = (await json_object(request, rules.unreadable())).get("name")
        if not isinstance(name, str) or not 1 <= len(name.strip()) <= LONGEST_NAME:
            raise invalid("'Name' must have 1 to 50 characters.")
        if len(self._client.groups) >= MOST_GROUPS:
            raise too_many_groups()
        made = {"id": self._client.ids(), "name": name}
        self._client.groups[made["id"]] = made
        return JSONResponse(made)

    async def join(self, request: Request) -> Response:
        """Put a company in a group."""
        company = self._client.company(request)
        key = (await json_object(request, rules.unreadable())).get("groupId")
        if not isinstance(key, str):
            raise invalid("'GroupId' must not be empty.")
        membership = {"id": self._client.group(key)["id"]}
        if membership not in company["groups"]:
            company["groups"].append(membership)
        return JSONResponse(company)

    async def leave(self, request: Request) -> Response:
        """Take a company out of a group."""
        company, key = self._client.company(request), request.path_params["group"]
        membership = {"id": self._client.group(key)["id"]}
        if membership not in company["groups"]:
            raise not_found("group", key)
        company["groups"].remove(membership)
        return Response(status_code=204)
