"""Reads documents as the gateway reads answers."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin

from gateway.coverage.compare import Key
from resolvers.call import Call, Endpoint
from resolvers.reply import decode
from resolvers.upstream.wire import Response
from tests.contract.compared import FACTS, endpoints, named
from tests.contract.documents import decoded


def read(endpoint: Endpoint[Any], document: Any) -> Any:
    """Decode a document as the answer to an endpoint."""
    call = Call(endpoint, "any", endpoint.path)
    return decode(call, Response(200, {}, json.dumps(document).encode()))


def places(endpoint: Endpoint[Any], value: Any) -> Iterator[tuple[str, Any]]:
    """Give everything that was decoded, with its place in the document."""
    is_noted = get_origin(endpoint.reply) is Annotated
    return decoded(value, "", get_args(endpoint.reply)[1:] if is_noted else ())


@dataclass(frozen=True, slots=True)
class Case:
    """An endpoint, and the example of the answer that it reads."""

    key: Key
    endpoint: Endpoint[Any]
    document: Any

    def __str__(self) -> str:
        """Name the section, and the endpoint since it may not be the only one."""
        return f"{named(self.key)} {self.endpoint}"

    def decoded(self) -> Iterator[tuple[str, Any]]:
        """Give everything that is read of the example, with its place."""
        return places(self.endpoint, read(self.endpoint, self.document))


def _cases() -> Iterator[Case]:
    for endpoint in endpoints():
        key = (endpoint.platform, endpoint.section)
        document = FACTS[key].example.response if key in FACTS else None
        if document is not None and endpoint.reply not in {type(None), Response}:
            yield Case(key, endpoint, document)


# Every answer that is shown by an example, and read; once for all endpoints that read it alike.
CASES = list({(str(case), case.endpoint.reply): case for case in _cases()}.values())
