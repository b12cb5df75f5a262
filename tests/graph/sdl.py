"""The schema, taken apart for the tests that look at all of it."""

import re
from collections.abc import Iterator
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    introspection_types,
    is_specified_scalar_type,
)

from schema.build import build

SCHEMA: GraphQLSchema = build().core
PRINTED = build().as_str()

# The types of graphql-core's own attributes are known in part only.
Place = tuple[str, Any]
Call = tuple[str, str, str]


def types() -> list[GraphQLNamedType]:
    """Give the types that are the graph's own."""
    return [
        kind
        for name, kind in SCHEMA.type_map.items()
        if name not in introspection_types and not is_specified_scalar_type(kind)
    ]


def fields_of(*kinds: type[Any]) -> Iterator[Place]:
    """Give every field of the types of these kinds, as `Type.field`."""
    for kind in types():
        if isinstance(kind, kinds):
            of_type: Any = kind
            yield from ((f"{kind.name}.{name}", field) for name, field in of_type.fields.items())


def fields() -> Iterator[Place]:
    """Give every field of an object or an interface."""
    return fields_of(GraphQLObjectType, GraphQLInterfaceType)


def input_fields() -> Iterator[Place]:
    """Give every field of an input."""
    return fields_of(GraphQLInputObjectType)


def arguments() -> Iterator[Place]:
    """Give every argument of a field, as `Type.field.argument`."""
    for place, field in fields():
        yield from ((f"{place}.{name}", argument) for name, argument in field.args.items())


def enum_values() -> Iterator[Place]:
    """Give every value of an enum, as `Enum.VALUE`."""
    for kind in types():
        if isinstance(kind, GraphQLEnumType):
            yield from ((f"{kind.name}.{name}", value) for name, value in kind.values.items())


def everything() -> Iterator[Place]:
    """Give everything that can have a description, by the place where it stands."""
    yield from ((kind.name, kind) for kind in types())
    yield from fields()
    yield from input_fields()
    yield from arguments()
    yield from enum_values()


def own_name(place: str) -> str:
    """Give the last name of a place."""
    return place.rpartition(".")[2]


def base(kind: Any) -> str:
    """Name a type without its lists and exclamation marks."""
    return re.sub(r"[][!]", "", str(kind))


def has_holes(kind: Any) -> bool:
    """Tell whether a list of this type may hold nulls, at any depth."""
    return re.search(r"[^!]\]", str(kind)) is not None


def interface(name: str) -> GraphQLInterfaceType:
    """Find an interface."""
    found = SCHEMA.get_type(name)
    assert isinstance(found, GraphQLInterfaceType)
    return found


def upstream() -> Iterator[tuple[str, Call]]:
    """Give each field that has an `@upstream`, with the call that it names."""
    # Strawberry keeps directives to itself until it prints them.
    for kind in build_schema(PRINTED).type_map.values():
        shown: Any = kind
        for name, field in getattr(shown, "fields", {}).items():
            for directive in (field.ast_node and field.ast_node.directives) or ():
                if directive.name.value == "upstream":
                    given = {one.name.value: one.value.value for one in directive.arguments}
                    yield f"{kind.name}.{name}", (given["platform"], given["method"], given["path"])
