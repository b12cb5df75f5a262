"""The estimates of one document, kept for what its variables come to."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    GraphQLSchema,
    Node,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    VariableValues,
)

from resolvers.platform import Platform
from schema.cost.count import Estimate
from schema.cost.estimate import estimate
from schema.cost.ids import place_of
from schema.limits.values import nodes_in

# The arguments that an estimate looks at; of an id it is where that leads that counts.
_IDS = frozenset({"id", "ids"})
_LOOKED_AT = frozenset({"first", "platforms", "connections", "name", "if"})
# How many estimates are kept of a document, and of values that are written in how much.
_MOST_KEPT = 256
_LONGEST_KEPT = 1_000


class Estimates:
    """Estimates an operation anew only where a variable is another that its cost depends on."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        """Find out which variables an estimate depends on."""
        self._schema, self._document = schema, document
        self._ids, self._values = set[str](), set[str]()
        for argument in _arguments(document):
            name = argument.name.value
            if name in _IDS:
                self._ids.update(_variables(argument))
            elif name in _LOOKED_AT:
                self._values.update(_variables(argument))
        self._kept: dict[tuple[Any, ...], Estimate] = {}

    def of(
        self,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
        values: VariableValues,
        connections: Mapping[str, Platform],
    ) -> Estimate:
        """Estimate the calls of an operation over `connections`, which are always the same."""
        name = operation.name.value if operation.name else None
        key = self._key(operation, values.coerced, connections)
        found = None if key is None else self._kept.get(key)
        if found is None:
            found = estimate(self._schema, self._document, variables, name, connections)
            if key is not None:
                if len(self._kept) >= _MOST_KEPT:
                    self._kept.clear()
                self._kept[key] = found
        return found

    def _key(
        self,
        operation: OperationDefinitionNode,
        values: Mapping[str, Any],
        connections: Mapping[str, Platform],
    ) -> tuple[Any, ...] | None:
        if operation.operation is not OperationType.QUERY:
            # What a mutation costs depends on more of what it is given.
            return None
        given = repr([values.get(name) for name in self._values]) if self._values else ""
        if len(given) > _LONGEST_KEPT:
            return None
        places = [_places(values.get(name), connections) for name in self._ids]
        return (id(operation), given, *places)


def _places(value: Any, connections: Mapping[str, Platform]) -> Any:
    if isinstance(value, list):
        return tuple(_places(one, connections) for one in value)  # pyright: ignore[reportUnknownVariableType]
    return place_of(value, connections) if isinstance(value, str) else None


def _arguments(document: DocumentNode) -> Iterator[ArgumentNode]:
    return (node for node in nodes_in(document) if isinstance(node, ArgumentNode))


def _variables(node: Node) -> Iterator[str]:
    return (one.name.value for one in nodes_in(node) if isinstance(one, VariableNode))
