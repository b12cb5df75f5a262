"""How Clinked writes dates as text, and the days that its lists are bounded by."""

from datetime import date, datetime

from starlette.requests import Request

from gateway.sandbox.clinked.refusals import invalid

ZONE = "[UTC]"


def zoned(moment: datetime) -> str:
    """Write a moment of UTC with its zone, leaving out seconds that are none.

    >>> zoned(datetime(2025, 3, 4, 14, 0))
    '2025-03-04T14:00Z[UTC]'
    >>> zoned(datetime(2025, 3, 4, 14, 0, 5))
    '2025-03-04T14:00:05Z[UTC]'
    """
    precision = "seconds" if moment.second else "minutes"
    return f"{moment.replace(tzinfo=None).isoformat(timespec=precision)}Z{ZONE}"


def day(text: str) -> str:
    """Give the day of a date written as text; days compare as texts do."""
    return text.partition("T")[0]


def bound(request: Request, name: str) -> str | None:
    """Read a day out of the query, or refuse anything that is more or less than a day."""
    text = request.query_params.get(name)
    if text is None:
        return None
    try:
        found = date.fromisoformat(text).isoformat()
    except ValueError:
        found = ""
    if found != text:
        raise invalid(f"{name} must be a date like 2025-03-31")
    return text
