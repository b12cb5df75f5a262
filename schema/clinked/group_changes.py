"""What can be done to Clinked's groups. Clinked API 7.1, 7.5, 7.6, 7.8 and 7.9."""

from enum import StrEnum
from types import NoneType
from typing import Annotated

import strawberry
from pydantic import Field

from resolvers.call import Method, Origin
from resolvers.session import Session
from schema.clinked.group_roles import GroupId
from schema.clinked.group_settings import (
    ClinkedGroupComponentInput,
    ClinkedGroupNotificationsInput,
    ClinkedGroupWatermarkInput,
)
from schema.clinked.groups import LIST, PATH, ClinkedGroup
from schema.clinked.wire import api
from schema.groups import group_create, group_delete, group_duplicate, group_update
from schema.links import number, points_to
from schema.lookup import called, complete, made_among
from schema.node import origin_of
from schema.outcome import Finding
from schema.wire import WriteInput

MANY = "/v3/accounts/{account}/groups"
Text = Annotated[str, Field(min_length=1)]


@strawberry.pydantic.input
class ClinkedGroupUpdateInput(WriteInput):
    """What to change of a group at Clinked."""

    name: strawberry.Maybe[Text] = Field(serialization_alias="friendlyName")
    """The name that people see."""
    slug: strawberry.Maybe[Text] = Field(serialization_alias="name")
    """The name in addresses, unique in the account."""
    master_id: strawberry.Maybe[GroupId | None] = Field(serialization_alias="master")
    """The group that is its master; null for none."""
    copy_from_id: strawberry.Maybe[GroupId] = Field(serialization_alias="copyFrom")
    """The group to take over from. Clinked documents it for changes too, and does not say what it
    does to a group that is there already."""
    components: strawberry.Maybe[list[ClinkedGroupComponentInput]]
    """All that it is built of."""
    notifications: strawberry.Maybe[ClinkedGroupNotificationsInput] = Field(
        serialization_alias="notificationsConfiguration"
    )
    """What its members are told by e-mail."""
    watermark: strawberry.Maybe[ClinkedGroupWatermarkInput] = Field(
        serialization_alias="watermarkConfiguration"
    )
    """What is written across its files where they are shown."""
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
    name: Text = Field(serialization_alias="friendlyName")  # pyright: ignore[reportIncompatibleVariableOverride]
    """The name that people see."""
    copy_from_id: strawberry.Maybe[GroupId] = Field(serialization_alias="copyFrom")
    """The group to take over from, if it is to be a copy; see `groupDuplicate`."""


@strawberry.pydantic.input
class ClinkedGroupDuplicateInput(WriteInput):
    """A copy of a group at Clinked."""

    name: Text = Field(serialization_alias="friendlyName")
    """The name of the copy."""


class GroupCopy(ClinkedGroupDuplicateInput):
    """The same with the group to copy, which callers name by the mutation's `id`."""

    copy_from: int = Field(serialization_alias="copyFrom")


class ClinkedExportedComponent(StrEnum):
    """A part of a group that Clinked can export."""

    PAGES = "pages"
    """Its pages."""
    FILES = "files"
    """Its files."""
    DISCUSSIONS = "discussions"
    """What people talk about in it."""
    TASKS = "tasks"
    """Its tasks."""
    EVENTS = "events"
    """Its events."""


@strawberry.pydantic.input
class ClinkedGroupExportInput(WriteInput):
    """What to export of a group."""

    components: Annotated[list[ClinkedExportedComponent], Field(min_length=1)]
    """Which parts of it."""


CREATE = api.endpoint(Method.POST, MANY, ClinkedGroup, "7.1", body=ClinkedGroupCreateInput)
UPDATE = api.endpoint(Method.PATCH, PATH, ClinkedGroup, "7.5", body=ClinkedGroupUpdateInput)
DELETE = api.endpoint(Method.DELETE, PATH, NoneType, "7.6")
DUPLICATE = api.endpoint(Method.POST, MANY, ClinkedGroup, "7.9", body=GroupCopy)


# More groups of one name than an account will have.
_MANY = 100


async def _made(session: Session, input: ClinkedGroupCreateInput, began: float) -> Finding:
    _, at = origin_of(session, input.account_id)
    return await _among(session, at, input.name, began)


async def _copied(
    session: Session, at: Origin, input: ClinkedGroupDuplicateInput, began: float
) -> Finding:
    return await _among(session, at, input.name, began)


async def _among(session: Session, at: Origin, name: str, began: float) -> Finding:
    asked = {"name": name.strip(), "page": 1, "size": _MANY}
    found = await complete(session, LIST, at, asked)
    return made_among(session, at, called(name, found), began)


@group_create.create("clinked", ClinkedGroupCreateInput, CREATE, found=_made)
async def _create(session: Session, input: ClinkedGroupCreateInput) -> ClinkedGroup:
    """A group in an account at Clinked. Clinked API 7.1."""
    _, at = origin_of(session, input.account_id)
    return await session.ask(CREATE, at, body=input.body())


group_update.sends("clinked", ClinkedGroup, UPDATE, "A group at Clinked. Clinked API 7.5.")


@group_duplicate.change(
    "clinked", ClinkedGroup, ClinkedGroupDuplicateInput, DUPLICATE, found=_copied
)
async def _duplicate(
    session: Session, at: Origin, input: ClinkedGroupDuplicateInput
) -> ClinkedGroup:
    """A group at Clinked. Clinked API 7.9."""
    copy = GroupCopy(name=input.name, copy_from=number(at.keys["group"]))
    return await session.ask(DUPLICATE, at, body=copy.body())


group_delete.sends("clinked", ClinkedGroup, DELETE, "A group at Clinked. Clinked API 7.6.")


@api.post("/v3/groups/{group}/export", "7.8", on="ClinkedGroup")
async def clinked_group_export(input: ClinkedGroupExportInput) -> None:
    """Export parts of a group, to which the connection's own user is sent a link by e-mail."""
    ...
