"""What an account demands of its members' passwords. Clinked API 4.15."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import rules
from gateway.sandbox.clinked.kept import Kept
from gateway.sandbox.clinked.refusals import invalid
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.bodies import json_object
from gateway.sandbox.kit.values import Record, whole

SIZES = {11: 8, 12: 14}
DEFAULT_SIZE = 6
FLAGS = ("uppercase", "digits", "special")


class PasswordStrength:
    """Answers /v3/accounts/{account}/password-strength."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._kept = Kept(world, seeded)

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        path = "/v3/accounts/{account}/password-strength"
        return [
            Route(path, self.get, methods=["GET"]),
            Route(path, self.update, methods=["POST"]),
        ]

    async def get(self, request: Request) -> Response:
        """Show what is demanded."""
        return JSONResponse(self._kept.of(request))

    async def update(self, request: Request) -> Response:
        """Change what is sent and keep the rest."""
        former = self._kept.of(request)
        body = await json_object(request, rules.unreadable())
        changes: Record = {
            name: rules.flag(body, name, default=False) for name in FLAGS if name in body
        }
        if "size" in body:
            changes["size"] = size(body["size"])
        return JSONResponse(self._kept.put(request, former | changes))


def size(value: object) -> int:
    """Take the fewest characters of a password."""
    found = whole(value)
    if found is None or found < 1:
        raise invalid("size must be a positive number")
    return found


def seeded(account: int) -> Record:
    """Give what an account of the seed demands."""
    return {
        "size": SIZES.get(account, DEFAULT_SIZE),
        "uppercase": account in SIZES,
        "digits": True,
        "special": account == 12,  # noqa: PLR2004
    }
