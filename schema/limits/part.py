"""What one operation or fragment has by itself, and which fragments it spreads where."""

from dataclasses import dataclass, field
from typing import NamedTuple

from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

# The fields by which a document enters the schema that describes the schema.
_META_FIELDS = frozenset({"__schema", "__type"})
# The lists there that lead from a type to types, and so can be gone through again and again.
_META_LISTS = frozenset({"fields", "inputFields", "interfaces", "possibleTypes"})


class Place(NamedTuple):
    """Where something stands in its definition."""

    depth: int = 0
    """In so many fields."""
    lists: int = 0
    """In so many fields that bear the name of a list of the introspection."""
    meta_lists: int | None = None
    """In so many of them below `__schema` or `__type`; None if it is not below these."""

    def inside(self, name: str) -> "Place":
        """Give the place inside a field that stands here."""
        more = name in _META_LISTS
        meta = self.meta_lists
        if meta is not None:
            meta += more
        elif name in _META_FIELDS:
            meta = 0
        return Place(self.depth + 1, self.lists + more, meta)


@dataclass(slots=True)
class Part:
    """What a definition has without the fragments that it spreads."""

    fields: int = 0
    aliases: int = 0
    directives: int = 0
    deepest: Place = field(default_factory=Place)
    """The most of each that any field has, itself counted."""
    spreads: list[tuple[str, Place]] = field(default_factory=list[tuple[str, Place]])


def part_of(definition: OperationDefinitionNode | FragmentDefinitionNode) -> Part:
    """Count what a definition has, without recursion."""
    part = Part(directives=_directives_before(definition))
    waiting: list[tuple[SelectionSetNode, Place]] = [(definition.selection_set, Place())]
    while waiting:
        selected, place = waiting.pop()
        for selection in selected.selections:
            below = _counted(part, selection, place)
            nested: SelectionSetNode | None = getattr(selection, "selection_set", None)
            if nested is not None:
                waiting.append((nested, below))
    return part


def _counted(part: Part, selection: SelectionNode, place: Place) -> Place:
    """Count a selection, and give the place of what is selected in it."""
    part.directives += _number(selection.directives)
    if isinstance(selection, FragmentSpreadNode):
        part.spreads.append((selection.name.value, place))
    if not isinstance(selection, FieldNode):
        return place
    place = place.inside(selection.name.value)
    part.fields += 1
    part.aliases += selection.alias is not None
    part.deepest = deepest(part.deepest, place)
    return place


def deepest(one: Place, other: Place) -> Place:
    """Give the greater number of each, of two places."""
    known = [meta for meta in (one.meta_lists, other.meta_lists) if meta is not None]
    return Place(
        max(one.depth, other.depth),
        max(one.lists, other.lists),
        max(known, default=None),
    )


def _directives_before(definition: OperationDefinitionNode | FragmentDefinitionNode) -> int:
    """Count the directives of a definition and of its variables."""
    variables = definition.variable_definitions or ()
    return _number(definition.directives) + sum(_number(one.directives) for one in variables)


def _number(directives: tuple[DirectiveNode, ...] | None) -> int:
    return len(directives or ())
