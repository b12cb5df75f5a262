"""Descriptions come from docstrings, so that each thing is described once."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from enum import Enum
from itertools import pairwise
from typing import Any

from graphql import GraphQLEnumType, GraphQLNamedType, GraphQLSchema
from strawberry.schema.schema_converter import GraphQLCoreConverter

from resolvers.platform import Platform, credentials_by_platform


def describe(schema: GraphQLSchema) -> None:
    """Give every type without a description its class's docstring; enum values likewise."""
    for kind in schema.type_map.values():
        definition = kind.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
        if definition is None:
            continue
        if isinstance(kind, GraphQLEnumType):
            _describe_values(kind, definition.wrapped_cls)
            kind.description = kind.description or inspect.getdoc(definition.wrapped_cls)
        elif kind.description is None:
            _describe_type(kind, definition.origin)


def _describe_type(kind: GraphQLNamedType, origin: type[Any]) -> None:
    kind.description = inspect.getdoc(origin)


def _describe_values(kind: GraphQLEnumType, enum: type[Enum]) -> None:
    documented = _platforms() if enum is Platform else dict(_documented(enum))
    for name, value in kind.values.items():
        value.description = value.description or documented.get(name)


def _platforms() -> dict[str, str]:
    known = credentials_by_platform().items()
    return {p.name: inspect.getdoc(inspect.getmodule(c)) or c.title for p, c in known}


def _documented(enum: type[Enum]) -> Iterator[tuple[str, str]]:
    """Find the docstrings below the members of an enum, which Python itself throws away."""
    try:
        source = textwrap.dedent(inspect.getsource(enum))
    except (OSError, TypeError):
        return
    (definition,) = ast.parse(source).body
    body = getattr(definition, "body", [])
    for member, below in pairwise(body):
        match member, below:
            case (
                ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, inspect.cleandoc(text)
            case _:
                pass
