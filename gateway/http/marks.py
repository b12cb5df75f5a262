"""What a request says of itself in headers, beside what it asks for."""

import math
import re
from random import getrandbits

from gateway.http.incoming import Incoming
from gateway.http.refusal import Refusal

DEADLINE_HEADER = "Manifold-Deadline"
COST_HEADER = "Manifold-Cost"
REQUEST_ID_HEADER = "X-Request-Id"
_DEADLINE, _COST = DEADLINE_HEADER.lower().encode(), COST_HEADER.lower().encode()
# What a client may call its request: it stands in logs, so it is short and plain.
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


def request_id(given: str | None) -> str:
    """Take over the id that a client gives its request, if it is plain; else make one."""
    return given if given and _REQUEST_ID.fullmatch(given) else new_id()


def new_id() -> str:
    """Make an id that no other request has, in 32 hexadecimal digits."""
    # It names a request and opens nothing, so that it cannot be told from another is enough.
    return f"{getrandbits(128):032x}"


def deadline_seconds(asked: Incoming, most: float) -> float:
    """Give how long the client waits, at most `most`; raises a `Refusal` with status 400."""
    written = asked.get(_DEADLINE)
    if written is None:
        return most
    try:
        seconds = float(written)
    except ValueError:
        seconds = math.nan
    if not seconds > 0:
        raise Refusal(400, f"The header {DEADLINE_HEADER} is a number of seconds above 0.")
    return min(most, seconds)


def wants_cost(asked: Incoming) -> bool:
    """Tell whether the answer has to tell what it cost."""
    return asked.get(_COST) == "include"
