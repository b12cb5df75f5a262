"""Invitations to a Clinked account. Clinked API 4.8.

The `inviteKey` of the answers is left out: it is the invited person's secret.
"""

import asyncio
import time
from datetime import datetime
from types import NoneType
from typing import Annotated, ClassVar

import strawberry
from pydantic import AliasPath, BeforeValidator, Field

from resolvers.call import Method, Origin, QueryValue
from resolvers.reply import Items
from resolvers.session import Session
from schema.action import read_back
from schema.clinked.group_roles import GroupId, GroupRoles
from schema.clinked.groups import ClinkedGroup
from schema.clinked.invite_requests import ClinkedInviteContainer, ClinkedInviteParameters
from schema.clinked.references import ClinkedAccountReference
from schema.clinked.users import ClinkedUser
from schema.clinked.wire import ClinkedPage, Emails, Filter, Order, Role, api
from schema.invites import invite_create, invite_delete, invite_resend, invite_update
from schema.leading import belongs_to
from schema.links import points_to
from schema.lookup import complete, together
from schema.node import finds, origin_of
from schema.nouns import Company, Invite
from schema.outcome import NOT_APPLIED, UNKNOWN, Finding, Outcome
from schema.page import After, Connection, First, pages
from schema.scalars import InviteStatus, JsonText, MemberRole
from schema.wire import LocatedWire, Wire, WriteInput, given

_STATUSES = {"NONE": "PENDING", "ACCEPT": "ACCEPTED", "ACCEPTED": "ACCEPTED"}
Status = Annotated[InviteStatus, BeforeValidator(lambda raw: _STATUSES.get(raw, "UNKNOWN"))]


@strawberry.pydantic.type
class ClinkedInvitedGroup(Wire):
    """A group that an invitation leads to."""

    group: ClinkedGroup
    """The group."""
    role: MemberRole | None = Field(default=None, alias="permission")
    """What the person will be allowed to do there."""
    raw_role: int | None = Field(default=None, alias="permission")
    """`role` as Clinked's own number."""


@strawberry.pydantic.type
class ClinkedInvite(Invite):
    """An open invitation to an account. Clinked API 4.8."""

    address: ClassVar[tuple[str, ...]] = ("account", "invite")

    platform_id: str = Field(validation_alias=AliasPath("request", "id"))
    """Clinked's number of the invitation."""
    email: str | None = Field(default=None, validation_alias=AliasPath("request", "targetName"))
    """Whom it was sent to."""
    status: Status = Field(
        default=InviteStatus.UNKNOWN, validation_alias=AliasPath("request", "status")
    )
    """How far it has come."""
    raw_status: str | None = Field(default=None, validation_alias=AliasPath("request", "status"))
    """`status` in Clinked's own word, such as NONE while it is open."""
    kind: str | None = Field(default=None, validation_alias=AliasPath("request", "type"))
    """How it is to be answered, in Clinked's own word, such as ACCEPT_DECLINE."""
    context_key: str | None = Field(
        default=None, validation_alias=AliasPath("request", "contextKey", "id")
    )
    """Clinked's number of the account among everything that can be talked about."""
    role: MemberRole | None = Field(default=None, alias="permission")
    """What the person will be allowed to do in the account."""
    raw_role: int | None = Field(default=None, alias="permission")
    """`role` as Clinked's own number."""
    assigned_groups: Items[ClinkedInvitedGroup] | None = Field(default=None, alias="groups")
    """The groups that the person will be put into. Null where Clinked leaves them out, as in
    lists."""
    invited_by: ClinkedUser | None = Field(
        default=None, validation_alias=AliasPath("request", "source")
    )
    """Who sent it."""
    invited_by_email: str | None = Field(
        default=None, validation_alias=AliasPath("request", "sourceName")
    )
    """The e-mail address of who sent it."""
    invitee: ClinkedUser | None = Field(
        default=None, validation_alias=AliasPath("request", "target")
    )
    """Whom it was sent to; null where the address is not that of a person with a log-in."""
    container: ClinkedInviteContainer | None = Field(
        default=None, validation_alias=AliasPath("request", "container")
    )
    """What it leads into, as Clinked names such things."""
    invited_to: ClinkedAccountReference | None = Field(
        default=None, validation_alias=AliasPath("request", "account")
    )
    """The account that it leads into. Null where Clinked leaves it out, as in lists."""
    scope: str | None = Field(default=None, validation_alias=AliasPath("request", "scope"))
    """What it is good for, in Clinked's own word; usually null."""
    parameters: Annotated[ClinkedInviteParameters | None, JsonText()] = Field(
        default=None, validation_alias=AliasPath("request", "parameters")
    )
    """What it will be taken up with. Null where Clinked leaves it out, as in lists."""
    updated_at: datetime | None = Field(
        default=None, validation_alias=AliasPath("request", "lastModified")
    )
    """When it was last changed; null if never."""

    @belongs_to("ClinkedAccount", api.calls(Method.GET, "/v3/accounts/{account}"))
    async def account(self) -> Company | None:
        """The account."""
        ...


@strawberry.pydantic.input
class ClinkedInviteCreateInput(WriteInput):
    """An invitation to an account at Clinked."""

    privileged = frozenset({"role"})

    account_id: Annotated[strawberry.ID, points_to("ClinkedAccount")] = Field(exclude=True)
    """The account."""
    emails: Emails
    """Whom to invite, 1 to 100 addresses."""
    message: strawberry.Maybe[str]
    """What to say in the e-mail."""
    role: strawberry.Maybe[Role] = Field(serialization_alias="permission")
    """What the people will be allowed to do in the account."""
    assigned_groups: strawberry.Maybe[GroupRoles] = Field(serialization_alias="assignGroups")
    """The groups to put them into."""
    leave: strawberry.Maybe[list[GroupId]] = Field(serialization_alias="removeGroups")
    """The groups to take them out of."""
    reminds: strawberry.Maybe[bool] = Field(serialization_alias="reminder")
    """Whether to remind those who do not answer."""


