"""Writes answers: the media type that the client takes, and the status that goes with it."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from graphql import GraphQLError

from gateway.callers.errors import KeysUnreachable, Unauthenticated
from gateway.http.media import JSON
from gateway.http.refusal import Refusal
from gateway.http.reply import Reply
from gateway.http.writer import written as dumped
from resolvers.upstream.errors import ErrorCode, Fault, NotPermitted
from schema.limits.limit import LimitExceeded
from schema.operation import Answer, NotAllowedHere

_OK, _BAD_REQUEST, _FORBIDDEN, _FAILED = 200, 400, 403, 500

# The limits that are not about the document are told by the status as well.
LIMIT_STATUS = {
    "body_bytes": 413,
    "receive_seconds": 408,
    "request_seconds": 504,
    "calls_per_minute": 429,
}


def written(answer: Answer, media: str) -> Reply:
    """Write what became of an operation.

    What was run is 200. What was not is 400 in the type of GraphQL; JSON is for clients that know
    GraphQL by 200 alone, unless the status is what they have to act on.
    """
    status = _OK if answer.ran or media == JSON else _BAD_REQUEST
    if answer.refused is None:
        return Reply(status, dumped(shown(answer), is_plain=answer.is_plain), media)
    status, headers = _status(answer.refused, status), _headers(answer.refused)
    return Reply(status, dumped(shown(answer)), media, headers)


def _status(fault: Fault, usual: int) -> int:
    if isinstance(fault, LimitExceeded):
        return LIMIT_STATUS.get(fault.limit, usual)
    if fault.code is ErrorCode.INTERNAL:
        usual = _FAILED
    if isinstance(fault, NotPermitted):
        usual = _FORBIDDEN
    return getattr(fault, "status", usual)


def _headers(fault: Fault | None) -> dict[str, str]:
    """Give what tells a client how it gets further."""
    headers = dict[str, str]()
    if isinstance(fault, Unauthenticated):
        headers["WWW-Authenticate"] = fault.challenge
    if isinstance(fault, KeysUnreachable):
        headers["Retry-After"] = str(fault.retry_after_seconds)
    if isinstance(fault, NotAllowedHere):
        headers["Allow"] = "POST"
    if isinstance(fault, LimitExceeded):
        if fault.retry_after is not None:
            headers["Retry-After"] = str(math.ceil(fault.retry_after))
        if fault.limit in _UNREAD:
            headers["Connection"] = "close"
    return headers


# A request that was not read to its end leaves nothing to go on with on its connection.
_UNREAD = {"body_bytes", "receive_seconds"}


def written_all(answers: Sequence[Answer]) -> Reply:
    """Write what became of several operations, in their order."""
    return Reply(_OK, dumped([shown(answer) for answer in answers]))


def refused(refusal: Refusal, media: str, request_id: str) -> Reply:
    """Write why a request was not run."""
    told = {"code": refusal.code.value, **refusal.extensions, "requestId": request_id}
    body = {"errors": [{"message": refusal.message, "extensions": told}]}
    return Reply(refusal.status, dumped(body), media, refusal.headers)


def shown(answer: Answer) -> dict[str, Any]:
    """Give an answer as it is written: errors first, and no `data` of what was not run."""
    body: dict[str, Any] = {}
    if answer.errors:
        body["errors"] = [_error(error) for error in answer.errors]
    if answer.ran:
        body["data"] = answer.data
    if answer.extensions:
        body["extensions"] = answer.extensions
    return body


def _error(error: GraphQLError) -> Mapping[str, Any]:
    return error.formatted
