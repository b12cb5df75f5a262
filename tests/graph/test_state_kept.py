"""Where state is kept is seen from outside: in the store, or here while that is away."""

import json
from collections.abc import AsyncGenerator

import pytest

from gateway import logs
from gateway.sandbox import Sandbox
from gateway.serve import sandbox_settings
from tests.graph.conftest import Graph, opened
from tests.store_server import ServerProcess
from tests.trouble.asking import AURORA, COMPANY_NAME, until

KEPT = "{ connections { name stateKept token { renewedAt } } }"


@pytest.fixture
async def shared(sandbox: Sandbox, own_server: ServerProcess) -> AsyncGenerator[Graph]:
    """A gateway that keeps state in a store."""
    settings = sandbox_settings(sandbox, store=own_server.url, store_key="k" * 32)
    async with opened(sandbox, settings) as graph:
        yield graph


async def kept(graph: Graph) -> set[str]:
    """Tell where state is kept, by every way there is to see it."""
    connections = (await graph.data(KEPT))["connections"]
    ready = await graph.gateway.get("/readyz")
    numbers = (await graph.gateway.get("/metrics")).text
    counted = [line for line in numbers.splitlines() if line.startswith("manifold_store_state")]

    assert ready.status_code == 200
    return {
        *(one["stateKept"] for one in connections),
        ready.json()["stateKept"],
        *(line.split('"')[1] for line in counted if line.endswith(" 1.0")),
    }


async def test_a_store_that_goes_and_comes_back_shows(
    shared: Graph, own_server: ServerProcess, capsys: pytest.CaptureFixture[str]
) -> None:
    """The gateway is ready all the time, and answers."""
    logs.configure("info", "json")
    before = await kept(shared)
    own_server.kill()
    answer = await shared.data(COMPANY_NAME, id=AURORA)
    away = await kept(shared)
    own_server.start()

    async def is_back() -> bool:
        return await kept(shared) == {"SHARED"}

    await until(is_back)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    assert before == {"SHARED"}
    assert answer == {"company": {"name": "Aurora Seven Hotels"}}
    assert away == {"DEGRADED"}
    told = [line["event"] for line in lines if "store" in line]
    assert told == ["store is away, state is kept locally", "store is back"]
