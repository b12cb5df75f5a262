"""How many calls an operation may make at the platforms, estimated before it runs.

    estimate(schema, document, variables, None, {"portal": Platform("clinked")}).total

A field costs the calls that its `@upstream` directives declare. What is below a list counts once
for each of its items: `first` of them, as many as there are `ids`, or `ASSUMED_LENGTH` where
nothing tells. A thing of a noun is of one type, and counts as the type that costs the most; what is
below a thing of one platform is of the same platform.

More is estimated than made, as a rule: equal calls of one operation are made once, lists may be
shorter, and a field that is selected twice counts twice. Less is estimated where a list without
`first` is longer than assumed, where the gateway itself filters and so needs several pages for one,
where a call is tried again, and where several things are asked for together of a list that has none
of them. What signing in takes does not count.
"""

from collections.abc import Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLIncludeDirective,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    InlineFragmentNode,
    NamedTypeNode,
    SelectionNode,
    SelectionSetNode,
    VariableValues,
    get_argument_values,
    get_directive_values,
    get_operation_ast,
    get_variable_values,
    is_abstract_type,
)

from resolvers.platform import Platform
from schema.cost.count import MOST_CALLS, NOTHING, Estimate
from schema.cost.fields import (
    REFUSED,
    FieldCost,
    Platforms,
    calls_of,
    declared_cost,
    platform_of,
)
from schema.cost.mutations import mutation_cost
from schema.cost.queries import query_cost

# How many fields and fragments may stand in each other; nobody asks for as much in earnest.
DEEPEST = 64


def estimate(
    schema: GraphQLSchema,
    document: DocumentNode,
    variables: Mapping[str, Any] | None,
    operation_name: str | None,
    connections: Mapping[str, Platform],
) -> Estimate:
    """Estimate the calls of an operation over `connections`, given by their names.

    The document is one that was found valid. What cannot run, for want of a variable, say, costs
    nothing; what is too deep to be counted costs the most that there is.
    """
    operation = get_operation_ast(document, operation_name)
    root = operation and schema.get_root_type(operation.operation)
    if operation is None or root is None:
        return NOTHING
    values = get_variable_values(
        schema, operation.variable_definitions or (), dict(variables or {})
    )
    if not isinstance(values, VariableValues):
        return NOTHING
    everywhere = frozenset(connections.values())
    try:
        counting = _Counting(schema, document, values, connections)
        return counting.of_thing(operation.selection_set, root, everywhere)
    except _TooDeep:
        return Estimate(MOST_CALLS, dict.fromkeys(everywhere, MOST_CALLS))


class _TooDeep(Exception):
    """A document is too deep to be counted."""


class _Counting:
    """Counts what the selections of one operation cost, each once for a type and platforms."""

    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        variables: VariableValues,
        connections: Mapping[str, Platform],
    ) -> None:
        self._schema = schema
        self._variables = variables
        self._connections = connections
        self._fragments = {
            found.name.value: found
            for found in document.definitions
            if isinstance(found, FragmentDefinitionNode)
        }
        self._counted: dict[tuple[int, str, Platforms], Estimate] = {}
        self._depth = 0

    def of_thing(
        self, selected: SelectionSetNode, kind: GraphQLObjectType, on: Platforms
    ) -> Estimate:
        """Count what is selected of one thing of a type, which may be `on` these platforms."""
        own = platform_of(kind)
        on = on if own is None else on & {own}
        if not on:
            return NOTHING
        key = (id(selected), kind.name, on)
        if key not in self._counted:
            # For a fragment that is in itself, which would never end.
            self._counted[key] = NOTHING
            self._counted[key] = self._deeper(selected, kind, on)
        return self._counted[key]

    def _deeper(
        self, selected: SelectionSetNode, kind: GraphQLObjectType, on: Platforms
    ) -> Estimate:
        self._depth += 1
        if self._depth > DEEPEST:
            raise _TooDeep
        counted = NOTHING
        for selection in selected.selections:
            if self._is_included(selection):
                counted += self._of_selection(selection, kind, on)
        self._depth -= 1
        return counted

    def _of_selection(
        self, selection: SelectionNode, kind: GraphQLObjectType, on: Platforms
    ) -> Estimate:
        match selection:
            case FieldNode():
                return self._of_field(selection, kind, on)
            case FragmentSpreadNode():
                fragment = self._fragments.get(selection.name.value)
            case InlineFragmentNode():
                fragment = selection
            case _:
                fragment = None
        if fragment is None or not self._applies(fragment.type_condition, kind):
            return NOTHING
        return self.of_thing(fragment.selection_set, kind, on)

    def _of_field(self, node: FieldNode, kind: GraphQLObjectType, on: Platforms) -> Estimate:
        found = self._cost(node, kind, on)
        counted = found.own
        if node.selection_set is not None:
            for branch in found.branches:
                below = self._of_any(node.selection_set, branch.kind, branch.on)
                counted += below.times(branch.number)
        return counted

    def _of_any(
        self, selected: SelectionSetNode, kind: GraphQLNamedType, on: Platforms
    ) -> Estimate:
        """Count what is selected of a thing that may be of several types."""
        kinds = self._schema.get_possible_types(kind) if is_abstract_type(kind) else [kind]
        return Estimate.greatest(
            self.of_thing(selected, one, on) for one in kinds if isinstance(one, GraphQLObjectType)
        )

    def _cost(self, node: FieldNode, kind: GraphQLObjectType, on: Platforms) -> FieldCost:
        name = node.name.value
        field = kind.fields.get(name)
        if field is None or (node.selection_set is None and not calls_of(field)):
            # What comes with its parent, `__typename`, or what asks for the schema itself.
            return FieldCost()
        try:
            arguments = get_argument_values(field, node, self._variables)
        except GraphQLError:
            return REFUSED
        known: FieldCost | None = None
        if kind is self._schema.mutation_type:
            known = mutation_cost(name, field, arguments, self._connections)
        elif kind is self._schema.query_type:
            known = query_cost(self._schema, field, arguments, self._connections)
        return known or declared_cost(kind, field, arguments, on)

    def _is_included(self, node: SelectionNode) -> bool:
        if not node.directives:
            return True
        skip = get_directive_values(GraphQLSkipDirective, node, self._variables)
        include = get_directive_values(GraphQLIncludeDirective, node, self._variables)
        return not (skip and skip["if"]) and not (include and not include["if"])

    def _applies(self, condition: NamedTypeNode | None, kind: GraphQLObjectType) -> bool:
        if condition is None or condition.name.value == kind.name:
            return True
        wanted = self._schema.get_type(condition.name.value)
        return is_abstract_type(wanted) and self._schema.is_sub_type(wanted, kind)
