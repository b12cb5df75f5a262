"""LeadConduit's entities. LeadConduit API, Entities."""

from datetime import datetime
from typing import Annotated, ClassVar

import strawberry
from pydantic import BeforeValidator, Field

from resolvers.call import Method, Origin
from resolvers.listing import Feeds
from resolvers.paging import whole
from resolvers.platforms.leadconduit import LeadConduit
from resolvers.reply import Items
from resolvers.rest import feed
from resolvers.session import Session
from resolvers.together import InWhole, listed
from schema.entities import EntityFilter, entities
from schema.filters import named
from schema.leadconduit.changelogs import EntityHistory
from schema.leadconduit.references import (
    LeadConduitAccount,
    LeadConduitFlow,
    LeadConduitInvitation,
    LeadConduitModule,
)
from schema.leadconduit.roles import (
    LeadConduitConnected,
    LeadConduitRecipientKind,
    LeadConduitSourceKind,
)
from schema.leadconduit.wire import api
from schema.leading import leads_to
from schema.node import finds
from schema.nouns import Entity


def _or_none(connected: object) -> object:
    return connected or None


@strawberry.pydantic.type
class LeadConduitEntity(EntityHistory, Entity):
    """A party that leads come from or go to. LeadConduit API, Entities."""

    address: ClassVar[tuple[str, ...]] = ("id",)

    source: LeadConduitSourceKind | None = None
    """As what it gives leads; null if it gives none."""
    raw_source: str | None = Field(default=None, alias="source")
    """`source` as LeadConduit spells it."""
    recipient: LeadConduitRecipientKind | None = None
    """As what it takes leads; null if it takes none."""
    raw_recipient: str | None = Field(default=None, alias="recipient")
    """`recipient` as LeadConduit spells it."""
    description: str | None = None
    """What is noted about it."""
    is_standard: bool = Field(default=False, alias="standard")
    """Whether it is built in: seen by every account, changed by none."""
    is_account: bool | None = Field(default=None, alias="account")
    """Whether it stands for another account of LeadConduit."""
    is_pending: bool | None = Field(default=None, alias="pending")
    """Whether its invitation is not accepted yet."""
    # True or false in older pages of the documentation; what is false is not there.
    connected: Annotated[LeadConduitConnected | None, BeforeValidator(_or_none)] = None
    """As what its account is connected to this one; null if it is not."""
    raw_connected: str | None = Field(default=None, alias="connected")
    """`connected` as LeadConduit spells it."""
    is_deprecated: bool | None = Field(default=None, alias="deprecated")
    """Whether it should no longer be used; see `replacement`."""
    field_suffix: str | None = None
    """What the names of its custom fields end in: 3 to 5 letters and digits."""
    logo_url: str | None = None
    """Its logo."""
    time_zone: str | None = None
    """The time zone of its account, as LeadConduit writes it."""
    is_trusted_form_certified: bool | None = Field(
        default=None, alias="trustedform_certified_vendor"
    )
    """Whether it is a vendor certified by TrustedForm."""
    website: str | None = None
    """Its web site."""
    account_id: str | None = Field(default=None, alias="connected_account_id", exclude=True)
    instead_id: str | None = Field(default=None, alias="see", exclude=True)
    invitation_id: str | None = Field(default=None, exclude=True)
    invitation_expires_at: datetime | None = Field(default=None, exclude=True)
    is_expired: bool | None = Field(default=None, alias="expired", exclude=True)
    flow_ids: Items[str] = Field(default=[], exclude=True)
    module_ids: Items[str] = Field(default=[], exclude=True)

    @strawberry.pydantic.field(description="The account behind it; null if there is none.")
    def connected_account(self) -> LeadConduitAccount | None:
        """Show the account's id as an account."""
        return None if self.account_id is None else LeadConduitAccount(platform_id=self.account_id)

    @strawberry.pydantic.field(description="The invitation that it came of; null if none.")
    def invitation(self) -> LeadConduitInvitation | None:
        """Gather what the entity tells of its invitation."""
        if self.invitation_id is None and self.invitation_expires_at is None:
            return None
        return LeadConduitInvitation(
            platform_id=self.invitation_id,
            expires_at=self.invitation_expires_at,
            is_expired=self.is_expired,
        )

    @strawberry.pydantic.field(description="The flows that have it as a source.")
    def flows(self) -> list[LeadConduitFlow]:
        """Show each of their ids as a flow."""
        return [LeadConduitFlow(platform_id=id) for id in self.flow_ids]

    @strawberry.pydantic.field(description="The modules by which it exchanges leads.")
    def modules(self) -> list[LeadConduitModule]:
        """Show each of their ids as a module."""
        return [LeadConduitModule(platform_id=id) for id in self.module_ids]

    @leads_to("LeadConduitEntity", "instead_id", api.calls(Method.GET, "/entities/{id}"))
    async def replacement(self) -> Entity | None:
        """The entity to use instead of it; null, and no call, if there is none."""
        ...


LIST = api.endpoint(Method.GET, "/entities", list[LeadConduitEntity], "list-entities")
READ = api.endpoint(Method.GET, "/entities/{id}", LeadConduitEntity, "get-entity")

finds(LeadConduitEntity, READ)
# Both give an Entity by LeadConduit's own description, and the list has no pages.
listed(READ, InWhole(LIST))


@entities.of(LeadConduit, LIST)
async def _entities(session: Session, at: Origin, where: EntityFilter) -> Feeds[Entity]:
    if not where.name_contains:
        return [("", feed(session, LIST, at))]
    keep = named(where.name_contains)

    async def read() -> list[LeadConduitEntity]:
        return [entity for entity in await session.ask(LIST, at) if keep(entity)]

    return [("", whole(read))]
