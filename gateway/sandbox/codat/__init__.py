"""Plays Codat: companies, their connections, and the groups it used to have."""

import base64
import secrets

from starlette.requests import Request
from starlette.responses import Response

from gateway.sandbox.codat.companies import Companies
from gateway.sandbox.codat.connections import Connections
from gateway.sandbox.codat.groups import Groups
from gateway.sandbox.codat.idempotency import Idempotency
from gateway.sandbox.codat.limit import CodatLimit
from gateway.sandbox.codat.refusals import envelope
from gateway.sandbox.codat.state import Client
from gateway.sandbox.kit.assembly import Parts, assemble
from gateway.sandbox.kit.clock import Clock
from gateway.sandbox.stand_in import StandIn

API_KEY = "sandbox-codat-key-4f1c8a70be52"
SIGNED = base64.b64encode(API_KEY.encode())


def stand_in(limits: bool, clock: Clock | None = None) -> StandIn:
    """Make a Codat with one client."""
    client = Client(clock or Clock())
    chapters = (Companies(client), Connections(client), Groups(client))
    parts = Parts(
        platform="codat",
        routes=[route for chapter in chapters for route in chapter.routes()],
        check=check,
        state=client,
        connections={"codat": {"api_key": API_KEY}},
        wrong_path=wrong_path,
        limiter=CodatLimit(client),
        wrap=lambda app: Idempotency(app, client),
    )
    return assemble(parts, limits=limits)


def check(request: Request) -> Response | None:
    """Let in whoever sends the encoded key, which has neither user nor colon."""
    scheme, _, signed = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic" and secrets.compare_digest(signed.encode(), SIGNED):
        return None
    return envelope(401, "Unauthorized")


def wrong_path(_request: Request, status: int) -> Response:
    """Answer a path or a method that does not exist."""
    return envelope(status, "Method Not Allowed" if status == 405 else "Not Found")  # noqa: PLR2004
