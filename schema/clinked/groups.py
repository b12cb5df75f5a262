"""Clinked's groups: the workspaces of an account. Clinked API 7."""

from datetime import datetime
from types import NoneType
from typing import Annotated, ClassVar

import strawberry
from pydantic import Field, PlainSerializer

from resolvers.call import Method, Origin
from resolvers.session import Session
from schema.clinked.announcements import GroupAnnouncements
from schema.clinked.available_components import GroupAvailableComponents
from schema.clinked.group_invites import GroupInvites
from schema.clinked.group_members import GroupMembers
from schema.clinked.properties import GroupProperties
from schema.clinked.users import ClinkedUser
from schema.clinked.wire import ClinkedPage, Role, api
from schema.groups import group_create, group_delete, group_duplicate, group_update
from schema.links import number, own_key, points_to
from schema.node import belongs_to, finds, origin_of
from schema.nouns import Company, Group
from schema.scalars import BigInt
from schema.wire import WriteInput


@strawberry.pydantic.type
class ClinkedGroup(
    GroupAnnouncements,
    GroupAvailableComponents,
    GroupInvites,
    GroupMembers,
    GroupProperties,
    Group,
):
    """A workspace that its members share. Clinked API 7."""

    address: ClassVar[tuple[str, ...]] = ("account", "group")

    name: str | None = Field(default=None, alias="friendlyName")
    """The name that people see."""
    slug: str | None = Field(default=None, alias="name")
    """The name in addresses, unique in the account."""
    member_count: int | None = Field(default=None, alias="members")
    """How many people are in it."""
    storage_bytes: BigInt | None = Field(default=None, alias="storageConsumed")
    """How many bytes its content takes."""
    hides_members_from_each_other: bool | None = Field(default=None, alias="blind")
    """Whether people with the BASIC role cannot see each other."""
    has_comments_disabled: bool | None = Field(default=None, alias="disableComments")
    """Whether comments are off."""
    has_email_comments_disabled: bool | None = Field(default=None, alias="disableEmailComments")
    """Whether e-mails leave comments out."""
    has_chat_disabled: bool | None = Field(default=None, alias="disableChat")
    """Whether chat is off."""
    hides_member_details: bool | None = Field(default=None, alias="hideMemberDetails")
    """Whether e-mail addresses, phone numbers and the like are hidden."""
    is_master: bool | None = Field(default=None, alias="masterConfigured")
    """Whether it is set up as a master of other groups."""
    subgroup_count: int | None = Field(default=None, alias="subgroupCount")
    """How many groups it is the master of."""
    owner: ClinkedUser | None = None
    """Who made it; null if that is not known."""
    created_at: datetime | None = Field(default=None, alias="dateCreated")
    """When it was made."""
    updated_at: datetime | None = Field(default=None, alias="lastModified")
    """When it was last changed."""

    @belongs_to("ClinkedAccount", api.calls(Method.GET, "/v3/accounts/{account}"))
    async def account(self) -> Company | None:
        """The account that it belongs to."""
        ...


@strawberry.pydantic.input
class ClinkedGroupRoleInput(WriteInput):
    """A group, and what somebody may do in it."""

    group_id: Annotated[strawberry.ID, points_to("ClinkedGroup")]
    """The group."""
    role: Role
    """What they may do there."""


def _roles_by_group(roles: list[ClinkedGroupRoleInput]) -> dict[str, int]:
    return {own_key(given.group_id): int(given.role) for given in roles}


# Clinked takes maps from group to permission, and bare lists of groups.
GroupRoles = Annotated[list[ClinkedGroupRoleInput], PlainSerializer(_roles_by_group)]
GroupId = Annotated[
    strawberry.ID, points_to("ClinkedGroup"), PlainSerializer(lambda id: number(own_key(id)))
]


