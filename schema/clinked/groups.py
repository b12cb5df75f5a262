"""Clinked's groups: the workspaces of an account. Clinked API 7."""

from datetime import datetime
from typing import ClassVar

import strawberry
from pydantic import AliasPath, Field

from resolvers.call import Method
from resolvers.reply import Items
from schema.clinked.announcements import GroupAnnouncements
from schema.clinked.available_components import GroupAvailableComponents
from schema.clinked.files import GroupFiles
from schema.clinked.group_branding import ClinkedGroupBranding
from schema.clinked.group_invites import GroupInvites
from schema.clinked.group_labels import ClinkedGroupLabel, GroupLabels
from schema.clinked.group_mail_recipients import GroupMailRecipients
from schema.clinked.group_members import GroupMembers
from schema.clinked.group_settings import (
    ClinkedGroupComponent,
    ClinkedGroupNotifications,
    ClinkedGroupWatermark,
)
from schema.clinked.group_trash import GroupTrash
from schema.clinked.included_members import ClinkedIncludedMember
from schema.clinked.properties import GroupProperties
from schema.clinked.users import ClinkedUser
from schema.clinked.wire import ClinkedPage, api
from schema.leading import belongs_to, leads_to
from schema.node import finds
from schema.nouns import Company, Group
from schema.scalars import BigInt
from schema.tags import NamedValues

PATH = "/v3/accounts/{account}/groups/{group}"


@strawberry.pydantic.type
class ClinkedGroup(
    GroupAnnouncements,
    GroupAvailableComponents,
    GroupFiles,
    GroupInvites,
    GroupLabels,
    GroupMailRecipients,
    GroupMembers,
    GroupProperties,
    GroupTrash,
    Group,
):
    """A workspace that its members share. Clinked API 7."""

    address: ClassVar[tuple[str, ...]] = ("account", "group")

    name: str | None = Field(default=None, alias="friendlyName")
    """The name that people see."""
    slug: str | None = Field(default=None, alias="name")
    """The name in addresses, unique in the account."""
    context_key: str | None = Field(default=None, validation_alias=AliasPath("contextKey", "id"))
    """Clinked's number of it among everything that can be talked about."""
    hash: str | None = None
    """Clinked's hash of it."""
    mail_key: str | None = Field(default=None, alias="mailKey")
    """Clinked's key of it for mail, which it does not explain."""
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
    components: Items[ClinkedGroupComponent] = []
    """What it is built of."""
    notifications: ClinkedGroupNotifications | None = Field(
        default=None, alias="notificationsConfiguration"
    )
    """What its members are told by e-mail; null where that was never set."""
    watermark: ClinkedGroupWatermark | None = Field(default=None, alias="watermarkConfiguration")
    """What is written across its files where they are shown."""
    branding: ClinkedGroupBranding | None = None
    """How it looks."""
    has_master: bool | None = Field(default=None, alias="masterConfigured")
    """Whether another group is set up as its master."""
    master_key: str | None = Field(default=None, alias="master", exclude=True)
    master_settings: NamedValues = Field(default=[], alias="masterConfiguration")
    """What it takes over from its master, in names of Clinked's own, which it does not explain."""
    subgroup_count: int | None = Field(default=None, alias="subgroupCount")
    """How many groups it is the master of; null where Clinked leaves that out."""
    included_labels: Items[ClinkedGroupLabel] = Field(default=[], alias="labels")
    """Its labels as they come with it, which cost no call; `labels` asks for them."""
    included_members: Items[ClinkedIncludedMember] = Field(default=[], alias="memberDetails")
    """The people in it who come with it and cost no call: Clinked gives them in lists of groups
    alone, and does not say how many. `members` asks for all."""
    owner: ClinkedUser | None = None
    """Who made it, with the first few fields of a profile alone; null if that is not known."""
    created_at: datetime | None = Field(default=None, alias="dateCreated")
    """When it was made."""
    updated_at: datetime | None = Field(default=None, alias="lastModified")
    """When it was last changed."""

    @belongs_to("ClinkedAccount", api.calls(Method.GET, "/v3/accounts/{account}"))
    async def account(self) -> Company | None:
        """The account that it belongs to."""
        ...

    @leads_to("ClinkedGroup", "master_key", api.calls(Method.GET, PATH))
    async def master(self) -> Group | None:
        """The group that is its master; null if none is. Costs no call then."""
        ...


LIST = api.endpoint(
    Method.GET,
    "/v3/accounts/{account}/groups",
    ClinkedPage[ClinkedGroup],
    "7.3",
    query=("page", "size", "name", "exact", "exclude", "removed", "master", "label"),
)
READ = api.endpoint(Method.GET, PATH, ClinkedGroup, "7.4")

finds(ClinkedGroup, READ)
