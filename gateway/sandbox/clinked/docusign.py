"""An account's connection to DocuSign. Clinked API 4.22.2 to 4.22.6."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import rules
from gateway.sandbox.clinked.kept import Kept
from gateway.sandbox.clinked.refusals import invalid
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.bodies import json_object
from gateway.sandbox.kit.values import Record

LARKSPUR = "5a1d0c9e-0011-4c7a-9a51-larkspur0001"
LARKSPUR_TRIAL = "5a1d0c9e-0011-4c7a-9a51-larkspur0002"
TIDEWATER = "5a1d0c9e-0012-4c7a-9a51-tidewater001"
CONSENT = "https://sign.example.com/oauth/auth"


class Docusign:
    """Answers /v3/accounts/{account}/docusign."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world
        self._kept = Kept(world, {11: LARKSPUR}.get)

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        path = "/v3/accounts/{account}/docusign"
        return [
            Route(path, self.get, methods=["GET"]),
            Route(path, self.update, methods=["PATCH"]),
            Route(path, self.disconnect, methods=["DELETE"]),
            Route(f"{path}/accounts", self.accounts, methods=["GET"]),
            Route(f"{path}/consent", self.consent, methods=["GET"]),
        ]

    async def get(self, request: Request) -> Response:
        """Show whether it is connected, and to which of DocuSign's accounts."""
        return JSONResponse(shown(self._kept.of(request)))

    async def update(self, request: Request) -> Response:
        """Connect, to the account named or to the first, or disconnect."""
        former = self._kept.of(request)
        body = await json_object(request, rules.unreadable())
        connected = rules.flag(body, "connected", default=former is not None)
        chosen = rules.text(body, "account") or former or self._first(request)
        if connected and chosen not in self._ids(request):
            raise invalid(f"account {chosen} is not available")
        return JSONResponse(shown(self._kept.put(request, chosen if connected else None)))

    async def disconnect(self, request: Request) -> Response:
        """Cut the connection."""
        self._kept.put(request, None)
        return Response()

    async def accounts(self, request: Request) -> Response:
        """List DocuSign's accounts to choose from."""
        return JSONResponse(available(self._world.account(request)["id"]))

    async def consent(self, request: Request) -> Response:
        """Tell where to consent, and come back from as asked."""
        self._world.account(request)
        redirect = request.query_params.get("redirect")
        if not redirect:
            raise invalid("redirect must not be empty")
        asked = {"response_type": "code", "scope": "signature", "redirect_uri": redirect}
        return JSONResponse({"consentUrl": f"{CONSENT}?{urlencode(asked)}"})

    def _ids(self, request: Request) -> list[str]:
        return [one["account_id"] for one in available(self._world.account(request)["id"])]

    def _first(self, request: Request) -> str | None:
        return next(iter(self._ids(request)), None)


def shown(connected: str | None) -> Record:
    """Show a connection."""
    return {"connected": connected is not None, "account": connected}


def available(account: int) -> list[Record]:
    """Give DocuSign's accounts that an account may choose from."""
    organization: Record = {
        "organization_id": "0b7e7f3a-larkspur-group",
        "links": [{"rel": "self", "href": "https://sign.example.com/organizations/larkspur"}],
    }
    found = {
        11: [
            docusign_account(LARKSPUR, "Larkspur Architects", "true", organization),
            docusign_account(LARKSPUR_TRIAL, "Larkspur trial", None, organization | {"links": []}),
        ],
        12: [docusign_account(TIDEWATER, "Tidewater Shipping", None, None)],
    }
    return found.get(account, [])


def docusign_account(
    key: str, name: str, default: str | None, organization: Record | None
) -> Record:
    """Make one of DocuSign's accounts; whether it is the default is a text or null."""
    return {
        "account_id": key,
        "is_default": default,
        "account_name": name,
        "base_uri": "https://eu.sign.example.com",
        "organization": organization,
    }
