"""What Clinked's groups are built of. Clinked API 7.14."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked.components import FEWER, TITLES, component
from gateway.sandbox.clinked.state import World


class GroupComponents:
    """Answers /v3/accounts/{account}/groups/{group}/components."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        path = "/v3/accounts/{account}/groups/{group}/components"
        return [Route(path, self.list, methods=["GET"])]

    async def list(self, request: Request) -> Response:
        """List a group's components in their order, but only those that the account may have."""
        group = self._world.group(request)
        found = sorted(group.fields["components"], key=lambda one: one["order"])
        allowed = FEWER.get(group.account, tuple(TITLES))
        return JSONResponse([component(one["name"]) for one in found if one["name"] in allowed])
