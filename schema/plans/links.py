"""What follows of things: which of their fields, and what becomes of each."""

from collections.abc import Awaitable, Coroutine, Mapping, Sequence
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, cast

from graphql import (
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
)

from resolvers.call import Origin
from resolvers.rest import Counting, Getting, Unknown
from schema.leading import Leading
from schema.page import Paging
from schema.picking import Picking
from schema.plans.fetched import CountLink, GetLink, PageLink, PickLink
from schema.plans.leads import LeadLink
from schema.plans.link import Link, NoLink
from schema.plans.sources import OfObjects
from schema.plans.spots import Places, Spot, Within
from schema.plans.ways import Ways, inside
from schema.plans.writer import NOTHING, Code, value
from schema.selection import TYPENAME, NotPlain, Selected, link_of

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
