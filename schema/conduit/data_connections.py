"""What the companies of Conduit Link have connected.

Conduit's documentation does not tell of it: all of it is as the vendor's demo code reads it.
"""

from datetime import datetime

import strawberry
from pydantic import Field

from resolvers.reply import Items
from schema.wire import Wire


@strawberry.pydantic.type
class ConduitSourceAccount(Wire):
    """An account at a source that a login leads to. Seen in Conduit's demo code only."""

    platform_id: str | None = Field(default=None, alias="id")
    """Conduit's id of it."""
    name: str | None = None
    """The name that people see."""
    native_key: str | None = Field(default=None, alias="native_id")
    """What the source itself calls it by."""
    has_error: bool = Field(default=False, alias="is_error")
    """Whether its data cannot be fetched."""


@strawberry.pydantic.type
class ConduitLogin(Wire):
    """Somebody's way into a source; Conduit calls it credentials. Seen in its demo code only."""

    platform_id: str | None = Field(default=None, alias="id")
    """Conduit's id of it."""
    name: str | None = None
    """The name that people see."""
    created_at: datetime | None = None
    """When it was given."""
    accounts: Items[ConduitSourceAccount] = []
    """The accounts that it leads to."""


@strawberry.pydantic.type
class ConduitDataConnection(Wire):
    """A source that a company has connected. Seen in Conduit's demo code only."""

    platform_id: str = Field(alias="id")
    """Conduit's id of the source."""
    name: str | None = None
    """The name of the source."""
    logins: Items[ConduitLogin] = Field(default=[], alias="credentials")
    """The ways into it that the company gave."""
