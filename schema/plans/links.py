"""What costs a call, for all things of a list at once."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Coroutine, Iterable, Mapping, Sequence
from functools import partial
from inspect import isawaitable
from itertools import repeat
from typing import TYPE_CHECKING, Any, cast

from graphql import (
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
)

from resolvers.call import Call, Calls, Origin, QueryValue
from resolvers.listing import MOST
from resolvers.paging import first_window
from resolvers.reply import Reading
from resolvers.rest import Counting, Getting, Unknown, first_page, opened
from resolvers.upstream.errors import BadInput, NotFound, NotPermitted
from schema.access import check, scopes_of
from schema.leading import Leading
from schema.node import Node, endpoint_of
from schema.page import Paging
from schema.picking import Picking
from schema.plans.arguments import Arguments
from schema.plans.leaves import Unclean, writer_of
from schema.plans.pages import Pages
from schema.plans.several import Answered, Group, Led, replied
from schema.plans.sources import OfObjects
from schema.plans.spots import Places, Rows, Spot, Within
from schema.plans.things import Things
from schema.plans.ways import Ways, inside
from schema.plans.writer import NOTHING, Code, Later, value
from schema.selection import TYPENAME, NotPlain, Selected, class_of, link_of

if TYPE_CHECKING:
    from schema.plans.compiler import Compiler
    from schema.plans.run import Run


def link_for(compiler: "Compiler", kind: GraphQLObjectType, selected: Selected) -> "Link | None":
    """Make the link of a field; None where its value stands in the thing.

    What is not known here graphql-core resolves. Raises `NotPlain` for a field that the type does
    not have: a list that is read on the way to others may be of other things.
    """
    if selected.name == TYPENAME:
        return None
    if selected.name not in kind.fields:
        raise NotPlain
    try:
        return _link(compiler, kind, selected)
    except NotPlain:
        return CoreLink(compiler, kind, selected)


def _link(compiler: "Compiler", kind: GraphQLObjectType, selected: Selected) -> "Link | None":
    field: Any = kind.fields[selected.name]
    made = _LINKS.get(cast("Any", type(link_of(field))))
    if made is not None and not isinstance(field.type, GraphQLNonNull):
        return made(compiler, kind, selected)
    inner = _inner_links(compiler, kind, selected)
    later = NOTHING if inner is None or inner.later is None else inner.later
    value(OfObjects(Code()), kind, selected, later)
    return inner


def _inner_links(
    compiler: "Compiler", kind: GraphQLObjectType, selected: Selected
) -> "InnerLinks | None":
    """Make the links of what is inside a field's value, if there are any."""
    held = cast("Any", get_named_type(kind.fields[selected.name].type))
    if not isinstance(held, GraphQLObjectType):
        return None
    found = [link_for(compiler, held, one) for one in selected.below().of(held)]
    links = [link for link in found if link is not None]
    if any(link.may_break for link in links):
        raise NotPlain
    return InnerLinks(compiler, kind, selected, links) if links else None


class Link(ABC):
    """A field that costs a call, or leads to what does.

    It may lead there by an `attribute`, or take the thing as an object. All of its value comes
    `later` (None), or what is at some places in it. One that `may_break` raises a `GraphQLError`
    where there can be no thing for it.
    """

    attribute: str | None = None
    takes_objects = False
    may_break = False
    later: Later | None = None

    def __init__(self, compiler: "Compiler", kind: GraphQLObjectType, selected: Selected) -> None:
        """Keep where it is selected."""
        self.kind, self.selected, self.compiler = kind, selected, compiler
        self.field = kind.fields[selected.name]
        self.arguments = Arguments(selected, self.field, compiler.strawberry)
        self.scopes = scopes_of(compiler.document.schema, kind, selected.name)

    async def fill(
        self,
        run: "Run",
        view: Ways,
        rows: Sequence[Any],
        shown: Sequence[dict[str, Any]],
        places: Places,
    ) -> None:
        """Answer it in all rows as they are shown."""
        try:
            arguments = self.arguments.values(run.variables)
            check(run.context.caller, self.scopes)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the field's
            everywhere = Spot(self.selected.place, places, range(len(rows)))
            run.fail(error, everywhere, self.selected)
            return
        several = self.groups(view, rows)
        answered = Answered(self.selected, places, shown)
        left = await self.give_all(run, several, arguments, answered)
        await run.all([self._fill(run, at, arguments, spots, answered) for at, spots in left])

    async def give_all(
        self, run: "Run", several: Sequence[Group], arguments: Mapping[str, Any], to: Answered
    ) -> Sequence[Group]:
        """Answer what can be answered for all places at once, and give those that are left."""
        del run, arguments, to
        return several

    def groups(self, view: Ways, rows: Sequence[Any]) -> list[Group]:
        """Put rows together that lead to one place."""
        if len(rows) == 1:
            return [(view.origin(rows[0]), [0])]
        return [(view.origin(row), [index]) for index, row in enumerate(rows)]

    @abstractmethod
    async def give(self, run: "Run", at: Origin, arguments: Mapping[str, Any], spot: Spot) -> Any:
        """Give the answer for things that are at one place; raises a `Fault`."""

    async def _fill(
        self,
        run: "Run",
        at: Origin,
        arguments: Mapping[str, Any],
        indexes: Sequence[int],
        to: Answered,
    ) -> None:
        spot = to.spot(indexes)
        try:
            to.put(indexes, await self.give(run, at, arguments, spot))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the field's
            run.fail(error, spot, self.selected)


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
            return self._pages.show(run, paging.shown(at, asked, window), spot, following)

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


