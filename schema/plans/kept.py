"""The plans of one document: for each operation, and for what its conditions come to."""

from typing import Any

from graphql import (
    DirectiveNode,
    DocumentNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    VariableValues,
    Visitor,
    visit,
)

from schema.plans.compiler import Compiler, Plan
from schema.selection import NotPlain

# How many plans are kept of a document whose conditions come to ever other things.
_MOST_KEPT = 32


def name_of(operation: OperationDefinitionNode) -> str | None:
    """Give the name of an operation, if it has one."""
    return operation.name.value if operation.name else None


class Plans:
    """Makes plans when they are first asked for, and keeps them with their document."""

    def __init__(self, strawberry: Any, document: DocumentNode) -> None:
        """Find out which variables decide what is selected."""
        self._strawberry, self._document = strawberry, document
        found = _Conditions()
        visit(document, found)
        self._variables = sorted(found.variables)
        self._kept: dict[tuple[Any, ...], Plan | None] = {}
        self._operations = {
            name_of(one): one
            for one in document.definitions
            if isinstance(one, OperationDefinitionNode)
        }

    def of(self, operation: OperationDefinitionNode, variables: VariableValues) -> Plan | None:
        """Give the plan of an operation; None where graphql-core has to run it."""
        conditions = [variables.coerced.get(name) for name in self._variables]
        key = (name_of(operation), *conditions)
        if key not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[key] = self._made(self._operations[key[0]], variables)
        return self._kept[key]

    def _made(self, operation: OperationDefinitionNode, variables: VariableValues) -> Plan | None:
        if operation.operation is not OperationType.QUERY or operation.directives:
            return None
        try:
            return Compiler(self._strawberry, self._document, operation, variables).plan()
        except (NotPlain, GraphQLError, RecursionError):
            # Of a condition without a value, for one, graphql-core knows what to say.
            return None


class _Conditions(Visitor):
    """Gathers the variables of `@include` and `@skip`."""

    def __init__(self) -> None:
        super().__init__()
        self.variables: set[str] = set()

    def enter_directive(self, node: DirectiveNode, *_: object) -> None:
        """Look at what its arguments are."""
        given = [argument.value for argument in node.arguments or ()]
        self.variables.update(one.name.value for one in given if isinstance(one, VariableNode))
