"""The door of a stand-in: who may come in."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

Check = Callable[[Request], Response | None]
"""Answers a caller who may not come in, and None to one who may."""


class Guard:
    """Lets a call through to the app only if the check finds nothing against it."""

    def __init__(self, app: ASGIApp, check: Check) -> None:
        """Guard the app with the check."""
        self._app = app
        self._check = check

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call."""
        refusal = self._check(Request(scope))
        await (refusal or self._app)(scope, receive, send)
