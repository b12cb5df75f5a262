"""Invitations to a Clinked group. Clinked API 7.11.

The `inviteKey` of the answers is left out: it is the invited person's secret.
"""

from datetime import datetime
from types import NoneType
from typing import Annotated, ClassVar

import strawberry
from pydantic import Field, PlainSerializer

from resolvers.call import Method
from resolvers.session import Session
from schema.clinked.wire import Emails, Filter, Role, api
from schema.invites import invite_create, invite_delete, invite_update
from schema.leading import belongs_to
from schema.links import points_to
from schema.lookup import complete, made_among, together
from schema.node import finds, origin_of
from schema.nouns import Group, Invite
from schema.outcome import Finding
from schema.page import After, Connection, First, pages
from schema.scalars import InviteStatus, MemberRole
from schema.wire import LocatedWire, WriteInput

Seconds = Annotated[int, Field(ge=1), PlainSerializer(lambda seconds: seconds * 1000)]


@strawberry.pydantic.type
class ClinkedGroupInvite(Invite):
    """An open invitation to a group. Clinked API 7.11."""

    address: ClassVar[tuple[str, ...]] = ("account", "group", "invite")

    # No document has that alias: Clinked does not tell.
    status: InviteStatus = Field(default=InviteStatus.PENDING, alias="\0status")
    """PENDING: Clinked lists an invitation to a group until it is answered."""
    expires_at: datetime | None = Field(default=None, alias="expirationDate")
    """When it ends, and with it the membership that it leads to; null if neither does."""
    role: MemberRole | None = Field(default=None, alias="permission")
    """What the person will be allowed to do in the group."""
    raw_role: int | None = Field(default=None, alias="permission")
    """`role` as Clinked's own number."""
    updated_at: datetime | None = Field(default=None, alias="lastModified")
    """When it was last changed."""

    @belongs_to("ClinkedGroup", api.calls(Method.GET, "/v3/accounts/{account}/groups/{group}"))
    async def group(self) -> Group | None:
        """The group."""
        ...


@strawberry.pydantic.input
class ClinkedGroupInviteCreateInput(WriteInput):
    """An invitation to a group at Clinked."""

    group_id: Annotated[strawberry.ID, points_to("ClinkedGroup")] = Field(exclude=True)
    """The group."""
    emails: Emails
    """Whom to invite, 1 to 100 addresses."""
    message: strawberry.Maybe[str]
    """What to say in the e-mail."""
    expires_in_seconds: strawberry.Maybe[Seconds] = Field(serialization_alias="expirationTime")
    """After how many seconds it ends; left out, it does not."""
    role: strawberry.Maybe[Role] = Field(serialization_alias="permission")
    """What the people will be allowed to do in the group."""


@strawberry.pydantic.input
class ClinkedGroupInviteUpdateInput(WriteInput):
    """What to change of an invitation to a group at Clinked."""

    role: Role = Field(serialization_alias="permission")
    """What the person will be allowed to do in the group."""


LIST = api.endpoint(
    Method.GET,
    "/v3/groups/{group}/invites",
    list[ClinkedGroupInvite],
    "7.11.1",
    query=("startsWith", "name"),
)
READ = api.endpoint(Method.GET, "/v3/groups/{group}/invites/{invite}", ClinkedGroupInvite, "7.11.2")
CREATE = api.endpoint(
    Method.POST,
    "/v3/groups/{group}/invites",
    list[ClinkedGroupInvite],
    "7.11.3",
    body=ClinkedGroupInviteCreateInput,
)
UPDATE = api.endpoint(
    Method.PATCH,
    "/v3/groups/{group}/invites/{invite}",
    ClinkedGroupInvite,
    "7.11.4",
    body=ClinkedGroupInviteUpdateInput,
)
DELETE = api.endpoint(Method.DELETE, "/v3/groups/{group}/invites/{invite}", NoneType, "7.11.5")

finds(ClinkedGroupInvite, READ)


class GroupInvites(LocatedWire):
    """The part of a group that is about invitations."""

    @pages(LIST)
    async def invites(
        self, first: First = 25, after: After = None, filter: Filter = None
    ) -> Connection[Invite] | None:
        """The open invitations to it."""
        ...


async def _made(session: Session, input: ClinkedGroupInviteCreateInput, began: float) -> Finding:
    _, at = origin_of(session, input.group_id)
    sent: dict[str, list[ClinkedGroupInvite]] = {email.casefold(): [] for email in input.emails}
    for invite in await complete(session, LIST, at):
        sent.get((invite.email or "").casefold(), []).append(invite)
    return together(
        made_among(session, at, alike, began, moment=lambda invite: invite.updated_at)
        for alike in sent.values()
    )


@invite_create.create("clinked_group", ClinkedGroupInviteCreateInput, CREATE, found=_made)
async def _create(
    session: Session, input: ClinkedGroupInviteCreateInput
) -> list[ClinkedGroupInvite]:
    """To a group at Clinked. Clinked API 7.11.3."""
    _, at = origin_of(session, input.group_id)
    return await session.ask(CREATE, at, body=input.body())


invite_update.sends(
    "clinked_group",
    ClinkedGroupInvite,
    UPDATE,
    "An invitation to a group at Clinked. Clinked API 7.11.4.",
)


invite_delete.sends(
    "clinked_group",
    ClinkedGroupInvite,
    DELETE,
    "An invitation to a group at Clinked. Clinked API 7.11.5.",
)
