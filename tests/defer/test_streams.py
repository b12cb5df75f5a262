"""Over a socket: what is fast is there while what is slow is still waited for."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import httpx
import pytest

from gateway.http.protocol import BoundedProtocol
from gateway.sandbox import Sandbox
from tests.defer.asking import headers
from tests.graph.conftest import Graph
from tests.multipart import CURRENT, FORMS, parts_of, whole
from tests.trouble.asking import AURORA, COMPANY, NEVER_MS, tuned, until, until_calls
from tests.trouble.listening import Client, Http, served

DOCUMENT = """query Fast($fast: ID!, $slow: ID!) {
    fast: company(id: $fast) { platform }
    ... @defer(label: "slow") { slow: company(id: $slow) { name } }
}"""
BOTH_SLOW = """query Slow($fast: ID!, $slow: ID!) {
    fast: company(id: $fast) { name }
    ... @defer { slow: company(id: $slow) { name } }
}"""
THREE = """query Three($fast: ID!, $slow: ID!) {
    __typename
    ... @defer(label: "slow") { slow: company(id: $slow) { name } }
    ... @defer(label: "fast") { fast: company(id: $fast) { name } }
}"""
IDS = {"fast": COMPANY, "slow": AURORA}


# Ours tells by itself that a client has gone; of others it is waited for.
either_protocol = pytest.mark.parametrize("graph", ["auto", BoundedProtocol], indirect=True)


@pytest.fixture
async def graph(request: pytest.FixtureRequest, sandbox: Sandbox) -> AsyncGenerator[Graph]:
    """A gateway behind a socket."""
    protocol: Http = getattr(request, "param", BoundedProtocol)
    async with served(sandbox, tuned(sandbox), protocol) as graph:
        yield graph


@asynccontextmanager
async def streamed(
    graph: Graph, document: str, accept: str = CURRENT, **more: str
) -> AsyncGenerator[httpx.Response]:
    """Ask, and read while it is answered."""
    body = {"query": document, "variables": IDS}
    named = {name.replace("_", "-"): value for name, value in more.items()}
    async with graph.gateway.stream(
        "POST", "/graphql", json=body, headers=headers(accept, **named)
    ) as response:
        yield response


@either_protocol
async def test_the_first_part_is_there_while_a_platform_has_not_answered(
    graph: Graph,
) -> None:
    """And who leaves then takes with them what is still under way."""
    await graph.fault("conduit", latency_ms=NEVER_MS)
    async with streamed(graph, DOCUMENT) as response:
        first = await anext(parts_of(response))
        await until_calls(graph, "conduit", None)

    assert first["data"] == {"fast": {"platform": "CODAT"}}
    assert first["hasNext"]
    await until_calls(graph, "conduit", 0)

    async def told() -> bool:
        numbers = (await graph.gateway.get("/metrics")).text
        return 'manifold_operations_total{kind="query",result="gone"} 1.0' in numbers

    await until(told)


@either_protocol
async def test_what_is_deferred_is_asked_for_while_the_first_part_is_waited_for(
    graph: Graph,
) -> None:
    """It comes no later than without; and who leaves before the first part takes it along."""
    for platform in ("codat", "conduit"):
        await graph.fault(platform, latency_ms=NEVER_MS)
    client = await Client.asks(graph, BOTH_SLOW, accept=CURRENT, fast=COMPANY, slow=AURORA)
    await until_calls(graph, "codat", None)
    await until_calls(graph, "conduit", None)
    await client.leave()

    await until_calls(graph, "codat", 0)
    await until_calls(graph, "conduit", 0)


@pytest.mark.parametrize("accept", FORMS)
async def test_what_is_late_is_an_error_of_its_own_part(graph: Graph, accept: str) -> None:
    """By the deadline of the operation, and what is in time has come before."""
    await graph.fault("conduit", latency_ms=NEVER_MS)
    async with streamed(graph, THREE, accept, Manifold_Deadline="1") as response:
        found = [part async for part in parts_of(response)]
    _, second, third, last = found

    (fast,), (slow,) = second["incremental"], third["incremental"]
    assert fast["data"]["fast"]["name"]
    assert (slow["data"], slow["errors"][0]["path"]) == ({"slow": None}, ["slow"])
    (error,) = whole(found)["errors"]
    assert error["extensions"]["code"] == "DEADLINE_EXCEEDED"
    assert not last["hasNext"]
    await until_calls(graph, "conduit", 0)
