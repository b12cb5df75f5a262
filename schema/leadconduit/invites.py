"""LeadConduit's invitations to connect, each of which is a pending entity.

LeadConduit API, Invitations.
"""

from typing import Annotated, ClassVar

import strawberry
from pydantic import Field

from resolvers.call import Method, Origin
from resolvers.listing import Feeds
from resolvers.paging import whole
from resolvers.platforms.leadconduit import LeadConduit
from resolvers.session import Session
from schema.filters import named
from schema.invites import InviteFilter, invite_create, invite_resend, invites
from schema.leadconduit.entities import LIST, READ, LeadConduitEntity
from schema.leadconduit.wire import api
from schema.lookup import called, complete, made_among
from schema.node import finder
from schema.nouns import Entity, Invite
from schema.outcome import UNKNOWN, Finding, Outcome
from schema.scalars import InviteStatus, OpenEnum
from schema.wire import Wire, WriteInput, given


class LeadConduitInviteRole(OpenEnum):
    """As what somebody is invited."""

    SOURCE = "source"
    """To give leads."""
    RECIPIENT = "recipient"
    """To take leads."""


@strawberry.pydantic.type
class LeadConduitInvite(Invite):
    """An invitation to connect accounts. LeadConduit API, Invitations."""

    address: ClassVar[tuple[str, ...]] = ("id",)

    name: str | None = None
    """The name of the entity that stands for who is invited."""
    message: str | None = None
    """What LeadConduit said as it sent the invitation, such as that there was one already; null
    when it is read later."""
    made: Annotated[LeadConduitEntity, Field(exclude=True)]

    @strawberry.pydantic.field(description="The entity that stands for who is invited.")
    def entity(self) -> Entity:
        """Give the entity that the invitation was read from."""
        return self.made

    @classmethod
    def of(cls, entity: LeadConduitEntity, message: str | None = None) -> "LeadConduitInvite":
        """Show an entity as the invitation that made it."""
        invite = cls(
            id=entity.platform_id,
            name=entity.name,
            status=_status(entity),
            expires_at=entity.invitation_expires_at,
            message=message,
            made=entity,
        )
        return invite.at(entity.origin)


def _status(entity: LeadConduitEntity) -> InviteStatus:
    if entity.is_expired:
        return InviteStatus.EXPIRED
    return InviteStatus.PENDING if entity.is_pending else InviteStatus.ACCEPTED


def _is_open(entity: LeadConduitEntity) -> bool:
    return bool(entity.is_pending or entity.is_expired)


class Invited(Wire):
    """What an invitation answers: a message, and the entity it made."""

    message: str | None = None
    entity: LeadConduitEntity

    def invite(self) -> LeadConduitInvite:
        """Show it as the invitation."""
        return LeadConduitInvite.of(self.entity, self.message)


@strawberry.pydantic.input
class LeadConduitInviteCreateInput(WriteInput):
    """An invitation to connect, by LeadConduit."""

    connection: strawberry.Maybe[str] = Field(exclude=True)
    """The name of the LeadConduit connection; needed where there are several."""
    role: LeadConduitInviteRole = Field(exclude=True)
    """As what: to give leads or to take them."""
    email: Annotated[str, Field(min_length=3)]
    """Whom to invite. Who is invited already is not invited twice."""
    description: strawberry.Maybe[str]
    """What to say in the e-mail."""


TO_SOURCE = api.endpoint(
    Method.POST, "/invitations/source", Invited, "invite-source", body=LeadConduitInviteCreateInput
)
TO_RECIPIENT = api.endpoint(
    Method.POST,
    "/invitations/recipient",
    Invited,
    "invite-recipient",
    body=LeadConduitInviteCreateInput,
)
RESEND = api.endpoint(Method.PUT, "/invitations/{id}/resend", Invited, "resend-invitation")


@invites.of(LeadConduit, LIST)
async def _invites(session: Session, at: Origin, where: InviteFilter) -> Feeds[Invite]:
    keep = named(where.name_contains)

    async def read() -> list[LeadConduitInvite]:
        open_ones = [entity for entity in await session.ask(LIST, at) if _is_open(entity)]
        return [LeadConduitInvite.of(entity) for entity in open_ones if keep(entity)]

    return [("", whole(read))]


@finder(LeadConduitInvite, READ)
async def _invite(session: Session, at: Origin) -> LeadConduitInvite | None:
    entity = await session.ask(READ, at)
    return LeadConduitInvite.of(entity) if entity.invitation_id or _is_open(entity) else None


async def _made(session: Session, input: LeadConduitInviteCreateInput, began: float) -> Finding:
    at = _account(session, input)
    open_ones = [entity for entity in await complete(session, LIST, at) if _is_open(entity)]
    # LeadConduit does not tell whom it has invited, unless the name is the address.
    named = called(input.email, open_ones)
    found = made_among(session, at, named or open_ones, began)
    if not named and found.outcome is not Outcome.NOT_APPLIED:
        return UNKNOWN
    return Finding(found.outcome, found.thing and [LeadConduitInvite.of(found.thing)])


def _account(session: Session, input: LeadConduitInviteCreateInput) -> Origin:
    return session.connections.only(LeadConduit.platform, given(input.connection)).root


@invite_create.create(
    "leadconduit", LeadConduitInviteCreateInput, TO_SOURCE, TO_RECIPIENT, found=_made
)
async def _create(session: Session, input: LeadConduitInviteCreateInput) -> list[LeadConduitInvite]:
    """To connect accounts, as a source or a recipient of leads."""
    at = _account(session, input)
    gives = input.role is LeadConduitInviteRole.SOURCE
    made = await session.ask(TO_SOURCE if gives else TO_RECIPIENT, at, body=input.body())
    return [made.invite()]


@invite_resend.act(LeadConduitInvite, RESEND)
async def _resend(session: Session, at: Origin) -> LeadConduitInvite:
    """An invitation that is pending or has ended."""
    return (await session.ask(RESEND, at)).invite()
