"""Other things that things lead to, for all of a list at once."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any, cast

from graphql import (
    GraphQLObjectType,
)

from resolvers.call import Origin
from resolvers.upstream.errors import NotPermitted
from schema.leading import Leading
from schema.node import Node, endpoint_of
from schema.plans.link import Link
from schema.plans.several import Answered, Group, Led
from schema.plans.spots import Spot
from schema.plans.ways import Ways
from schema.selection import Selected, link_of

if TYPE_CHECKING:
    from schema.plans.compiler import Compiler
    from schema.plans.run import Run


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
