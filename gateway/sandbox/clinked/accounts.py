"""Clinked's accounts. Clinked API 4.1 to 4.3."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import pages, rules
from gateway.sandbox.clinked.refusals import conflict, invalid
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.bodies import json_object


class Accounts:
    """Answers /v3/accounts."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        return [
            Route("/v3/accounts", self.list, methods=["GET"]),
            Route("/v3/accounts/{account}", self.get, methods=["GET"]),
            Route("/v3/accounts/{account}", self.update, methods=["PATCH"]),
        ]

    async def list(self, request: Request) -> Response:
        """List all accounts, or only those enabled."""
        enabled_only = pages.flag(request, "enabledOnly")
        found = self._world.accounts.values()
        return JSONResponse([one for one in found if one["enabled"] or not enabled_only])

    async def get(self, request: Request) -> Response:
        """Show an account."""
        return JSONResponse(self._world.account(request))

    async def update(self, request: Request) -> Response:
        """Change what is sent; a null locale clears it."""
        account = self._world.account(request)
        body = await json_object(request, rules.unreadable())
        sent = [name for name in ("friendlyName", "name", "locale") if name in body]
        changes = {name: rules.text(body, name) for name in sent}
        for name in ("name", "friendlyName"):
            if name in changes and not changes[name]:
                raise invalid(f"{name} must not be empty")
        others = [one for one in self._world.accounts.values() if one is not account]
        if any(changes.get("name") == one["name"] for one in others):
            raise conflict("Account name", changes["name"])
        account.update(changes, lastModified=self._world.clock.millis())
        return JSONResponse(account)
