"""What the answers to calls are made of, for all things of a list at once."""

from collections.abc import Coroutine, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from graphql import (
    GraphQLList,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
)

from resolvers.call import Call, Calls, Origin, QueryValue
from resolvers.listing import MOST
from resolvers.paging import first_window
from resolvers.reply import Reading
from resolvers.rest import Counting, Getting, first_page, opened
from resolvers.upstream.errors import BadInput, NotFound
from schema.page import Paging
from schema.picking import Picking
from schema.plans.leaves import Unclean, writer_of
from schema.plans.link import Link
from schema.plans.pages import Pages
from schema.plans.several import Answered, Group, replied
from schema.plans.spots import Rows, Spot
from schema.plans.things import Things
from schema.plans.ways import Ways
from schema.selection import NotPlain, Selected, class_of, link_of

if TYPE_CHECKING:
    from schema.plans.compiler import Compiler
    from schema.plans.run import Run


class PageLink(Link):
    """Pages of a thing's own list."""

    def __init__(self, compiler: "Compiler", kind: GraphQLObjectType, selected: Selected) -> None:
        """Plan the pages."""
        super().__init__(compiler, kind, selected)
        self._paging = cast("Paging", link_of(self.field))
        self._pages = Pages(compiler, self.field.type, selected)
        self._arguments: Mapping[str, Any] | None = None
        self._asking: tuple[Reading, Mapping[str, QueryValue], Calls] | None = None

    async def give_all(
        self, run: "Run", several: Sequence[Group], arguments: Mapping[str, Any], to: Answered
    ) -> Sequence[Group]:
        """Give the first page of every list of which one answer has it."""
        if arguments is not self._arguments:
            # Those without a variable are the same each time.
            self._arguments, self._asking = arguments, self._asked(arguments)
        if self._asking is None:
            return several
        paging, first = self._paging, arguments["first"]
        reading, asked, calls = self._asking
        following: list[Coroutine[Any, Any, None]] = []

        def show(at: Origin, read: Any, spot: Spot) -> Any:
            window = first_window(read, first)
            if window is None:
                raise Unclean
            alone = self._pages.is_of_things_alone
            page = None if alone else paging.shown(at, asked, window)
            return self._pages.show(run, window.items, page, spot, following)

        left = await replied(run, several, calls, reading, to, show)
        await run.all(following)
        return left

    def _asked(
        self, arguments: Mapping[str, Any]
    ) -> tuple[Reading, Mapping[str, QueryValue], Calls] | None:
        """Tell how first pages are asked for, and read; None where it takes more than that."""
        paging, first = self._paging, arguments["first"]
        reading, asked = self._pages.reading(paging.endpoint), paging.placed.asked(arguments)
        is_plain = arguments.get("after") is None and 1 <= first <= MOST
        if reading is None or asked is None or not is_plain or self._pages.is_total_alone:
            return None
        try:
            calls = Calls(paging.endpoint, {**asked, **first_page(paging.endpoint, first)})
        except BadInput:
            # Everybody who asks is told by himself.
            return None
        return reading, asked, calls

    async def give(self, run: "Run", at: Origin, arguments: Mapping[str, Any], spot: Spot) -> Any:
        """Give a page."""
        given = dict(arguments)
        first, after = given.pop("first"), given.pop("after", None)
        page = partial(
            self._paging.page,
            parent=at,
            first=first,
            after=after,
            given=given,
            is_counted=self._pages.is_total_alone,
        )
        finish = partial(run.finished, kind=self.kind, selected=self.selected, spot=spot)
        return await self._pages.give(run, page, spot, finish)


class PickLink(Link):
    """Pages of what is picked out for a thing."""

    takes_objects = True

    def __init__(self, compiler: "Compiler", kind: GraphQLObjectType, selected: Selected) -> None:
        """Plan the pages."""
        super().__init__(compiler, kind, selected)
        self._picking = cast("Picking", link_of(self.field))
        self._pages = Pages(compiler, self.field.type, selected)

    def groups(self, view: Ways, rows: Sequence[Any]) -> list[Group]:
        """Take each thing by itself, and as it is."""
        del view
        return [(row, [index]) for index, row in enumerate(rows)]

    async def give(self, run: "Run", at: Any, arguments: Mapping[str, Any], spot: Spot) -> Any:
        """Give a page."""
        first, after = arguments["first"], arguments.get("after")
        page = partial(self._picking.page, thing=at, first=first, after=after)
        finish = partial(run.finished, kind=self.kind, selected=self.selected, spot=spot)
        return await self._pages.give(run, page, spot, finish)


class GetLink(Link):
    """The answer of one endpoint."""

    def __init__(self, compiler: "Compiler", kind: GraphQLObjectType, selected: Selected) -> None:
        """Plan how it is shown."""
        super().__init__(compiler, kind, selected)
        link = cast("Getting", link_of(self.field))
        self._endpoint, self._placed = link.endpoint, link.placed
        given = cast("Any", get_named_type(self.field.type))
        self._is_list = isinstance(self.field.type, GraphQLList)
        self._things: Things | None = None
        self._write = writer_of(self.field.type) if is_leaf_type(given) else None
        if self._write is None:
            if not isinstance(given, GraphQLObjectType):
                raise NotPlain
            self._things = compiler.things(class_of(given), [selected.below()])

    async def give(self, run: "Run", at: Origin, arguments: Mapping[str, Any], spot: Spot) -> Any:
        """Give what the endpoint answers; null if there is no such thing."""
        origin, query = self._placed.place(arguments, at)
        made = Call.make(self._endpoint, origin, query)
        try:
            reply = await run.session.reply(made)
        except NotFound:
            return None
        things = self._things
        if things is not None:
            reading = things.reading(self._endpoint)
            found = None if reading is None else reply.selected(reading, made)
            if found is not None:
                try:
                    return await self._shown(run, things, found, spot)
                except Unclean:
                    pass
        value = opened(reply.whole(made))
        if value is None:
            return None
        try:
            if things is None:
                return self._write(value) if self._write else None
            return await self._shown(run, things, value, spot)
        except (Unclean, AttributeError, TypeError):
            return await run.finished(value, self.kind, self.selected, spot)

    async def _shown(self, run: "Run", things: Things, found: Any, spot: Spot) -> Any:
        if self._is_list:
            return await things.show(run, found, 0, Rows(spot, is_list=True))
        (shown,) = await things.show(run, [found], 0, Rows(spot))
        return shown


class CountLink(Link):
    """A number out of an answer's header."""

    async def give(self, run: "Run", at: Origin, arguments: Mapping[str, Any], spot: Spot) -> Any:
        """Give the number; null if there is no such thing."""
        del arguments, spot
        link = cast("Counting", link_of(self.field))
        try:
            return link.number((await run.session.reply(Call.make(link.endpoint, at))).response)
        except NotFound:
            return None
