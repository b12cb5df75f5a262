"""The five nouns that platforms share, below every platform's own types.

A field stands on a noun if at least two platforms can answer it, or if a caller would look for it
there; where a platform has no such thing it is null, and the description says so. A field of one
name has one type on all of them, nullability included, or a document could not ask for it on two
kinds of nodes at once.
"""

from datetime import datetime

import strawberry
from pydantic import Field

from resolvers.rest import unknown
from schema.node import Node
from schema.page import After, Connection, First
from schema.scalars import InviteStatus, MemberRole


@strawberry.pydantic.interface
class Entity(Node):
    """A party that leads come from or go to. LeadConduit calls it an entity."""

    name: str | None = None
    """The name that people see."""
    created_at: datetime | None = None
    """When it was made."""
    updated_at: datetime | None = None
    """When it was last changed."""


@strawberry.pydantic.interface
class Invite(Node):
    """An invitation to join a company or a group, to connect accounts, or to set up data."""

    email: str | None = None
    """Whom it was sent to. Null at Kondado and LeadConduit, which do not tell."""
    status: InviteStatus = InviteStatus.UNKNOWN
    """How far it has come. UNKNOWN at Kondado, which does not tell."""
    expires_at: datetime | None = None
    """When it ends. Null where it does not, or where the platform does not tell."""


@strawberry.pydantic.interface
class Member(Node):
    """A person in a company or in a group."""

    name: str | None = None
    """Full name."""
    email: str | None = None
    """E-mail address."""
    role: MemberRole | None = None
    """What the person may do there."""
    created_at: datetime | None = None
    """When the person joined."""


@strawberry.pydantic.interface
class Group(Node):
    """A workspace of people (Clinked), or a set of companies (Codat)."""

    name: str | None = None
    """The name that people see."""

    @unknown
    async def members(self, first: First = 25, after: After = None) -> Connection[Member] | None:
        """Its people. Null at Codat, whose groups hold companies."""
        ...

    @unknown
    async def invites(self, first: First = 25, after: After = None) -> Connection[Invite] | None:
        """Its open invitations. Null at Codat."""
        ...


@strawberry.pydantic.interface
class Company(Node):
    """A firm: an account (Clinked), a company (Codat), or a sub-client (Conduit Link)."""

    name: str | None = None
    """The name that people see. Null at Conduit where none was given."""
    created_at: datetime | None = Field(default=None)
    """When it was made."""

    @unknown
    async def groups(self, first: First = 25, after: After = None) -> Connection[Group] | None:
        """Its groups. Null at Conduit Link."""
        ...

    @unknown
    async def members(self, first: First = 25, after: After = None) -> Connection[Member] | None:
        """Its people. Null at Codat and Conduit Link."""
        ...

    @unknown
    async def invites(self, first: First = 25, after: After = None) -> Connection[Invite] | None:
        """Its open invitations. Null at Codat and Conduit Link."""
        ...
