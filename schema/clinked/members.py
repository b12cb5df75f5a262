"""The people in a Clinked account. Clinked API 4.6."""

from datetime import datetime
from types import NoneType
from typing import Annotated, ClassVar

import strawberry
from pydantic import AliasPath, BeforeValidator, Field, PlainSerializer

from resolvers.call import Method, Origin
from resolvers.reply import Items
from resolvers.session import Session
from schema.clinked.group_roles import GroupId, GroupRoles
from schema.clinked.references import NamedGroup
from schema.clinked.users import ClinkedUser
from schema.clinked.wire import ClinkedPage, Filter, Key, Order, Password, Role, api
from schema.leading import belongs_to
from schema.links import points_to
from schema.lookup import made_by_key
from schema.members import member_create, member_delete, member_groups_update, member_update
from schema.node import finds, look, origin_of
from schema.nouns import Company, Member
from schema.outcome import Finding
from schema.page import After, Connection, First, pages
from schema.scalars import EpochMillis, MemberRole, OpenEnum
from schema.wire import LocatedWire, WriteInput


class ClinkedActivationType(OpenEnum):
    """When the e-mail that lets a new member in goes out."""

    NOW = "now"
    """At once."""
    CUSTOM = "custom"
    """At a chosen moment."""
    OTHER = "other"
    """Something that this gateway does not know yet."""


def _type(value: object) -> object:
    return "custom" if isinstance(value, int) else value


def _moment(value: object) -> object:
    return value if isinstance(value, int) else None


# Clinked documents both under one name: a word, or the moment that was chosen.
ActivationType = Annotated[ClinkedActivationType | None, BeforeValidator(_type)]
ActivationMoment = Annotated[datetime | None, BeforeValidator(_moment)]


@strawberry.pydantic.type
class ClinkedMember(Member):
    """A person in an account. Clinked API 4.6."""

    address: ClassVar[tuple[str, ...]] = ("account", "username")
    own_key: ClassVar[str | None] = "username"

    platform_id: str = Field(validation_alias=AliasPath("user", "id"))
    """Clinked's number of the person; Clinked finds members of an account by user name."""
    username: str = Field(validation_alias=AliasPath("user", "username"))
    """The name to log in with, unique at Clinked."""
    name: str | None = Field(default=None, validation_alias=AliasPath("user", "name"))
    """Full name."""
    email: str | None = Field(default=None, validation_alias=AliasPath("user", "email"))
    """E-mail address."""
    role: MemberRole | None = Field(default=None, alias="permission")
    """What the person may do in the account."""
    raw_role: int | None = Field(default=None, alias="permission")
    """`role` as Clinked's own number."""
    new_groups_role: MemberRole | None = Field(default=None, alias="assignToNewGroupsPermission")
    """What the person may do in each new group; null if new groups do not take them in."""
    raw_new_groups_role: int | None = Field(default=None, alias="assignToNewGroupsPermission")
    """`newGroupsRole` as Clinked's own number."""
    unassigned_groups: Items[NamedGroup] = Field(default=[], alias="notAssigned")
    """The groups of the account that the person is not in, if new ones take the person in. Clinked
    does not document how it names them; where it gives a number alone, the names are null."""
    is_being_assigned: bool | None = Field(default=None, alias="assigningToGroups")
    """Whether Clinked is still putting the person into groups."""
    created_at: datetime | None = Field(default=None, alias="dateCreated")
    """When the person joined the account."""
    is_in_several_accounts: bool | None = Field(default=None, alias="memberOfMultipleAccounts")
    """Whether the person is a member of other accounts too."""
    member_tags: list[str] | None = Field(default=None, alias="tags")
    """The account's tags on the person. Null where Clinked leaves them out, as in lists."""
    is_unlock_pending: bool | None = Field(default=None, alias="pendingUnlock")
    """Whether the log-in will be unlocked by itself."""
    activation_type: ActivationType = Field(default=None, alias="activationType")
    """When the e-mail that lets the person in goes out; null if it is not waiting to."""
    raw_activation_type: str | None = Field(default=None, alias="activationType")
    """`activationType` as Clinked gives it."""
    activation_sends_at: ActivationMoment = Field(default=None, alias="activationType")
    """The moment that was chosen for it; null where Clinked tells the type alone."""
    user: ClinkedUser
    """The person's profile."""

    @belongs_to("ClinkedAccount", api.calls(Method.GET, "/v3/accounts/{account}"))
    async def account(self) -> Company | None:
        """The account."""
        ...


@strawberry.pydantic.input
class ClinkedMemberCreateInput(WriteInput):
    """A new person in an account at Clinked."""

    privileged = frozenset({"password", "role", "new_groups_role"})

    account_id: Annotated[strawberry.ID, points_to("ClinkedAccount")] = Field(exclude=True)
    """The account."""
    username: Key
    """The name to log in with, unique at Clinked."""
    email: Annotated[str, Field(min_length=3)]
    """E-mail address."""
    name: strawberry.Maybe[str]
    """Full name."""
    phone: strawberry.Maybe[str]
    """Phone number."""
    password: strawberry.Maybe[Password]
    """The password to begin with."""
    role: strawberry.Maybe[Role] = Field(serialization_alias="permission")
    """What the person may do in the account."""
    new_groups_role: strawberry.Maybe[Role] = Field(
        serialization_alias="assignToNewGroupsPermission"
    )
    """Put the person into each new group, with this role."""
    is_enabled: strawberry.Maybe[bool] = Field(serialization_alias="enabled")
    """Whether the person may log in."""
    assigned_groups: strawberry.Maybe[GroupRoles] = Field(serialization_alias="assignGroups")
    """The groups to put the person into."""
    member_tags: strawberry.Maybe[list[str]] = Field(serialization_alias="tags")
    """The account's tags on the person. Clinked's answer has none of them, a later read does."""
    real_name: strawberry.Maybe[str] = Field(serialization_alias="realName")
    """The person's real name, for internal use."""


