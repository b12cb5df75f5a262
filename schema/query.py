"""The root of all reading."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar, cast

import strawberry

from resolvers.context import Context, Info
from resolvers.listing import Listing
from resolvers.platform import Platform
from resolvers.rest import upstream
from schema.companies import CompanyFilter, companies
from schema.connections import PlatformConnection
from schema.entities import EntityFilter, entities
from schema.groups import GroupFilter, groups
from schema.invites import InviteFilter, invites
from schema.leading import Finding, FindingAll, found
from schema.members import MemberFilter, members
from schema.node import Node, reads_of
from schema.nouns import Company, Entity, Group, Invite, Member
from schema.page import After, Connection, First
from schema.totals import asks_total_alone

Noun = TypeVar("Noun", bound=Node)
Where = TypeVar("Where")
Resolver = TypeVar("Resolver", bound=Callable[..., Any])

Id = Annotated[strawberry.ID, strawberry.argument(description="A global id.")]
Ids = Annotated[list[strawberry.ID], strawberry.argument(description="Global ids, at most 100.")]
Platforms = Annotated[
    list[Platform] | None,
    strawberry.argument(description="Only these platforms; one without such things says so."),
]
Names = Annotated[
    list[str] | None, strawberry.argument(description="Only the connections of these names.")
]

FILTER = strawberry.argument(description="Only those that match.")


@dataclass(frozen=True, slots=True)
class Spanning:
    """What a field declares that lists a noun's things over all platforms."""

    listing: Listing[Any, Any]
    filter: type


@dataclass(frozen=True, slots=True)
class Showing:
    """What a field declares that shows objects of the gateway's own, which costs no call.

    `show` gives one, several or none, by the field's arguments.
    """

    show: Callable[..., Any]


def _connections(
    context: Context, platforms: list[Platform] | None = None
) -> list[PlatformConnection]:
    found = context.session.connections.all(platforms)
    reaches = context.caller.reaches
    return [PlatformConnection.of(one) for one in found if reaches(one.platform)]


def _connection(context: Context, name: str) -> PlatformConnection | None:
    session = context.session
    found = next((one for one in session.connections.all() if one.name == name), None)
    if found is None:
        return None
    session.check(found.platform, connection=name)
    return PlatformConnection.of(found)


def _declares(link: object) -> Callable[[Resolver], Resolver]:
    """Say of a resolver what it declares, for whoever answers the field without it."""

    def declare(resolver: Resolver) -> Resolver:
        resolver.link = link  # type: ignore[attr-defined]
        return resolver

    return declare


async def _page(
    info: Info, listing: Listing[Noun, Where], where: Where, **asked: Any
) -> Connection[Noun]:
    read = listing.counted if asks_total_alone(info) else listing.page
    return Connection[Noun].of(await read(info.context.session, where, **asked))


