"""Answers to the gateway's own names alone.

A page elsewhere can have its own name lead to the gateway's address; to a browser it is then the
gateway's own page, and may read all of it.
"""

import re
from collections.abc import Iterable
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.http import answer
from gateway.http.marks import new_id
from gateway.http.media import JSON
from gateway.http.refusal import Refusal

# What watches a gateway knows it by its address, which no page's name can be.
_WATCHED = frozenset({"/healthz", "/readyz", "/metrics"})
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]*)?")


class Hosts:
    """Refuses requests to another name (RFC 9110, 15.5.20), none, or several (RFC 9112, 3.2)."""

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        """Stand around an application; `*.example.com` is every name below that one."""
        self._app = app
        self._names = frozenset(names)
        self._below = tuple(name[1:] for name in self._names if name.startswith("*."))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer, or refuse with status 421 or 400."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        lines = Headers(scope=scope).getlist("Host")
        found = _HOST.fullmatch(lines[0].lower()) if len(lines) == 1 else None
        if found is not None and self._knows(found[1], scope["path"]):
            await self._app(scope, receive, send)
            return
        status, message = 421, "The gateway does not go by this name."
        if found is None:
            status, message = 400, "A request has one header `Host`, with a name."
        id = new_id()
        await answer.refused(Refusal(status, message), JSON, id).send(send, id)

    def _knows(self, name: str, path: str) -> bool:
        watches = path in _WATCHED and _is_address(name)
        return watches or name in self._names or name.endswith(self._below)


def _is_address(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