@strawberry.pydantic.input
class ClinkedInviteUpdateInput(WriteInput):
    """What to change of an invitation to an account at Clinked."""

    privileged = frozenset({"role"})

    role: strawberry.Maybe[Role] = Field(serialization_alias="permission")
    """What the person will be allowed to do in the account."""
    message: strawberry.Maybe[str | None]
    """What to say in the e-mail; null clears."""
    assigned_groups: strawberry.Maybe[GroupRoles] = Field(serialization_alias="groups")
    """All the groups to put the person into."""
    join: strawberry.Maybe[GroupRoles] = Field(serialization_alias="assignGroups")
    """Groups to put the person into, by the name in Clinked's example. `assignedGroups` goes by the
    one in its table; which of both counts is not documented."""


LIST = api.endpoint(
    Method.GET,
    "/v3/accounts/{account}/invites",
    ClinkedPage[ClinkedInvite],
    "4.8.2",
    query=("page", "size", "orderBy", "ascending", "name", "startsWith"),
)
READ = api.endpoint(Method.GET, "/v3/accounts/{account}/invites/{invite}", ClinkedInvite, "4.8.3")
CREATE = api.endpoint(
    Method.POST, "/v3/accounts/{account}/invites", NoneType, "4.8.1", body=ClinkedInviteCreateInput
)
UPDATE = api.endpoint(
    Method.PATCH,
    "/v3/accounts/{account}/invites/{invite}",
    ClinkedInvite,
    "4.8.4",
    body=ClinkedInviteUpdateInput,
)
RESEND = api.endpoint(
    Method.PATCH,
    "/v3/accounts/{account}/invites/{invite}",
    ClinkedInvite,
    "4.8.4",
    fixed={"resend": True},
)
DELETE = api.endpoint(Method.DELETE, "/v3/accounts/{account}/invites/{invite}", NoneType, "4.8.5")

finds(ClinkedInvite, READ)


class AccountInvites(LocatedWire):
    """The part of an account that is about invitations."""

    @pages(LIST)
    async def invites(
        self,
        first: First = 25,
        after: After = None,
        filter: Filter = None,
        order: Order = None,
    ) -> Connection[Invite] | None:
        """The open invitations to it."""
        ...


# What an invitation shows at once of what was asked for.
_SEEN = {"account_id", "emails", "role", "message"}
# Clinked takes the addresses in, and makes the invitations afterwards.
_MAKING_SECONDS = 10.0


async def _made(session: Session, input: ClinkedInviteCreateInput, began: float) -> Finding:
    _, at = origin_of(session, input.account_id)
    emails = dict.fromkeys(email.casefold() for email in input.emails)
    found = await asyncio.gather(*(_sent_to(session, at, email) for email in emails))
    for email, invite in zip(emails, found, strict=True):
        if invite is None:
            # It may be the one that cannot be read.
            await complete(session, LIST, at, _of(email))
    return together(_seen(input, invite, began) for invite in found)


def _seen(input: ClinkedInviteCreateInput, invite: ClinkedInvite | None, began: float) -> Finding:
    if invite is None:
        return UNKNOWN if time.time() - began < _MAKING_SECONDS else NOT_APPLIED
    # Clinked does not tell when an invitation was made.
    same = input.model_fields_set <= _SEEN and given(input.role) in {None, invite.role}
    return Finding(Outcome.CONFIRMED if same else Outcome.UNKNOWN, invite)


@invite_create.create("clinked_account", ClinkedInviteCreateInput, CREATE, LIST, found=_made)
async def _create(session: Session, input: ClinkedInviteCreateInput) -> list[ClinkedInvite]:
    """To an account at Clinked. Clinked API 4.8.1.

    Clinked answers with nothing, so the invitations are looked up afterwards, a call for each
    address; one that is not found then was sent all the same, and is left out.
    """
    _, at = origin_of(session, input.account_id)
    await session.ask(CREATE, at, body=input.body())
    emails = dict.fromkeys(email.casefold() for email in input.emails)
    found = await asyncio.gather(*(read_back(_sent_to(session, at, email)) for email in emails))
    return [invite for invite in found if invite is not None]


async def _sent_to(session: Session, account: Origin, email: str) -> ClinkedInvite | None:
    page = await session.ask(LIST, account, _of(email))
    same = [i for i in page.items if i and (i.email or "").casefold() == email.casefold()]
    # Clinked numbers upwards, so of several to one address the last is the new one.
    return max(same, key=_number, default=None)


def _of(email: str) -> dict[str, QueryValue]:
    return {"name": email, "page": 1, "size": 100}


def _number(invite: ClinkedInvite) -> int:
    # What is no number says nothing of when it was made, and is no failure: the e-mail is sent.
    return int(invite.platform_id) if invite.platform_id.isdecimal() else 0


invite_update.sends(
    "clinked_account",
    ClinkedInvite,
    UPDATE,
    "An invitation to an account at Clinked. Clinked API 4.8.4.",
)


@invite_resend.act(ClinkedInvite, RESEND)
async def _resend(session: Session, at: Origin) -> ClinkedInvite:
    """An invitation to an account at Clinked. Clinked API 4.8.4."""
    return await session.ask(RESEND, at)


invite_delete.sends(
    "clinked_account",
    ClinkedInvite,
    DELETE,
    "An invitation to an account at Clinked. Clinked API 4.8.5.",
)
