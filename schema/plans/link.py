"""A field of things that follows when they are shown, for all of a list at once."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from graphql import (
    GraphQLObjectType,
)

from resolvers.call import Origin
from schema.access import check, scopes_of
from schema.plans.arguments import Arguments
from schema.plans.several import Answered, Group
from schema.plans.spots import Places, Spot
from schema.plans.ways import Ways
from schema.plans.writer import Later
from schema.selection import Selected

if TYPE_CHECKING:
    from schema.plans.compiler import Compiler
    from schema.plans.run import Run


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


class NoLink(Link):
    """Nothing, whatever it is asked for of."""

    def groups(self, view: Ways, rows: Sequence[Any]) -> list[Group]:
        """Lead nowhere."""
        del view, rows
        return []

    async def give(self, run: "Run", at: Origin, arguments: Mapping[str, Any], spot: Spot) -> Any:
        """Give nothing."""
        del run, at, arguments, spot
