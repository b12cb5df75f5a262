"""Which scopes a field needs, and the check of them before anything is asked for.

    Query           read
    Mutation        write
    a payload       read for the things in it; none for what became of the mutation
    elsewhere       none more than what leads there
    with `@needs`   that scope too

That a caller may not reach a platform is found where calls are made, whichever field they are for
(`Session.ask`), and what an id may lead to where things are looked up (`schema.node.look`).
"""

from collections.abc import Callable, Iterable
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    default_field_resolver,  # pyright: ignore[reportUnknownVariableType]
)
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.utils.str_converters import to_camel_case

from resolvers.caller import Caller, Scope
from resolvers.upstream.errors import NotPermitted
from schema.scopes import Needs
from schema.wire import WriteInput

# What every payload has of its own, which shows nothing of what a platform holds.
_OF_PAYLOADS = frozenset({"userErrors", "outcome", "deletedId"})


def scopes_of(schema: GraphQLSchema, kind: GraphQLObjectType, name: str) -> tuple[Scope, ...]:
    """Tell which scopes a field needs by itself, beside what leads to it."""
    said = _said(kind.fields[name])
    if kind is schema.query_type:
        return (Scope.READ, *said)
    if kind is schema.mutation_type:
        return (Scope.WRITE, *said)
    if any(one.name == "Payload" for one in kind.interfaces) and name not in _OF_PAYLOADS:
        return (Scope.READ, *said)
    return said


def privileged(kind: GraphQLInputObjectType) -> frozenset[str]:
    """Name the fields of an input that need the scope `admin`."""
    made_from: Any = kind.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    origin: Any = getattr(made_from, "origin", None)
    if not (isinstance(origin, type) and issubclass(origin, WriteInput)):
        return frozenset()
    return frozenset(to_camel_case(name) for name in origin.privileged)


def check_scopes(schema: GraphQLSchema) -> None:
    """Let every field be answered only for callers that have its scopes, and describe it so."""
    for kind in schema.type_map.values():
        _describe(kind)
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            for name, field in kind.fields.items():
                scopes = scopes_of(schema, kind, name)
                if scopes:
                    field.resolve = _checked(field, scopes)


def check(caller: Caller, scopes: Iterable[Scope]) -> None:
    """Raise `NotPermitted` unless a caller has every scope that a field needs."""
    for scope in scopes:
        if not caller.may(scope):
            raise NotPermitted(f"This caller does not have the scope `{scope}`.")


def _said(field: GraphQLField) -> tuple[Scope, ...]:
    made_from: Any = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    directives = getattr(made_from, "directives", None) or ()
    return tuple(one.scope for one in directives if isinstance(one, Needs))


def _describe(kind: GraphQLNamedType) -> None:
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        for field in kind.fields.values():
            for scope in _said(field):
                field.description = _needing(field.description, scope)
    elif isinstance(kind, GraphQLInputObjectType):
        for name in privileged(kind):
            given = kind.fields[name]
            given.description = _needing(given.description, Scope.ADMIN)


def _needing(description: str | None, scope: Scope) -> str:
    return f"{description or ''} Needs the scope `{scope}`.".lstrip()


def _checked(field: GraphQLField, scopes: tuple[Scope, ...]) -> Callable[..., Any]:
    resolve: Any = field.resolve or default_field_resolver  # pyright: ignore[reportUnknownVariableType]

    def checked(source: Any, info: Any, **arguments: Any) -> Any:
        check(info.context.caller, scopes)
        return resolve(source, info, **arguments)

    return checked
