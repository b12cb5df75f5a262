"""The colours and pictures of an account. Clinked API 4.10."""

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import rules
from gateway.sandbox.clinked.people import DAY, START
from gateway.sandbox.clinked.refusals import invalid
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.bodies import json_object
from gateway.sandbox.kit.values import Record

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
DEFAULTS: Record = {
    "logo": False,
    "mediumLogo": False,
    "largeLogo": False,
    "icon": False,
    "background": False,
    "darkMenu": False,
    "navbarColor": "#fbfaf7",
    "navbarText": "#20252b",
    "sidebarColor": "#20252b",
    "sidebarText": "#fbfaf7",
    "primaryColor": "#2f6f5e",
    "primaryText": "#ffffff",
    "secondaryColor": "#c9a227",
    "secondaryText": "#20252b",
    "lastModified": START,
    "fontFamily": "Inter",
}
COLOURS = tuple(name for name in DEFAULTS if name.endswith(("Color", "Text")))
FLAGS = ("logo", "icon", "background", "darkMenu")


class AccountBranding:
    """Answers /v3/accounts/{account}/branding."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world
        self._kept: dict[int, Record] = {}
        world.remember(self._begin)

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        path = "/v3/accounts/{account}/branding"
        return [
            Route(path, self.get, methods=["GET"]),
            Route(path, self.write, methods=["POST"]),
            Route(path, self.delete, methods=["DELETE"]),
        ]

    async def get(self, request: Request) -> Response:
        """Show an account's branding, or the defaults."""
        return JSONResponse(self._kept.get(self._world.account(request)["id"], DEFAULTS))

    async def write(self, request: Request) -> Response:
        """Change what is sent; a null brings its default back."""
        account = self._world.account(request)["id"]
        changes = written(await json_object(request, rules.unreadable()))
        former = self._kept.get(account, DEFAULTS)
        self._kept[account] = former | changes | {"lastModified": self._world.clock.millis()}
        return JSONResponse(self._kept[account])

    async def delete(self, request: Request) -> Response:
        """Bring all the defaults back."""
        account = self._world.account(request)["id"]
        self._kept[account] = DEFAULTS | {"lastModified": self._world.clock.millis()}
        return Response()

    def _begin(self) -> None:
        larkspur = {
            "logo": True,
            "mediumLogo": True,
            "largeLogo": True,
            "darkMenu": True,
            "navbarColor": "#3b2f5c",
            "navbarText": "#f6f1ff",
            "lastModified": START + 420 * DAY,
            "fontFamily": "Source Serif",
        }
        self._kept = {11: DEFAULTS | larkspur, 12: DEFAULTS | {"primaryColor": "#0b4f6c"}}


def written(body: Record) -> Record:
    """Take the fields that are sent; a logo comes in all its sizes."""
    changes: Record = {
        name: rules.flag(body, name, default=False) for name in FLAGS if name in body
    }
    for name in COLOURS:
        if name in body:
            changes[name] = colour(body, name)
    if "fontFamily" in body:
        changes["fontFamily"] = rules.text(body, "fontFamily") or DEFAULTS["fontFamily"]
    if "logo" in changes:
        changes |= {"mediumLogo": changes["logo"], "largeLogo": changes["logo"]}
    return changes


def colour(body: Record, name: str) -> str:
    """Take a colour of six hexadecimal digits; null is the default."""
    found = rules.text(body, name) or DEFAULTS[name]
    if not COLOUR.fullmatch(found):
        raise invalid(f"{name} must be a colour such as #20252b")
    return found
