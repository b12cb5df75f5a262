"""The tasks of an account's groups. Clinked API 5.1.

Clinked cannot be asked for one task: one is found again by going through those of its account.
"""

from datetime import date, datetime
from typing import Annotated, ClassVar

import strawberry
from pydantic import Field

from resolvers.arguments import KeyOf
from resolvers.call import Method
from resolvers.reply import Items
from schema.clinked.references import ClinkedGroupReference
from schema.clinked.sharing import Shared
from schema.clinked.task_parts import (
    TASKS,
    ClinkedParentTask,
    ClinkedTaskCategory,
    ClinkedTaskFile,
    ClinkedTaskPriority,
    ClinkedTimeTracker,
)
from schema.clinked.users import ClinkedUser
from schema.clinked.wire import AccountId, ClinkedPage, Number, api
from schema.leading import belongs_to
from schema.node import Node, found_in
from schema.nouns import Company
from schema.page import After, Connection, First, pages
from schema.scalars import KNOWN, CommaList, Zoned
from schema.wire import LocatedWire, WriteInput


@strawberry.pydantic.type
class ClinkedTask(Shared, Node):
    """Something to do in a group. Clinked API 5.1."""

    address: ClassVar[tuple[str, ...]] = ("account", "task")

    name: str | None = Field(default=None, alias="friendlyName")
    """The name that people see."""
    slug: str | None = Field(default=None, alias="name")
    """The name in addresses."""
    description: str | None = None
    """What there is to do."""
    author: ClinkedUser | None = None
    """Who made it, with the first few fields of a profile alone."""
    assignees: Items[ClinkedUser] = []
    """Who is to do it."""
    status_code: str | None = Field(default=None, alias="status")
    """How far it is, in Clinked's own word, such as WAITING; it documents no list of them."""
    priority: ClinkedTaskPriority | None = None
    """How much it matters."""
    raw_priority: str | None = Field(default=None, alias="priority")
    """`priority` in Clinked's own word."""
    progress: float | None = None
    """How much of it is done, as a number; Clinked does not say of how many."""
    tag_names: CommaList = Field(default=[], alias="tags")
    """The words that it is marked with."""
    due_at: Zoned | None = Field(default=None, alias="dueDate")
    """When it has to be done; null if at no time."""
    reminder_at: Zoned | None = Field(default=None, alias="dateReminder")
    """When Clinked reminds people of it."""
    recurrence_rule: str | None = Field(default=None, alias="recurrence")
    """How it comes again, as a rule of iCalendar such as FREQ=YEARLY; null if it does not."""
    order: int | None = None
    """Its place among others; the largest number of 32 bits if nobody gave it one."""
    file: ClinkedTaskFile | None = None
    """The file that it is about, if any."""
    category: ClinkedTaskCategory | None = None
    """What kind of task it is, if any."""
    attachment_count: int | None = Field(default=None, alias="attachmentCount")
    """How many files are attached to it."""
    comment_count: int | None = Field(default=None, alias="commentCount")
    """How many comments it has; null where Clinked leaves that out."""
    share_count: int | None = Field(default=None, alias="shareCount")
    """How often it is shared; null where Clinked leaves that out."""
    is_followed: bool | None = Field(default=None, alias="following")
    """Whether the connection's own user is told of changes to it."""
    has_personal_permissions: bool | None = Field(default=None, alias="userAces")
    """Whether single people may do more or less with it than the rest."""
    user_permission_mask: int | None = Field(default=None, alias="userPermission")
    """What the connection's own user may do with it, as a number that Clinked does not explain."""
    parent: ClinkedParentTask | None = None
    """The task that it is a part of, if any."""
    subtask_count: int | None = Field(default=None, alias="numberOfSubTasks")
    """How many parts it has."""
    time_tracker: ClinkedTimeTracker | None = Field(default=None, alias="timeTracker")
    """How much time has gone into it."""
    group: ClinkedGroupReference | None = None
    """The group that it is in."""
    created_at: datetime | None = Field(default=None, alias="dateCreated")
    """When it was made."""
    completed_at: datetime | None = Field(default=None, alias="dateCompleted")
    """When it was done; null if it is not."""
    updated_at: datetime | None = Field(default=None, alias="lastModified")
    """When it was last changed."""

    @belongs_to("ClinkedAccount", api.calls(Method.GET, "/v3/accounts/{account}"))
    async def account(self) -> Company | None:
        """The account that it is in."""
        ...


@strawberry.pydantic.input
class ClinkedTaskFilter(WriteInput):
    """Which tasks to give; all that is given has to match."""

    name: strawberry.Maybe[str]
    """Those with this in their name."""
    is_name_exact: strawberry.Maybe[bool] = Field(serialization_alias="exact")
    """Whether the name has to be all of the name."""
    slug: strawberry.Maybe[str]
    """The one with this name in addresses."""
    show: strawberry.Maybe[str]
    """Which to show, in Clinked's own word; it documents no list of them."""
    status_code: strawberry.Maybe[str] = Field(serialization_alias="status")
    """Those that are so far, in Clinked's own word, such as WAITING."""
    assignee_platform_id: strawberry.Maybe[Number] = Field(serialization_alias="assignedTo")
    """Those for this person, by the `platformId` of a `ClinkedUser`: a person at Clinked has no
    global id except as a member of something."""
    priority: strawberry.Maybe[Annotated[ClinkedTaskPriority, KNOWN]]
    """Those that matter so much."""
    category_platform_id: strawberry.Maybe[str] = Field(serialization_alias="category")
    """Those of this category, by its `platformId`."""
    includes_uncategorized: strawberry.Maybe[bool] = Field(serialization_alias="uncategorized")
    """Whether those without a category are among them."""
    from_day: strawberry.Maybe[date] = Field(serialization_alias="dateStart")
    """Those from this day on; Clinked does not say which of their dates it goes by."""
    until_day: strawberry.Maybe[date] = Field(serialization_alias="dateEnd")
    """Those until this day."""


TaskFilter = Annotated[
    ClinkedTaskFilter | None, strawberry.argument(description="Only those that match.")
]
ParentId = Annotated[
    strawberry.ID | None,
    strawberry.argument(description="Only the parts of this task, which is in the account too."),
    KeyOf("ClinkedTask", ("account", "task")),
]

LIST = api.endpoint(
    Method.GET,
    TASKS,
    ClinkedPage[ClinkedTask],
    "5.1",
    query=(
        *("page", "size", "name", "exact", "slug", "show", "status", "assignedTo", "priority"),
        *("category", "uncategorized", "dateStart", "dateEnd", "parent"),
    ),
)

found_in(ClinkedTask, LIST)


class AccountTasks(LocatedWire):
    """The part of an account that is about tasks."""

    @pages(LIST, query={"parent_id": "parent"})
    async def tasks(
        self,
        filter: TaskFilter = None,
        parent_id: ParentId = None,
        first: First = 25,
        after: After = None,
    ) -> Connection[ClinkedTask] | None:
        """The tasks of its groups. Clinked cannot give those of one group alone."""
        ...


class ConnectionTasks(LocatedWire):
    """The part of a connection that is about tasks."""

    @pages(LIST, query={"parent_id": "parent"})
    async def tasks(
        self,
        account_id: AccountId,
        filter: TaskFilter = None,
        parent_id: ParentId = None,
        first: First = 25,
        after: After = None,
    ) -> Connection[ClinkedTask] | None:
        """The tasks of an account's groups; null if there is no such account.

        Clinked cannot give those of one group alone.
        """
        ...
