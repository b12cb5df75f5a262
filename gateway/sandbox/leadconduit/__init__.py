"""Plays LeadConduit: entities, their history, invitations and connections."""

import base64
import binascii
import secrets

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from gateway.sandbox.kit.assembly import Parts, assemble
from gateway.sandbox.kit.clock import Clock
from gateway.sandbox.leadconduit.connections import Connections
from gateway.sandbox.leadconduit.entities import Entities
from gateway.sandbox.leadconduit.invitations import Invitations
from gateway.sandbox.leadconduit.state import Account
from gateway.sandbox.stand_in import StandIn

API_KEY = "sandbox-leadconduit-key-e2a94b7c1f60"


def stand_in(limits: bool, clock: Clock | None = None) -> StandIn:
    """Make a LeadConduit with one account."""
    account = Account(clock or Clock())
    chapters = (Entities(account), Invitations(account), Connections(account))
    parts = Parts(
        platform="leadconduit",
        routes=[route for chapter in chapters for route in chapter.routes()],
        check=check,
        state=account,
        connections={"leadconduit": {"api_key": API_KEY}},
        wrong_path=wrong_path,
    )
    return assemble(parts, limits=limits)


def check(request: Request) -> Response | None:
    """Let in whoever brings the key as the password, under any user name."""
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    try:
        _, colon, password = base64.b64decode(encoded, validate=True).partition(b":")
    except binascii.Error:
        colon, password = b"", b""
    if scheme.lower() == "basic" and colon and secrets.compare_digest(password, API_KEY.encode()):
        return None
    return JSONResponse({"error": "authentication failed"}, 401)


def wrong_path(_request: Request, status: int) -> Response:
    """Answer a path that does not exist."""
    return JSONResponse({"error": "no such resource"}, status)
