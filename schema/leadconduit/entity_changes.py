"""Making, changing and deleting LeadConduit's entities. LeadConduit API, Entities."""

from typing import Annotated, Any

import strawberry
from pydantic import Field

from resolvers.call import Endpoint, Method, Origin
from resolvers.platforms.leadconduit import LeadConduit
from resolvers.session import Session
from schema.entities import entity_create, entity_delete, entity_update
from schema.leadconduit.entities import LIST, READ, LeadConduitEntity
from schema.leadconduit.roles import LeadConduitRecipientKind, LeadConduitSourceKind
from schema.leadconduit.wire import api
from schema.lookup import called, complete, made_among
from schema.outcome import Finding
from schema.wire import WriteInput, given, matching

Hex24 = Annotated[str, matching(r"[0-9a-fA-F]{24}", "an id is 24 hexadecimal digits")]
Suffix = Annotated[str, matching(r"[0-9a-zA-Z]{3,5}", "a suffix is 3 to 5 letters and digits")]


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


CREATE = api.endpoint(
    Method.POST, "/entities", LeadConduitEntity, "create-entity", body=LeadConduitEntityCreateInput
)
REPLACE = api.endpoint(
    Method.PUT,
    "/entities/{id}",
    LeadConduitEntity,
    "update-entity",
    body=LeadConduitEntityUpdateInput,
    # The whole entity is sent, so that it is the same after once or twice.
    repeatable=True,
)
DELETE = api.endpoint(Method.DELETE, "/entities/{id}", LeadConduitEntity, "delete-entity")

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
# These have to be there, if only as null or empty.
_REQUIRED: dict[str, Any] = {"source": None, "recipient": None, "module_ids": []}


async def _made(session: Session, input: LeadConduitEntityCreateInput, began: float) -> Finding:
    at = _account(session, input)
    return made_among(session, at, called(input.name, await complete(session, LIST, at)), began)


def _account(session: Session, input: LeadConduitEntityCreateInput) -> Origin:
    return session.connections.only(LeadConduit.platform, given(input.connection)).root


@entity_create.create("leadconduit", LeadConduitEntityCreateInput, CREATE, found=_made)
async def _create(session: Session, input: LeadConduitEntityCreateInput) -> LeadConduitEntity:
    """An entity at LeadConduit."""
    at = _account(session, input)
    sent = {name: value for name, value in input.body().items() if value is not None}
    return await session.ask(CREATE, at, body={**_REQUIRED, **sent})


@entity_update.change("leadconduit", LeadConduitEntity, LeadConduitEntityUpdateInput, READ, REPLACE)
async def _update(
    session: Session, at: Origin, input: LeadConduitEntityUpdateInput
) -> LeadConduitEntity:
    """An entity at LeadConduit, which is read, changed and replaced: two calls."""
    now = await session.ask(_RAW, at)
    merged = {name: now.get(name) for name in _WRITABLE} | input.body()
    # PUT clears what is left out, which is the only way to clear most of them.
    sent = {name: value for name, value in merged.items() if value is not None}
    return await session.ask(REPLACE, at, body={**_REQUIRED, **sent})


@entity_delete.act(LeadConduitEntity, DELETE)
async def _delete(session: Session, at: Origin) -> None:
    """An entity at LeadConduit. To deprecate it (`entityUpdate`) is preferred there."""
    await session.ask(DELETE, at)
