"""The people in a Clinked group. Clinked API 7.10."""

from datetime import datetime
from types import NoneType
from typing import ClassVar

import strawberry
from pydantic import AliasPath, Field

from resolvers.call import Method
from schema.clinked.users import ClinkedUser
from schema.clinked.wire import ClinkedPage, Role, api
from schema.members import group_member_remove, group_member_update
from schema.node import belongs_to, finds
from schema.nouns import Group, Member
from schema.scalars import EpochMillis, MemberRole
from schema.wire import WriteInput


@strawberry.pydantic.type
class ClinkedGroupMember(Member):
    """A person in a group. Clinked API 7.10."""

    address: ClassVar[tuple[str, ...]] = ("account", "group", "member")

    platform_id: str = Field(validation_alias=AliasPath("user", "id"))
    """Clinked's number of the person."""
    name: str | None = Field(default=None, validation_alias=AliasPath("user", "name"))
    """Full name."""
    email: str | None = Field(default=None, validation_alias=AliasPath("user", "email"))
    """E-mail address; null where the group hides its members' details."""
    role: MemberRole | None = Field(default=None, alias="permission")
    """What the person may do in the group."""
    created_at: datetime | None = Field(default=None, alias="dateCreated")
    """When the person joined the group."""
    expires_at: datetime | None = Field(default=None, alias="expirationDate")
    """When the membership ends; null if it does not."""
    user: ClinkedUser
    """The person's profile."""

    @belongs_to("ClinkedGroup", api.calls(Method.GET, "/v3/accounts/{account}/groups/{group}"))
    async def group(self) -> Group | None:
        """The group."""
        ...


@strawberry.pydantic.input
class ClinkedGroupMemberUpdateInput(WriteInput):
    """What to change of a membership in a group at Clinked."""

    role: strawberry.Maybe[Role] = Field(serialization_alias="permission")
    """What the person may do in the group."""
    expires_at: strawberry.Maybe[EpochMillis | None] = Field(serialization_alias="expirationDate")
    """When the membership ends; null for never."""


LIST = api.endpoint(
    Method.GET,
    "/v3/groups/{group}/members",
    ClinkedPage[ClinkedGroupMember],
    "7.10.1",
    query=("name", "exclude", "page"),
)
READ = api.endpoint(Method.GET, "/v3/groups/{group}/members/{member}", ClinkedGroupMember, "7.10.2")
UPDATE = api.endpoint(
    Method.PATCH,
    "/v3/groups/{group}/members/{member}",
    ClinkedGroupMember,
    "7.10.3",
    body=ClinkedGroupMemberUpdateInput,
)
REMOVE = api.endpoint(Method.DELETE, "/v3/groups/{group}/members/{member}", NoneType, "7.10.4")

finds(ClinkedGroupMember, READ)


group_member_update.sends(
    "clinked",
    ClinkedGroupMember,
    UPDATE,
    "A membership in a group at Clinked. Clinked API 7.10.3.",
)


group_member_remove.sends(
    "clinked",
    ClinkedGroupMember,
    REMOVE,
    "A person in a group at Clinked, who stays in the account. Clinked API 7.10.4.",
)
