"""Kondado: invitations to set up a source or a destination, and the catalogue of both.

Kondado cannot list, read or take back an invitation.
"""

import hashlib
from datetime import datetime
from typing import Annotated, ClassVar, Generic, TypeVar

import strawberry
from pydantic import AliasPath, BeforeValidator, Field, PlainSerializer

from resolvers.call import Method, Origin
from resolvers.platforms.kondado import Kondado
from resolvers.reply import Envelope
from resolvers.session import Session
from resolvers.upstream.errors import NotSupported
from schema.api import Api
from schema.connections import PlatformConnection
from schema.invites import invite_create, invites
from schema.node import finder
from schema.nouns import Invite
from schema.scalars import KNOWN, OpenEnum
from schema.wire import Wire, WriteInput, given, matching

api = Api(Kondado)
Item = TypeVar("Item")


class KondadoAnswer(Envelope[Item], Generic[Item]):
    """What Kondado wraps its answers in."""

    data: Item

    @property
    def content(self) -> Item:
        """What is inside."""
        return self.data


class KondadoDirection(OpenEnum):
    """Which way data goes."""

    SOURCE = "src"
    """Data comes from there."""
    DESTINATION = "dest"
    """Data goes there."""
    OTHER = "OTHER"
    """Something that this gateway does not know yet; it cannot be sent."""


@strawberry.pydantic.type
class KondadoConnectorType(Wire):
    """A kind of source or destination, as in Kondado's catalogue. Kondado API, Sources."""

    platform_id: str = Field(alias="id")
    """Kondado's id of it, which an invitation names."""
    name: str | None = Field(default=None, alias="parent_collection_name")
    """The name that people see."""
    image_url: str | None = Field(default=None, alias="parent_collection_image")
    """Its picture."""
    created_at: datetime | None = Field(default=None, alias="createdAt")
    """When it came into the catalogue."""
    updated_at: datetime | None = Field(default=None, alias="updatedAt")
    """When it was last changed."""


@strawberry.pydantic.type
class KondadoConnection(PlatformConnection):
    """A connection to Kondado: one access token of a user."""

    credentials = Kondado

    @api.get("/parent_collections/src", "list-source-types", envelope=KondadoAnswer)
    async def source_types(self) -> list[KondadoConnectorType] | None:
        """The kinds of sources that can be set up.

        Kondado takes one call a second, of any kind.
        """
        ...

    @api.get("/parent_collections/dest", "list-destination-types", envelope=KondadoAnswer)
    async def destination_types(self) -> list[KondadoConnectorType] | None:
        """The kinds of destinations that can be set up.

        Kondado takes one call a second, of any kind.
        """
        ...


def _digest(link: object) -> str:
    return hashlib.sha256(str(link).encode()).hexdigest()[:24]


_LINK = AliasPath("data", "data", "link")


@strawberry.pydantic.type
class KondadoInvite(Invite):
    """An invitation to set up a source or a destination. Kondado API, Create a new invitation."""

    address: ClassVar[tuple[str, ...]] = ("invite",)

    platform_id: Annotated[str, BeforeValidator(_digest)] = Field(validation_alias=_LINK)
    """A fingerprint of the link: Kondado gives an invitation no id."""
    link: Annotated[str, Field(repr=False)] = Field(validation_alias=_LINK)
    """Where the guest sets it up. A secret: whoever has it may do so. It is shown only now."""


@strawberry.pydantic.input
class KondadoInviteCreateInput(WriteInput):
    """An invitation by Kondado; Enterprise plans only."""

    connection: strawberry.Maybe[str] = Field(exclude=True)
    """The name of the Kondado connection; needed where there are several."""
    account_id: Annotated[int, Field(ge=1)] = Field(serialization_alias="client_id")
    """The account to set it up in: the number before the dash beside the team's name."""
    email: Annotated[str, Field(min_length=3)] = Field(serialization_alias="recipient_email")
    """Whom to invite."""
    connector_type_id: Annotated[
        str, matching(r"\d{1,18}", "a connector type's id is a number"), PlainSerializer(int)
    ] = Field(serialization_alias="parent_collection_id")
    """What to set up: `platformId` of one of the connection's source or destination types."""
    direction: Annotated[KondadoDirection, KNOWN] = Field(
        serialization_alias="parent_collection_direction"
    )
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
    on = session.connections.only(Kondado.platform, given(input.connection))
    return [await session.ask(CREATE, on.root, body=input.body())]
