"""Whether an account's members must sign in with two factors. Clinked API 4.18."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked.kept import Kept
from gateway.sandbox.clinked.refusals import invalid
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.bodies import parsed

ENFORCING = 12
"""The account of the seed that enforces it."""


class TwoFactor:
    """Answers /v3/accounts/{account}/two-factor-authentication-enforce."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._kept = Kept(world, lambda account: account == ENFORCING)

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        path = "/v3/accounts/{account}/two-factor-authentication-enforce"
        return [
            Route(path, self.get, methods=["GET"]),
            Route(path, self.update, methods=["POST"]),
        ]

    async def get(self, request: Request) -> Response:
        """Show whether it is enforced."""
        return JSONResponse({"status": self._kept.of(request)})

    async def update(self, request: Request) -> Response:
        """Take a body that is true or false and nothing else, and answer nothing."""
        self._kept.of(request)
        status = parsed(await request.body())
        if not isinstance(status, bool):
            raise invalid("The body must be true or false")
        self._kept.put(request, status)
        return Response()
