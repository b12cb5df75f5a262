"""LeadConduit's entities. LeadConduit API, Entities."""

from datetime import datetime
from typing import Annotated, Any, ClassVar

import strawberry
from pydantic import Field

from resolvers.call import Endpoint, Method, Origin
from resolvers.listing import Feeds
from resolvers.paging import whole
from resolvers.platforms.leadconduit import LeadConduit
from resolvers.session import Session
from schema.entities import EntityFilter, entities, entity_create, entity_delete, entity_update
from schema.filters import named
from schema.leadconduit.wire import api
from schema.node import finds
from schema.nouns import Entity
from schema.scalars import OR_EMPTY, OR_FALSE, OpenEnum
from schema.wire import WriteInput, given, matching

Hex24 = Annotated[str, matching(r"[0-9a-fA-F]{24}", "an id is 24 hexadecimal digits")]
Suffix = Annotated[str, matching(r"[0-9a-zA-Z]{3,5}", "a suffix is 3 to 5 letters and digits")]
Strings = Annotated[list[str], OR_EMPTY]


class LeadConduitSourceKind(OpenEnum):
    """As what an entity gives leads."""

    FORM = "form"
    """A web form."""
    SELLER = "seller"
    """Someone who sells leads."""
    OTHER = "other"
    """Another kind of source."""


class LeadConduitRecipientKind(OpenEnum):
    """As what an entity takes leads."""

    BUYER = "buyer"
    """Someone who buys leads."""
    CRM = "crm"
    """A system that manages customers."""
    ANALYTICS = "analytics"
    """A system that analyses leads."""
    ENHANCEMENT = "enhancement"
    """A service that adds to leads."""
    ESP = "esp"
    """A service that sends e-mail."""
    OTHER = "other"
    """Another kind of recipient."""


class LeadConduitConnected(OpenEnum):
    """As what another account is connected to this one."""

    SELLER = "seller"
    """It sells to this account."""
    BUYER = "buyer"
    """It buys from this account."""
    BOTH = "both"
    """It does both."""
    OTHER = "OTHER"
    """Something that this gateway does not know yet."""


@strawberry.pydantic.type
class LeadConduitEntity(Entity):
    """A party that leads come from or go to. LeadConduit API, Entities."""

    address: ClassVar[tuple[str, ...]] = ("id",)

    module_ids: Strings = []
    """The integration modules that it supports."""
    source: LeadConduitSourceKind | None = None
    """As what it gives leads; null if it gives none."""
    recipient: LeadConduitRecipientKind | None = None
    """As what it takes leads; null if it takes none."""
    description: str | None = None
    """What is noted about it."""
    is_standard: Annotated[bool, OR_FALSE] = Field(default=False, alias="standard")
    """Whether it is built in: seen by every account, changed by none."""
    is_account: bool | None = Field(default=None, alias="account")
    """Whether it stands for another account of LeadConduit."""
    is_pending: bool | None = Field(default=None, alias="pending")
    """Whether its invitation is not accepted yet."""
    connected: LeadConduitConnected | None = None
    """As what its account is connected to this one; null if it is not."""
    connected_account_id: str | None = None
    """LeadConduit's id of the account behind a custom entity."""
    is_deprecated: bool | None = Field(default=None, alias="deprecated")
    """Whether it should no longer be used; see `replacementId`."""
    replacement_id: str | None = Field(default=None, alias="see")
    """LeadConduit's id of the entity to use instead."""
    field_suffix: str | None = None
    """What the names of its custom fields end in: 3 to 5 letters and digits."""
    invitation_id: str | None = None
    """The id of its invitation; null if it was not invited."""
    invitation_expires_at: datetime | None = None
    """When its invitation ends; null if it was not invited."""
    is_expired: bool | None = Field(default=None, alias="expired")
    """Whether its invitation has ended without an answer."""
    flow_ids: Strings = []
    """LeadConduit's ids of the flows that have it as a source."""
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


