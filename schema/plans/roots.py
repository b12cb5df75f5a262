"""The fields of Query: a thing by its id, and lists over all platforms."""

import asyncio
from abc import ABC, abstractmethod
from functools import partial
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, cast

from graphql import GraphQLObjectType

from resolvers.listing import Listing, PageOf
from resolvers.session import Session
from schema.access import check, scopes_of
from schema.leading import Finding, FindingAll
from schema.node import Node, checked_origin
from schema.plans.arguments import Arguments
from schema.plans.leaves import Unclean
from schema.plans.pages import Pages
from schema.plans.spots import Rows, Spot
from schema.plans.things import Things
from schema.plans.writer import is_list
from schema.query import Showing, Spanning
from schema.selection import NotPlain, Selected, link_of

if TYPE_CHECKING:
    from schema.plans.compiler import Compiler
    from schema.plans.run import Run


def root_for(compiler: "Compiler", kind: GraphQLObjectType, selected: Selected) -> "Root":
    """Make the root of a field of Query's; what is not known here graphql-core resolves."""
    link: object = link_of(kind.fields.get(selected.name))
    made = _ROOTS.get(type(link))
    try:
        return (made or CoreRoot)(compiler, kind, selected)
    except NotPlain:
        return CoreRoot(compiler, kind, selected)


class Root(ABC):
    """A field of Query's."""

    def __init__(self, compiler: "Compiler", kind: GraphQLObjectType, selected: Selected) -> None:
        """Keep where it is selected."""
        self.compiler, self.kind, self.selected = compiler, kind, selected
        self.spot = Spot(selected.place)

    @abstractmethod
    async def give(self, run: "Run") -> Any:
        """Give its answer; raises `GraphQLError` where there can be no answer at all."""


class CoreRoot(Root):
    """A field that graphql-core resolves, with all that is below it."""

    async def give(self, run: "Run") -> Any:
        """Give what it comes to."""
        answer = run.resolved(None, self.kind, self.selected, self.spot)
        return await answer if isawaitable(answer) else answer


class _PlannedRoot(Root):
    """A field that has a plan."""

    def __init__(self, compiler: "Compiler", kind: GraphQLObjectType, selected: Selected) -> None:
        super().__init__(compiler, kind, selected)
        field = kind.fields[selected.name]
        self.arguments = Arguments(selected, field, compiler.strawberry)
        self.link: Any = link_of(field)
        self._scopes = scopes_of(compiler.document.schema, kind, selected.name)

    async def give(self, run: "Run") -> Any:
        """Give its answer, or null and an error."""
        try:
            given = dict(self.arguments.values(run.variables))
            check(run.context.caller, self._scopes)
            return await self.answer(run, given)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the field's
            run.fail(error, self.spot, self.selected)
            return None

    @abstractmethod
    async def answer(self, run: "Run", given: dict[str, Any]) -> Any:
        """Give its answer; raises a `Fault`."""


class FindingRoot(_PlannedRoot):
    """A thing by its id."""

    async def answer(self, run: "Run", given: dict[str, Any]) -> Any:
        """Give the thing; null if it is gone."""
        link = cast("Finding", self.link)
        kind, at = checked_origin(run.session, given["id"], link.noun)
        return await self.compiler.thing(
            run, self.kind, self.selected, kind, at, self.spot, may_be_gone=True
        )


class FindingAllRoot(_PlannedRoot):
    """Things by their ids."""

    async def answer(self, run: "Run", given: dict[str, Any]) -> Any:
        """Give the things; null for each that is gone, or cannot be found."""
        ids: list[str] = given["ids"]
        FindingAll.check(ids)
        return await asyncio.gather(*(self._one(run, *each) for each in enumerate(ids)))

    async def _one(self, run: "Run", number: int, id: str) -> Any:
        spot = Spot(number, Rows(self.spot))
        try:
            kind, at = checked_origin(run.session, id, Node)
            return await self.compiler.thing(
                run, self.kind, self.selected, kind, at, spot, may_be_gone=True
            )
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the item's
            run.fail(error, spot, self.selected)
            return None


class ShowingRoot(_PlannedRoot):
    """Objects of the gateway's own."""

    def __init__(self, compiler: "Compiler", kind: GraphQLObjectType, selected: Selected) -> None:
        """Plan how they are shown; of which classes they are shows when they come."""
        super().__init__(compiler, kind, selected)
        self._is_list = is_list(kind.fields[selected.name].type)
        self._things: dict[type, Things] = {}

    async def answer(self, run: "Run", given: dict[str, Any]) -> Any:
        """Give what is shown of them."""
        found = cast("Showing", self.link).show(run.context, **given)
        if found is None:
            return None
        try:
            every = [self._shown(run, one) for one in (found if self._is_list else [found])]
        except (NotPlain, Unclean):
            return await run.finished(found, self.kind, self.selected, self.spot)
        following = [
            things.follow(run, rows, 0, self._places(number), shown)
            for number, (things, rows, shown) in enumerate(every)
        ]
        await run.all(following)
        answers = [shown for _, _, (shown,) in every]
        return answers if self._is_list else answers[0]

    def _shown(self, run: "Run", one: Any) -> "tuple[Things, list[Any], list[dict[str, Any]]]":
        things = self._things.get(one.__class__)
        if things is None:
            below = [self.selected.below()]
            things = self.compiler.things(one.__class__, below, breaks_alone=True)
            self._things[one.__class__] = things
        return things, [one], things.project(run, [one], 0)

    def _places(self, number: int) -> Rows:
        return Rows(self.spot, is_list=self._is_list, numbers=(number,))


class SpanningRoot(_PlannedRoot):
    """A list over all platforms."""

    def __init__(self, compiler: "Compiler", kind: GraphQLObjectType, selected: Selected) -> None:
        """Plan its pages."""
        super().__init__(compiler, kind, selected)
        self._pages = Pages(compiler, kind.fields[selected.name].type, selected)

    async def answer(self, run: "Run", given: dict[str, Any]) -> Any:
        """Give a page."""
        link = cast("Spanning", self.link)
        listing: Listing[Any, Any] = link.listing
        where = given.pop("filter", None) or link.filter()

        read_page = listing.counted if self._pages.is_total_alone else listing.page

        async def read(session: Session) -> PageOf[Any]:
            return await read_page(session, where, **given)

        finish = partial(run.finished, kind=self.kind, selected=self.selected, spot=self.spot)
        return await self._pages.give(run, read, self.spot, finish)


_ROOTS: dict[type, type[Root]] = {
    Finding: FindingRoot,
    FindingAll: FindingAllRoot,
    Showing: ShowingRoot,
    Spanning: SpanningRoot,
}
