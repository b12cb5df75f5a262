"""Plays Conduit Link: two Link Apps, each with companies of its own."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gateway.sandbox.conduit.companies import Companies
from gateway.sandbox.conduit.refusals import unauthorized
from gateway.sandbox.conduit.seed import LINK_APPS
from gateway.sandbox.conduit.state import LinkApps
from gateway.sandbox.kit.assembly import Parts, assemble
from gateway.sandbox.kit.clock import Clock
from gateway.sandbox.stand_in import StandIn


def stand_in(limits: bool, clock: Clock | None = None) -> StandIn:
    """Make a Conduit with two Link Apps."""
    apps = LinkApps(clock or Clock())

    def check(request: Request) -> Response | None:
        return None if apps.companies(request) is not None else unauthorized()

    parts = Parts(
        platform="conduit",
        routes=Companies(apps).routes(),
        check=check,
        state=apps,
        connections={name: {"link_app_token": token} for name, token in LINK_APPS.items()},
        wrong_path=wrong_path,
    )
    return assemble(parts, limits=limits)


def wrong_path(_request: Request, status: int) -> Response:
    """Answer like a Django application that has no such page."""
    return HTMLResponse(f"<h1>{status}</h1><p>No such page here.</p>", status)