@strawberry.pydantic.input
class LeadConduitEntityUpdateInput(WriteInput):
    """What to change of an entity at LeadConduit."""

    name: strawberry.Maybe[Annotated[str, Field(min_length=1)]]
    """The name that people see."""
    module_ids: strawberry.Maybe[list[str]]
    """The integration modules that it supports."""
    source: strawberry.Maybe[LeadConduitSourceKind | None]
    """As what it gives leads; null for none."""
    recipient: strawberry.Maybe[LeadConduitRecipientKind | None]
    """As what it takes leads; null for none."""
    description: strawberry.Maybe[str | None]
    """What to note about it."""
    is_deprecated: strawberry.Maybe[bool] = Field(serialization_alias="deprecated")
    """Whether it should no longer be used."""
    field_suffix: strawberry.Maybe[Suffix | None]
    """What the names of its custom fields end in: 3 to 5 letters and digits."""
    invitation_id: strawberry.Maybe[Hex24 | None]
    """The id of its invitation: 24 hexadecimal digits."""
    flow_ids: strawberry.Maybe[list[Hex24]]
    """The flows that have it as a source: 24 hexadecimal digits each."""
    logo_url: strawberry.Maybe[str | None]
    """The address of its logo."""
    time_zone: strawberry.Maybe[str | None]
    """The time zone of its account."""
    is_trusted_form_certified: strawberry.Maybe[bool] = Field(
        serialization_alias="trustedform_certified_vendor"
    )
    """Whether it is a vendor certified by TrustedForm."""
    website: strawberry.Maybe[str | None]
    """The address of its web site."""


@strawberry.pydantic.input
class LeadConduitEntityCreateInput(LeadConduitEntityUpdateInput):
    """A new entity at LeadConduit."""

    connection: strawberry.Maybe[str] = Field(exclude=True)
    """The name of the LeadConduit connection; needed where there are several."""
    name: Annotated[str, Field(min_length=1)]  # pyright: ignore[reportIncompatibleVariableOverride]
    """The name that people see."""
    module_ids: list[str]  # pyright: ignore[reportIncompatibleVariableOverride]
    """The integration modules that it supports."""


LIST = api.endpoint(Method.GET, "/entities", list[LeadConduitEntity], "list-entities")
READ = api.endpoint(Method.GET, "/entities/{id}", LeadConduitEntity, "get-entity")
CREATE = api.endpoint(
    Method.POST, "/entities", LeadConduitEntity, "create-entity", body=LeadConduitEntityCreateInput
)
REPLACE = api.endpoint(
    Method.PUT,
    "/entities/{id}",
    LeadConduitEntity,
    "update-entity",
    body=LeadConduitEntityUpdateInput,
)
DELETE = api.endpoint(Method.DELETE, "/entities/{id}", LeadConduitEntity, "delete-entity")

finds(LeadConduitEntity, READ)

# As it came: what this gateway cannot name must not be changed by reading and writing it back.
_RAW: Endpoint[dict[str, Any]] = Endpoint(
    READ.platform, READ.method, READ.path, reply=dict[str, Any]
)
# What PUT takes; the rest of an entity is read-only, and sending it back is refused.
_WRITABLE = (
    *(
        field.serialization_alias or name
        for name, field in LeadConduitEntityUpdateInput.model_fields.items()
    ),
    # Not among what LeadConduit documents as the body, but not read-only either.
    "see",
)
# These two have to be there, if only as null.
_ROLES: dict[str, Any] = {"source": None, "recipient": None}


@entities.of(LeadConduit, LIST)
async def _entities(session: Session, at: Origin, where: EntityFilter) -> Feeds[Entity]:
    keep = named(where.name_contains)

    async def read() -> list[LeadConduitEntity]:
        return [entity for entity in await session.ask(LIST, at) if keep(entity)]

    return [("", whole(read))]


@entity_create.create("leadconduit", LeadConduitEntityCreateInput, CREATE)
async def _create(session: Session, input: LeadConduitEntityCreateInput) -> LeadConduitEntity:
    """An entity at LeadConduit."""
    on = session.connections.only(LeadConduit.platform, given(input.connection))
    sent = {name: value for name, value in input.body().items() if value is not None}
    return await session.ask(CREATE, on.root, body={**_ROLES, **sent})


@entity_update.change("leadconduit", LeadConduitEntity, LeadConduitEntityUpdateInput, READ, REPLACE)
async def _update(
    session: Session, at: Origin, input: LeadConduitEntityUpdateInput
) -> LeadConduitEntity:
    """An entity at LeadConduit, which is read, changed and replaced: two calls."""
    now = await session.ask(_RAW, at)
    merged = {name: now.get(name) for name in _WRITABLE} | input.body()
    # PUT clears what is left out, which is the only way to clear most of them.
    sent = {name: value for name, value in merged.items() if value is not None}
    return await session.ask(REPLACE, at, body={**_ROLES, **sent})


@entity_delete.act(LeadConduitEntity, DELETE)
async def _delete(session: Session, at: Origin) -> None:
    """An entity at LeadConduit. To deprecate it (`entityUpdate`) is preferred there."""
    await session.ask(DELETE, at)
