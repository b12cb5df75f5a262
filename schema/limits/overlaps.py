"""How many pairs of fields validation has to compare, because they answer under one name.

All that answers at one place has to be compared with each other: what is selected there itself, and
the fields of each fragment that is spread there. If two fields have one name, what they select
answers at one place again. A document without fragments has as many pairs as there are fields that
answer under the same names all the way from the operation.

`OverlappingFieldsCanBeMerged` compares two fragments once in the whole document, however often they
are spread together, and looks at each fragment that either of them spreads. The same is counted
here, so that what it does is bounded by a small multiple of the count.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

MOST: Final = 10**9
"""What is counted at most, and what a count comes to that would take too long."""

# What is beyond either is not counted to its end, so that counting takes 0.1 s at most. A real
# document has some 60 pairs and 200 steps; graphql-core itself stops at 250,000 pairs.
_MOST_PAIRS = 50_000
_MOST_STEPS = 100_000


def overlaps_of(document: DocumentNode) -> int:
    """Count the pairs that have to be compared; `MOST` for more than can be counted."""
    return _Merging(document).count()


@dataclass(frozen=True, slots=True)
class _Source:
    """What a selection set selects by itself, its inline fragments included."""

    number: int
    is_fragment: bool
    fields: dict[str, list[SelectionSetNode | None]]
    """By name, what each field of that name selects."""
    spreads: frozenset[str]

    @property
    def pairs(self) -> int:
        """Count the pairs of its own fields, and of the fragments that it spreads."""
        return sum(_pairs_of(len(same)) for same in (*self.fields.values(), self.spreads))

    def pairs_with(self, other: "_Source") -> int:
        """Count the pairs of one of its fields and one of another's, and the fragments to see."""
        shared = self.fields.keys() & other.fields.keys()
        pairs = sum(len(self.fields[name]) * len(other.fields[name]) for name in shared)
        return pairs + self._fragments_to_see(other)

    def _fragments_to_see(self, other: "_Source") -> int:
        own, others = len(self.spreads), len(other.spreads)
        if not self.is_fragment and not other.is_fragment:
            return own + others + own * others
        if all(source.fields or source.is_fragment for source in (self, other)):
            return 1 + own + others
        # What is selected here is fragments alone, which are compared as such.
        return 0


def _pairs_of(number: int) -> int:
    return number * (number - 1) // 2


class _Merging:
    """Goes through all the places of a document, each combination of sources once."""

    def __init__(self, document: DocumentNode) -> None:
        self._fragments: dict[str, SelectionSetNode] = {}
        self._roots: list[SelectionSetNode] = []
        for found in document.definitions:
            if isinstance(found, FragmentDefinitionNode):
                self._fragments[found.name.value] = found.selection_set
            if isinstance(found, OperationDefinitionNode | FragmentDefinitionNode):
                self._roots.append(found.selection_set)
        self._are_fragments = frozenset(map(id, self._fragments.values()))
        self._sources: dict[int, _Source] = {}
        self._places: set[tuple[int, ...]] = set()
        self._compared: set[tuple[int, int]] = set()
        self._pairs = 0
        self._steps = 0

    def count(self) -> int:
        """Go through all of it, and give the pairs, or `MOST` where that would take too long."""
        for root in self._outermost_first():
            # What was spread somewhere was compared there, with all that is in it.
            if id(root) not in self._sources:
                self._go_through(root)
        return MOST if self._is_endless() else self._pairs

    def _is_endless(self) -> bool:
        return self._pairs > _MOST_PAIRS or self._steps > _MOST_STEPS

    def _outermost_first(self) -> list[SelectionSetNode]:
        spread = {
            name
            for fragment in self._fragments.values()
            for name in _read(fragment, 0, is_fragment=True).spreads
        }
        inner = {id(found) for name, found in self._fragments.items() if name in spread}
        return sorted(self._roots, key=lambda root: id(root) in inner)

    def _go_through(self, root: SelectionSetNode) -> None:
        waiting = [[root]]
        while waiting and not self._is_endless():
            waiting += self._at_place(waiting.pop())

    def _at_place(self, selected: list[SelectionSetNode]) -> list[list[SelectionSetNode]]:
        """Compare what answers at a place, and give what answers at the places below it."""
        sources = self._merged(selected)
        place = tuple(source.number for source in sources)
        if place in self._places:
            return []
        self._places.add(place)
        self._compare(sources)
        below: defaultdict[str, list[SelectionSetNode]] = defaultdict(list)
        for source in sources:
            self._steps += len(source.fields)
            for name, same in source.fields.items():
                below[name] += [nested for nested in same if nested is not None]
        return [nested for nested in below.values() if nested]

    def _merged(self, selected: list[SelectionSetNode]) -> list[_Source]:
        """Give the sources of a place: what is selected there, and all fragments spread in it."""
        waiting = list(selected)
        merged: dict[int, _Source] = {}
        while waiting:
            source = self._source(waiting.pop())
            self._steps += 1
            if source.number not in merged:
                merged[source.number] = source
                known = self._fragments.keys() & source.spreads
                waiting += [self._fragments[name] for name in known]
        return [merged[number] for number in sorted(merged)]

    def _source(self, selected: SelectionSetNode) -> _Source:
        known = self._sources.get(id(selected))
        if known is None:
            is_fragment = id(selected) in self._are_fragments
            known = _read(selected, len(self._sources), is_fragment=is_fragment)
            self._sources[id(selected)] = known
            self._pairs += known.pairs
        return known

    def _compare(self, sources: list[_Source]) -> None:
        for place, one in enumerate(sources):
            self._steps += place
            if self._is_endless():
                return
            for other in sources[:place]:
                pair = (one.number, other.number)
                if pair not in self._compared:
                    self._compared.add(pair)
                    self._steps += min(len(one.fields), len(other.fields))
                    self._pairs += one.pairs_with(other)


def _read(selected: SelectionSetNode, number: int, *, is_fragment: bool) -> _Source:
    fields: defaultdict[str, list[SelectionSetNode | None]] = defaultdict(list)
    spreads: set[str] = set()
    for selection in _flat(selected):
        if isinstance(selection, FieldNode):
            name = (selection.alias or selection.name).value
            fields[name].append(selection.selection_set)
        elif isinstance(selection, FragmentSpreadNode):
            spreads.add(selection.name.value)
    return _Source(number, is_fragment, dict(fields), frozenset(spreads))


def _flat(selected: SelectionSetNode) -> Iterator[SelectionNode]:
    """Go through a selection set, and through its inline fragments as if they were not there."""
    waiting = [selected]
    while waiting:
        for selection in waiting.pop().selections:
            if isinstance(selection, InlineFragmentNode):
                waiting.append(selection.selection_set)
            else:
                yield selection
