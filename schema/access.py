"""Which scope a field needs, and the check of it before anything is asked for.

    Query           read
    Mutation        write, or what the mutation itself says
    a payload       read for the things in it; none for what became of the mutation
    elsewhere       none more than what leads there, unless the field itself says so

A field says so by `@needs` in the schema. That a caller may not reach a platform is found where
calls are made, whichever field they are for (`Session.ask`).
"""

from collections.abc import Callable
from typing import Any

import strawberry
from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    default_field_resolver,  # pyright: ignore[reportUnknownVariableType]
)
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.schema_directive import Location

from resolvers.caller import Scope
from resolvers.upstream.errors import NotPermitted

# What every payload has of its own, which shows nothing of what a platform holds.
_OF_PAYLOADS = frozenset({"userErrors", "outcome", "deletedId"})

strawberry.enum(Scope, description="What a caller may be allowed to do.")


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    description="The field needs a scope that nothing else on the way to it needs.",
)
class Needs:
    """The field needs a scope that nothing else on the way to it needs."""

    scope: Scope


# For what shows or changes credentials, who else may do what, or how the gateway itself is.
ADMIN = Needs(scope=Scope.ADMIN)


def scope_of(schema: GraphQLSchema, kind: GraphQLObjectType, name: str) -> Scope | None:
    """Tell which scope a field needs by itself, beside what leads to it."""
    field = kind.fields[name]
    made_from: Any = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    for directive in getattr(made_from, "directives", ()):
        if isinstance(directive, Needs):
            return directive.scope
    if kind is schema.query_type:
        return Scope.READ
    if kind is schema.mutation_type:
        return Scope.WRITE
    if any(one.name == "Payload" for one in kind.interfaces) and name not in _OF_PAYLOADS:
        return Scope.READ
    return None


def check_scopes(schema: GraphQLSchema) -> None:
    """Let every field be answered only for callers that have its scope."""
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            for name, field in kind.fields.items():
                scope = scope_of(schema, kind, name)
                if scope is not None:
                    field.resolve = _checked(field, scope)


def _checked(field: GraphQLField, scope: Scope) -> Callable[..., Any]:
    resolve: Any = field.resolve or default_field_resolver  # pyright: ignore[reportUnknownVariableType]

    def checked(source: Any, info: Any, **arguments: Any) -> Any:
        if not info.context.caller.may(scope):
            raise NotPermitted(f"This caller does not have the scope `{scope}`.")
        return resolve(source, info, **arguments)

    return checked