class LeadLink(Link):
    """Another thing, by the keys that lead there."""

    def __init__(self, compiler: "Compiler", kind: GraphQLObjectType, selected: Selected) -> None:
        """Plan how the thing is shown."""
        super().__init__(compiler, kind, selected)
        self._leading = cast("Leading", link_of(self.field))
        self.attribute = self._leading.attribute

    def groups(self, view: Ways, rows: Sequence[Any]) -> list[Group]:
        """Put rows together that lead to one thing, and leave out those that lead to none."""
        # Rows of one answer stand in one place, and most lead on by its keys alone.
        parent = view.parent if self._is_above(view.parent(rows[0])) else view.origin
        keys: Iterable[str | None] = repeat(None)
        if self.attribute is not None:
            keys = map(view.key[self.attribute], rows)
        places = list(map(parent, rows))
        found: dict[tuple[int, str | None], list[int]] = {}
        for index, group in enumerate(zip(map(id, places), keys, strict=False)):
            if group in found:
                found[group].append(index)
            else:
                found[group] = [index]
        several: list[Group] = []
        for (_, key), indexes in found.items():
            is_led = self.attribute is None or key is not None
            to = self._leading.from_(places[indexes[0]], key) if is_led else None
            if to is not None:
                several.append((to, indexes))
        return several

    def _is_above(self, at: Origin) -> bool:
        address = self._leading.kind.address
        return all(name in at.keys for name in address[: None if self.attribute is None else -1])

    async def give_all(
        self, run: "Run", several: Sequence[Group], arguments: Mapping[str, Any], to: Answered
    ) -> Sequence[Group]:
        """Give all things that can be shown in the same way."""
        del arguments
        kind = self._leading.kind
        things = self.compiler.things_of(self.selected, kind)
        endpoint = endpoint_of(kind)
        if things is None or endpoint is None or not _reaches(run, kind, several):
            return several
        led, reading = Led(things, to), things.reading(endpoint)
        is_sure = self._leading.is_sure
        if is_sure and self.compiler.is_known(self.selected, kind, may_be_gone=False):
            places = [at for at, _ in several]
            return several if things.places is None else await led.shown(run, several, places)
        return several if reading is None else await led.read(run, several, endpoint, reading)

    async def give(self, run: "Run", at: Origin, arguments: Mapping[str, Any], spot: Spot) -> Any:
        """Give the thing; null if it is gone."""
        del arguments
        kind, is_sure = self._leading.kind, self._leading.is_sure
        return await self.compiler.thing(
            run, self.kind, self.selected, kind, at, spot, is_sure=is_sure
        )


def _reaches(run: "Run", kind: type[Node], several: Sequence[Group]) -> bool:
    """Tell whether the caller may be led to all of them."""
    try:
        for place in {at.connection: at for at, _ in several}.values():
            run.session.check(place.platform, kind.needs, place.connection)
    except NotPermitted:
        return False
    return True


class NoLink(Link):
    """Nothing, whatever it is asked for of."""

    def groups(self, view: Ways, rows: Sequence[Any]) -> list[Group]:
        """Lead nowhere."""
        del view, rows
        return []

    async def give(self, run: "Run", at: Origin, arguments: Mapping[str, Any], spot: Spot) -> Any:
        """Give nothing."""
        del run, at, arguments, spot


class InnerLinks(Link):
    """A field whose value stands in the thing, with objects that have links of their own."""

    def __init__(
        self,
        compiler: "Compiler",
        kind: GraphQLObjectType,
        selected: Selected,
        links: Sequence[Link],
    ) -> None:
        """Keep the links of the objects."""
        super().__init__(compiler, kind, selected)
        self.links = links
        self.later = {link.selected.place: link.later for link in links}
        self.takes_objects = any(link.takes_objects for link in links)

    async def fill(
        self,
        run: "Run",
        view: Ways,
        rows: Sequence[Any],
        shown: Sequence[dict[str, Any]],
        places: Places,
    ) -> None:
        """Follow the links of the objects in all rows."""
        found, positions = inside(shown, self.selected.place)
        if found:
            inner = view.inner[self.selected.place]
            objects, within = inner.rows(rows), Within(places, positions)
            await run.all([link.fill(run, inner, objects, found, within) for link in self.links])

    async def give(self, run: "Run", at: Origin, arguments: Mapping[str, Any], spot: Spot) -> Any:
        """Give nothing: it is there."""
        del run, at, arguments, spot


class CoreLink(Link):
    """A field that graphql-core resolves, of each thing by itself."""

    takes_objects = True

    def __init__(self, compiler: "Compiler", kind: GraphQLObjectType, selected: Selected) -> None:
        """Keep where it is selected."""
        super().__init__(compiler, kind, selected)
        self.may_break = isinstance(self.field.type, GraphQLNonNull)

    async def fill(
        self,
        run: "Run",
        view: Ways,
        rows: Sequence[Any],
        shown: Sequence[dict[str, Any]],
        places: Places,
    ) -> None:
        """Have it resolved in all rows."""
        del view
        name = self.selected.place
        waiting: list[Coroutine[Any, Any, None]] = []
        for index, row in enumerate(rows):
            answer = run.resolved(row, self.kind, self.selected, Spot(name, places, (index,)))
            if isawaitable(answer):
                waiting.append(_put(shown[index], name, answer))
            else:
                shown[index][name] = answer
        await run.all(waiting)

    async def give(self, run: "Run", at: Origin, arguments: Mapping[str, Any], spot: Spot) -> Any:
        """Give nothing: a place is not the thing."""
        del run, at, arguments, spot


async def _put(into: dict[str, Any], name: str, answer: Awaitable[Any]) -> None:
    into[name] = await answer


_LINKS: dict[type, type[Link]] = {
    Paging: PageLink,
    Picking: PickLink,
    Getting: GetLink,
    Counting: CountLink,
    Leading: LeadLink,
    Unknown: NoLink,
}
