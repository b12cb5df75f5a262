"""Kondado's invitations to set up a source or a destination.

Kondado cannot list, read or take back an invitation.
"""

import hashlib
from enum import StrEnum
from typing import Annotated, ClassVar

import strawberry
from pydantic import AliasPath, BeforeValidator, Field

from resolvers.call import Method, Origin
from resolvers.platforms.kondado import Kondado
from resolvers.session import Session
from resolvers.upstream.errors import BadInput, NotSupported
from schema.invites import invite_create, invites
from schema.kondado.catalogue import KondadoDestinationType, KondadoSourceType
from schema.kondado.wire import api
from schema.links import OwnNumber, points_to
from schema.node import finder, origin_of
from schema.nouns import Invite
from schema.scopes import ADMIN
from schema.wire import WriteInput


class KondadoDirection(StrEnum):
    """Which way data goes."""

    SOURCE = "src"
    """Data comes from there."""
    DESTINATION = "dest"
    """Data goes there."""


_KINDS = {
    KondadoDirection.SOURCE: KondadoSourceType,
    KondadoDirection.DESTINATION: KondadoDestinationType,
}


def _digest(link: object) -> str:
    if not isinstance(link, str):
        raise ValueError("an invitation has a link")  # noqa: TRY004 - pydantic wants a ValueError
    return hashlib.sha256(link.encode()).hexdigest()[:24]


_LINK = AliasPath("data", "data", "link")


@strawberry.pydantic.type
class KondadoInvite(Invite):
    """An invitation to set up a source or a destination. Kondado API, Create a new invitation."""

    address: ClassVar[tuple[str, ...]] = ("invite",)

    platform_id: Annotated[str, BeforeValidator(_digest)] = Field(validation_alias=_LINK)
    """A fingerprint of the link: Kondado gives an invitation no id."""
    link: Annotated[str | None, strawberry.field(directives=[ADMIN]), Field(repr=False)] = Field(
        validation_alias=_LINK
    )
    """Where the guest sets it up. A secret: whoever has it may do so. It is shown only now."""


ConnectorTypeId = Annotated[
    strawberry.ID,
    points_to("KondadoSourceType", "KondadoDestinationType"),
    OwnNumber(),
]


@strawberry.pydantic.input
class KondadoInviteCreateInput(WriteInput):
    """An invitation by Kondado, on the connection that the connector type is on.

    Enterprise plans only.
    """

    account_id: Annotated[int, Field(ge=1)] = Field(serialization_alias="client_id")
    """The account to set it up in: the number before the dash beside the team's name."""
    email: Annotated[str, Field(min_length=3)] = Field(serialization_alias="recipient_email")
    """Whom to invite."""
    connector_type_id: ConnectorTypeId = Field(serialization_alias="parent_collection_id")
    """What to set up: one of the connection's source or destination types."""
    direction: KondadoDirection = Field(serialization_alias="parent_collection_direction")
    """Whether that is a source or a destination."""
    name: Annotated[str, Field(min_length=1)] = Field(
        serialization_alias="assigned_collection_name"
    )
    """The name that the new source or destination gets."""


CREATE = api.endpoint(
    Method.POST,
    "/collection_guests",
    KondadoInvite,
    "create-invitation",
    body=KondadoInviteCreateInput,
)

invites.cannot(Kondado)


@finder(KondadoInvite)
async def _invite(session: Session, at: Origin) -> KondadoInvite | None:
    del session
    message = "Kondado has no way to read an invitation."
    raise NotSupported(message, path=("id",), platform=at.platform, connection=at.connection)


@invite_create.create("kondado", KondadoInviteCreateInput, CREATE)
async def _create(session: Session, input: KondadoInviteCreateInput) -> list[KondadoInvite]:
    """To set up a source or a destination at Kondado."""
    kind, at = origin_of(session, input.connector_type_id)
    if kind is not _KINDS[input.direction]:
        raise BadInput(f"That is no {input.direction.name.lower()}.", path=("connector_type_id",))
    return [await session.ask(CREATE, at, body=input.body())]
