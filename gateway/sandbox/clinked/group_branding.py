"""How Clinked's groups look. Clinked API 7.13."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import rules
from gateway.sandbox.clinked.account_branding import COLOUR
from gateway.sandbox.clinked.group_settings import branding
from gateway.sandbox.clinked.refusals import invalid
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.bodies import json_object
from gateway.sandbox.kit.values import Record, whole

TEXTS = ("headerColor", "alignment")
NUMBERS = ("backgroundPositionX", "backgroundPositionY")
FLAGS = ("logo", "background", "hideBackgroundGradient", "hideLogoBackground", "hideGroupName")
PICTURES = {"logoFile": "logo", "backgroundFile": "background"}
"""What an uploaded file becomes."""


class GroupBranding:
    """Answers /v3/groups/{group}/branding."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        return [Route("/v3/groups/{group}/branding", self.update, methods=["POST"])]

    async def update(self, request: Request) -> Response:
        """Change what is sent; the group itself shows it from then on."""
        fields = self._world.group(request).fields
        body = await json_object(request, rules.unreadable())
        fields["branding"] = fields["branding"] | written(body)
        return JSONResponse(fields["branding"])


def written(body: Record) -> Record:
    """Take the fields that are sent; a null makes its field as new."""
    fresh, colour = branding(), rules.text(body, "headerColor")
    if colour is not None and not COLOUR.fullmatch(colour):
        raise invalid("headerColor must be a colour like #0b3d2e")
    return (
        {name: rules.text(body, name) or fresh[name] for name in TEXTS if name in body}
        | {name: number(body, name, fresh[name]) for name in NUMBERS if name in body}
        | {name: rules.flag(body, name, default=False) for name in FLAGS if name in body}
        | {name: True for key, name in PICTURES.items() if number(body, key, 0)}
    )


def number(body: Record, name: str, default: int) -> int:
    """Take a number that may be absent or null."""
    value = body.get(name)
    found = default if value is None else whole(value)
    if found is None or found < 0:
        raise invalid(f"{name} must be a number")
    return found
