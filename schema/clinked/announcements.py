"""Notices on the dashboards of accounts and groups. Clinked API 4.12 and 7.16.

Clinked leaves the id out of an announcement that is asked for by its id.
"""

from typing import Annotated, ClassVar, Self

import strawberry
from pydantic import BeforeValidator, Field

from resolvers.call import Method, Origin
from schema.clinked.wire import Key, api
from schema.leading import belongs_to
from schema.node import Node, finds
from schema.nouns import Company, Group
from schema.wire import LocatedWire, WriteInput

OF_ACCOUNT = "/v3/accounts/{account}/announcements"
OF_GROUP = "/v3/groups/{group}/announcements"
ONE = "?id={announcement}"


def _or_nothing(id: object) -> object:
    return "" if id is None else id


class Announcement(Node):
    """What announcements of accounts and of groups have in common."""

    platform_id: Annotated[str, BeforeValidator(_or_nothing)] = Field(default="", alias="id")
    """Clinked's id of it, unique in the account or group."""
    title: str | None = None
    """What it is about."""
    text: str | None = Field(default=None, alias="body")
    """What it says."""
    color: str | None = Field(default=None, alias="colour")
    """The kind of notice that it looks like, such as success."""
    passes_on: bool | None = Field(default=None, alias="propagate")
    """Whether it is shown below as well, unless there is another."""
    is_inherited: bool | None = Field(default=None, alias="inherit")
    """Whether it comes from the account."""

    def at(self, origin: Origin) -> Self:
        """Take the id that it was asked for by, where Clinked leaves it out."""
        self.platform_id = self.platform_id or origin.keys.get("announcement", "")
        return super().at(origin)


@strawberry.pydantic.type
class ClinkedAccountAnnouncement(Announcement):
    """A notice on an account's dashboard. Clinked API 4.12."""

    address: ClassVar[tuple[str, ...]] = ("account", "announcement")

    @belongs_to("ClinkedAccount", api.calls(Method.GET, "/v3/accounts/{account}"))
    async def account(self) -> Company | None:
        """The account."""
        ...


@strawberry.pydantic.type
class ClinkedGroupAnnouncement(Announcement):
    """A notice on a group's dashboard. Clinked API 7.16."""

    address: ClassVar[tuple[str, ...]] = ("account", "group", "announcement")

    @belongs_to("ClinkedGroup", api.calls(Method.GET, "/v3/accounts/{account}/groups/{group}"))
    async def group(self) -> Group | None:
        """The group."""
        ...


@strawberry.pydantic.input
class ClinkedGroupAnnouncementUpdateInput(WriteInput):
    """What to change of a group's announcement."""

    title: strawberry.Maybe[str]
    """What it is about."""
    text: strawberry.Maybe[str | None] = Field(serialization_alias="body")
    """What it says; null clears."""
    color: strawberry.Maybe[str | None] = Field(serialization_alias="colour")
    """The kind of notice that it looks like, such as success; null for the usual one."""


@strawberry.pydantic.input
class ClinkedGroupAnnouncementCreateInput(ClinkedGroupAnnouncementUpdateInput):
    """A new announcement in a group."""

    key: strawberry.Maybe[Key] = Field(serialization_alias="id")
    """Clinked's id for it, of your own choice and unique in the group; Clinked picks one if it is
    left out."""


@strawberry.pydantic.input
class ClinkedAccountAnnouncementUpdateInput(ClinkedGroupAnnouncementUpdateInput):
    """What to change of an account's announcement."""

    passes_on: strawberry.Maybe[bool] = Field(serialization_alias="propagate")
    """Whether to show it in the groups as well, unless they have another."""
    is_inherited: strawberry.Maybe[bool] = Field(serialization_alias="inherit")
    """Whether it comes from above."""


@strawberry.pydantic.input
class ClinkedAccountAnnouncementCreateInput(ClinkedAccountAnnouncementUpdateInput):
    """A new announcement in an account."""

    key: strawberry.Maybe[Key] = Field(serialization_alias="id")
    """Clinked's id for it, of your own choice and unique in the account; Clinked picks one if it
    is left out."""


ACCOUNT_READ = api.endpoint(Method.GET, OF_ACCOUNT + ONE, ClinkedAccountAnnouncement, "4.12.2")
GROUP_READ = api.endpoint(Method.GET, OF_GROUP + ONE, ClinkedGroupAnnouncement, "7.16.2")

finds(ClinkedAccountAnnouncement, ACCOUNT_READ)
finds(ClinkedGroupAnnouncement, GROUP_READ)


class AccountAnnouncements(LocatedWire):
    """The part of an account that is about announcements."""

    @api.get(OF_ACCOUNT, "4.12.1")
    async def announcements(self) -> list[ClinkedAccountAnnouncement] | None:
        """The notices on its dashboard."""
        ...


class GroupAnnouncements(LocatedWire):
    """The part of a group that is about announcements."""

    @api.get(OF_GROUP, "7.16.1")
    async def announcements(self) -> list[ClinkedGroupAnnouncement] | None:
        """The notices on its dashboard."""
        ...


@api.post(OF_ACCOUNT, "4.12.3", on="ClinkedAccount")
async def clinked_account_announcement_create(
    input: ClinkedAccountAnnouncementCreateInput,
) -> ClinkedAccountAnnouncement:
    """Put a notice on an account's dashboard."""
    ...


@api.post(OF_ACCOUNT + ONE, "4.12.3", on="ClinkedAccountAnnouncement")
async def clinked_account_announcement_update(
    input: ClinkedAccountAnnouncementUpdateInput,
) -> ClinkedAccountAnnouncement:
    """Change a notice on an account's dashboard."""
    ...


@api.delete(OF_ACCOUNT + ONE, "4.12.4", on="ClinkedAccountAnnouncement")
async def clinked_account_announcement_delete() -> None:
    """Take a notice off an account's dashboard."""
    ...


@api.post(OF_GROUP, "7.16.3", on="ClinkedGroup")
async def clinked_group_announcement_create(
    input: ClinkedGroupAnnouncementCreateInput,
) -> ClinkedGroupAnnouncement:
    """Put a notice on a group's dashboard."""
    ...


@api.post(OF_GROUP + ONE, "7.16.3", on="ClinkedGroupAnnouncement")
async def clinked_group_announcement_update(
    input: ClinkedGroupAnnouncementUpdateInput,
) -> ClinkedGroupAnnouncement:
    """Change a notice on a group's dashboard."""
    ...


@api.delete(OF_GROUP + ONE, "7.16.4", on="ClinkedGroupAnnouncement")
async def clinked_group_announcement_delete() -> None:
    """Take a notice off a group's dashboard."""
    ...
