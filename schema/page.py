"""Relay connections: one page of a list, whichever platforms it comes from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, Generic, TypeVar, get_origin

import strawberry

from resolvers import cursor
from resolvers.arguments import Arguments as Placed
from resolvers.call import Origin, QueryValue
from resolvers.context import Info
from resolvers.listing import PageOf, check_first, read_alone, read_page
from resolvers.located import Located
from resolvers.merge import Outage, Source, shown_alone
from resolvers.paging import Feed, Page, Window
from resolvers.platform import Platform
from resolvers.rest import (
    Arguments,
    Counting,
    ListEndpoint,
    Resolver,
    Result,
    Self_,
    Stub,
    StubField,
    feed,
    stub_field,
)
from resolvers.session import Session
from resolvers.upstream.errors import ErrorCode, NotFound, UpstreamFault
from schema.totals import asks_total_alone, total_alone

T = TypeVar("T")

First = Annotated[int, strawberry.argument(description="How many items to give, from 1 to 100.")]
After = Annotated[
    str | None,
    strawberry.argument(description="The cursor to go on from: `pageInfo.endCursor` of a page."),
]


@strawberry.type
class PageInfo:
    """Where a page stands in its list."""

    has_next_page: bool = strawberry.field(
        description="Whether another page follows. False on a page that holds nothing because "
        "every platform left is down; its `endCursor` still resumes them."
    )
    has_previous_page: bool = strawberry.field(description="Whether this page came after another.")
    start_cursor: str | None = strawberry.field(description="Cursor of the first item, if any.")
    end_cursor: str | None = strawberry.field(
        description="Cursor to go on from. A platform that was down keeps its place in it."
    )


@strawberry.type
class PlatformOutage:
    """A platform that could not give its part of a list."""

    platform: Platform = strawberry.field(description="Which platform.")
    connection: str = strawberry.field(description="The name of the connection.")
    code: ErrorCode = strawberry.field(description="What is wrong.")
    message: str = strawberry.field(description="The same in words.")
    retry_after_seconds: int | None = strawberry.field(
        description="When to try again, where the platform says so."
    )

    @classmethod
    def of(cls, outage: Outage) -> "PlatformOutage":
        """Tell callers of an outage."""
        fault = outage.fault
        return cls(
            platform=outage.platform,
            connection=outage.source,
            code=fault.code,
            message=fault.message,
            retry_after_seconds=(
                fault.retry_after_seconds if isinstance(fault, UpstreamFault) else None
            ),
        )


@strawberry.type
class Edge(Generic[T]):
    """An item and its place in the list."""

    node: T = strawberry.field(description="The item.")
    page: strawberry.Private[PageOf[Any]]
    position: strawberry.Private[int]

    @strawberry.field(description="Cursor to go on from behind this item.")
    def cursor(self) -> str:
        """Write the cursor, only when it is asked for."""
        return cursor_behind(self.page, self.position + 1)


@strawberry.type
class Connection(Generic[T]):
    """One page of a list."""

    nodes: list[T] = strawberry.field(description="The items of this page.")
    total_count: int | None = strawberry.field(
        description="How many items there are in all; null where a platform does not tell it "
        "together with the page, and while one is down."
    )
    outages: list[PlatformOutage] = strawberry.field(
        description="Platforms that could not give their part. The items of one that is down "
        "follow on a later page, once it answers again; those of one that cannot list, or that the "
        "caller may not reach, never do."
    )
    page: strawberry.Private[PageOf[Any]]

    @strawberry.field(description="The items of this page, each with its cursor.")
    def edges(self) -> list[Edge[T]]:
        """Pair the items with their places."""
        return [Edge(node=n, page=self.page, position=i) for i, n in enumerate(self.nodes)]

    @strawberry.field(description="Where this page stands in the list.")
    def page_info(self) -> PageInfo:
        """Say where the page stands."""
        return PageInfo(
            has_next_page=self.page.merged.more,
            has_previous_page=self.page.resumed,
            start_cursor=cursor_behind(self.page, 1) if self.nodes else None,
            end_cursor=cursor_behind(self.page, None),
        )

    @classmethod
    def of(cls, page: PageOf[T]) -> "Connection[T]":
        """Show callers a page."""
        merged = page.merged
        return cls(
            nodes=list(merged.items),
            total_count=merged.total,
            outages=[PlatformOutage.of(outage) for outage in merged.outages],
            page=page,
        )


def cursor_behind(page: PageOf[Any], upto: int | None) -> str:
    """Write the cursor behind the first `upto` items of a page, or behind all of them."""
    return cursor.write(page.listing(), page.merged.places(upto))


@dataclass(frozen=True, slots=True)
class Paging:
    """What a field declares that gives pages of a thing's own list."""

    endpoint: ListEndpoint
    placed: Placed
    name: str
    counting: Counting | None = None

    async def page(
        self,
        session: Session,
        parent: Origin,
        first: int,
        after: str | None,
        given: Mapping[str, Any],
        *,
        is_counted: bool = False,
    ) -> PageOf[Any] | None:
        """Read a page; None if the platform does not find the list. Raises a `Fault`.

        Where it is but counted, nothing of the page is good but its total.
        """
        at, asked = self.placed.place(given, parent)
        if is_counted and after is None:
            try:
                page = await self._counted(session, at, asked, first)
            except NotFound:
                return None
            if page is not None:
                return page
        feeds = [("", feed(session, self.endpoint, at, asked))]
        return await own_page(partial(self._noun, asked), at, feeds, first=first, after=after)

    def shown(
        self, at: Origin, asked: Mapping[str, QueryValue], window: Window[Any]
    ) -> PageOf[Any]:
        """Give what was read of the list's beginning as a page."""
        listing = partial(_listing, partial(self._noun, asked), at)
        return PageOf(shown_alone(at.connection, window), listing, resumed=False)

    def _noun(self, asked: Mapping[str, QueryValue]) -> str:
        return f"{self.name} {sorted(asked.items())}"

    async def _counted(
        self, session: Session, at: Origin, asked: Mapping[str, QueryValue], first: int
    ) -> PageOf[Any] | None:
        check_first(first)
        return await total_alone(session, self.endpoint, at, asked, first, self.counting)


