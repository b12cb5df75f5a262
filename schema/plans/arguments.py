"""What the arguments of a field are: known from the document, but for what variables give."""

from collections.abc import Mapping
from typing import Any, cast

from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLScalarType,
    Node,
    VariableNode,
    VariableValues,
    get_argument_values,
    get_nullable_type,  # pyright: ignore[reportUnknownVariableType]
    is_specified_scalar_type,
)
from strawberry.schema.config import StrawberryConfig
from strawberry.types.arguments import convert_arguments

from schema.selection import NotPlain, Selected, made_from

# A request without variables, which gives an argument only what the document says of it.
_NOTHING = VariableValues({}, {})


class Arguments:
    """The arguments of one field as a resolver takes them, by their names in Python."""

    def __init__(self, selected: Selected, field: GraphQLField, strawberry: Any) -> None:
        """Work out what can be without variables."""
        self._field, self._node = field, selected.node
        self._written = selected.node.arguments or ()
        self._made_from = made_from(field)
        self._config: StrawberryConfig = strawberry.config
        self._scalars = strawberry.schema_converter.scalar_registry
        self._known: dict[str, Any] | None = None
        self._plain: tuple[dict[str, Any], dict[str, str]] | None = None
        if selected.details[0].fragment_variable_values is not None:
            raise NotPlain
        try:
            if any(map(_has_variable, self._written)):
                self._plain = self._plain_variables()
            else:
                self._known = self._read(field, self._node, _NOTHING)
        except GraphQLError:
            # An argument is wrong, which is told when it is asked for.
            self._plain = None

    def values(self, variables: VariableValues) -> Mapping[str, Any]:
        """Give their values; raises `GraphQLError` where a variable has none for them."""
        if self._known is not None:
            return self._known
        if self._plain is not None:
            fixed, given = self._plain
            values = {name: variables.coerced.get(source) for name, source in given.items()}
            if None not in values.values():
                return {**fixed, **values}
        return self._read(self._field, self._node, variables)

    def _read(self, field: GraphQLField, node: FieldNode, given: VariableValues) -> dict[str, Any]:
        values = get_argument_values(field, node, given)
        return convert_arguments(values, self._made_from.arguments, self._scalars, self._config)

    def _plain_variables(self) -> tuple[dict[str, Any], dict[str, str]] | None:
        """Find the variables that are given to arguments as they are: texts, numbers and ids.

        Gives the values of all other arguments, and the variable of each of these.
        """
        args: dict[str, Any] = {**self._field.args}
        asked = {one.name.value: one.value for one in self._written if _has_variable(one)}
        for name, value in asked.items():
            kind = cast("Any", get_nullable_type)(args[name].type)
            if not (isinstance(value, VariableNode) and isinstance(kind, GraphQLScalarType)):
                return None
            if not is_specified_scalar_type(kind):
                return None
        others = {name: one for name, one in args.items() if name not in asked}
        written = tuple(one for one in self._written if one.name.value in others)
        field = GraphQLField(cast("Any", self._field).type, others)
        fixed = self._read(field, FieldNode(name=self._node.name, arguments=written), _NOTHING)
        sources = {name: cast("VariableNode", value).name.value for name, value in asked.items()}
        return fixed, {self._python_name(name): source for name, source in sources.items()}

    def _python_name(self, name: str) -> str:
        names = self._config.name_converter
        return next(
            one.python_name for one in self._made_from.arguments if names.from_argument(one) == name
        )


def _has_variable(node: Node) -> bool:
    if isinstance(node, VariableNode):
        return True
    value = getattr(node, "value", None)
    below = [*getattr(node, "values", ()), *getattr(node, "fields", ()), value]
    return any(_has_variable(one) for one in below if isinstance(one, Node))
