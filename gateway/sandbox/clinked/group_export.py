"""The export of Clinked's groups, which is sent by e-mail. Clinked API 7.8."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway.sandbox.clinked import rules
from gateway.sandbox.clinked.components import TITLES
from gateway.sandbox.clinked.refusals import invalid
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.bodies import json_object
from gateway.sandbox.kit.values import texts


class GroupExport:
    """Answers /v3/groups/{group}/export."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        return [Route("/v3/groups/{group}/export", self.export, methods=["POST"])]

    async def export(self, request: Request) -> Response:
        """Take what to export; nothing tells of it later but the list of calls."""
        self._world.group(request)
        chosen = texts((await json_object(request, rules.unreadable())).get("components"))
        if not chosen or not set(chosen) <= TITLES.keys():
            raise invalid(f"components must be some of {', '.join(TITLES)}")
        return Response()
