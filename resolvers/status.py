"""How a connection is, from what is known of it: nothing is asked of its platform."""

import asyncio
from dataclasses import dataclass
from enum import StrEnum

from resolvers.connection import Connection, LastError
from resolvers.upstream.breaker import BreakerState
from resolvers.upstream.budget import Left
from resolvers.upstream.errors import ErrorCode


class ConnectionStatus(StrEnum):
    """How a connection is: of DOWN, UNAUTHORIZED, LIMITED, FAILING, UP the first that holds."""

    DOWN = "DOWN"
    """The platform failed too often, and is left alone until a call shows that it is back."""
    UNAUTHORIZED = "UNAUTHORIZED"
    """The platform refused the gateway's credentials at the last call."""
    LIMITED = "LIMITED"
    """What may be asked of the platform is used up for now; calls wait or are refused."""
    FAILING = "FAILING"
    """The last call failed."""
    UP = "UP"
    """The last call was answered, if only with a no."""
    UNKNOWN = "UNKNOWN"
    """This process has not asked it yet."""


@dataclass(frozen=True, slots=True)
class Condition:
    """How a connection is, whether calls pass, and what may still be asked (None: anything)."""

    status: ConnectionStatus
    breaker: BreakerState
    left: Left | None


async def condition(connection: Connection) -> Condition:
    """Tell how a connection is."""
    breaker, left = await asyncio.gather(
        connection.courier.breaker.state(), connection.courier.sender.left()
    )
    status = status_of(breaker, left, connection.last_error, connection.answered_at)
    return Condition(status, breaker, left)


def status_of(
    breaker: BreakerState, left: Left | None, error: LastError | None, answered_at: float | None
) -> ConnectionStatus:
    """Tell how a connection is by its breaker, its budget, and what its last calls came to."""
    last = error if error and (answered_at is None or error.at >= answered_at) else None
    holds = {
        ConnectionStatus.DOWN: breaker is not BreakerState.CLOSED,
        ConnectionStatus.UNAUTHORIZED: bool(last and last.code is ErrorCode.UPSTREAM_UNAUTHORIZED),
        ConnectionStatus.LIMITED: left is not None and left.remaining == 0,
        ConnectionStatus.FAILING: last is not None,
        ConnectionStatus.UP: answered_at is not None,
        ConnectionStatus.UNKNOWN: True,
    }
    return next(status for status, true in holds.items() if true)
