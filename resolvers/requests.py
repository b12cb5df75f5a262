"""How a connection's calls become requests, still without credentials."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from resolvers.call import Call, Endpoint, Method
from resolvers.platform import Credentials
from resolvers.upstream.retry import Safety
from resolvers.upstream.wire import Request

# One for all that send no body: nobody changes a request's headers.
_PLAIN: Mapping[str, str] = {"Accept": "application/json"}
_KEYED = frozenset({Method.POST, Method.PATCH})


@dataclass(frozen=True, slots=True)
class Manner:
    """What holds for all calls of one endpoint on one connection.

    `name` is its verb and template; `key_header` is where its platform looks for an idempotency
    key, if it does.
    """

    name: str
    safety: Safety
    key_header: str | None


class Requests:
    """Makes the requests of one connection; what is the same for all of them is made once."""

    def __init__(self, credentials: Credentials) -> None:
        """Take what is the same from the settings."""
        self._address = credentials.address
        self._timeout = credentials.timeout_seconds
        self._most_bytes = credentials.most_answer_bytes
        self._key_header = credentials.idempotency_header
        self._manners: dict[Endpoint[Any], Manner] = {}

    def manner(self, endpoint: Endpoint[Any]) -> Manner:
        """Tell how an endpoint's calls are made."""
        found = self._manners.get(endpoint)
        if found is None:
            found = self._manners[endpoint] = self._found(endpoint)
        return found

    def make(self, call: Call, key: str | None) -> Request:
        """Make a call's request; without a key it has one of its own, where it needs any."""
        return Request(
            call.endpoint.method,
            self._address + call.path,
            call.query,
            self._headers(call, key),
            call.body,
            self._timeout,
            self._most_bytes,
        )

    def _found(self, endpoint: Endpoint[Any]) -> Manner:
        key_header = self._key_header if endpoint.method in _KEYED else None
        if endpoint.is_read:
            safety = Safety.READ
        elif endpoint.repeatable:
            safety = Safety.REPEATABLE
        else:
            safety = Safety.ONCE if key_header is None else Safety.KEYED
        return Manner(str(endpoint), safety, key_header)

    def _headers(self, call: Call, key: str | None) -> Mapping[str, str]:
        key_header = self.manner(call.endpoint).key_header
        if key_header is None and call.body is None:
            return _PLAIN
        headers = dict(_PLAIN)
        if key_header is not None:
            headers[key_header] = key or str(uuid.uuid4())
        if call.body is not None:
            headers["Content-Type"] = "application/json"
        return headers
