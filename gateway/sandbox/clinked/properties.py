"""The named texts kept with an account or a group. Clinked API 4.11 and 7.17."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import pages, rules
from gateway.sandbox.clinked.owners import OWNERS, Owner, owner
from gateway.sandbox.clinked.refusals import invalid, not_found
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.bodies import json_object


class Properties:
    """Answers the properties below /v3/accounts/{account} and /v3/groups/{group}."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world
        self._kept: dict[Owner, dict[str, str]] = {}
        world.remember(self._begin)

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        return [route for path in OWNERS for route in self._below(f"{path}/properties")]

    async def list(self, request: Request) -> Response:
        """List all properties, or those whose names start as asked."""
        kept = self._of(request)
        found = [name for name in kept if pages.named(request, (name,))]
        return JSONResponse([{"name": name, "value": kept[name]} for name in found])

    async def create(self, request: Request) -> Response:
        """Set a property; a name that is there gets the new value."""
        kept = self._of(request)
        body = await json_object(request, rules.unreadable())
        name, value = rules.text(body, "name"), rules.text(body, "value")
        if not name or value is None:
            raise invalid("A property must have a name and a value")
        kept[name] = value
        return JSONResponse({"name": name, "value": value})

    async def delete(self, request: Request) -> Response:
        """Delete a property."""
        kept, name = self._of(request), request.path_params["name"]
        if name not in kept:
            raise not_found("Property", name)
        del kept[name]
        return Response()

    def _below(self, many: str) -> "list[Route]":
        return [
            Route(many, self.list, methods=["GET"]),
            Route(many, self.create, methods=["POST"]),
            Route(f"{many}/{{name}}", self.delete, methods=["DELETE"]),
        ]

    def _of(self, request: Request) -> dict[str, str]:
        return self._kept.setdefault(owner(self._world, request), {})

    def _begin(self) -> None:
        self._kept = {
            ("account", 11): {
                "crm.id": "LARK-0011",
                "crm.stage": "customer",
                "note": "",
                "theme": "dusk",
            },
            ("account", 12): {"crm.id": "TIDE-0012"},
            ("group", 101): {"budget.code": "NB-7", "budget.limit": "125000", "theme": "dawn"},
            ("group", 201): {"budget.code": "TS-2"},
        }
