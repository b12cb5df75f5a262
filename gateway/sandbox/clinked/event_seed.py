"""The events of every Clinked's seed."""

from dataclasses import dataclass

from gateway.sandbox.clinked.group_fields import slug_of
from gateway.sandbox.clinked.people import DAY, START
from gateway.sandbox.kit.values import Record


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a group."""

    id: int
    group: int
    author: int
    fields: Record


def fields(name: str, start: str, end: str, **chosen: object) -> Record:
    """Give an event's own fields, as a plain event has what is not chosen."""
    plain: Record = {
        "sharing": "MEMBERS",
        "memberPermission": 8,
        "name": slug_of(name),
        "friendlyName": name,
        "startDate": f"{start}Z[UTC]",
        "endDate": f"{end}Z[UTC]",
        "allDay": False,
        "location": None,
        "tags": "",
        "dateReminder": None,
        "recurrence": None,
        "dateEndRecurrence": None,
        "description": None,
        "disableMaybe": False,
        "lastModified": START + 420 * DAY,
        "color": "#212121",
    }
    return plain | chosen


CLIENT = fields(
    "Meet the client",
    "2025-03-07T14:00",
    "2025-03-07T15:00",
    location="Bristol",
    tags="client,north",
    dateReminder="2025-03-06T08:00Z[UTC]",
    recurrence="FREQ=WEEKLY;WKST=MO;BYDAY=FR",
    dateEndRecurrence="2025-12-31T07:25:13.169Z[UTC]",
    description="Every Friday until the roof is on",
)
SITE = fields(
    "Walk the site", "2025-03-20T09:30", "2025-03-20T11:45:30", disableMaybe=True, tags=None
)
OPEN_DAY = fields(
    "Open day",
    "2025-04-05T00:00",
    "2025-04-05T23:59:59",
    allDay=True,
    sharing="PUBLIC",
    color=None,
)
BOARD = fields(
    "Board", "2025-05-05T17:00", "2025-05-05T18:30", recurrence="FREQ=MONTHLY", sharing="NONE"
)
DRAWINGS = fields("Drawings due", "2025-06-30T16:00", "2025-06-30T16:00", color="#27ae60")
LAUNCH = fields("Launch", "2025-03-20T06:00", "2025-03-20T08:00", location="Dock 4")
TRIAL = fields("Sea trial", "2025-03-28T05:00", "2025-03-29T21:00", tags="sea")

EVENTS = (
    Event(6501, 101, 1001, CLIENT),
    Event(6502, 101, 1006, SITE),
    Event(6503, 102, 1001, OPEN_DAY),
    Event(6504, 103, 1002, BOARD),
    Event(6505, 101, 1001, DRAWINGS),
    Event(6601, 201, 1111, LAUNCH),
    Event(6602, 202, 1002, TRIAL),
)
