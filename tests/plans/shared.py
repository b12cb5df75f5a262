"""What platforms answer twice: a thing by itself, and the same thing in a list."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import msgspec

from resolvers.call import Endpoint
from resolvers.rest import declared
from resolvers.together import ByKeys, InWhole, together_of
from resolvers.upstream.wire import Request, Response

Answer = Callable[[Request], Response | None]

_IDS = re.compile(r"id=([^|]+)")


def from_list(endpoint: Endpoint[Any], request: Request, answer: Answer) -> Response | None:
    """Give a thing as the list of all tells of it; None where it is not in there."""
    together = together_of(endpoint)
    if not isinstance(together, InWhole):
        return None
    address, _, key = request.url.rpartition("/")
    listed = answer(replace(request, url=address))
    if listed is None or listed.status != 200:
        return None
    try:
        body = together.found(listed.body, [key]).bodies.get(key)
    except (msgspec.MsgspecError, ValueError):
        return None
    return None if body is None else Response(200, listed.headers, body)


def from_things(endpoint: Endpoint[Any], request: Request, answer: Answer) -> Response | None:
    """Give a list that is asked for by its keys, out of the things themselves; None for others."""
    keys = _IDS.findall(dict(request.query).get("query", ""))
    if not keys or endpoint not in _lists():
        return None
    queries = [
        replace(request, url=f"{request.url}/{key}", query=_credentials(request)) for key in keys
    ]
    things = [answer(one) for one in queries]
    if any(one is None or one.status not in {200, 404} for one in things):
        return Response(400)
    bodies = [one.body for one in things if one is not None and one.status == 200]
    text = b'{"results":[' + b",".join(bodies) + b'],"totalResults":%d}' % len(bodies)
    return Response(200, {"content-type": "application/json"}, text)


def _credentials(request: Request) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in request.query if pair[0] in {"key", "token"})


@cache
def _lists() -> set[Endpoint[Any]]:
    ways = [together_of(endpoint) for endpoint in declared()]
    return {one.listing for one in ways if isinstance(one, ByKeys)}
