"""An account's connection to Adobe Sign. Clinked API 4.22.8 and 4.22.9."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked.kept import Kept
from gateway.sandbox.clinked.state import World

CONNECTED = 11
"""The account of the seed that is connected."""


class Adobe:
    """Answers /v3/accounts/{account}/adobe."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._kept = Kept(world, lambda account: account == CONNECTED)

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        path = "/v3/accounts/{account}/adobe"
        return [
            Route(path, self.get, methods=["GET"]),
            # The document describes this call but prints no request for it.
            Route(path, self.disconnect, methods=["DELETE"]),
        ]

    async def get(self, request: Request) -> Response:
        """Show whether it is connected."""
        return JSONResponse({"connected": self._kept.of(request)})

    async def disconnect(self, request: Request) -> Response:
        """Cut the connection."""
        self._kept.put(request, False)
        return Response()
