"""How large a document is, with what its fragments stand for, counted before it is validated.

Everything is counted as if each fragment stood wherever it is spread. A fragment that no operation
comes to counts once, for it is validated as well. Where fragments spread each other in a circle,
their spreads on the way into it count nothing, nor does a fragment that is not there: validation
refuses either.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graphql import DocumentNode, FragmentDefinitionNode, OperationDefinitionNode

from schema.limits.overlaps import MOST, overlaps_of
from schema.limits.part import Part, Place, deepest, part_of


@dataclass(frozen=True, slots=True)
class Shape:
    """What is counted of a document; no number is above `MOST`."""

    depth: int
    """How many fields stand in each other at most."""
    fields: int
    """Fields of all operations together."""
    aliases: int
    """Fields that have an alias."""
    directives: int
    """Directives, wherever they are."""
    introspection_depth: int
    """How many lists of fields, interfaces or types stand in each other below a meta field."""
    overlaps: int
    """Pairs that validation has to compare; see `overlaps`."""


def shape_of(document: DocumentNode) -> Shape:
    """Measure all operations and fragments of a document, which need not be valid.

    The time it takes grows with the document as it is written, not with what it stands for.
    """
    parts = [
        part_of(found)
        for found in document.definitions
        if isinstance(found, OperationDefinitionNode)
    ]
    fragments = {
        found.name.value: part_of(found)
        for found in document.definitions
        if isinstance(found, FragmentDefinitionNode)
    }
    whole = _measured(fragments)
    parts += _unused(parts, fragments)
    together = Part()
    for part in parts:
        _add(together, _whole(part, whole))
    return Shape(
        depth=min(together.deepest.depth, MOST),
        fields=together.fields,
        aliases=together.aliases,
        directives=together.directives,
        introspection_depth=together.deepest.meta_lists or 0,
        overlaps=overlaps_of(document),
    )


def _measured(fragments: Mapping[str, Part]) -> dict[str, Part]:
    """Put into each fragment what those that it spreads stand for; the innermost come first."""
    spread_by: defaultdict[str, set[str]] = defaultdict(set)
    missing: Counter[str] = Counter()
    for name, part in fragments.items():
        for spread in {spread for spread, _ in part.spreads if spread in fragments}:
            spread_by[spread].add(name)
            missing[name] += 1
    whole: dict[str, Part] = {}
    ready = [name for name in fragments if not missing[name]]
    while ready:
        name = ready.pop()
        whole[name] = _whole(fragments[name], whole)
        for user in spread_by[name]:
            missing[user] -= 1
            if not missing[user]:
                ready.append(user)
    # What is left is in a circle, or comes to one.
    circular = {name: part for name, part in fragments.items() if name not in whole}
    return whole | {name: _whole(part, whole) for name, part in circular.items()}


def _whole(part: Part, fragments: Mapping[str, Part]) -> Part:
    """Give a part with those fragments that it spreads."""
    whole = Part(part.fields, part.aliases, part.directives, part.deepest)
    for name, place in part.spreads:
        if name in fragments:
            _add(whole, fragments[name], place)
    return whole


def _add(whole: Part, part: Part, place: Place | None = None) -> None:
    """Add a part that stands at a place."""
    place = place or Place()
    whole.fields = min(whole.fields + part.fields, MOST)
    whole.aliases = min(whole.aliases + part.aliases, MOST)
    whole.directives = min(whole.directives + part.directives, MOST)
    whole.deepest = deepest(whole.deepest, _at(part.deepest, place))


def _at(inner: Place, outer: Place) -> Place:
    """Give the place that is within an outer one: below a meta field, all lists count."""
    meta = inner.meta_lists if outer.meta_lists is None else outer.meta_lists + inner.lists
    return Place(outer.depth + inner.depth, outer.lists + inner.lists, meta)


def _unused(operations: Iterable[Part], fragments: Mapping[str, Part]) -> list[Part]:
    """Give the fragments that no operation comes to and that no other of these spreads."""
    waiting = [name for part in operations for name, _ in part.spreads]
    used: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in fragments and name not in used:
            used.add(name)
            waiting += [spread for spread, _ in fragments[name].spreads]
    unused = {name: part for name, part in fragments.items() if name not in used}
    inner = {name for part in unused.values() for name, _ in part.spreads}
    return [part for name, part in unused.items() if name not in inner]
