"""What the links of things lead on by: where each thing is, and the keys that it has.

Objects inside things have links of their own, which are followed for those of all things at once.
"""

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any, cast

from graphql import GraphQLObjectType, get_named_type

from resolvers.call import Origin
from schema.plans.spots import Step
from schema.plans.writer import Source, is_list, way_of
from schema.selection import NotPlain

if TYPE_CHECKING:
    from schema.plans.link import Link
    from schema.plans.links import InnerLinks


class Ways:
    """How links lead on from things that came in one way."""

    def __init__(self, source: Source, kind: GraphQLObjectType, links: "Sequence[Link]") -> None:
        """Find out what the links of a type lead on by."""
        leads = [link for link in links if link.later is None]
        self.code = source.code
        self._origin = source.origin() if leads else None
        self._keys = {one.attribute: source.key(one.attribute) for one in leads if one.attribute}
        self.inner = {
            link.selected.place: Inner(source, kind, cast("InnerLinks", link))
            for link in links
            if link.later is not None
        }
        self.origin: Callable[[Any], Origin] = lambda row: row
        # Where the answer is from that a thing stands in.
        self.parent: Callable[[Any], Origin] = source.parent
        self.key: dict[str, Callable[[Any], str | None]] = {}

    def make(self) -> None:
        """Make its functions, once all that is selected of the things is known."""
        if self._origin is not None:
            self.origin = self.code.of_row(self._origin)
        self.key = {name: self.code.of_row(key) for name, key in self._keys.items()}
        for one in self.inner.values():
            one.make()

    def told(self, of: str) -> str:
        """Write what tells of a thing: where it is, and its keys."""
        origin = "None" if self._origin is None else self._origin(of)
        return "(" + ", ".join([origin, *(key(of) for key in self._keys.values())]) + ",)"

    def take_told(self) -> None:
        """Lead on by what tells of things."""
        self.origin = self.parent = itemgetter(0)
        self.key = {name: itemgetter(n) for n, name in enumerate(self._keys, 1)}


class Inner(Ways):
    """How links lead on from objects inside things."""

    def __init__(self, source: Source, kind: GraphQLObjectType, link: "InnerLinks") -> None:
        """Find out how they are reached."""
        field: Any = kind.fields[link.selected.name]
        inside = source.inside(way_of(field), field.type)
        super().__init__(inside.source, cast("Any", get_named_type(field.type)), link.links)
        self._reached = inside.reached
        self._is_list = is_list(field.type)
        self._is_object = inside.source.knows_its_place
        if self.inner and not self._is_object:
            raise NotPlain
        self.rows: Callable[[Sequence[Any]], list[Any]] = list

    def make(self) -> None:
        """Make its functions; of what does not know its place, that is told for all at once."""
        if self._is_object:
            super().make()
        else:
            self.take_told()
        body = _itself if self._is_object else self.told
        self.rows = self.code.of_inner(body, self._reached, is_list=self._is_list)


def _itself(of: str) -> str:
    return of


def inside(
    shown: Sequence[dict[str, Any]], place: str
) -> tuple[list[dict[str, Any]], list[tuple[int, tuple[Step, ...]]]]:
    """Give the objects at a place in things as they are shown, with their positions."""
    found: list[dict[str, Any]] = []
    positions: list[tuple[int, tuple[Step, ...]]] = []
    for number, thing in enumerate(shown):
        held = thing[place]
        if isinstance(held, list):
            for index, one in enumerate(cast("list[dict[str, Any]]", held)):
                found.append(one)
                positions.append((number, (place, index)))
        elif held is not None:
            found.append(held)
            positions.append((number, (place,)))
    return found, positions
