"""A gateway in this process, to be asked one HTTP request at a time; no platform is behind it."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from gateway import app
from gateway.settings import Given
from schema.limits.limit import Mode
from tests.no_tls import NO_TLS

CONNECTIONS = {"books": {"platform": "codat", "api_key": "k", "base_url": "http://127.0.0.1:9"}}
ASKED = {"query": "{ __typename }"}
ANSWERED = {"data": {"__typename": "Query"}}


class Told:
    """Keeps what is told of limits."""

    def __init__(self) -> None:
        self.of: list[tuple[str, Mode]] = []

    def __call__(self, limit: str, mode: Mode) -> None:
        """Keep it."""
        self.of.append((limit, mode))


@asynccontextmanager
async def asking(**settings: Any) -> AsyncGenerator[httpx.AsyncClient]:
    """Open a gateway with these settings and reach it."""
    given: dict[str, Any] = {"connections": CONNECTIONS, **settings}
    made = app.create(Given(**given))
    async with (
        made.router.lifespan_context(made),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(made), base_url="http://gateway", verify=NO_TLS
        ) as client,
    ):
        yield client


def error(response: httpx.Response) -> dict[str, Any]:
    """Give the only error of an answer that has no data."""
    body = response.json()
    assert list(body) == ["errors"]
    (only,) = body["errors"]
    assert only["extensions"]["requestId"] == response.headers["X-Request-Id"]
    return only


def code(response: httpx.Response) -> str:
    """Give the code of the only error of an answer that has no data."""
    return error(response)["extensions"]["code"]


def lines(captured: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """Give the log as a machine reads it."""
    return [json.loads(line) for line in captured.readouterr().err.splitlines()]
