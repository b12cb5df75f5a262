"""The people in a Clinked group. Clinked API 7.10."""

from datetime import datetime
from types import NoneType
from typing import Annotated, ClassVar

import strawberry
from pydantic import AliasPath, Field

from resolvers.arguments import KeyOf
from resolvers.call import Method
from resolvers.reply import Items
from schema.clinked.users import ClinkedUser
from schema.clinked.wire import ClinkedPage, Role, api
from schema.members import group_member_remove, group_member_update
from schema.node import OfKind, finds
from schema.nouns import Group, Member
from schema.page import After, Connection, First, pages
from schema.scalars import EpochMillis, MemberRole
from schema.wire import LocatedWire, WriteInput


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
    raw_role: int | None = Field(default=None, alias="permission")
    """`role` as Clinked's own number."""
    created_at: datetime | None = Field(default=None, alias="dateCreated")
    """When the person joined the group."""
    expires_at: datetime | None = Field(default=None, alias="expirationDate")
    """When the membership ends; null if it does not."""
    user: ClinkedUser
    """The person's profile."""
    group: Annotated[Group | None, OfKind("ClinkedGroup")] = None
    """The group, as it comes with the member."""
    restricted_apps: Items[str] = Field(default=[], alias="restrictedApps")
    """The applications that the person may not use in the group, by the `platformId` of a
    `ClinkedApplication`. Empty where Clinked leaves them out, as in lists."""


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
    query=("name", "exclude", "page", "size"),
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

NameContains = Annotated[
    str | None, strawberry.argument(description="Only those whose name contains this.")
]
Exclude = Annotated[
    list[strawberry.ID] | None,
    strawberry.argument(description="All but these members of the group."),
    KeyOf("ClinkedGroupMember", ("account", "group", "member")),
]


class GroupMembers(LocatedWire):
    """The part of a group that is about its members."""

    @pages(LIST, query={"name_contains": "name"})
    async def members(
        self,
        first: First = 25,
        after: After = None,
        name_contains: NameContains = None,
        exclude: Exclude = None,
    ) -> Connection[Member] | None:
        """The people in it."""
        ...


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
