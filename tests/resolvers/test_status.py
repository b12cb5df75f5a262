"""How a connection is: decided from what is known of it."""

import pytest

from resolvers.connection import LastError
from resolvers.status import ConnectionStatus, status_of
from resolvers.upstream.breaker import BreakerState
from resolvers.upstream.budget import Left
from resolvers.upstream.errors import ErrorCode

CLOSED, OPEN, HALF_OPEN = BreakerState.CLOSED, BreakerState.OPEN, BreakerState.HALF_OPEN
REFUSED = LastError(ErrorCode.UPSTREAM_UNAUTHORIZED, 50.0)
FAILED = LastError(ErrorCode.UPSTREAM_UNAVAILABLE, 50.0)
SPENT, SPARE = Left(20, 0, 60.0), Left(20, 1, 60.0)


@pytest.mark.parametrize(
    ("breaker", "left", "error", "answered_at", "status"),
    [
        (CLOSED, None, None, None, ConnectionStatus.UNKNOWN),
        (CLOSED, SPARE, None, 40.0, ConnectionStatus.UP),
        (CLOSED, SPARE, FAILED, 60.0, ConnectionStatus.UP),
        (CLOSED, SPARE, REFUSED, 60.0, ConnectionStatus.UP),
        (CLOSED, SPARE, FAILED, None, ConnectionStatus.FAILING),
        (CLOSED, SPARE, FAILED, 40.0, ConnectionStatus.FAILING),
        (CLOSED, SPARE, FAILED, 50.0, ConnectionStatus.FAILING),
        (CLOSED, SPENT, FAILED, 40.0, ConnectionStatus.LIMITED),
        (CLOSED, SPENT, None, None, ConnectionStatus.LIMITED),
        (CLOSED, SPENT, REFUSED, 40.0, ConnectionStatus.UNAUTHORIZED),
        (OPEN, SPENT, REFUSED, 40.0, ConnectionStatus.DOWN),
        (HALF_OPEN, SPARE, FAILED, 40.0, ConnectionStatus.DOWN),
        (OPEN, SPARE, None, 40.0, ConnectionStatus.DOWN),
    ],
)
def test_of_all_that_holds_the_gravest_is_told(
    breaker: BreakerState,
    left: Left | None,
    error: LastError | None,
    answered_at: float | None,
    status: ConnectionStatus,
) -> None:
    """What keeps calls from being sent comes before what became of the last one."""
    assert status_of(breaker, left, error, answered_at) is status
