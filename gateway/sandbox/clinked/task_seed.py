"""The tasks of every Clinked's seed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from gateway.sandbox.clinked.group_fields import slug_of
from gateway.sandbox.clinked.people import DAY, START
from gateway.sandbox.kit.values import Record

LAST_ORDER = 2_147_483_647
"""The order of a task that nobody gave a place."""

LATE = START + 430 * DAY
SURVEYS: Record = {"id": 71, "name": "surveys", "friendlyName": "Surveys"}
OFFICE: Record = {"id": 72, "name": "office", "friendlyName": "Office"}
HULLS: Record = {"id": 81, "name": "hulls", "friendlyName": "Hulls"}
CLOUD: Record = {
    "id": 906,
    "name": "point_cloud.e57",
    "friendlyName": "Point Cloud.e57",
    "contentType": "application/octet-stream",
    "size": 7_516_192_769,
}
"""A file that the group of the task holds, by a few of its fields."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task of a group; `more` are the fields that only some tasks show."""

    id: int
    group: int
    author: int
    fields: Record
    parent: int | None = None
    category: Record | None = None
    assignees: Sequence[int] = ()
    more: Record = field(default_factory=dict[str, object])


def fields(name: str, **chosen: object) -> Record:
    """Give a task's own fields, as a new task has what is not chosen."""
    new: Record = {
        "sharing": "MEMBERS",
        "memberPermission": 8,
        "following": False,
        "userAces": False,
        "userPermission": 0,
        "attachmentCount": 0,
        "friendlyName": name,
        "name": slug_of(name),
        "status": "WAITING",
        "priority": "MEDIUM",
        "progress": 0,
        "dueDate": None,
        "tags": "",
        "description": None,
        "dateCreated": START + 400 * DAY,
        "dateReminder": None,
        "recurrence": None,
        "order": LAST_ORDER,
        "lastModified": START + 400 * DAY,
        "timeTracker": {"trackingStartDate": None, "timeTracked": 0},
        "dateCompleted": None,
    }
    return new | chosen


SUBMIT = fields(
    "Submit the bid",
    status="IN_PROGRESS",
    priority="URGENT",
    progress=40,
    following=True,
    attachmentCount=2,
    tags="bid,north",
    description="Three copies, the last one on paper",
    dueDate="2025-03-14T16:30:05Z[UTC]",
    dateReminder="2025-03-13T08:00Z[UTC]",
    order=1,
    lastModified=LATE,
)
MEASURE = fields(
    "Measure the roof",
    priority="HIGH",
    userAces=True,
    userPermission=16,
    dueDate="2025-03-07T12:00Z[UTC]",
    timeTracker={"trackingStartDate": LATE, "timeTracked": 948_480},
)
PHOTOGRAPH = fields(
    "Photograph the site", status="COMPLETED", progress=100, tags="north", dateCompleted=LATE
)
INSURE = fields(
    "Renew the insurance",
    priority="LOW",
    tags=None,
    recurrence="FREQ=YEARLY",
    dateReminder="2025-11-30T08:00Z[UTC]",
)
DRAW_UP = fields(
    "Draw up the contract",
    priority="HIGH",
    sharing="PUBLIC",
    dueDate="2025-04-01T08:00Z[UTC]",
    timeTracker={"trackingStartDate": None, "timeTracked": 3_600_000_000},
    order=2,
)
SIGN = fields("Sign the contract", sharing="NONE", dueDate="2025-05-20T09:15Z[UTC]", order=3)
PAINT = fields("Paint the hull", priority="HIGH", tags="dock", dueDate="2025-03-10T06:00Z[UTC]")
DISCUSSED: Record = {"file": CLOUD, "shareCount": 3, "commentCount": 12}

TASKS = (
    Task(6001, 101, 1001, SUBMIT),
    Task(6002, 101, 1001, MEASURE, 6001, SURVEYS, (1006, 1008), DISCUSSED),
    Task(6003, 101, 1006, PHOTOGRAPH, 6001, SURVEYS),
    Task(6004, 101, 1001, INSURE, category=OFFICE, assignees=(1001,)),
    Task(6005, 102, 1001, DRAW_UP, assignees=(1019, 1020)),
    Task(6006, 102, 1019, SIGN),
    Task(6007, 103, 1001, fields("Count the chairs")),
    Task(6101, 201, 1111, PAINT, category=HULLS, assignees=(1118,)),
    Task(6102, 201, 1111, fields("Scrape the hull"), 6101, HULLS),
)
