"""What a caller has to be answered, by the rules, where somebody with every scope is answered well.

Whatever needs a scope that the caller does not have is null and has an error of its own; all else
is as it was.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInputObjectType,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
    value_from_ast_untyped,
)

from resolvers.identity import GlobalId
from tests.access.rules import NOTHING, Rule, calls, places
from tests.graph.sdl import SCHEMA, base

Path = tuple[str | int, ...]
Call = tuple[str, str, str]
CALLS = calls()


@dataclass
class Expected:
    """An answer as it has to be: which paths are forbidden, and which calls are let go or not."""

    rules: Mapping[str, Rule]
    held: frozenset[str]
    variables: Mapping[str, Any]
    fragments: dict[str, FragmentDefinitionNode] = field(
        default_factory=dict[str, FragmentDefinitionNode]
    )
    data: Any = None
    forbidden: list[Path] = field(default_factory=list[Path])
    kept: set[Call] = field(default_factory=set[Call])
    lost: set[Call] = field(default_factory=set[Call])

    @classmethod
    def of(
        cls,
        document: str,
        variables: Mapping[str, Any],
        data: Any,
        rules: Any,
        held: frozenset[str],
    ) -> "Expected":
        """Tell what a caller who has the scopes `held` is answered in place of `data`."""
        made = cls(rules, held, variables)
        parsed: DocumentNode = parse(document)
        for one in parsed.definitions:
            if isinstance(one, FragmentDefinitionNode):
                made.fragments[one.name.value] = one
        for one in parsed.definitions:
            if isinstance(one, OperationDefinitionNode):
                root = SCHEMA.get_root_type(one.operation)
                assert root is not None
                made.data = made._object(one.selection_set, root.name, data, ())
        return made

    @property
    def is_refused(self) -> bool:
        """Tell whether nothing at all is answered."""
        roots = {path for path in self.forbidden if len(path) == 1}
        return bool(self.data) and len(roots) == len(self.data)

    def _object(self, selected: SelectionSetNode, kind: str, value: Any, path: Path) -> Any:
        shown = dict(cast("dict[str, Any]", value))
        for above, node in self._fields(selected, kind):
            key = node.alias.value if node.alias else node.name.value
            if key not in shown or node.name.value == "__typename":
                continue
            asked = {call for place in places(above, node.name.value) for call in CALLS[place]}
            if self._needed(above, node) - self.held:
                shown[key] = None
                self.forbidden.append((*path, key))
                self.lost |= asked
                continue
            self.kept |= asked
            found: Any = SCHEMA.get_type(above)
            below = base(found.fields[node.name.value].type)
            shown[key] = self._value(node, below, shown[key], (*path, key))
        return shown

    def _value(self, node: FieldNode, kind: str, value: Any, path: Path) -> Any:
        if isinstance(value, list):
            items = enumerate(cast("list[Any]", value))
            return [self._value(node, kind, one, (*path, place)) for place, one in items]
        if value is None or node.selection_set is None:
            return value
        return self._object(node.selection_set, kind, value, path)

    def _fields(self, selected: SelectionSetNode, kind: str) -> Iterator[tuple[str, FieldNode]]:
        for one in selected.selections:
            if isinstance(one, FieldNode):
                yield kind, one
                continue
            inner: Any = one
            if isinstance(one, FragmentSpreadNode):
                inner = self.fragments[one.name.value]
            on = inner.type_condition
            yield from self._fields(inner.selection_set, on.name.value if on else kind)

    def _needed(self, kind: str, node: FieldNode) -> frozenset[str]:
        field: Any = SCHEMA.get_type(kind)
        needed = {
            scope
            for place in places(kind, node.name.value)
            for scope in self.rules.get(place, NOTHING).scopes
        }
        for argument in node.arguments or ():
            given = value_from_ast_untyped(argument.value, dict(self.variables))
            taken = field.fields[node.name.value].args[argument.name.value].type
            needed |= set(self._of_input(base(taken), given))
            if argument.name.value == "id":
                needed |= self.rules.get(GlobalId.parse(given).kind, NOTHING).scopes
        return frozenset(needed)

    def _of_input(self, name: str, value: Any) -> Iterator[str]:
        kind = SCHEMA.get_type(name)
        if isinstance(value, list):
            for one in cast("list[Any]", value):
                yield from self._of_input(name, one)
        elif isinstance(value, dict) and isinstance(kind, GraphQLInputObjectType):
            for inner, one in cast("dict[str, Any]", value).items():
                yield from self.rules.get(f"{name}.{inner}", NOTHING).scopes
                yield from self._of_input(base(kind.fields[inner].type), one)
