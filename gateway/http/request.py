"""What a client asks for: a request's parameters, out of its body or its address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from starlette.datastructures import QueryParams

from gateway.http.reader import NameTwice, read
from gateway.http.refusal import Refusal

_TYPES: dict[str, tuple[type, str]] = {
    "query": (str, "a string"),
    "documentId": (str, "a string"),
    "operationName": (str, "a string"),
    "variables": (dict, "a map"),
    "extensions": (dict, "a map"),
}
# What else stands in a request is passed over.
_ANY = (object, "")


@dataclass(slots=True)
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
        for name, value in given.items():
            kind, called = _TYPES.get(name, _ANY)
            if value is not None and not isinstance(value, kind):
                raise Refusal(400, f"`{name}` is {called}.")
        find = given.get
        query, id = find("query"), find("documentId")
        extensions: Mapping[str, Any] = find("extensions") or {}
        # Apollo's clients send the hash of a document alone.
        if query is None and id is None and "persistedQuery" not in extensions:
            raise Refusal(400, "There is nothing to run: a request has a `query`.")
        # Some clients send an empty name for none.
        name = find("operationName") or None
        return cls(query, id, name, find("variables") or {}, extensions)


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
        return read(text)
    except NameTwice:
        raise Refusal(400, "An object of the request has a name twice.") from None
    except (ValueError, RecursionError):
        raise Refusal(400, f"{what} is not JSON in UTF-8.") from None
