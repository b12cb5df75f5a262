"""Plays Kondado: a catalogue of connectors, and invitations to set one up."""

import secrets

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from gateway.sandbox.kit.assembly import Parts, assemble
from gateway.sandbox.kit.clock import Clock
from gateway.sandbox.kondado.catalogue import Catalogue
from gateway.sandbox.kondado.guests import Guests
from gateway.sandbox.kondado.limit import KondadoLimit
from gateway.sandbox.kondado.refusals import failure
from gateway.sandbox.stand_in import StandIn

CREDENTIALS = {
    "key": "sandbox-kondado-key-71c0de5a",
    "token": "sandbox-kondado-token-8d3fb9e24c60",
}


def stand_in(limits: bool, clock: Clock | None = None) -> StandIn:
    """Make a Kondado."""
    guests = Guests()
    parts = Parts(
        platform="kondado",
        routes=[*guests.routes(), *Catalogue().routes()],
        check=check,
        state=guests,
        connections={"kondado": dict(CREDENTIALS)},
        wrong_path=wrong_path,
        limiter=KondadoLimit(clock or Clock()),
    )
    return assemble(parts, limits=limits)


def check(request: Request) -> Response | None:
    """Let in whoever brings both parts of the access token in the query."""
    given = request.query_params
    if all(
        secrets.compare_digest(given.get(name, "").encode(), value.encode())
        for name, value in CREDENTIALS.items()
    ):
        return None
    return failure("UNAUTHORIZED", "The access token is missing or not valid.")


def wrong_path(_request: Request, status: int) -> Response:
    """Answer a path that does not exist."""
    return JSONResponse(
        {"success": False, "error": "NOT_FOUND", "message": "There is no such route."}, status
    )
