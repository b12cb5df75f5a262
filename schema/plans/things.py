"""Things of one class as they are shown: whichever way they came, and however often selected."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

import msgspec
from graphql import GraphQLObjectType
from pydantic import BaseModel

from resolvers.call import Endpoint, Origin
from resolvers.reply import Reading
from schema.leading import is_read
from schema.node import Node
from schema.plans.leaves import Unclean
from schema.plans.readings import reading_of
from schema.plans.shape import Shape
from schema.plans.sources import OfDocuments, OfObjects, OfPlaces
from schema.plans.spots import Places
from schema.plans.ways import Ways
from schema.plans.writer import Code, Source, written
from schema.selection import NotPlain, Selected, Selection

if TYPE_CHECKING:
    from schema.plans.link import Link
    from schema.plans.run import Run


class View(Ways):
    """How things are shown that came in one way."""

    def __init__(
        self,
        source: Source,
        kind: GraphQLObjectType,
        fields: Sequence[Selected],
        links: "Sequence[Link]",
    ) -> None:
        """Write `fields` of a type, and what their `links` lead on by."""
        later = {link.selected.place: link.later for link in links}
        self._row = written(source, kind, fields, later)
        super().__init__(source, kind, links)
        self.needs = source.code.needs
        self.project: Callable[[Sequence[Any]], list[dict[str, Any]]] = lambda _: []

    def make(self) -> None:
        """Make its functions, once all that is selected of the things is known."""
        self.project = self.code.of_rows(self._row)
        super().make()


class Things:
    """Things of one class, and what one or several selections show of them."""

    def __init__(
        self,
        kind: type[BaseModel],
        shown_as: GraphQLObjectType,
        selections: Sequence[Selection],
        links: "Callable[[GraphQLObjectType, Selected], Link | None]",
    ) -> None:
        """Find out how they are shown; raises `NotPlain` where graphql-core has to."""
        fields = [selection.of(shown_as) for selection in selections]
        self.links = [
            [link for f in some if (link := links(shown_as, f)) is not None] for some in fields
        ]
        selected = list(zip(fields, self.links, strict=True))
        self.may_break = any(link.may_break for some in self.links for link in some)
        self.objects = [View(OfObjects(Code()), shown_as, *one) for one in selected]
        for view in self.objects:
            view.make()
        self.needs_reading = any(is_read(shown_as, f.name) for some in fields for f in some)
        self.places: View | None = None
        self.struct: type[msgspec.Struct] | None = None
        self.documents: list[View] = []
        self._readings: dict[Endpoint[Any], Reading | None] = {}
        if any(link.takes_objects for some in self.links for link in some):
            return
        if not self.needs_reading and len(fields) == 1:
            self.places = View(OfPlaces(Code(), cast("type[Node]", kind)), shown_as, *selected[0])
            self.places.make()
        try:
            self._decode(kind, shown_as, selected)
        except NotPlain:
            self.documents = []

    def reading(self, endpoint: Endpoint[Any]) -> Reading | None:
        """Give the way to read an endpoint's answers that have such things; None if as a whole."""
        if endpoint not in self._readings:
            self._readings[endpoint] = self._reading(endpoint)
        return self._readings[endpoint]

    async def show(
        self, run: "Run", rows: Sequence[Any], number: int, places: Places
    ) -> list[dict[str, Any]]:
        """Show rows that came in one way, with what their links lead to."""
        shown = self.project(run, rows, number)
        await self.follow(run, rows, number, places, shown)
        return shown

    def project(self, run: "Run", rows: Sequence[Any], number: int) -> list[dict[str, Any]]:
        """Show rows that came in one way; raises `Unclean` where graphql-core has to."""
        view = self.view(rows, number)
        if view.needs and not all(map(run.context.caller.may, view.needs)):
            # Graphql-core tells each of them what is not for this caller.
            raise Unclean
        return view.project(rows)

    async def follow(
        self,
        run: "Run",
        rows: Sequence[Any],
        number: int,
        places: Places,
        shown: list[dict[str, Any]],
    ) -> None:
        """Fill in what the links of rows lead to that were shown already."""
        links = self.links[number]
        if links and rows:
            view = self.view(rows, number)
            await run.all([link.fill(run, view, rows, shown, places) for link in links])

    def view(self, rows: Sequence[Any], number: int) -> View:
        """Tell by the first of rows how they came."""
        first: Any = rows[0].__class__ if rows else object
        if first is self.struct:
            return self.documents[number]
        if first is Origin and self.places is not None:
            return self.places
        return self.objects[number]

    def _reading(self, endpoint: Endpoint[Any]) -> Reading | None:
        try:
            if self.struct is None:
                return None
            asked = any(view.code.asks_where for view in self.documents)
            is_located = asked or any(map(bool, self.links))
            return reading_of(endpoint, self.struct, is_located=is_located)
        except (NotPlain, KeyError):
            return None

    def _decode(
        self,
        kind: type[BaseModel],
        shown_as: GraphQLObjectType,
        selected: "Sequence[tuple[Sequence[Selected], Sequence[Link]]]",
    ) -> None:
        shape = Shape(is_located=True)
        shape.need_all_of(kind)
        self.documents = [
            View(OfDocuments(Code(), kind, shape), shown_as, *one) for one in selected
        ]
        self.struct = shape.struct()
        for view in self.documents:
            view.make()
