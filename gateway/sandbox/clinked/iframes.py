"""The sites that an account may show inside its pages. Clinked API 4.14."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked.refusals import invalid
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.bodies import parsed
from gateway.sandbox.kit.values import texts


class Iframes:
    """Answers /v3/accounts/{account}/iframes."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world
        self._kept: dict[int, list[str]] = {}
        world.remember(self._begin)

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        path = "/v3/accounts/{account}/iframes"
        return [
            Route(path, self.list, methods=["GET"]),
            Route(path, self.replace, methods=["POST"]),
        ]

    async def list(self, request: Request) -> Response:
        """List the sites of an account."""
        return JSONResponse(self._kept.get(self._world.account(request)["id"], []))

    async def replace(self, request: Request) -> Response:
        """Put the sites that are sent in place of those before, and answer nothing."""
        account = self._world.account(request)["id"]
        sites = texts(parsed(await request.body()))
        if sites is None or not all(sites):
            raise invalid("The body must be an array of sites")
        self._kept[account] = list(dict.fromkeys(sites))
        return Response()

    def _begin(self) -> None:
        self._kept = {11: ["plans.example.com", "maps.example.org"], 12: ["tides.example.net"]}
