"""What a task consists of, and what it is about. Clinked API 5.1."""

from datetime import datetime
from typing import ClassVar

import strawberry
from pydantic import Field

from resolvers.call import Method
from schema.clinked.wire import api
from schema.leading import belongs_to
from schema.node import Node
from schema.scalars import BigInt, OpenEnum, SecondsOfMillis
from schema.wire import LocatedWire, Wire

TASKS = "/v3/tasks?account={account}"


class ClinkedTaskPriority(OpenEnum):
    """How much a task matters."""

    URGENT = "URGENT"
    """It comes before all others."""
    HIGH = "HIGH"
    """More than most."""
    MEDIUM = "MEDIUM"
    """As much as most."""
    LOW = "LOW"
    """Less than most."""
    OTHER = "OTHER"
    """Something that this gateway does not know yet; it cannot be asked for."""


@strawberry.pydantic.type
class ClinkedTaskCategory(Wire):
    """What kind of task one is. Clinked names it without saying what it consists of."""

    platform_id: str | None = Field(default=None, alias="id")
    """Clinked's number of it."""
    name: str | None = Field(default=None, alias="friendlyName")
    """The name that people see."""
    slug: str | None = Field(default=None, alias="name")
    """The name in addresses."""


@strawberry.pydantic.type
class ClinkedTaskFile(Wire):
    """The file that a task is about. Clinked names it without saying what it consists of."""

    platform_id: str | None = Field(default=None, alias="id")
    """Clinked's number of it."""
    name: str | None = Field(default=None, alias="friendlyName")
    """The name that people see."""
    slug: str | None = Field(default=None, alias="name")
    """The name in addresses."""
    content_type: str | None = Field(default=None, alias="contentType")
    """What kind of file it is, as a media type."""
    size_bytes: BigInt | None = Field(default=None, alias="size")
    """How large it is."""


@strawberry.pydantic.type
class ClinkedTimeTracker(Wire):
    """How much time has gone into a task."""

    tracking_started_at: datetime | None = Field(default=None, alias="trackingStartDate")
    """Since when somebody has been at it; null while nobody is."""
    tracked_seconds: SecondsOfMillis | None = Field(default=None, alias="timeTracked")
    """The time that has been counted so far."""


@strawberry.pydantic.type
class ClinkedParentTask(LocatedWire):
    """A task as its parts name it; `task` reads all of it."""

    address: ClassVar[tuple[str, ...]] = ("account", "task")
    own_key: ClassVar[str | None] = "platform_id"

    platform_id: str = Field(alias="id")
    """Clinked's number of the task."""
    name: str | None = Field(default=None, alias="friendlyName")
    """The name that people see."""
    slug: str | None = Field(default=None, alias="name")
    """The name in addresses."""

    @belongs_to("ClinkedTask", api.calls(Method.GET, TASKS))
    async def task(self) -> Node | None:
        """The task, found by going through those of the account."""
        ...
