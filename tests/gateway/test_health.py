"""Whether the process lives and takes requests, and how its connections are."""

from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest

from gateway import app
from gateway.health import drain
from gateway.sandbox import Sandbox, running_sandbox
from gateway.serve import sandbox_settings
from gateway.settings import Settings
from tests.no_tls import NO_TLS

ASKED = "{ companies(platforms: [CODAT, CONDUIT]) { nodes { id } } }"


@pytest.fixture(scope="module")
def settings() -> Settings:
    """Settings of a gateway over stand-ins that have gone away again."""
    with running_sandbox(limits=False) as running:
        return sandbox_settings(running)


async def ready(client: httpx.AsyncClient) -> tuple[int, dict[str, Any]]:
    """Ask a gateway whether it takes requests."""
    answer = await client.get("/readyz")
    return answer.status_code, answer.json()


def connected(made: Any) -> httpx.AsyncClient:
    """Reach a gateway in this process."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(made), base_url="http://gateway", verify=NO_TLS
    )


@pytest.fixture
async def sandbox() -> AsyncGenerator[Sandbox]:
    """Stand-ins of this test alone, which it may stop."""
    async with Sandbox(limits=False) as running:
        yield running


async def test_a_gateway_that_takes_requests_tells_how_its_connections_are(
    sandbox: Sandbox,
) -> None:
    """Each by its name, its platform, its status and its breaker, and where that is kept."""
    made = app.create(sandbox_settings(sandbox))
    async with made.router.lifespan_context(made), connected(made) as client:
        await client.post("/graphql", json={"query": ASKED})
        status, told = await ready(client)

    assert (status, told["status"], told["stateKept"]) == (200, "ready", "LOCAL")
    assert [tuple(one.values()) for one in told["connections"]] == [
        ("clinked", "clinked", "UNKNOWN", "CLOSED"),
        ("codat", "codat", "UP", "CLOSED"),
        ("conduit-north", "conduit", "UP", "CLOSED"),
        ("conduit-south", "conduit", "UP", "CLOSED"),
        ("kondado", "kondado", "UNKNOWN", "CLOSED"),
        ("leadconduit", "leadconduit", "UNKNOWN", "CLOSED"),
    ]
    assert list(told["connections"][0]) == ["name", "platform", "status", "breaker"]


async def test_platforms_that_are_all_away_leave_the_gateway_ready(settings: Settings) -> None:
    """Another replica would reach them no better, and callers are told of outages."""
    made = app.create(settings)
    async with made.router.lifespan_context(made), connected(made) as client:
        for _ in range(12):
            await client.post("/graphql", json={"query": ASKED})
        status, told = await ready(client)

    assert (status, told["status"]) == (200, "ready")
    shown = {one["name"]: (one["status"], one["breaker"]) for one in told["connections"]}
    assert shown["codat"] == ("DOWN", "OPEN")
    assert shown["leadconduit"] == ("UNKNOWN", "CLOSED")


async def test_a_gateway_that_has_not_started_is_not_ready(settings: Settings) -> None:
    """But its process lives."""
    async with connected(app.create(settings)) as client:
        assert await ready(client) == (503, {"status": "starting"})
        assert (await client.get("/healthz")).json() == {"status": "alive"}


async def test_a_gateway_that_leaves_is_not_ready(settings: Settings) -> None:
    """Whoever spreads requests sends it no more of them; those that come are answered."""
    made = app.create(settings)
    async with made.router.lifespan_context(made), connected(made) as client:
        drain(made)
        leaving = await ready(client)
        lives = (await client.get("/healthz")).status_code
        answered = await client.post("/graphql", json={"query": "{ __typename }"})

    assert leaving == (503, {"status": "draining"})
    assert lives == 200
    assert answered.json() == {"data": {"__typename": "Query"}}


async def test_a_gateway_that_has_ended_is_not_ready(settings: Settings) -> None:
    """Its connections are closed."""
    made = app.create(settings)
    async with made.router.lifespan_context(made):
        pass
    async with connected(made) as client:
        assert await ready(client) == (503, {"status": "draining"})
