"""Puts a stand-in together from its routes, its check of callers and its state."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from gateway.sandbox.kit.calls import CallLog
from gateway.sandbox.kit.controls import Controls
from gateway.sandbox.kit.faults import FaultBox
from gateway.sandbox.kit.gate import Gate
from gateway.sandbox.kit.guard import Check, Guard
from gateway.sandbox.kit.limits import LimitBox, Limiter, NoLimit
from gateway.sandbox.kit.refusal import Refusal, refuse
from gateway.sandbox.stand_in import StandIn


class State(Protocol):
    """What a platform remembers."""

    def reset(self) -> None:
        """Go back to the seed."""
        ...

    def expire_tokens(self) -> None:
        """Make every token issued so far expire now."""
        ...


@dataclass(frozen=True, slots=True)
class Parts:
    """What makes one platform different from another."""

    platform: str
    routes: Sequence[BaseRoute]
    check: Check
    state: State
    connections: dict[str, dict[str, str]]
    wrong_path: Callable[[Request, int], Response]
    limiter: Limiter = field(default_factory=NoLimit)
    wrap: Callable[[ASGIApp], ASGIApp] = lambda app: app
    other_credentials: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])


def assemble(parts: Parts, *, limits: bool) -> StandIn:
    """Make a stand-in, complete with call log, faults and limits."""
    calls, faults = CallLog(), FaultBox()
    switch = LimitBox(parts.limiter, enabled=limits)
    controls = Controls(calls, faults, switch, parts.state.reset, parts.state.expire_tokens)
    door = Guard(parts.wrap(platform_app(parts)), parts.check)
    return StandIn(
        platform=parts.platform,
        app=Gate(door, controls.app(), calls, faults, switch),
        connections=parts.connections,
        reset=controls.reset,
        other_credentials=parts.other_credentials,
    )


def platform_app(parts: Parts) -> Starlette:
    """Make the app of the platform's own routes."""

    async def astray(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return parts.wrong_path(request, status)

    app = Starlette(
        routes=parts.routes, exception_handlers={Refusal: refuse, HTTPException: astray}
    )
    app.router.redirect_slashes = False
    return app
