"""A client that goes away takes its upstream calls with it, and nobody else's."""

import asyncio
import logging
from collections.abc import AsyncGenerator

import pytest

from gateway.sandbox import Sandbox
from resolvers.upstream.budget import RateLimit
from tests.graph.conftest import Graph, opened
from tests.trouble.asking import (
    AURORA,
    COMPANY_NAME,
    LARKSPUR,
    NEVER_MS,
    NODE,
    PALMERA,
    PLATFORMS,
    ask,
    distinct,
    sign_in,
    tuned,
    until,
    until_calls,
)
from tests.trouble.listening import Client, served

# What is asked second shows at its stand-in, and what is asked first was begun before it.
TWO = """query Two($id: ID!, $seen: ID!) {
    company(id: $id) { name } seen: company(id: $seen) { id }
}"""
SOURCES = """query Sources($first: Int!, $seen: ID!) {
    connection(name: "kondado") {
        ... on KondadoConnection { destinationTypes(first: $first) { totalCount } }
    }
    seen: company(id: $seen) { id }
}"""
MORE_SOURCES = """{ connection(name: "kondado") {
    ... on KondadoConnection { sourceTypes { totalCount } }
} }"""


@pytest.fixture
async def graph(sandbox: Sandbox) -> AsyncGenerator[Graph]:
    """A gateway behind a socket."""
    async with served(sandbox, tuned(sandbox)) as graph:
        yield graph


@pytest.mark.parametrize("wait", ["latency_ms", "latency_after_ms"])
async def test_the_calls_of_a_client_that_leaves_are_cancelled(graph: Graph, wait: str) -> None:
    """On every platform that it was waiting for."""
    await graph.fault("conduit", **{wait: NEVER_MS})
    await graph.fault("codat", **{wait: NEVER_MS})
    client = await Client.asks(graph, "{ companies { nodes { id } } }")
    await until_calls(graph, "conduit", None, None)
    await until_calls(graph, "codat", None)
    await client.leave()

    await until_calls(graph, "conduit", 0, 0)
    await until_calls(graph, "codat", 0)


async def test_the_next_step_of_a_chain_is_not_taken_for_a_client_that_left(graph: Graph) -> None:
    """Nobody would read it."""
    await graph.fault("clinked", latency_ms=NEVER_MS, only={"path": "/v3/accounts"})
    document = "query($id: ID!) { company(id: $id) { name members { nodes { id } } } }"
    client = await Client.asks(graph, document, id=LARKSPUR)
    await until_calls(graph, "clinked", 200, None)
    await client.leave()
    await until_calls(graph, "clinked", 200, 0)
    await graph.fault("clinked")
    await ask(graph, NODE, id=LARKSPUR)

    paths = [call["path"] for call in await graph.calls("clinked")]
    assert paths == ["/oauth/token", "/v3/accounts/11", "/v3/accounts/11"]


async def test_a_read_that_another_waits_for_goes_on(graph: Graph) -> None:
    """Whoever asked first may leave; the call is one, and its answer comes."""
    await graph.fault("conduit", latency_ms=700, only={"path": "/link/company/aurora7"})
    first = await Client.asks(graph, COMPANY_NAME, id=AURORA)
    await until_calls(graph, "conduit", None)
    second = await Client.asks(graph, TWO, id=AURORA, seen=PALMERA)
    await until_calls(graph, "conduit", 200, path="/link/company/1")
    await first.leave()
    answer = await second.answer()

    assert answer["data"]["company"] == {"name": "Aurora Seven Hotels"}
    await until_calls(graph, "conduit", 200, path="/link/company/aurora7")


async def test_a_client_that_leaves_a_shared_read_harms_nobody(graph: Graph) -> None:
    """Neither the first nor the second need be the one that stays."""
    await graph.fault("conduit", latency_ms=700, only={"path": "/link/company/aurora7"})
    first = await Client.asks(graph, COMPANY_NAME, id=AURORA)
    await until_calls(graph, "conduit", None)
    second = await Client.asks(graph, TWO, id=AURORA, seen=PALMERA)
    await until_calls(graph, "conduit", 200, path="/link/company/1")
    await second.leave()

    assert (await first.answer())["data"]["company"] == {"name": "Aurora Seven Hotels"}
    await until_calls(graph, "conduit", 200, path="/link/company/aurora7")


