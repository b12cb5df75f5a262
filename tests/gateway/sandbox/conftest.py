"""One sandbox for all tests of this folder, back at its seed before each."""

import base64
from collections.abc import AsyncGenerator, Generator
from typing import Any

import httpx
import pytest

from gateway.sandbox import Sandbox, running_sandbox
from tests.no_tls import NO_TLS


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Run on asyncio only."""
    return "asyncio"


@pytest.fixture(scope="session")
def running() -> Generator[Sandbox]:
    """Run one sandbox for the whole session, without rate limits."""
    with running_sandbox(limits=False) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    """Give the sandbox, back at its seed."""
    for stand_in in running.stand_ins:
        stand_in.reset()
    return running


@pytest.fixture
def described(sandbox: Sandbox) -> dict[str, dict[str, Any]]:
    """Give the connections by name."""
    return {one["connection"]: one for one in sandbox.describe()}


@pytest.fixture
async def clinked(described: dict[str, dict[str, Any]]) -> AsyncGenerator[httpx.AsyncClient]:
    """Give a client with an application's token."""
    connection = described["clinked"]
    async with httpx.AsyncClient(base_url=connection["url"], verify=NO_TLS) as client:
        form = {"grant_type": "client_credentials", **connection["credentials"]}
        token = (await client.post("/oauth/token", data=form)).json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


@pytest.fixture
async def codat(described: dict[str, dict[str, Any]]) -> AsyncGenerator[httpx.AsyncClient]:
    """Give a client that signs with the encoded key."""
    connection = described["codat"]
    signed = base64.b64encode(connection["credentials"]["api_key"].encode()).decode()
    headers = {"Authorization": f"Basic {signed}"}
    async with httpx.AsyncClient(
        base_url=connection["url"], headers=headers, verify=NO_TLS
    ) as client:
        yield client


@pytest.fixture
async def north(described: dict[str, dict[str, Any]]) -> AsyncGenerator[httpx.AsyncClient]:
    """Give a client of the northern Link App."""
    async with link_app(described["conduit-north"]) as client:
        yield client


@pytest.fixture
async def south(described: dict[str, dict[str, Any]]) -> AsyncGenerator[httpx.AsyncClient]:
    """Give a client of the southern Link App."""
    async with link_app(described["conduit-south"]) as client:
        yield client


@pytest.fixture
async def kondado(described: dict[str, dict[str, Any]]) -> AsyncGenerator[httpx.AsyncClient]:
    """Give a client that puts its credentials in the query."""
    connection = described["kondado"]
    async with httpx.AsyncClient(
        base_url=connection["url"], params=connection["credentials"], verify=NO_TLS
    ) as client:
        yield client


@pytest.fixture
async def leadconduit(described: dict[str, dict[str, Any]]) -> AsyncGenerator[httpx.AsyncClient]:
    """Give a client that signs in with the key as its password."""
    connection = described["leadconduit"]
    auth = ("API", connection["credentials"]["api_key"])
    async with httpx.AsyncClient(base_url=connection["url"], auth=auth, verify=NO_TLS) as client:
        yield client


def link_app(connection: dict[str, Any]) -> httpx.AsyncClient:
    """Make a client of one Link App."""
    token = connection["credentials"]["link_app_token"]
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.AsyncClient(base_url=connection["url"], headers=headers, verify=NO_TLS)
