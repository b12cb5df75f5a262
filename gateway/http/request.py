"""What a client asks for: a request's parameters, out of its body or its address."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from starlette.datastructures import QueryParams

from gateway.http.refusal import Refusal

_TYPES: dict[str, tuple[type, str]] = {
    "query": (str, "a string"),
    "documentId": (str, "a string"),
    "operationName": (str, "a string"),
    "variables": (dict, "a map"),
    "extensions": (dict, "a map"),
}


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """One operation to run: a document, or the id of one that is known, and what goes with it."""

    query: str | None = None
    document_id: str | None = None
    operation_name: str | None = None
    variables: Mapping[str, Any] = field(default_factory=dict[str, Any])
    extensions: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "GraphQLRequest":
        """Take the parameters, those that are known; raises a `Refusal` with status 400."""
        for name, (kind, called) in _TYPES.items():
            if given.get(name) is not None and not isinstance(given[name], kind):
                raise Refusal(400, f"`{name}` is {called}.")
        # Apollo's clients send the hash of a document alone.
        hashed = "persistedQuery" in (given.get("extensions") or {})
        if given.get("query") is None and given.get("documentId") is None and not hashed:
            raise Refusal(400, "There is nothing to run: a request has a `query`.")
        return cls(
            given.get("query"),
            given.get("documentId"),
            # Some clients send an empty name for none.
            given.get("operationName") or None,
            given.get("variables") or {},
            given.get("extensions") or {},
        )


def posted(body: bytes, most: int) -> list[GraphQLRequest] | GraphQLRequest:
    """Read a body: one request, or a list of up to `most`; raises a `Refusal` with status 400."""
    given = _json(body, "The body of the request")
    if not isinstance(given, list):
        return GraphQLRequest.of(_map(given))
    items = cast("list[Any]", given)
    if not most:
        raise Refusal(400, "This gateway takes one operation in a request, and no list of them.")
    if not 1 <= len(items) <= most:
        raise Refusal(400, f"A list has 1 to {most} operations.")
    return [GraphQLRequest.of(_map(item)) for item in items]


def asked_by_address(parameters: QueryParams) -> GraphQLRequest:
    """Read the parameters of an address; raises a `Refusal` with status 400."""
    given: dict[str, Any] = {}
    for name in _TYPES.keys() & parameters.keys():
        several = parameters.getlist(name)
        if len(several) > 1:
            raise Refusal(400, f"`{name}` stands in the address twice.")
        given[name] = several[0]
    for name in ("variables", "extensions"):
        if given.get(name):
            given[name] = _json(given[name].encode(), f"`{name}`")
        else:
            given.pop(name, None)
    return GraphQLRequest.of(given)


def _map(given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise Refusal(400, "The body of the request is a JSON object.")
    return cast("dict[str, Any]", given)


def _json(text: bytes, what: str) -> Any:
    try:
        # By itself, `json` takes UTF-16 too, and numbers that JSON does not have.
        found = json.loads(
            text.decode(), parse_constant=_refuse, object_pairs_hook=_with_each_name_once
        )
        if _SURROGATE.search(text):
            # Two of them may be one character; one alone is none, and cannot be sent on.
            json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Refusal(400, f"{what} is not JSON in UTF-8.") from None
    return found


_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _with_each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object; what looks at requests on their way may read the other of two values."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Refusal(400, "An object of the request has a name twice.")
    return found