async def test_a_turn_that_is_waited_for_is_given_back(sandbox: Sandbox) -> None:
    """The next caller takes the place in the queue, and what nobody waits for is not sent."""
    limits = (RateLimit(calls=1, seconds=1),)
    settings = tuned(sandbox)
    kondado = settings.connections["kondado"].model_copy(update={"rate_limits": limits})
    connections = {**settings.connections, "kondado": kondado}
    async with served(sandbox, settings.model_copy(update={"connections": connections})) as graph:
        await ask(graph, MORE_SOURCES)
        await graph.fault("conduit", latency_ms=NEVER_MS)
        queued = await Client.asks(graph, SOURCES, first=1, seen=AURORA)
        await until_calls(graph, "conduit", None)
        await queued.leave()
        await until_calls(graph, "conduit", 0)
        # Behind the one that left it would be two and a half seconds.
        answer = await ask(graph, MORE_SOURCES, within=2)
        paths = [call["path"] for call in await graph.calls("kondado")]

    assert answer["data"] == {"connection": {"sourceTypes": {"totalCount": 12}}}
    assert paths == ["/parent_collections/src"] * 2


async def test_slots_are_free_again_when_their_clients_have_left(sandbox: Sandbox) -> None:
    """Many that leave while a platform hangs do not keep the next one from asking it."""
    async with served(sandbox, tuned(sandbox, most_connections=3)) as graph:
        await graph.fault("conduit", latency_ms=NEVER_MS)
        clients = [await Client.asks(graph, COMPANY_NAME, id=id) for id in distinct(9)]
        await until_calls(graph, "conduit", None, None, None)
        for client in clients:
            await client.leave()
        await until_calls(graph, "conduit", 0, 0, 0)
        await graph.fault("conduit")
        answer = await ask(graph, COMPANY_NAME, id=AURORA)
        calls = await graph.calls("conduit")

    assert answer["data"] == {"company": {"name": "Aurora Seven Hotels"}}
    assert [call["status"] for call in calls] == [0, 0, 0, 200]


async def test_a_write_that_a_client_leaves_is_not_sent_again(graph: Graph) -> None:
    """Its call is cancelled as a read is; what the platform has done stays done."""
    await graph.fault("conduit", latency_after_ms=NEVER_MS)
    change = '{ conduit: { name: "Left", isPageEnabled: true } }'
    document = (
        f"mutation($id: ID!) {{ companyUpdate(id: $id, input: {change}) {{ company {{ id }} }} }}"
    )
    client = await Client.asks(graph, document, id=AURORA)
    await until_calls(graph, "conduit", None)
    await client.leave()
    await until_calls(graph, "conduit", 0)
    await graph.fault("conduit")

    assert await graph.data(COMPANY_NAME, id=AURORA) == {"company": {"name": "Left"}}
    assert [call["method"] for call in await graph.calls("conduit")] == ["POST", "GET"]


async def test_a_client_that_leaves_in_the_middle_of_its_document_costs_nothing(
    graph: Graph, caplog: pytest.LogCaptureFixture
) -> None:
    """No call is made for it, and it is no failure of the gateway's."""
    client = await Client.asks(graph, NODE, unsent=5, id=AURORA)
    await graph.data("{ connections { name } }")
    await client.leave()
    await graph.data("{ connections { name } }")

    assert await graph.calls("conduit") == []
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == []


# graphql-core makes the coroutines of all fields before it waits for any of them.
@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_nothing_goes_on_for_a_client_that_leaves_at_any_moment(sandbox: Sandbox) -> None:
    """However far its operation has come, no call is left behind."""
    document = "{ companies { nodes { id } } entities { nodes { id } } }"
    async with opened(sandbox, tuned(sandbox, timeout_seconds=100)) as graph:
        await sign_in(graph)
        for platform in PLATFORMS:
            await graph.fault(platform, latency_ms=NEVER_MS)
        for steps in range(40):
            asked = asyncio.create_task(ask(graph, document))
            for _ in range(steps):
                await asyncio.sleep(0)
            asked.cancel()
            await asyncio.wait([asked])
        # A call that was on its way may come now, but nobody is behind it.
        for platform in PLATFORMS:
            await until(lambda platform=platform: _is_left(graph, platform))
        await asyncio.gather(*(graph.fault(platform) for platform in PLATFORMS))
        for platform in PLATFORMS:
            assert {call["status"] for call in await graph.calls(platform)} <= {0}


async def _is_left(graph: Graph, platform: str) -> bool:
    return None not in [call["status"] for call in await graph.calls(platform)]
