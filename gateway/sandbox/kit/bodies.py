"""Reading what a caller sent."""

import json
from urllib.parse import parse_qsl

from starlette.requests import Request

from gateway.sandbox.kit.refusal import Refusal
from gateway.sandbox.kit.values import Record, record


def parsed(body: bytes) -> object:
    """Read the bytes as JSON; nothing readable is None."""
    try:
        return json.loads(body)
    except ValueError:
        return None


async def json_object(request: Request, otherwise: Refusal) -> Record:
    """Read the body as a JSON object, or refuse as told."""
    found = record(parsed(await request.body()))
    if found is None:
        raise otherwise
    return found


async def parameters(request: Request) -> dict[str, str]:
    """Read the query together with a form body, the body winning."""
    form = parse_qsl((await request.body()).decode("utf-8", "replace"))
    return {**request.query_params, **dict(form)}
