"""Looks at each connection as `manifold check` shows it: what holds, and what to fix."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

from gateway.settings import Settings
from resolvers.call import Call, Endpoint, Method
from resolvers.connection import Connection
from resolvers.platform import Credentials
from resolvers.upstream.deadline import Deadline
from resolvers.upstream.errors import (
    Exhausted,
    Fault,
    Forbidden,
    Late,
    RateLimited,
    Unauthorized,
    Unavailable,
)
from resolvers.upstream.wire import Response
from resolvers.upstream.wires import open_wire

# Half of a token's margin: beyond it, a token may end at the platform before it does here.
_MOST_SKEW_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about one connection; None is what could not be found out."""

    name: str
    platform: str
    reachable: bool | None
    accepted: bool | None
    skew_seconds: float | None
    fix: str | None

    @property
    def is_good(self) -> bool:
        """Whether there is nothing to fix."""
        return self.fix is None


async def check(settings: Settings) -> Sequence[Finding]:
    """Ask every platform one cheap question, all at once."""
    # With no store: whoever checks has no part in the budgets of the gateways that run.
    connections = [
        Connection(name, credentials, open_wire(settings.wire))
        for name, credentials in settings.connections.items()
    ]
    return await asyncio.gather(*map(_look, connections))


async def _look(connection: Connection) -> Finding:
    credentials = connection.credentials
    probe = Endpoint(connection.platform, Method.GET, credentials.probe, Response)
    # Time for a token and for the question, and none to wait for better times.
    deadline = Deadline.after(2 * credentials.timeout_seconds)
    asked_at = time.time()
    try:
        answer = await connection.exchange(Call.make(probe, connection.root), deadline)
    except Fault as fault:
        return _failure(connection, fault)
    finally:
        await connection.close()
    skew = _skew(answer, (asked_at + time.time()) / 2)
    fix = None
    if skew is not None and abs(skew) > _MOST_SKEW_SECONDS:
        fix = (
            f"set this machine's clock: it is {abs(skew):.0f} s {'behind' if skew > 0 else 'ahead'}"
        )
    return Finding(connection.name, credentials.title, True, True, skew, fix)


def _failure(connection: Connection, fault: Fault) -> Finding:
    name, credentials = connection.name, connection.credentials
    silent = isinstance(fault, (Unavailable, Late)) and fault.status is None
    reachable = None if isinstance(fault, Exhausted) else not silent
    refused = isinstance(fault, (Unauthorized, Forbidden))
    accepted = False if refused else None
    return Finding(
        name, credentials.title, reachable, accepted, None, _fix(name, credentials, fault)
    )


def _fix(name: str, credentials: Credentials, fault: Fault) -> str:
    where = f"connections.{name}"
    if isinstance(fault, Unavailable) and fault.status is not None:
        return f"wait: {credentials.title} answers, and says that it cannot ({fault.status})"
    if isinstance(fault, Exhausted):
        return f"allow more calls in {where}.rate_limits: to sign in and to ask takes two"
    if isinstance(fault, (Unavailable, Late)):
        return f"see whether {where}.base_url is right, and whether this machine reaches it"
    if isinstance(fault, (Unauthorized, Forbidden)):
        settings = sorted(credentials.model_fields_set - set(Credentials.model_fields))
        return f"check the credentials: {', '.join(f'{where}.{n}' for n in settings)}"
    if isinstance(fault, RateLimited):
        return "wait, and look whether others use the same credentials"
    return f"see whether {where}.base_url is the address of {credentials.title}: {fault.message}"


def _skew(answer: Response, asked_at: float) -> float | None:
    """Seconds that the platform's clock is ahead of ours, by its `Date` header."""
    try:
        theirs = parsedate_to_datetime(answer.headers["date"])
    except (KeyError, ValueError):
        return None
    return theirs.replace(tzinfo=theirs.tzinfo or UTC).timestamp() - asked_at
