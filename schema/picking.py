"""Pages of what a thing has to do with, where no list of a platform is just that.

A thing names some of a list, or stands in each thing of one: they are picked out of it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from resolvers.context import Info
from resolvers.listing import Feeds, PageOf
from resolvers.located import Located
from resolvers.rest import Arguments, Resolver, Result, Self_, Stub, StubField, Upstream, stub_field
from resolvers.session import Session
from schema.page import Connection, own_page

# Gives what a thing has to do with.
Picks = Callable[[Session, Any], Awaitable[Feeds[Any]]]


@dataclass(frozen=True, slots=True)
class Picking:
    """What a field declares that gives pages of what is picked out for a thing."""

    name: str
    picks: Picks

    async def page(
        self, session: Session, thing: Located, first: int, after: str | None
    ) -> PageOf[Any] | None:
        """Read a page; None if the platform does not find the list. Raises a `Fault`.

        To pick something out takes all of it.
        """
        feeds = await self.picks(session.whole, thing)
        return await own_page(lambda: self.name, thing.origin, feeds, first=first, after=after)


def picked(picks: Picks, call: Upstream) -> StubField[Self_, Arguments, Result]:
    """Turn a stub into a field that gives a page of what is picked out for its thing.

    The stub takes `first` and `after`, and returns a `Connection`.
    """

    def field(stub: Stub[Self_, Arguments, Result]) -> Resolver[Self_, Arguments, Result]:
        link = Picking(stub.__name__, picks)

        async def read(
            parent: Located, info: Info, *, first: int, after: str | None
        ) -> Connection[Any] | None:
            page = await link.page(info.context.session, parent, first, after)
            return None if page is None else Connection[Any].of(page)

        return stub_field(stub, read, link=link, directives=[call])

    return field
