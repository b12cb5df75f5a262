"""Keeps away what a page somewhere else makes a browser send (OWASP: cross-site request forgery).

A form, an image, a script or a link can send a request with what the browser knows of its user,
but not with a `Content-Type` of JSON, nor with a header of its own, unless the gateway says so
first, to the origins of its list. A query by GET needs none of these, so a browser's own word on
where it comes from counts: `Origin`, `Sec-Fetch-Site` and `Sec-Fetch-Mode`.
"""

from urllib.parse import urlsplit

from gateway.http.incoming import Incoming
from gateway.http.media import names_answer
from gateway.http.refusal import Refusal
from resolvers.upstream.errors import ErrorCode

# Any of them makes a browser ask first; a page elsewhere cannot send them unasked.
_ASKED_FIRST = (b"graphql-require-preflight", b"apollo-require-preflight")
# What scripts fetch with, as opposed to what a page loads or goes to.
_FETCHED = {"cors", "same-origin"}


def check_origin(asked: Incoming, allowed: frozenset[str]) -> None:
    """Refuse what comes from a page of an origin that is not allowed, with status 403.

    What names two hosts is refused with status 400 (RFC 9112, 3.2).
    """
    if len(asked.every(b"host")) > 1:
        raise Refusal(400, "A request has one header `Host`.")
    origins, site = asked.every(b"origin"), asked.get(b"sec-fetch-site")
    if site == "same-origin":
        return
    if not origins:
        ours = site is None or site == "none"
    else:
        host = asked.get(b"host") or ""
        ours = all(origin in allowed or _is_same(origin, host) for origin in origins)
    if not ours:
        raise Refusal(403, "Pages of this origin may not ask the gateway.", ErrorCode.FORBIDDEN)


def check_simple(asked: Incoming) -> None:
    """Refuse a GET that a page elsewhere can cause without asking first, with status 403."""
    # A browser adds what it knows of a user by itself, but no bearer.
    bears = (asked.get(b"authorization") or "").lower().startswith("bearer ")
    if bears or any(name in asked for name in _ASKED_FIRST):
        return
    # An old browser does not say how it fetches, and what it sends may be its user's.
    mode = asked.get(b"sec-fetch-mode")
    if mode is None:
        mode = "no-cors" if b"cookie" in asked else "cors"
    accept = asked.get(b"accept")
    if accept is None:
        accept = "*/*"
    if mode not in _FETCHED or not names_answer(accept):
        message = "A browser's own GET is not run; send the header `GraphQL-Require-Preflight: 1`."
        raise Refusal(403, message, ErrorCode.FORBIDDEN)


def _is_same(origin: str, host: str) -> bool:
    """Tell whether an origin is the gateway's own; behind a proxy only the host can be compared."""
    try:
        parts = urlsplit(origin)
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
        ours = urlsplit(f"//{host}")
        our_port = ours.port or {"http": 80, "https": 443}[parts.scheme]
    except (ValueError, KeyError):
        return False
    return parts.hostname is not None and (parts.hostname, port) == (ours.hostname, our_port)
