"""The schema as a whole."""

import traceback
from functools import cache
from pathlib import Path

import strawberry
import structlog
from graphql import GraphQLError, GraphQLSchema
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from schema import platforms
from schema.connections import connection_types
from schema.cost.report import CostReport
from schema.descriptions import describe
from schema.error_codes import ErrorCodes, is_internal
from schema.guard import guard
from schema.mutation import mutation_type
from schema.node import kinds
from schema.operation_name import OperationName
from schema.query import Query
from schema.scalars import SCALARS

__all__ = ["Schema", "build", "platforms"]

_log = structlog.stdlib.get_logger("manifold.graph")


class Schema(strawberry.Schema):
    """Manifold's schema: strawberry's, with logs that hold no secret."""

    @property
    def core(self) -> GraphQLSchema:
        """The schema as graphql-core has it."""
        return self._schema

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Log what is our own fault; strawberry would log the values in every error's text."""
        del execution_context
        for error in filter(is_internal, errors):
            cause = error.original_error or error
            # Where, but not what: the values in an error's text may be secrets.
            frames = traceback.extract_tb(cause.__traceback__)[-5:]
            where = [
                f"{frame.name} ({Path(frame.filename).name}:{frame.lineno})" for frame in frames
            ]
            _log.error("internal error", path=error.path, kind=type(cause).__name__, where=where)


@cache
def build() -> Schema:
    """Put the schema together out of every platform's types, once in a process."""
    schema = Schema(
        Query,
        mutation_type(),
        types=[*kinds(), *connection_types()],
        extensions=[ErrorCodes, OperationName, CostReport],
        config=StrawberryConfig(scalar_map=SCALARS, sort_schema=True),
    )
    describe(schema.core)
    guard(schema.core)
    return schema
