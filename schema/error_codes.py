"""Every error that leaves has a code, and nothing of a platform's own words."""

import re
import traceback
from pathlib import Path
from typing import Any

import structlog
from graphql import GraphQLError
from strawberry.exceptions import StrawberryInputCoercionError
from strawberry.pydantic import InputValidationError

from resolvers.platform import Platform
from resolvers.upstream.errors import ErrorCode, Fault, Unasked, UpstreamFault
from schema.errors import says
from schema.limits.limit import LimitExceeded

# graphql-core ends what it says of a value with the value itself.
_QUOTED = re.compile(r"(?<!invalid value)(?<=value): |[,;]? [Ff]ound:? ")


_log = structlog.stdlib.get_logger("manifold.graph")


def coded(error: GraphQLError, request_id: str) -> GraphQLError:
    """Give the error as a caller may see it, and log what is the gateway's own fault."""
    code, original = _code(error), error.original_error
    extensions: dict[str, Any] = {"code": code.value}
    message = _without_values(error.message)
    if isinstance(original, Fault):
        message = original.message
    if isinstance(original, InputValidationError):
        message = "; ".join(f"{'.'.join(e.location)}: {says(e)}" for e in original.errors)
    if isinstance(original, (UpstreamFault, Unasked)) and original.platform is not None:
        extensions["platform"] = Platform(original.platform).name
        extensions["connection"] = original.connection
    if isinstance(original, UpstreamFault) and original.retry_after_seconds is not None:
        extensions["retryAfterSeconds"] = original.retry_after_seconds
    if isinstance(original, LimitExceeded):
        extensions |= original.told()
    if code is ErrorCode.INTERNAL:
        message = "The gateway failed; quote the request id."
        _tell(error)
    extensions["requestId"] = request_id
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions=extensions,
    )


def _tell(error: GraphQLError) -> None:
    """Log where it happened, but not what: the values in an error's text may be secrets."""
    cause = error.original_error or error
    frames = traceback.extract_tb(cause.__traceback__)[-5:]
    where = [f"{frame.name} ({Path(frame.filename).name}:{frame.lineno})" for frame in frames]
    _log.error("internal error", path=error.path, kind=type(cause).__name__, where=where)


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
