"""Codat's groups of companies: the API of 2024.

Codat took them out of its public documentation in September 2024, in favour of tags.
"""

from collections.abc import Set as AbstractSet
from typing import Annotated, ClassVar

import strawberry
from pydantic import Field

from resolvers.call import Method, Origin
from resolvers.listing import Feeds
from resolvers.paging import kept, whole
from resolvers.platforms.codat import Codat
from resolvers.reply import Envelope, Rows
from resolvers.rest import feed
from resolvers.session import Session
from schema.codat.wire import api
from schema.companies import CompanyFilter, companies
from schema.filters import named
from schema.groups import GroupFilter, group_create, groups
from schema.lookup import called, made_among
from schema.node import finder
from schema.nouns import Company, Group
from schema.outcome import UNKNOWN, Finding
from schema.page import After, Connection, First
from schema.picking import picked
from schema.scalars import OR_EMPTY
from schema.wire import Wire, WriteInput, given


async def _companies(session: Session, group: "CodatGroup") -> Feeds[Company]:
    """Pick them out of all companies: Codat's query language cannot look into a list."""
    here = group.platform_id
    every = await companies.feeds(session, _root(group.origin), CompanyFilter())
    return [
        (key, kept(feed, lambda found: here in getattr(found, "group_ids", ())))
        for key, feed in every
    ]


@strawberry.pydantic.type
class CodatGroup(Group):
    """A set of companies. Codat Platform API, Groups (2024-09)."""

    address: ClassVar[tuple[str, ...]] = ("groupId",)

    @picked(_companies, api.calls(Method.GET, "/companies"))
    async def companies(self, first: First = 25, after: After = None) -> Connection[Company] | None:
        """The companies in the group, picked out of the list of all companies."""
        ...


class CodatGroups(Wire, Envelope[list[CodatGroup | None]]):
    """What lists the groups, all at once."""

    results: Annotated[Rows[CodatGroup], OR_EMPTY] = []

    @property
    def content(self) -> list[CodatGroup | None]:
        """The groups."""
        return self.results


@strawberry.pydantic.input
class CodatGroupCreateInput(WriteInput):
    """A new group at Codat, of which a client may have twenty."""

    connection: strawberry.Maybe[str] = Field(exclude=True)
    """The name of the Codat connection; needed where there are several."""
    name: Annotated[str, Field(min_length=1, max_length=50)]
    """Its name, up to 50 characters. It cannot be changed later."""


LIST = api.endpoint(Method.GET, "/groups", CodatGroups, "list-groups")
CREATE = api.endpoint(
    Method.POST, "/groups", CodatGroup, "create-group", body=CodatGroupCreateInput
)


async def all_groups(
    session: Session, at: Origin, only: AbstractSet[str] | None = None
) -> list[CodatGroup]:
    """Read the groups of a connection, or those of the ids in `only`."""
    found = await session.ask(LIST, _root(at))
    return [g for g in found.results if g and (only is None or g.platform_id in only)]


def _root(at: Origin) -> Origin:
    return Origin(at.platform, at.connection)


@groups.of(Codat, LIST)
async def _groups(session: Session, at: Origin, where: GroupFilter) -> Feeds[Group]:
    if not where.name_contains:
        return [("", feed(session, LIST, at))]
    every = whole(lambda: all_groups(session, at))
    return [("", kept(every, named(where.name_contains)))]


@finder(CodatGroup, LIST)
async def _group(session: Session, at: Origin) -> CodatGroup | None:
    found = await all_groups(session, at, {at.keys["groupId"]})
    return found[0] if found else None


async def _made(session: Session, input: CodatGroupCreateInput, began: float) -> Finding:
    at = _client(session, input)
    found = (await session.ask(LIST, at)).results
    if None in found:
        return UNKNOWN
    # Codat does not tell when a group was made.
    return made_among(session, at, called(input.name, found), began, moment=lambda _: None)


def _client(session: Session, input: CodatGroupCreateInput) -> Origin:
    return session.connections.only(Codat.platform, given(input.connection)).root


@group_create.create("codat", CodatGroupCreateInput, CREATE, found=_made)
async def _create(session: Session, input: CodatGroupCreateInput) -> CodatGroup:
    """A set of companies at Codat (API of 2024-09)."""
    return await session.ask(CREATE, _client(session, input), body=input.body())
