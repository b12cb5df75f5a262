"""What became of a request: decided from the answer's status line, unless a platform knows better.

Where there was no answer, the way to the platform decides.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum, auto

from resolvers.upstream.wire import Response


class Outcome(StrEnum):
    """The ways in which a request can end, by their words in logs and metrics."""

    OK = auto()
    UNAUTHORIZED = auto()
    FORBIDDEN = auto()
    NOT_FOUND = auto()
    REFUSED = auto()
    RATE_LIMITED = auto()
    UNAVAILABLE = auto()
    MALFORMED = auto()
    EXHAUSTED = auto()
    """Not sent: the budget is used up."""
    RESTING = auto()
    """Not sent: the breaker is open."""
    LATE = auto()
    """The operation's deadline came first; nothing was changed by it."""
    LOST = auto()
    """A write that may have reached the platform, and whose answer never came."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer means, and after how many seconds to come back where it says so."""

    outcome: Outcome
    retry_after: float | None = None

    @property
    def word(self) -> str:
        """The outcome as logs and metrics name it."""
        return self.outcome


GOOD = Verdict(Outcome.OK)

_BY_STATUS = {
    401: Outcome.UNAUTHORIZED,
    403: Outcome.FORBIDDEN,
    404: Outcome.NOT_FOUND,
    408: Outcome.UNAVAILABLE,
    410: Outcome.NOT_FOUND,
    429: Outcome.RATE_LIMITED,
}
# Redirects are not followed: a platform that redirects is not where the settings say.
_BY_CLASS = {4: Outcome.REFUSED, 5: Outcome.UNAVAILABLE}

# What stands between us and the platform says that it passed the request on and heard no more.
PASSED_ON = {502, 504}

# A year: nobody waits longer, and it is a number that GraphQL's Int can show.
_LONGEST_WAIT = 365 * 86_400.0


def by_status(response: Response, *, now: float) -> Verdict:
    """Judge by the status line alone; `now` is in epoch seconds."""
    kind = response.status // 100
    if kind == 2:  # noqa: PLR2004 - 2xx
        return GOOD
    outcome = _BY_STATUS.get(response.status) or _BY_CLASS.get(kind, Outcome.MALFORMED)
    return Verdict(outcome, retry_after(response.headers.get("retry-after"), now=now))


def retry_after(value: str | None, *, now: float) -> float | None:
    """Seconds until a `Retry-After` header's moment (RFC 9110, 10.2.3), or None if it has none."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return min(float(value), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    wait = (aware - datetime.fromtimestamp(now, UTC)).total_seconds()
    return min(max(0.0, wait), _LONGEST_WAIT)
