"""Connections of things: a page, and what is selected of it."""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any, cast

from graphql import GRAPHQL_MAX_INT, GraphQLObjectType, get_named_type

from resolvers.call import Endpoint
from resolvers.listing import PageOf
from resolvers.reply import Reading
from resolvers.session import Session
from schema.page import Connection, PlatformOutage, cursor_behind
from schema.plans.leaves import Unclean
from schema.plans.readings import item_of
from schema.plans.sources import OfObjects
from schema.plans.spots import Rows, Spot
from schema.plans.things import Things
from schema.plans.writer import Code, written
from schema.selection import TYPENAME, NotPlain, Selected, Selection
from schema.totals import is_total_alone

if TYPE_CHECKING:
    from schema.plans.compiler import Compiler
    from schema.plans.run import Run

ReadPage = Callable[[Session], Awaitable[PageOf[Any] | None]]
Finish = Callable[[Any], Awaitable[Any]]
# How something of a page is written: from the page, and from the things on it as they are shown.
Part = Callable[[PageOf[Any], Sequence[Sequence[dict[str, Any]]]], Any]


class Pages:
    """Pages of things of any class."""

    def __init__(self, compiler: "Compiler", kind: Any, selected: Selected) -> None:
        """Plan what is selected of a connection; the classes of its things show when they come."""
        self._compiler = compiler
        self._selections: list[Selection] = []
        self._ways: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
        self._parts: list[tuple[str, Part]] = []
        self._things: dict[type, Things | None] = {}
        self._structs: dict[type, Things] = {}
        connection = cast("GraphQLObjectType", get_named_type(kind))
        self.is_total_alone = is_total_alone(selected.below(), connection)
        fields = selected.below().of(connection)
        for one in fields:
            self._parts.append((one.place, self._part(connection, one)))
        self.is_of_things_alone = {one.name for one in fields} <= {"nodes", TYPENAME}

    async def give(self, run: "Run", read: ReadPage, spot: Spot, finish: Finish) -> Any:
        """Read a page and show it; raises a `Fault`."""
        page = await read(run.session.reading(self.reading))
        if page is None:
            return None
        try:
            return await self._shown(run, page, spot)
        except (Unclean, NotPlain):
            page = await read(run.session.whole)
        if page is None:
            return None
        try:
            return await self._shown(run, page, spot)
        except (Unclean, NotPlain):
            return await finish(Connection[Any].of(page))

    def reading(self, endpoint: Endpoint[Any]) -> Reading | None:
        """Give the way to read a list of which no more than this is wanted."""
        item = item_of(endpoint)
        things = None if item is None else self._of(item)
        return None if things is None else things.reading(endpoint)

    async def _shown(self, run: "Run", page: PageOf[Any], spot: Spot) -> dict[str, Any]:
        following: list[Coroutine[Any, Any, None]] = []
        answer = self.show(run, page.merged.items, page, spot, following)
        await run.all(following)
        return answer

    def show(
        self,
        run: "Run",
        items: Sequence[Any],
        page: PageOf[Any] | None,
        spot: Spot,
        following: list[Coroutine[Any, Any, None]],
    ) -> dict[str, Any]:
        """Show a page, and add what its things' links lead to to what has to follow.

        Where its things are all that is selected, no more of the page is needed. Raises `Unclean`
        or `NotPlain` where graphql-core has to.
        """
        if page is not None and abs(page.merged.total or 0) > GRAPHQL_MAX_INT:
            raise Unclean
        groups = self._grouped(items) if self._selections else []
        shown: list[list[dict[str, Any]]] = []
        for number in range(len(self._selections)):
            listed: list[Any] = [None] * len(items)
            for things, rows, numbers in groups:
                some = things.project(run, rows, number)
                if things.links[number]:
                    before, after = self._ways[number]
                    places = Rows(spot, before, after, is_list=True, numbers=numbers)
                    following.append(things.follow(run, rows, number, places, some))
                if numbers is None:
                    listed = some
                else:
                    for index, one in zip(numbers, some, strict=True):
                        listed[index] = one
            shown.append(listed)
        return {place: part(cast("Any", page), shown) for place, part in self._parts}

    def _grouped(
        self, items: Sequence[Any]
    ) -> list[tuple[Things, Sequence[Any], Sequence[int] | None]]:
        """Put things together that are shown in one way, as a rule all of them."""
        kinds = set(map(type, items))
        if len(kinds) == 1:
            return [(self._shown_as(kinds.pop()), items, None)]
        found: dict[type, tuple[list[Any], list[int]]] = {}
        for index, item in enumerate(items):
            rows, numbers = found.setdefault(item.__class__, ([], []))
            rows.append(item)
            numbers.append(index)
        return [(self._shown_as(kind), *group) for kind, group in found.items()]

    def _shown_as(self, kind: type) -> Things:
        things = self._structs.get(kind) or self._of(kind)
        if things is None:
            raise NotPlain
        return things

    def _of(self, kind: type) -> Things | None:
        if kind not in self._things:
            try:
                found: Things | None = self._compiler.things(kind, self._selections)
            except NotPlain:
                found = None
            self._things[kind] = found
            if found is not None and found.struct is not None:
                self._structs[found.struct] = found
        return self._things[kind]

    def _part(self, kind: GraphQLObjectType, one: Selected) -> Part:
        if one.name == TYPENAME:
            return lambda _page, _shown: kind.name
        match one.name:
            case "nodes":
                number = self._select(one.below(), (one.place,), ())
                return lambda _page, shown: shown[number]
            case "edges":
                return self._edges(kind, one)
            case "totalCount":
                return lambda page, _shown: page.merged.total
            case "pageInfo":
                return self._page_info(kind, one)
            case "outages":
                return self._outages(kind, one)
            case _:
                raise NotPlain

    def _select(self, selection: Selection, before: tuple[str, ...], after: tuple[str, ...]) -> int:
        self._selections.append(selection)
        self._ways.append((before, after))
        return len(self._selections) - 1

    def _edges(self, kind: GraphQLObjectType, one: Selected) -> Part:
        edge = cast("GraphQLObjectType", get_named_type(kind.fields["edges"].type))
        parts = [(below.place, self._of_edge(edge, one, below)) for below in one.below().of(edge)]

        def written_edges(page: PageOf[Any], shown: Any) -> list[Any]:
            numbers = range(len(page.merged.items))
            return [{place: part(page, n, shown) for place, part in parts} for n in numbers]

        return written_edges

    def _of_edge(
        self, edge: GraphQLObjectType, edges: Selected, one: Selected
    ) -> Callable[[PageOf[Any], int, Any], Any]:
        if one.name == TYPENAME:
            return lambda _page, _number, _shown: edge.name
        if one.name == "cursor":
            return lambda page, number, _shown: cursor_behind(page, number + 1)
        number = self._select(one.below(), (edges.place,), (one.place,))
        return lambda _page, index, shown: shown[number][index]

    def _page_info(self, kind: GraphQLObjectType, one: Selected) -> Part:
        info = cast("GraphQLObjectType", get_named_type(kind.fields["pageInfo"].type))
        told = dict(_PAGE_INFO)
        told[TYPENAME] = lambda _: info.name
        parts = [(below.place, told[below.name]) for below in one.below().of(info)]
        return lambda page, _shown: {place: part(page) for place, part in parts}

    def _outages(self, kind: GraphQLObjectType, one: Selected) -> Part:
        write = _writer(kind, one)
        return lambda page, _shown: write([PlatformOutage.of(o) for o in page.merged.outages])


_PAGE_INFO: dict[str, Callable[[PageOf[Any]], Any]] = {
    "hasNextPage": lambda page: bool(page.merged.more),
    "hasPreviousPage": lambda page: page.resumed,
    "startCursor": lambda page: cursor_behind(page, 1) if page.merged.items else None,
    "endCursor": lambda page: cursor_behind(page, None),
}


def _writer(kind: GraphQLObjectType, one: Selected) -> Callable[[Sequence[Any]], list[Any]]:
    """Make what writes objects of the gateway's own."""
    below = cast("GraphQLObjectType", get_named_type(kind.fields[one.name].type))
    code = Code()
    return code.of_rows(written(OfObjects(code), below, one.below().of(below)))
