"""Whether to try again, and after what pause: decided from what went wrong and what is safe."""

from dataclasses import dataclass
from enum import Enum, auto

from resolvers.upstream.verdict import Outcome

MOST_TRIES = 3
FIRST_PAUSE_SECONDS = 0.1


class Safety(Enum):
    """What it means to send a request a second time."""

    READ = auto()
    """Nothing: it changes nothing."""
    REPEATABLE = auto()
    """Nothing: the platform is left as it was after the first."""
    KEYED = auto()
    """Nothing, for its idempotency key; but a failure is answered again from memory."""
    ONCE = auto()
    """It may be done twice."""


class Trouble(Enum):
    """What kept a try from its answer, as far as that decides about another."""

    UNSENT = auto()
    """No byte of the request reached the platform."""
    LOST = auto()
    """The connection broke before the answer was whole."""
    SLOW = auto()
    """The answer did not come in time; to wait as long again helps nobody."""
    RATE_LIMITED = auto()
    """The platform asks to wait."""
    FAILED = auto()
    """The platform answered that it cannot."""


_AGAIN: dict[Safety, frozenset[Trouble]] = {
    Safety.READ: frozenset({Trouble.UNSENT, Trouble.LOST, Trouble.RATE_LIMITED, Trouble.FAILED}),
    Safety.REPEATABLE: frozenset(
        {Trouble.UNSENT, Trouble.LOST, Trouble.RATE_LIMITED, Trouble.FAILED}
    ),
    Safety.KEYED: frozenset({Trouble.UNSENT, Trouble.LOST, Trouble.RATE_LIMITED}),
    Safety.ONCE: frozenset({Trouble.UNSENT}),
}

_TROUBLES = {Outcome.RATE_LIMITED: Trouble.RATE_LIMITED, Outcome.UNAVAILABLE: Trouble.FAILED}


def trouble_of(outcome: Outcome) -> Trouble | None:
    """Name the trouble that an answer tells of, if another try may help."""
    return _TROUBLES.get(outcome)


def pause(
    trouble: Trouble,
    safety: Safety,
    *,
    tries: int,
    asked: float | None,
    left: float,
    dice: float,
) -> float | None:
    """Give the seconds to wait before the next try; None is to give up.

    `tries` have been made, `asked` is what the platform's `Retry-After` says, `left` is until the
    deadline, and `dice` (from 0 to 1) spreads those that failed together.
    """
    if trouble not in _AGAIN[safety] or tries >= MOST_TRIES:
        return None
    backoff = FIRST_PAUSE_SECONDS * 4 ** (tries - 1)
    wait = (asked or 0.0) + backoff * (0.5 + dice)
    return wait if wait < left else None


@dataclass(slots=True)
class RetryBudget:
    """Lets one call in ten be tried again, so that an outage is not made worse by retries.

    Credit is counted in tenths: a first try earns one, a retry costs ten. A full purse is what a
    hundred calls have earned.
    """

    tenths: int = 9
    most: int = 100

    def earn(self) -> None:
        """Count a first try."""
        self.tenths = min(self.most, self.tenths + 1)

    def take(self) -> bool:
        """Tell whether a retry may be made, and count it."""
        if self.tenths < 10:  # noqa: PLR2004 - see the docstring
            return False
        self.tenths -= 10
        return True
