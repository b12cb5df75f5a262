"""How far a platform's clock is ahead of ours, learned from the `Date` of its answers."""

from datetime import UTC
from email.utils import parsedate_to_datetime

# A date that is further off is not of a clock, but of a cache or of nothing.
MOST_SECONDS = 86_400.0


class Skew:
    """Seconds that a platform's clock is ahead of ours.

    An answer's date is of whole seconds, and was written at some moment between asking and
    answering. That bounds the skew from both sides; an estimate within the bounds is kept.
    """

    def __init__(self) -> None:
        """Take the clocks to agree until an answer says otherwise."""
        self.seconds = 0.0
        # All answers of a second have the same date.
        self._date, self._theirs = "", 0.0

    def learn(self, date: str | None, asked_at: float, answered_at: float) -> None:
        """Correct the estimate by the `Date` of an answer; the moments are in epoch seconds."""
        theirs = self._theirs if date and date == self._date else _epoch(date)
        if theirs is None or abs(theirs - answered_at) > MOST_SECONDS:
            return
        self._date, self._theirs = date or "", theirs
        lowest, highest = theirs - answered_at, theirs + 1 - asked_at
        self.seconds = min(max(self.seconds, lowest), highest)


def _epoch(date: str | None) -> float | None:
    try:
        moment = parsedate_to_datetime(date or "")
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()
