"""What a request says of itself in headers, beside what it asks for."""

import math
import re
import uuid

from starlette.requests import Request

from gateway.http.refusal import Refusal

DEADLINE_HEADER = "Manifold-Deadline"
COST_HEADER = "Manifold-Cost"
REQUEST_ID_HEADER = "X-Request-Id"
# What a client may call its request: it stands in logs, so it is short and plain.
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


def request_id(given: str | None) -> str:
    """Take over the id that a client gives its request, if it is plain; else make one."""
    return given if given and _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex


def deadline_seconds(request: Request, most: float) -> float:
    """Give how long the client waits, at most `most`; raises a `Refusal` with status 400."""
    asked = request.headers.get(DEADLINE_HEADER)
    try:
        seconds = math.inf if asked is None else float(asked)
    except ValueError:
        seconds = math.nan
    if not seconds > 0:
        raise Refusal(400, f"The header {DEADLINE_HEADER} is a number of seconds above 0.")
    return min(most, seconds)


def wants_cost(request: Request) -> bool:
    """Tell whether the answer has to tell what it cost."""
    return request.headers.get(COST_HEADER) == "include"