@strawberry.type
class Query:
    """The root of all reading."""

    @strawberry.field(
        description="Anything by its id; null if it is gone.", directives=upstream(*reads_of(Node))
    )
    @_declares(Finding(Node))
    async def node(self, info: Info, id: Id) -> Node | None:
        """Find it by the kind that its id names."""
        return await found(info, id, Node)

    @strawberry.field(
        description="Things by their ids, in the same order; null for each that is gone.",
        directives=upstream(*reads_of(Node)),
    )
    @_declares(FindingAll())
    async def nodes(self, info: Info, ids: Ids) -> list[Node | None] | None:
        """Find them all at once; one that cannot be found is an error of its own place."""
        FindingAll.check(ids)
        looks = (found(info, id, Node) for id in ids)
        things = await asyncio.gather(*looks, return_exceptions=True)
        # graphql-core raises an exception that stands for an item at that item's path.
        return cast("list[Node | None]", things)

    @strawberry.field(
        description="The connections of this gateway that the caller reaches, in the order of its "
        "settings."
    )
    @_declares(Showing(_connections))
    def connections(
        self, info: Info, platforms: Platforms = None
    ) -> list[PlatformConnection] | None:
        """Show them; costs no call."""
        return _connections(info.context, platforms)

    @strawberry.field(description="A connection by its name; null if there is none.")
    @_declares(Showing(_connection))
    def connection(
        self,
        info: Info,
        name: Annotated[str, strawberry.argument(description="Its name in the settings.")],
    ) -> PlatformConnection | None:
        """Show it; costs no call."""
        return _connection(info.context, name)

    @strawberry.field(
        description="The companies of all platforms, in one list: accounts at Clinked, companies "
        "at Codat and Conduit Link.",
        directives=upstream(*companies.reads),
    )
    @_declares(Spanning(companies, CompanyFilter))
    async def companies(
        self,
        info: Info,
        first: First = 25,
        after: After = None,
        platforms: Platforms = None,
        connections: Names = None,
        filter: Annotated[CompanyFilter | None, FILTER] = None,
    ) -> Connection[Company] | None:
        """Read one page over all sources."""
        asked = {"first": first, "after": after, "platforms": platforms, "connections": connections}
        return await _page(info, companies, filter or CompanyFilter(), **asked)

    @strawberry.field(
        description="A company by its id; null if it is gone.",
        directives=upstream(*reads_of(Company)),
    )
    @_declares(Finding(Company))
    async def company(self, info: Info, id: Id) -> Company | None:
        """Find it."""
        return await found(info, id, Company)

    @strawberry.field(
        description="The groups of all platforms, in one list: workspaces at Clinked, sets of "
        "companies at Codat.",
        directives=upstream(*groups.reads),
    )
    @_declares(Spanning(groups, GroupFilter))
    async def groups(
        self,
        info: Info,
        first: First = 25,
        after: After = None,
        platforms: Platforms = None,
        connections: Names = None,
        filter: Annotated[GroupFilter | None, FILTER] = None,
    ) -> Connection[Group] | None:
        """Read one page over all sources."""
        asked = {"first": first, "after": after, "platforms": platforms, "connections": connections}
        return await _page(info, groups, filter or GroupFilter(), **asked)

    @strawberry.field(
        description="A group by its id; null if it is gone.", directives=upstream(*reads_of(Group))
    )
    @_declares(Finding(Group))
    async def group(self, info: Info, id: Id) -> Group | None:
        """Find it."""
        return await found(info, id, Group)

    @strawberry.field(
        description="The members of the companies of all platforms, in one list. The members of "
        "one group are `Group.members`.",
        directives=upstream(*members.reads),
    )
    @_declares(Spanning(members, MemberFilter))
    async def members(
        self,
        info: Info,
        first: First = 25,
        after: After = None,
        platforms: Platforms = None,
        connections: Names = None,
        filter: Annotated[MemberFilter | None, FILTER] = None,
    ) -> Connection[Member] | None:
        """Read one page over all sources."""
        asked = {"first": first, "after": after, "platforms": platforms, "connections": connections}
        return await _page(info, members, filter or MemberFilter(), **asked)

    @strawberry.field(
        description="A member by its id; null if it is gone.",
        directives=upstream(*reads_of(Member)),
    )
    @_declares(Finding(Member))
    async def member(self, info: Info, id: Id) -> Member | None:
        """Find it."""
        return await found(info, id, Member)

    @strawberry.field(
        description="The open invitations of all platforms, in one list: to the accounts at "
        "Clinked, and to connect at LeadConduit. Kondado cannot list its own and is among the "
        "outages with NOT_SUPPORTED. Invitations to one group are `Group.invites`.",
        directives=upstream(*invites.reads),
    )
    @_declares(Spanning(invites, InviteFilter))
    async def invites(
        self,
        info: Info,
        first: First = 25,
        after: After = None,
        platforms: Platforms = None,
        connections: Names = None,
        filter: Annotated[InviteFilter | None, FILTER] = None,
    ) -> Connection[Invite] | None:
        """Read one page over all sources."""
        asked = {"first": first, "after": after, "platforms": platforms, "connections": connections}
        return await _page(info, invites, filter or InviteFilter(), **asked)

    @strawberry.field(
        description="An invitation by its id; null if it is gone.",
        directives=upstream(*reads_of(Invite)),
    )
    @_declares(Finding(Invite))
    async def invite(self, info: Info, id: Id) -> Invite | None:
        """Find it."""
        return await found(info, id, Invite)

    @strawberry.field(
        description="The entities of all platforms, in one list: LeadConduit's own, and the "
        "account's.",
        directives=upstream(*entities.reads),
    )
    @_declares(Spanning(entities, EntityFilter))
    async def entities(
        self,
        info: Info,
        first: First = 25,
        after: After = None,
        platforms: Platforms = None,
        connections: Names = None,
        filter: Annotated[EntityFilter | None, FILTER] = None,
    ) -> Connection[Entity] | None:
        """Read one page over all sources."""
        asked = {"first": first, "after": after, "platforms": platforms, "connections": connections}
        return await _page(info, entities, filter or EntityFilter(), **asked)

    @strawberry.field(
        description="An entity by its id; null if it is gone.",
        directives=upstream(*reads_of(Entity)),
    )
    @_declares(Finding(Entity))
    async def entity(self, info: Info, id: Id) -> Entity | None:
        """Find it."""
        return await found(info, id, Entity)
