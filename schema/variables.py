"""The variables of one operation: plain texts and numbers are read at a glance."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from graphql import (
    GraphQLError,
    GraphQLNonNull,
    GraphQLSchema,
    OperationDefinitionNode,
    VariableValues,
    get_variable_values,
)
from graphql.execution.get_variable_signature import (
    GraphQLVariableSignature,
    get_variable_signature,
)
from graphql.execution.values import VariableValueSource

# How many mistakes are told; graphql-core writes the whole value for each of them.
_MOST_ERRORS = 10
_LEAST_INT, _MOST_INT = -(2**31), 2**31 - 1


def _is_text(value: Any) -> bool:
    return value.__class__ is str


def _is_int(value: Any) -> bool:
    return value.__class__ is int and _LEAST_INT <= value <= _MOST_INT


def _is_bool(value: Any) -> bool:
    return value.__class__ is bool


_PLAIN: Mapping[str, Callable[[Any], bool]] = {
    "ID": _is_text,
    "String": _is_text,
    "Int": _is_int,
    "Boolean": _is_bool,
}


class Variables:
    """Reads the variables of one operation."""

    def __init__(self, schema: GraphQLSchema, operation: OperationDefinitionNode) -> None:
        """Find out which of them can be read at a glance: all or none."""
        self._schema = schema
        self._definitions = operation.variable_definitions or ()
        self._plain: list[tuple[str, GraphQLVariableSignature, Callable[[Any], bool]]] | None = []
        for definition in self._definitions:
            signature = get_variable_signature(schema, definition)
            kind: Any = getattr(signature, "type", None)
            if isinstance(kind, GraphQLNonNull):
                kind = cast("Any", kind).of_type
            is_plain = _PLAIN.get(getattr(kind, "name", ""))
            if isinstance(signature, GraphQLError) or is_plain is None:
                self._plain = None
                return
            self._plain.append((signature.name, signature, is_plain))

    def read(
        self, given: Mapping[str, Any], *, suggestions: bool
    ) -> VariableValues | list[GraphQLError]:
        """Read what is given for them; gives what is wrong with it, if anything is."""
        found = self._at_a_glance(given)
        if found is not None:
            return found
        return get_variable_values(
            self._schema,
            self._definitions,
            dict(given),
            max_errors=_MOST_ERRORS,
            hide_suggestions=not suggestions,
        )

    def _at_a_glance(self, given: Mapping[str, Any]) -> VariableValues | None:
        if self._plain is None:
            return None
        sources, coerced = dict[str, Any](), dict[str, Any]()
        for name, signature, is_plain in self._plain:
            value = given.get(name)
            if not is_plain(value):
                return None
            sources[name] = VariableValueSource(signature, value)
            coerced[name] = value
        return VariableValues(sources, coerced)
