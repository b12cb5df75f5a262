"""What goes wrong in the connections of Codat's companies. Codat Platform API, Connections."""

from datetime import datetime

import strawberry
from pydantic import Field

from schema.scalars import OpenEnum
from schema.wire import Wire


class CodatErrorStatus(OpenEnum):
    """Whether an error that may pass has passed."""

    ACTIVE = "Active"
    """It is still there."""
    RESOLVED = "Resolved"
    """It has passed."""
    OTHER = "OTHER"
    """Something that this gateway does not know yet."""


@strawberry.pydantic.type
class CodatConnectionError(Wire):
    """Something that went wrong in a connection."""

    status_code: str | None = Field(default=None, alias="statusCode")
    """The HTTP status that the other system answered."""
    status_text: str | None = Field(default=None, alias="statusText")
    """The same in the other system's words."""
    message: str | None = Field(default=None, alias="errorMessage")
    """What Codat says about it."""
    status: CodatErrorStatus | None = None
    """Whether it has passed; null for an error that does not pass by itself."""
    raw_status: str | None = Field(default=None, alias="status")
    """`status` as Codat spells it."""
    occurred_at: datetime | None = Field(default=None, alias="erroredOnUtc")
    """When it happened."""
    resolved_at: datetime | None = Field(default=None, alias="resolvedOnUtc")
    """When it passed; null if it has not."""
