"""The schema as a whole."""

from collections.abc import Iterable
from functools import cache

import strawberry
from graphql import GraphQLDeferDirective, GraphQLDirective, GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from schema import platforms
from schema.access import check_scopes
from schema.connections import connection_types
from schema.descriptions import describe
from schema.guard import guard
from schema.mutation import mutation_type
from schema.node import kinds
from schema.query import Query
from schema.scalars import SCALARS

__all__ = ["Schema", "build", "platforms"]


class Schema(strawberry.Schema):
    """Manifold's schema: strawberry's."""

    def _collect_graphql_directives(
        self, schema_directive_types: Iterable[type]
    ) -> tuple[GraphQLDirective, ...]:
        """Add `@defer`; strawberry's own setting adds `@stream` with it."""
        found = super()._collect_graphql_directives(schema_directive_types)
        return (*found, GraphQLDeferDirective)

    @property
    def core(self) -> GraphQLSchema:
        """The schema as graphql-core has it."""
        return self._schema


@cache
def build() -> Schema:
    """Put the schema together out of every platform's types, once in a process."""
    schema = Schema(
        Query,
        mutation_type(),
        types=[*kinds(), *connection_types()],
        config=StrawberryConfig(scalar_map=SCALARS, sort_schema=True),
    )
    describe(schema.core)
    guard(schema.core)
    check_scopes(schema.core)
    return schema
