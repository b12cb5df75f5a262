"""A client that leaves takes its mutation with it, unless that has an idempotency key."""

from collections.abc import AsyncGenerator

import httpx
import pytest

from gateway.sandbox import Sandbox
from gateway.serve import sandbox_settings
from tests.graph.conftest import Graph
from tests.graph.mutations.keys import CONDUIT, CONDUIT_CREATE, ENTITY_CREATE, keyed, told, writes
from tests.graph.mutations.writing import Write
from tests.no_tls import NO_TLS
from tests.trouble.asking import until, until_calls
from tests.trouble.listening import Client, served

# As long as it takes to leave, and not much more.
MOMENT_MS = 700
# The name alone, so that the rest has to be read before it is written.
RENAMED = Write("companyUpdate", "conduit", CONDUIT, {"conduit": {"name": "Tyr Two"}})


@pytest.fixture
async def graph(sandbox: Sandbox) -> AsyncGenerator[Graph]:
    """A gateway behind a socket."""
    async with served(sandbox, sandbox_settings(sandbox)) as graph:
        yield graph


async def leaves(graph: Graph, write: Write) -> None:
    """Ask for a mutation, and leave as soon as something has come to its platform."""
    client = await Client.asks(graph, write.document("outcome"), **write.variables)
    await until_calls(graph, write.platform, None)
    await client.leave()


async def test_a_mutation_with_a_key_goes_on(graph: Graph) -> None:
    """Whoever asks again with the key gets its answer."""
    await graph.fault("leadconduit", latency_ms=MOMENT_MS, only={"method": "POST"})
    await leaves(graph, keyed(ENTITY_CREATE))
    await until_calls(graph, "leadconduit", 201)

    async def answered() -> bool:
        return (await told(graph, keyed(ENTITY_CREATE)))["outcome"] == "CONFIRMED"

    await until(answered)
    assert len(await writes(graph, "leadconduit")) == 1


async def test_a_mutation_with_a_key_goes_on_to_what_comes_after_its_reads(graph: Graph) -> None:
    """What it reads is not taken from it with what its client would have read."""
    await graph.fault("conduit", latency_ms=MOMENT_MS, only={"method": "GET"})
    await leaves(graph, keyed(RENAMED))

    get, post = await until_calls(graph, "conduit", 200, 200)
    assert (get["method"], post["method"]) == ("GET", "POST")
    assert post["body"]["name"] == "Tyr Two"


@pytest.mark.parametrize("write", [ENTITY_CREATE, RENAMED], ids=str)
async def test_a_mutation_without_a_key_ends(graph: Graph, write: Write) -> None:
    """Nobody could hear of it any more."""
    await graph.fault(write.platform, latency_ms=600_000)
    await leaves(graph, write)

    (call,) = await until_calls(graph, write.platform, 0)
    assert call["status"] == 0


async def test_a_gateway_that_is_stopped_ends_what_has_a_key(sandbox: Sandbox) -> None:
    """Its connections are closed afterwards, and the answer is kept for its successor."""
    calls = f"{sandbox.url('conduit')}/__calls"
    async with served(sandbox, sandbox_settings(sandbox)) as graph:
        await graph.fault("conduit", latency_ms=MOMENT_MS, only={"method": "POST"})
        await leaves(graph, keyed(CONDUIT_CREATE))
        (call,) = await graph.calls("conduit")
        assert call["status"] is None

    async with httpx.AsyncClient(verify=NO_TLS) as outside:
        assert [call["status"] for call in (await outside.get(calls)).json()] == [200]
