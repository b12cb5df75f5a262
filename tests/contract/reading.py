"""Reads documents as the gateway reads answers."""

import json
from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin

from gateway.coverage.compare import Key
from resolvers.call import Call, Endpoint
from resolvers.reply import decode
from resolvers.upstream.wire import Response
from tests.contract.compared import FACTS, endpoints
from tests.contract.documents import decoded


def read(endpoint: Endpoint[Any], document: Any) -> Any:
    """Decode a document as the answer to an endpoint."""
    call = Call(endpoint, "any", endpoint.path)
    return decode(call, Response(200, {}, json.dumps(document).encode()))


def places(endpoint: Endpoint[Any], value: Any) -> Iterator[tuple[str, Any]]:
    """Give everything that was decoded, with its place in the document."""
    is_noted = get_origin(endpoint.reply) is Annotated
    return decoded(value, "", get_args(endpoint.reply)[1:] if is_noted else ())


def _is_read(key: Key) -> bool:
    endpoint = endpoints().get(key)
    if endpoint is None or endpoint.reply in {type(None), Response}:
        return False
    return FACTS[key].example.response is not None


# Sections whose answer is shown by an example, and read.
READ = [key for key in FACTS if _is_read(key)]