@strawberry.pydantic.input
class ClinkedGroupUpdateInput(WriteInput):
    """What to change of a group at Clinked."""

    name: strawberry.Maybe[Annotated[str, Field(min_length=1)]] = Field(
        serialization_alias="friendlyName"
    )
    """The name that people see."""
    slug: strawberry.Maybe[Annotated[str, Field(min_length=1)]] = Field(serialization_alias="name")
    """The name in addresses, unique in the account."""
    master_id: strawberry.Maybe[GroupId | None] = Field(serialization_alias="master")
    """The group that is its master; null for none."""
    hides_members_from_each_other: strawberry.Maybe[bool] = Field(serialization_alias="blind")
    """Whether people with the BASIC role cannot see each other."""
    has_comments_disabled: strawberry.Maybe[bool] = Field(serialization_alias="disableComments")
    """Whether comments are off."""
    has_email_comments_disabled: strawberry.Maybe[bool] = Field(
        serialization_alias="disableEmailComments"
    )
    """Whether e-mails leave comments out."""
    hides_member_details: strawberry.Maybe[bool] = Field(serialization_alias="hideMemberDetails")
    """Whether e-mail addresses, phone numbers and the like are hidden."""


@strawberry.pydantic.input
class ClinkedGroupCreateInput(ClinkedGroupUpdateInput):
    """A new group at Clinked."""

    account_id: Annotated[strawberry.ID, points_to("ClinkedAccount")] = Field(exclude=True)
    """The account to make it in."""
    name: Annotated[str, Field(min_length=1)] = Field(  # pyright: ignore[reportIncompatibleVariableOverride]
        serialization_alias="friendlyName"
    )
    """The name that people see."""


@strawberry.pydantic.input
class ClinkedGroupDuplicateInput(WriteInput):
    """A copy of a group at Clinked."""

    name: Annotated[str, Field(min_length=1)] = Field(serialization_alias="friendlyName")
    """The name of the copy."""


LIST = api.endpoint(
    Method.GET,
    "/v3/accounts/{account}/groups",
    ClinkedPage[ClinkedGroup],
    "7.3",
    query=("name", "exact", "exclude", "removed", "master", "label"),
)
READ = api.endpoint(Method.GET, "/v3/accounts/{account}/groups/{group}", ClinkedGroup, "7.4")
CREATE = api.endpoint(
    Method.POST, "/v3/accounts/{account}/groups", ClinkedGroup, "7.1", body=ClinkedGroupCreateInput
)
UPDATE = api.endpoint(
    Method.PATCH,
    "/v3/accounts/{account}/groups/{group}",
    ClinkedGroup,
    "7.5",
    body=ClinkedGroupUpdateInput,
)
DELETE = api.endpoint(Method.DELETE, "/v3/accounts/{account}/groups/{group}", NoneType, "7.6")
DUPLICATE = api.endpoint(
    Method.POST,
    "/v3/accounts/{account}/groups",
    ClinkedGroup,
    "7.9",
    body=ClinkedGroupDuplicateInput,
)

finds(ClinkedGroup, READ)


@group_create.create("clinked", ClinkedGroupCreateInput, CREATE)
async def _create(session: Session, input: ClinkedGroupCreateInput) -> ClinkedGroup:
    """A group in an account at Clinked. Clinked API 7.1."""
    _, at = origin_of(session, input.account_id)
    return await session.ask(CREATE, at, body=input.body())


group_update.sends("clinked", ClinkedGroup, UPDATE, "A group at Clinked. Clinked API 7.5.")


@group_duplicate.change("clinked", ClinkedGroup, ClinkedGroupDuplicateInput, DUPLICATE)
async def _duplicate(
    session: Session, at: Origin, input: ClinkedGroupDuplicateInput
) -> ClinkedGroup:
    """A group at Clinked. Clinked API 7.9."""
    return await session.ask(
        DUPLICATE, at, body={**input.body(), "copyFrom": number(at.keys["group"])}
    )


group_delete.sends("clinked", ClinkedGroup, DELETE, "A group at Clinked. Clinked API 7.6.")