@strawberry.pydantic.input
class ClinkedActivationInput(WriteInput):
    """The e-mail that lets a new member in."""

    message: strawberry.Maybe[str]
    """What to say in it."""
    sends_at: strawberry.Maybe[EpochMillis] = Field(serialization_alias="date")
    """When to send it."""


def _or_none_of_them(tags: list[str] | None) -> list[str]:
    # Clinked documents a list, and not what null does to it.
    return tags or []


@strawberry.pydantic.input
class ClinkedMemberUpdateInput(WriteInput):
    """What to change of a member of an account at Clinked."""

    privileged = frozenset({"password", "role"})

    role: strawberry.Maybe[Role] = Field(serialization_alias="permission")
    """What the person may do in the account."""
    member_tags: strawberry.Maybe[
        Annotated[list[str] | None, PlainSerializer(_or_none_of_them)]
    ] = Field(serialization_alias="tags")
    """All the account's tags on the person; null clears."""
    password: strawberry.Maybe[Password]
    """A new password."""
    is_enabled: strawberry.Maybe[bool] = Field(serialization_alias="enabled")
    """Whether the person may log in."""
    is_locked: strawberry.Maybe[bool] = Field(serialization_alias="lock")
    """Whether the log-in is locked."""
    notifies: strawberry.Maybe[bool] = Field(serialization_alias="assignmentNotification")
    """Whether to tell the person by e-mail."""
    activation: strawberry.Maybe[ClinkedActivationInput]
    """The e-mail that lets the person in."""


@strawberry.pydantic.input
class ClinkedMemberGroupsInput(WriteInput):
    """Which groups a member of an account at Clinked joins and leaves."""

    join: strawberry.Maybe[GroupRoles] = Field(serialization_alias="assignGroups")
    """The groups to put the person into, or in which to change what they may do."""
    leave: strawberry.Maybe[list[GroupId]] = Field(serialization_alias="removeGroups")
    """The groups to take the person out of."""
    notifies: strawberry.Maybe[bool] = Field(serialization_alias="assignmentNotification")
    """Whether to tell the person by e-mail."""


LIST = api.endpoint(
    Method.GET,
    "/v3/accounts/{account}/members",
    ClinkedPage[ClinkedMember],
    "4.6.2",
    query=("page", "size", "orderBy", "ascending", "name", "startsWith"),
)
READ = api.endpoint(Method.GET, "/v3/accounts/{account}/members/{username}", ClinkedMember, "4.6.3")
CREATE = api.endpoint(
    Method.POST,
    "/v3/accounts/{account}/members",
    ClinkedMember,
    "4.6.1",
    body=ClinkedMemberCreateInput,
)
UPDATE = api.endpoint(
    Method.PATCH,
    "/v3/accounts/{account}/members/{username}",
    ClinkedMember,
    "4.6.4",
    body=ClinkedMemberUpdateInput,
)
UPDATE_GROUPS = api.endpoint(
    Method.PATCH,
    "/v3/accounts/{account}/members/{username}",
    ClinkedMember,
    "4.6.5",
    body=ClinkedMemberGroupsInput,
)
DELETE = api.endpoint(Method.DELETE, "/v3/accounts/{account}/members/{username}", NoneType, "4.6.6")

finds(ClinkedMember, READ)


class AccountMembers(LocatedWire):
    """The part of an account that is about its members."""

    @pages(LIST)
    async def members(
        self,
        first: First = 25,
        after: After = None,
        filter: Filter = None,
        order: Order = None,
    ) -> Connection[Member] | None:
        """The people in it."""
        ...


async def _made(session: Session, input: ClinkedMemberCreateInput, began: float) -> Finding:
    _, account = origin_of(session, input.account_id)
    keys = {**account.keys, "username": input.username}
    at = Origin(account.platform, account.connection, keys)
    return made_by_key(session, await look(session, ClinkedMember, at), began)


@member_create.create("clinked", ClinkedMemberCreateInput, CREATE, found=_made)
async def _create(session: Session, input: ClinkedMemberCreateInput) -> ClinkedMember:
    """A person in an account at Clinked. Clinked API 4.6.1."""
    _, at = origin_of(session, input.account_id)
    return await session.ask(CREATE, at, body=input.body())


member_update.sends(
    "clinked", ClinkedMember, UPDATE, "A person in an account at Clinked. Clinked API 4.6.4."
)


member_groups_update.sends(
    "clinked", ClinkedMember, UPDATE_GROUPS, "A person in an account at Clinked. Clinked API 4.6.5."
)


member_delete.sends(
    "clinked",
    ClinkedMember,
    DELETE,
    "A person in an account at Clinked, with all memberships in groups. Clinked API 4.6.6.",
)
