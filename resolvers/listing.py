"""A list that spans platforms: who has a share in it, and who cannot list."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, TypeVar

from resolvers import cursor
from resolvers.call import Endpoint, Origin
from resolvers.connection import Connection
from resolvers.merge import Merged, Outage, Place, Source, alone, merge
from resolvers.paging import Feed
from resolvers.platform import Credentials, Platform, credentials_by_platform
from resolvers.session import Session
from resolvers.upstream.errors import BadInput, NotPermitted, NotSupported

Item = TypeVar("Item")
Item_co = TypeVar("Item_co", covariant=True)
Where = TypeVar("Where")

Feeds = Sequence[tuple[str, Feed[Item_co]]]
Lister = Callable[[Session, Origin, Where], Awaitable[Feeds[Item]]]

MOST = 100


@dataclass(slots=True)
class PageOf(Generic[Item]):
    """One page of a list; `listing` tells the name that its cursors carry, when one is written."""

    merged: Merged[Item]
    listing: Callable[[], str]
    resumed: bool


class Listing(Generic[Item, Where]):
    """A noun's list over all platforms; `Where` is its filter."""

    def __init__(self, noun: str) -> None:
        """Start with no platform; each adds itself where its types are."""
        self.noun = noun
        self.reads: list[Endpoint[Any]] = []
        self._listers: dict[Platform, Lister[Where, Item]] = {}
        self._unlisted: set[Platform] = set()

    def of(
        self, credentials: type[Credentials], *reads: Endpoint[Any]
    ) -> Callable[[Lister[Where, Item]], Lister[Where, Item]]:
        """Add a platform's share; `reads` are the endpoints it may call."""

        def add(lister: Lister[Where, Item]) -> Lister[Where, Item]:
            self._listers[credentials.platform] = lister
            self.reads.extend(reads)
            return lister

        return add

    def cannot(self, credentials: type[Credentials]) -> None:
        """Say that a platform has such things, but no way to list them."""
        self._unlisted.add(credentials.platform)

    async def feeds(self, session: Session, at: Origin, where: Where) -> Feeds[Item]:
        """Give one connection's share; raises `NotSupported` where the platform cannot list."""
        lister = self._listers.get(at.platform)
        if lister is None:
            title = credentials_by_platform()[at.platform].title
            raise NotSupported(f"{title} has no way to list {self.noun}.")
        return await lister(session, at, where)

    async def page(
        self,
        session: Session,
        where: Where,
        *,
        first: int,
        after: str | None,
        platforms: Sequence[Platform] | None = None,
        connections: Sequence[str] | None = None,
    ) -> PageOf[Item]:
        """Read one page; platforms that have no such things count only when they are named.

        Those that the caller may not reach are told as outages, and are not asked. Raises
        `NotPermitted` where there are no others.
        """
        named = platforms is not None or connections is not None
        asked = [
            connection
            for connection in session.connections.all(platforms, connections)
            if named or connection.platform in {*self._listers, *self._unlisted}
        ]
        closed = [outage for one in asked if (outage := _closed(session, one))]
        if closed and len(closed) == len(asked):
            raise closed[0].fault
        shut = {outage.source for outage in closed}
        sources = [self._source(session, one, where) for one in asked if one.name not in shut]
        listing = partial(cursor.fingerprint, self.noun, where, platforms, connections)
        page = await read_page(sources, listing, first=first, after=after)
        outages = [*page.merged.outages, *closed]
        return replace(page, merged=replace(page.merged, outages=outages))

    async def counted(
        self, session: Session, where: Where, *, first: int, after: str | None, **asked: Any
    ) -> PageOf[Item]:
        """Read a page of which nothing is good but its total.

        Where each source is one list without a filter, one item tells as much as a page of them.
        """
        check_first(first)
        is_plain = where == type(where)() and not any(read.parameters for read in self.reads)
        if after is None and is_plain:
            page = await self.page(session, where, first=1, after=None, **asked)
            if page.merged.total is not None or page.merged.outages:
                return page
        return await self.page(session, where, first=first, after=after, **asked)

    def _source(self, session: Session, on: Connection, where: Where) -> Source[Item]:
        return Source(on.name, on.platform, lambda: self.feeds(session, on.root, where))


def _closed(session: Session, on: Connection) -> Outage | None:
    """Tell of a connection that the caller may not reach."""
    try:
        session.check(on.platform, connection=on.name)
    except NotPermitted as fault:
        return Outage(on.name, on.platform, fault)
    return None


async def read_page(
    sources: Iterable[Source[Item]], listing: Callable[[], str], *, first: int, after: str | None
) -> PageOf[Item]:
    """Read the page of `first` items behind the cursor `after`."""
    start = _start(listing, first, after)
    return PageOf(await merge(tuple(sources), start, first), listing, after is not None)


async def read_alone(
    name: str, feed: Feed[Item], listing: Callable[[], str], *, first: int, after: str | None
) -> PageOf[Item]:
    """Read a page of one feed; raises its fault."""
    start = _start(listing, first, after)
    return PageOf(await alone(name, feed, start, first), listing, after is not None)


def check_first(first: int) -> None:
    """Raise `BadInput` for what is no length of a page."""
    if not 1 <= first <= MOST:
        raise BadInput(f"`first` is a number from 1 to {MOST}.", path=("first",))


def _start(listing: Callable[[], str], first: int, after: str | None) -> Mapping[str, Place]:
    check_first(first)
    return {} if after is None else cursor.read(listing(), after)
