"""Who may see what a group holds, as its tasks, events and files tell it alike."""

from pydantic import AliasPath, Field

from schema.scalars import OpenEnum
from schema.wire import Wire


class ClinkedSharing(OpenEnum):
    """With whom something that a group holds is shared."""

    NONE = "NONE"
    """It is not shared."""
    DEFAULT = "DEFAULT"
    """As Clinked shares such things unless told otherwise."""
    MEMBERS = "MEMBERS"
    """With the members of the group."""
    PUBLIC = "PUBLIC"
    """With everybody."""
    OTHER = "OTHER"
    """Something that this gateway does not know yet."""


class Shared(Wire):
    """What everything has that a group shares with its members."""

    context_key: str | None = Field(default=None, validation_alias=AliasPath("contextKey", "id"))
    """Clinked's number of it among everything that can be talked about."""
    sharing: ClinkedSharing | None = None
    """Who may see it."""
    raw_sharing: str | None = Field(default=None, alias="sharing")
    """`sharing` in Clinked's own word."""
    member_permission_mask: int | None = Field(default=None, alias="memberPermission")
    """What members of the group may do with it, as a number that Clinked does not explain."""
