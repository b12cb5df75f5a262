"""Every error that leaves has a code, and nothing of a platform's own words."""

import re
from collections.abc import Iterator
from typing import Any

from graphql import ExecutionResult as GraphQLExecutionResult
from graphql import GraphQLError
from strawberry.exceptions import StrawberryInputCoercionError
from strawberry.extensions import SchemaExtension
from strawberry.pydantic import InputValidationError
from strawberry.types import ExecutionResult

from resolvers.platform import Platform
from resolvers.upstream.errors import ErrorCode, Fault, NotSupported, UpstreamFault
from schema.errors import says

# graphql-core ends what it says of a value with the value itself.
_QUOTED = re.compile(r"(?<!invalid value)(?<=value): |[,;]? [Ff]ound:? ")


def is_internal(error: GraphQLError) -> bool:
    """Tell whether an error is the gateway's own fault."""
    return _code(error) is ErrorCode.INTERNAL


class ErrorCodes(SchemaExtension):
    """Puts codes on errors, and masks those that nobody foresaw."""

    def on_operation(self) -> Iterator[None]:
        """Go over the errors when the operation is done."""
        yield
        result = self.execution_context.result
        if isinstance(result, (GraphQLExecutionResult, ExecutionResult)) and result.errors:
            context: Any = self.execution_context.context
            id = getattr(context, "request_id", None)
            result.errors = [coded(error, id) for error in result.errors]


def coded(error: GraphQLError, request_id: str | None) -> GraphQLError:
    """Give the error as a caller may see it."""
    code, original = _code(error), error.original_error
    extensions: dict[str, Any] = {"code": code.value}
    message = _without_values(error.message)
    if isinstance(original, Fault):
        message = original.message
    if isinstance(original, InputValidationError):
        message = "; ".join(f"{'.'.join(e.location)}: {says(e)}" for e in original.errors)
    if isinstance(original, (UpstreamFault, NotSupported)) and original.platform is not None:
        extensions["platform"] = Platform(original.platform).name
        extensions["connection"] = original.connection
    if isinstance(original, UpstreamFault) and original.retry_after_seconds is not None:
        extensions["retryAfterSeconds"] = original.retry_after_seconds
    if code is ErrorCode.INTERNAL:
        message = "The gateway failed; quote the request id."
    if request_id is not None:
        extensions["requestId"] = request_id
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions=extensions,
    )


def _without_values(message: str) -> str:
    """Cut the values that graphql-core quotes: one of them may be a password."""
    said, *quoted = _QUOTED.split(message, maxsplit=1)
    return f"{said}." if quoted and said[-1] not in ".?" else said


def _code(error: GraphQLError) -> ErrorCode:
    original = error.original_error
    if isinstance(original, Fault):
        return original.code
    if isinstance(original, StrawberryInputCoercionError):
        return ErrorCode.BAD_USER_INPUT
    if error.path and isinstance(original, GraphQLError) and original.nodes is None:
        # A value that could not be shown; those of the document come with their place in it.
        return ErrorCode.INTERNAL
    if original is None or isinstance(original, GraphQLError):
        return ErrorCode.BAD_USER_INPUT
    return ErrorCode.INTERNAL