def pages(
    endpoint: ListEndpoint,
    *,
    query: Mapping[str, str] | None = None,
    counting: Counting | None = None,
    directives: Sequence[object] = (),
) -> StubField[Self_, Arguments, Result]:
    """Turn a stub into a field that gives a page of a thing's own list.

    The stub takes `first` and `after`, and returns a `Connection`; what else it takes becomes keys
    or query parameters, as with `Api.get`. `counting` tells how many there are, where the pages do
    not.
    """

    def field(stub: Stub[Self_, Arguments, Result]) -> Resolver[Self_, Arguments, Result]:
        placed = Placed.of(stub, endpoint.parameters, query or {})
        _check(endpoint, placed)
        link = Paging(endpoint, placed, stub.__name__, counting)

        async def read(
            parent: Located, info: Info, *, first: int, after: str | None, **arguments: Any
        ) -> Connection[Any] | None:
            session, is_counted = info.context.session, asks_total_alone(info)
            page = await link.page(
                session, parent.origin, first, after, arguments, is_counted=is_counted
            )
            return None if page is None else Connection[Any].of(page)

        return stub_field(stub, read, endpoint, link=link, directives=directives)

    return field


def _check(endpoint: ListEndpoint, placed: Placed) -> None:
    """Hold a field to its endpoint: it sends what that takes in the query, and nothing else."""
    paging = set[str]()
    if get_origin(endpoint.reply) is not list and issubclass(endpoint.reply, Page):
        paging = {endpoint.reply.number_parameter, endpoint.reply.size_parameter}
    differ = {*placed.query, *paging}.symmetric_difference(endpoint.query)
    if differ:
        message = f"{endpoint}: the query and the arguments differ in {sorted(differ)}"
        raise TypeError(message)


async def own_page(
    noun: Callable[[], str],
    at: Origin,
    feeds: Iterable[tuple[str, Feed[T]]],
    *,
    first: int,
    after: str | None,
) -> PageOf[T] | None:
    """Read a page of one thing's own list, such as the companies of a group.

    Here the platform's fault is the field's: an error and null. What the platform does not find
    is None. The `noun` is asked for only if there is a cursor.
    """
    listing = partial(_listing, noun, at)
    try:
        return await _read(at, [*feeds], listing, first=first, after=after)
    except NotFound:
        return None


async def _read(
    at: Origin,
    feeds: list[tuple[str, Feed[T]]],
    listing: Callable[[], str],
    *,
    first: int,
    after: str | None,
) -> PageOf[T]:
    if [key for key, _ in feeds] == [""]:
        return await read_alone(at.connection, feeds[0][1], listing, first=first, after=after)

    async def given() -> list[tuple[str, Feed[T]]]:
        return feeds

    source = Source(at.connection, at.platform, given)
    page = await read_page([source], listing, first=first, after=after)
    for outage in page.merged.outages:
        raise outage.fault
    return page


def _listing(noun: Callable[[], str], at: Origin) -> str:
    return cursor.fingerprint(noun(), at.connection, _sorted(at.keys))


def _sorted(keys: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(keys.items())
