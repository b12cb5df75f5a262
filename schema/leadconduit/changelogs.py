"""The history of LeadConduit's entities. LeadConduit API, Entities.

The `user.api_key` of the answers is left out: it is the secret of whoever made the change.
"""

from datetime import datetime

import strawberry
from pydantic import Field

from resolvers.reply import Items
from schema.leadconduit.wire import api
from schema.page import After, Connection, First
from schema.scalars import OpenEnum
from schema.tags import NamedValues, Valued
from schema.wire import LocatedWire, Wire


class LeadConduitAction(OpenEnum):
    """What was done to something."""

    CREATE = "create"
    """All of it was made."""
    UPDATE = "update"
    """It was changed."""
    DELETE = "delete"
    """All of it was deleted."""
    ADDED = "added"
    """A part was added."""
    CHANGED = "changed"
    """A part was changed."""
    MOVED = "moved"
    """A part was put into another place."""
    REMOVED = "removed"
    """A part was taken out."""
    OTHER = "OTHER"
    """Something that this gateway does not know yet."""


class LeadConduitSubject(OpenEnum):
    """What kind of thing a history is about."""

    ENTITY = "entity"
    """An entity."""
    FIELD = "field"
    """A field of leads."""
    FLOW = "flow"
    """A flow."""
    REPORT = "report"
    """A report."""
    OTHER = "OTHER"
    """Something that this gateway does not know yet."""


@strawberry.pydantic.type
class LeadConduitUser(Wire):
    """A person who works with LeadConduit."""

    platform_id: str | None = Field(default=None, alias="id")
    """LeadConduit's id of the person."""
    first_name: str | None = None
    """Given name."""
    last_name: str | None = None
    """Family name."""
    email: str | None = None
    """E-mail address."""


@strawberry.pydantic.type
class LeadConduitState(Valued):
    """What a part of a thing was at one time."""

    index: int | None = None
    """Its place, from 0, where the part stands in a list."""


@strawberry.pydantic.type
class LeadConduitPartChange(Wire):
    """The change of one part of a thing."""

    action: LeadConduitAction | None = None
    """What was done to the part."""
    raw_action: str | None = Field(default=None, alias="action")
    """`action` as LeadConduit spells it."""
    target: str | None = None
    """LeadConduit's name of the part."""
    delta_path: str | None = None
    """Where the change stands among the change's `differences`, with dots."""
    previous: LeadConduitState | None = None
    """What the part was before; null if it was not there."""
    current: LeadConduitState | None = None
    """What the part was afterwards; null if it was gone."""


@strawberry.pydantic.type
class LeadConduitChange(Wire):
    """One change of an entity. LeadConduit API, Entities."""

    platform_id: str = Field(alias="id")
    """LeadConduit's id of the change."""
    action: LeadConduitAction | None = None
    """What was done."""
    raw_action: str | None = Field(default=None, alias="action")
    """`action` as LeadConduit spells it."""
    subject: LeadConduitSubject | None = Field(default=None, alias="type")
    """What kind of thing it was done to."""
    raw_subject: str | None = Field(default=None, alias="type")
    """`subject` as LeadConduit spells it."""
    parts: Items[LeadConduitPartChange] = Field(default=[], alias="changes")
    """The change, part by part."""
    revision: NamedValues = Field(default=[], alias="current_revision")
    """All that the thing was afterwards, under LeadConduit's own names."""
    differences: NamedValues = Field(default=[], alias="delta_from_last_revision")
    """What is not as it was before, under LeadConduit's own names. A value is JSON: the former
    and the new one as a rule."""
    user: LeadConduitUser | None = None
    """Who did it; null if nobody was signed in."""
    created_at: datetime | None = None
    """When it was done."""


class EntityHistory(LocatedWire):
    """The part of an entity that is about its past."""

    @api.pages("/entities/{id}/changelogs", "list-entity-changelogs")
    async def changes(
        self, first: First = 25, after: After = None
    ) -> Connection[LeadConduitChange] | None:
        """All that was done to it, latest first."""
        ...
