"""The people in a group as they come with the group at Clinked. Clinked API 7.1."""

from datetime import datetime
from typing import ClassVar

import strawberry
from pydantic import AliasPath, Field

from resolvers.call import Method
from schema.clinked.references import ClinkedGroupReference
from schema.clinked.users import ClinkedUser
from schema.clinked.wire import api
from schema.leading import belongs_to
from schema.nouns import Member
from schema.scalars import MemberRole
from schema.wire import LocatedWire


@strawberry.pydantic.type
class ClinkedIncludedMember(LocatedWire):
    """A person in a group as the group tells of them; `member` reads all. Clinked API 7.1."""

    address: ClassVar[tuple[str, ...]] = ("account", "group", "member")
    own_key: ClassVar[str | None] = "platform_id"

    platform_id: str = Field(validation_alias=AliasPath("user", "id"))
    """Clinked's number of the person."""
    user: ClinkedUser
    """The person's profile, of which the first few fields alone."""
    role: MemberRole | None = Field(default=None, alias="permission")
    """What the person may do in the group."""
    raw_role: int | None = Field(default=None, alias="permission")
    """`role` as Clinked's own number."""
    created_at: datetime | None = Field(default=None, alias="dateCreated")
    """When the person joined the group."""
    expires_at: datetime | None = Field(default=None, alias="expirationDate")
    """When the membership ends; null if it does not."""
    group: ClinkedGroupReference | None = None
    """The group."""

    @belongs_to("ClinkedGroupMember", api.calls(Method.GET, "/v3/groups/{group}/members/{member}"))
    async def member(self) -> Member | None:
        """The person as a member of the group."""
        ...
