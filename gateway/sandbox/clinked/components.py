"""What an account's groups may be built of. Clinked API 4.5."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.values import Record

TITLES = {
    "files": ("Files", "Documents and every version of them"),
    "pages": ("Pages", "Notes written by several hands"),
    "events": ("Events", "A calendar for the group"),
    "tasks": ("Tasks", "Who does what, and until when"),
    "discussions": ("Discussions", "Talk that stays with the group"),
}
BETA = "discussions"
FEWER = {12: ("files", "tasks"), 13: ("files",)}
"""The accounts whose subscriptions do not give them everything."""


class Components:
    """Answers /v3/accounts/{account}/components."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        return [Route("/v3/accounts/{account}/components", self.list, methods=["GET"])]

    async def list(self, request: Request) -> Response:
        """List what the account's subscription gives it."""
        account = self._world.account(request)["id"]
        return JSONResponse([component(name) for name in FEWER.get(account, TITLES)])


def component(name: str) -> Record:
    """Show a component."""
    title, description = TITLES[name]
    return {
        "name": name,
        "beta": name == BETA,
        "title": title,
        "description": description,
        "iconName": name,
    }
