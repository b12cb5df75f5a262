"""The domain under which an account's portal is reached. Clinked API 4.21."""

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import rules
from gateway.sandbox.clinked.kept import Kept
from gateway.sandbox.clinked.refusals import invalid
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.bodies import json_object

DOMAINS = {11: "portal.larkspur.example.com", 12: None}
REGIONS = {
    "EU-WEST-1": ["eu1.portal.example.com", "eu2.portal.example.com"],
    "US-WEST-1": ["us1.portal.example.com"],
}
"""The hosts that a domain must point to, by region."""

HOST = re.compile(r"([a-z0-9-]+\.)+[a-z]{2,}")


class CustomDomain:
    """Answers /v3/accounts/{account}/domain."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world
        self._kept = Kept(world, DOMAINS.get)

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        path = "/v3/accounts/{account}/domain"
        return [
            Route(path, self.get, methods=["GET"]),
            Route(path, self.add, methods=["POST"]),
            Route(path, self.delete, methods=["DELETE"]),
        ]

    async def get(self, request: Request) -> Response:
        """Show the domain, if there is one, and whether the account may have one."""
        domain = self._kept.of(request)
        enabled = self._world.account(request)["id"] in DOMAINS
        return JSONResponse(
            {
                "status": domain is not None,
                "enabled": enabled,
                "regions": REGIONS if enabled else {},
                "domain": domain,
            }
        )

    async def add(self, request: Request) -> Response:
        """Take the domain in place of any before, and answer nothing."""
        self._kept.of(request)
        domain = rules.text(await json_object(request, rules.unreadable()), "domain")
        if not domain or not HOST.fullmatch(domain):
            raise invalid("domain must be a host name")
        self._kept.put(request, domain)
        return Response()

    async def delete(self, request: Request) -> Response:
        """Give the domain up."""
        self._kept.put(request, None)
        return Response()
