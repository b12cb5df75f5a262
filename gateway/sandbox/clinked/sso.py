"""Single sign-on into an account. Clinked API 4.17."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import rules
from gateway.sandbox.clinked.certificates import FIRST, certificate
from gateway.sandbox.clinked.kept import Kept
from gateway.sandbox.clinked.refusals import invalid
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.bodies import json_object
from gateway.sandbox.kit.values import Record, whole

SETTINGS = (
    *("ssoEnabled", "userJit", "forceSso"),
    *("adminsUsePassword", "disableProfileEdit", "forceAuth"),
)
CONFIGURED = 12
"""The account of the seed that has single sign-on."""


class Sso:
    """Answers /v3/accounts/{account}/sso."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world
        self._kept = Kept(world, seeded)

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        path = "/v3/accounts/{account}/sso"
        return [
            Route(path, self.get, methods=["GET"]),
            Route(path, self.update, methods=["PATCH"]),
            Route(path, self.delete, methods=["DELETE"]),
        ]

    async def get(self, request: Request) -> Response:
        """Show single sign-on, of which nothing is told until it is set up."""
        return JSONResponse(shown(self._kept.of(request)))

    async def update(self, request: Request) -> Response:
        """Change what is sent; enabling it for the first time, or renewing it, certifies it."""
        former = self._kept.of(request)
        body = await json_object(request, rules.unreadable())
        changed: Record = former | {"configuration": former["configuration"] | written(body)}
        renew = rules.flag(body, "renew", default=False)
        if renew and not former["certificate"]:
            raise invalid("There is no certificate to renew")
        if renew or (changed["configuration"]["ssoEnabled"] and not former["certificate"]):
            changed["certificate"] = self._certificate(request)
        return JSONResponse(shown(self._kept.put(request, changed)))

    async def delete(self, request: Request) -> Response:
        """Forget all of it."""
        self._kept.put(request, unset())
        return Response()

    def _certificate(self, request: Request) -> Record:
        owner = self._world.account(request)["friendlyName"]
        return certificate(owner, self._world.clock.now(), next(self._world.ids))


def written(body: Record) -> Record:
    """Take the settings sent; the file that describes the provider tells its id."""
    changes: Record = {
        name: rules.flag(body, name, default=False) for name in SETTINGS if name in body
    }
    file = body.get("tempFile")
    if file is not None and whole(file) is None:
        raise invalid("tempFile must be a number")
    return changes if file is None else changes | {"entityId": f"https://idp.example.com/{file}"}


def shown(kept: Record) -> Record:
    """Show single sign-on, or only that there is none."""
    if not kept["certificate"]:
        return {"enabled": False}
    configuration = kept["configuration"]
    return {
        "enabled": configuration["ssoEnabled"],
        **kept["certificate"],
        "configuration": configuration,
    }


def unset() -> Record:
    """Give single sign-on before it is set up."""
    settings = dict.fromkeys(SETTINGS, False)
    return {"certificate": None, "configuration": {"entityId": None, **settings}}


def seeded(account: int) -> Record:
    """Give single sign-on of an account of the seed, whose certificate runs out soon."""
    if account != CONFIGURED:
        return unset()
    chosen = {"ssoEnabled": True, "userJit": True, "adminsUsePassword": True}
    named = {"entityId": "https://idp.example.net/tidewater"}
    return {
        "certificate": certificate("Tidewater Shipping", FIRST, 1) | {"soonToExpire": True},
        "configuration": unset()["configuration"] | chosen | named,
    }
