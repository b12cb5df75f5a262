"""Clinked's accounts, and what all accounts of a connection hold together. Clinked API 4."""

from datetime import datetime
from typing import Annotated, ClassVar

import strawberry
from pydantic import Field

from resolvers.call import Method, Origin
from resolvers.listing import Feeds
from resolvers.paging import whole
from resolvers.platforms.clinked import Clinked
from resolvers.rest import feed
from resolvers.session import Session
from resolvers.together import InWhole, listed
from schema.clinked import groups as clinked_groups
from schema.clinked import invites as clinked_invites
from schema.clinked import members as clinked_members
from schema.clinked.account_groups import AccountGroups
from schema.clinked.announcements import AccountAnnouncements
from schema.clinked.available_components import AccountAvailableComponents
from schema.clinked.branding import AccountBranding
from schema.clinked.custom_domain import AccountCustomDomain
from schema.clinked.custom_email import AccountCustomEmail
from schema.clinked.devices import AccountDevices
from schema.clinked.events import AccountEvents
from schema.clinked.guests import AccountGuests
from schema.clinked.iframes import AccountIframes
from schema.clinked.integrations import AccountIntegrations
from schema.clinked.invites import AccountInvites
from schema.clinked.member_tags import AccountMemberTags
from schema.clinked.members import AccountMembers
from schema.clinked.password_policy import AccountPasswordPolicy
from schema.clinked.profile_fields import AccountProfileFields
from schema.clinked.properties import AccountProperties
from schema.clinked.sso import AccountSso
from schema.clinked.storage import AccountStorage
from schema.clinked.subscription import AccountSubscription
from schema.clinked.tasks import AccountTasks
from schema.clinked.two_factor import AccountTwoFactor
from schema.clinked.wire import api
from schema.companies import CompanyFilter, companies, company_update
from schema.filters import named
from schema.groups import GroupFilter, groups
from schema.invites import InviteFilter, invites
from schema.members import MemberFilter, members
from schema.node import finds
from schema.nouns import Company, Group, Invite, Member
from schema.page import After, Connection, First, pages
from schema.wire import LocatedWire, WriteInput


@strawberry.pydantic.type
class ClinkedAccount(
    AccountAnnouncements,
    AccountAvailableComponents,
    AccountBranding,
    AccountCustomDomain,
    AccountCustomEmail,
    AccountDevices,
    AccountEvents,
    AccountGroups,
    AccountGuests,
    AccountIframes,
    AccountIntegrations,
    AccountInvites,
    AccountMemberTags,
    AccountMembers,
    AccountPasswordPolicy,
    AccountProfileFields,
    AccountProperties,
    AccountSso,
    AccountStorage,
    AccountSubscription,
    AccountTasks,
    AccountTwoFactor,
    Company,
):
    """An organisation with its portal. Clinked API 4."""

    address: ClassVar[tuple[str, ...]] = ("account",)

    name: str | None = Field(default=None, alias="friendlyName")
    """The name that people see."""
    slug: str | None = Field(default=None, alias="name")
    """The name in addresses, unique at Clinked."""
    is_enabled: bool | None = Field(default=None, alias="enabled")
    """Whether it is switched on."""
    domain: str | None = None
    """A domain that Clinked keeps with it; null without one. Where its portal is to be found is
    `customDomain`."""
    hash: str | None = None
    """Clinked's hash of it."""
    locale: str | None = None
    """Its language, such as en or en_GB; null for the usual one."""
    created_at: datetime | None = Field(default=None, alias="dateCreated")
    """When it was made."""
    updated_at: datetime | None = Field(default=None, alias="lastModified")
    """When it was last changed."""


@strawberry.pydantic.input
class ClinkedAccountUpdateInput(WriteInput):
    """What to change of an account at Clinked."""

    name: strawberry.Maybe[Annotated[str, Field(min_length=1)]] = Field(
        serialization_alias="friendlyName"
    )
    """The name that people see."""
    slug: strawberry.Maybe[Annotated[str, Field(min_length=1)]] = Field(serialization_alias="name")
    """The name in addresses, unique at Clinked."""
    locale: strawberry.Maybe[str | None]
    """Its language, such as en or en_GB; null for the usual one."""


LIST = api.endpoint(Method.GET, "/v3/accounts", list[ClinkedAccount], "4.1", query=("enabledOnly",))
READ = api.endpoint(Method.GET, "/v3/accounts/{account}", ClinkedAccount, "4.2")
UPDATE = api.endpoint(
    Method.PATCH, "/v3/accounts/{account}", ClinkedAccount, "4.3", body=ClinkedAccountUpdateInput
)

finds(ClinkedAccount, READ)
# Both are documented with the same account, and the list has no pages.
listed(READ, InWhole(LIST))

HidesDisabled = Annotated[
    bool | None, strawberry.argument(description="Whether to leave out what is switched off.")
]


class ConnectionAccounts(LocatedWire):
    """The part of a connection that is about accounts."""

    @pages(LIST, query={"hides_disabled": "enabledOnly"})
    async def accounts(
        self, hides_disabled: HidesDisabled = None, first: First = 25, after: After = None
    ) -> Connection[ClinkedAccount] | None:
        """The accounts that it reaches."""
        ...


@companies.of(Clinked, LIST)
async def _companies(session: Session, at: Origin, where: CompanyFilter) -> Feeds[Company]:
    if not where.name_contains:
        return [("", feed(session, LIST, at))]
    keep = named(where.name_contains)

    async def read() -> list[ClinkedAccount]:
        return [account for account in await session.ask(LIST, at) if keep(account)]

    return [("", whole(read))]


@groups.of(Clinked, LIST, clinked_groups.LIST)
async def _groups(session: Session, at: Origin, where: GroupFilter) -> Feeds[Group]:
    accounts = await session.ask(LIST, at)
    asked = {"name": where.name_contains}
    return [(a.key(), feed(session, clinked_groups.LIST, a.origin, asked)) for a in accounts]


@members.of(Clinked, LIST, clinked_members.LIST)
async def _members(session: Session, at: Origin, where: MemberFilter) -> Feeds[Member]:
    accounts = await session.ask(LIST, at)
    asked = {"name": where.name_contains}
    return [(a.key(), feed(session, clinked_members.LIST, a.origin, asked)) for a in accounts]


@invites.of(Clinked, LIST, clinked_invites.LIST)
async def _invites(session: Session, at: Origin, where: InviteFilter) -> Feeds[Invite]:
    accounts = await session.ask(LIST, at)
    asked = {"name": where.name_contains}
    return [(a.key(), feed(session, clinked_invites.LIST, a.origin, asked)) for a in accounts]


company_update.sends("clinked", ClinkedAccount, UPDATE, "An account at Clinked. Clinked API 4.3.")
