"""The sender of an account's mail. Clinked API 4.20."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.sandbox.clinked import rules
from gateway.sandbox.clinked.domain_authentication import authenticated, validated
from gateway.sandbox.clinked.kept import Kept
from gateway.sandbox.clinked.refusals import invalid, not_found
from gateway.sandbox.clinked.sendgrid import KEY, domains
from gateway.sandbox.clinked.state import World
from gateway.sandbox.kit.bodies import json_object
from gateway.sandbox.kit.values import Record, whole

LARGEST_PORT = 65_535
SENDERS: dict[int, Record] = {
    11: {"enabled": True, "connected": True, "type": "smtp"},
    12: {"enabled": True, "connected": True, "type": "sendgrid", "apiKey": KEY},
}


class CustomEmail:
    """Answers /v3/accounts/{account}/custom-email."""

    def __init__(self, world: World) -> None:
        """Answer from this world."""
        self._world = world
        self._kept = Kept(world, seeded)

    def routes(self) -> list[Route]:
        """List the paths answered here."""
        path = "/v3/accounts/{account}/custom-email"
        authentication = f"{path}/domain-authentication"
        return [
            Route(path, self.get, methods=["GET"]),
            Route(path, self.delete, methods=["DELETE"]),
            Route(f"{path}/smtp", self.smtp, methods=["POST"]),
            Route(f"{path}/sendgrid", self.sendgrid, methods=["POST"]),
            Route(f"{path}/sendgrid/domains", self.domains, methods=["GET"]),
            Route(authentication, self.authenticate, methods=["POST"]),
            Route(authentication, self.validate, methods=["PATCH"]),
        ]

    async def get(self, request: Request) -> Response:
        """Show which kind of sender there is; a null type is none."""
        kept = self._kept.of(request)
        return JSONResponse({name: kept[name] for name in ("enabled", "connected", "type")})

    async def delete(self, request: Request) -> Response:
        """Give the sender up."""
        self._put(request, None)
        return Response()

    async def smtp(self, request: Request) -> Response:
        """Send by a mail server, keeping silent about how to sign in there."""
        self._kept.of(request)
        body = await json_object(request, rules.unreadable())
        shown = mail_server(body)
        self._put(request, "smtp")
        return JSONResponse(shown)

    async def sendgrid(self, request: Request) -> Response:
        """Send by SendGrid, and answer the key itself."""
        self._kept.of(request)
        body = await json_object(request, rules.unreadable())
        key, sender = rules.text(body, "apiKey"), mail_from(body)
        if not key:
            raise invalid("apiKey must not be empty")
        self._put(request, "sendgrid", apiKey=key)
        return JSONResponse({"apiKey": key, "from": sender, "mx": None})

    async def domains(self, request: Request) -> Response:
        """List the domains that SendGrid knows by the key given, or by the account's own."""
        kept, account = self._kept.of(request), self._world.account(request)["id"]
        if not request.query_params.get("apiKey", kept.get("apiKey")):
            raise invalid("apiKey must not be empty")
        return JSONResponse(domains(account))

    async def authenticate(self, request: Request) -> Response:
        """Send from a domain that is still to be validated."""
        self._kept.of(request)
        body = await json_object(request, rules.unreadable())
        made = authenticated(mail_from(body), body)
        self._put(request, "domain", connected=made["valid"], authentication=made)
        return JSONResponse(made)

    async def validate(self, request: Request) -> Response:
        """Look whether the domain's records are there."""
        former = self._kept.of(request).get("authentication")
        body = await json_object(request, rules.unreadable())
        if former is None:
            raise not_found("Domain authentication", request.path_params["account"])
        found = validated(former, body)
        self._put(request, "domain", connected=found["valid"], authentication=found)
        return JSONResponse(found)

    def _put(self, request: Request, kind: str | None, **more: object) -> None:
        enabled = self._kept.of(request)["enabled"]
        sender: Record = {"enabled": enabled, "connected": kind is not None, "type": kind}
        self._kept.put(request, sender | more)


def mail_server(body: Record) -> Record:
    """Take a mail server, and show it without its password."""
    host, port = rules.text(body, "host"), whole(body.get("port"))
    rules.text(body, "password")
    rules.flag(body, "auth", default=False)
    if not host:
        raise invalid("host must not be empty")
    if port is None or not 0 < port <= LARGEST_PORT:
        raise invalid("port must be the number of a port")
    return {
        "host": host,
        "username": rules.text(body, "username"),
        "password": None,
        "port": port,
        "auth": None,
        "starttls": rules.flag(body, "starttls", default=False),
        "passwordOmitted": True,
        "from": mail_from(body),
    }


def mail_from(body: Record) -> str:
    """Take the address that mail is sent from."""
    found = rules.text(body, "from")
    if not found or not rules.EMAIL.fullmatch(found):
        raise invalid("from must be an e-mail address")
    return found


def seeded(account: int) -> Record:
    """Give the sender of an account of the seed."""
    return SENDERS.get(account, {"enabled": False, "connected": False, "type": None})
