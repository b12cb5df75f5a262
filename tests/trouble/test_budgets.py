"""What a platform allows: charged before sending, and waited for where there is time."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from gateway.sandbox import Sandbox
from gateway.settings import Settings
from resolvers.upstream.budget import RateLimit
from tests.graph.conftest import Graph, opened
from tests.graph.lists import global_id
from tests.trouble.asking import (
    AURORA,
    COMPANY_NAME,
    NEVER_MS,
    NODE,
    PALMERA,
    all_at_once,
    ask,
    codes,
    distinct,
    tuned,
    until_calls,
)

RENAME = """mutation Rename($id: ID!, $name: String!) { companyUpdate(
    id: $id, input: { conduit: { name: $name, isPageEnabled: true } }
) { company { name } } }"""
PIPELINES = """query Pipelines($many: Int!) { connection(name: "kondado") {
    ... on KondadoConnection {
        sourceTypes(first: $many) { nodes { name pipelineTypes { nodes { name } } } }
    }
} }"""
CODATS = [global_id("CodatCompany", "codat", f"none-{number}") for number in range(100)]


def limited(sandbox: Sandbox, calls: int, seconds: int = 300, *, share: float = 0) -> Settings:
    """Make settings that allow each connection so many calls, and keep a share for mutations."""
    settings = tuned(sandbox, rate_limits=(RateLimit(calls=calls, seconds=seconds),))
    return settings.model_copy(update={"mutation_share": share})


def waits(answer: dict[str, Any]) -> list[int]:
    """Give how long an answer's errors ask to wait, in seconds."""
    return [error["extensions"]["retryAfterSeconds"] for error in answer.get("errors", [])]


async def test_of_a_hundred_parallel_reads_with_twenty_left_twenty_are_sent(
    sandbox: Sandbox,
) -> None:
    """The others are told when to come back, and nothing is sent for them, then or later."""
    async with opened(sandbox, limited(sandbox, 20)) as graph:
        answers = await all_at_once(graph, distinct(100))
        more = await all_at_once(graph, distinct(5))
        calls = await graph.calls("conduit")

    refused = [answer for answer in answers if "errors" in answer]
    assert len(calls) == 20
    assert len(refused) == 80
    for answer in [*refused, *more]:
        assert codes(answer) == ["RATE_LIMITED"]
        assert 295 < waits(answer)[0] <= 301


async def test_requests_for_a_token_count_as_well(sandbox: Sandbox) -> None:
    """Clinked's limit is of all that comes from one address."""
    async with opened(sandbox, limited(sandbox, 20)) as graph:
        answers = await all_at_once(graph, distinct(100, "clinked"))
        calls = await graph.calls("clinked")

    assert len(calls) == 20
    assert len([answer for answer in answers if "errors" not in answer]) == 19


async def test_a_budget_that_is_used_up_is_an_outage_of_its_platform_alone(
    sandbox: Sandbox,
) -> None:
    """A list over all platforms says who is missing and for how long."""
    document = "{ companies { nodes { id } outages { connection code retryAfterSeconds } } }"
    async with opened(sandbox, limited(sandbox, 5)) as graph:
        await all_at_once(graph, distinct(5))
        answer = await ask(graph, document)

    (outage,) = answer["data"]["companies"]["outages"]
    assert (outage["connection"], outage["code"]) == ("conduit-north", "RATE_LIMITED")
    assert 295 < outage["retryAfterSeconds"] <= 301
    assert answer["data"]["companies"]["nodes"]


async def test_a_share_is_left_to_mutations(sandbox: Sandbox) -> None:
    """However much is read, what has to be written goes through, up to the platform's limit."""
    async with opened(sandbox, limited(sandbox, 20, share=0.2)) as graph:
        reads = await all_at_once(graph, distinct(50))
        names = [f"Name {number}" for number in range(5)]
        writes = [await ask(graph, RENAME, id=AURORA, name=name) for name in names]
        methods = [call["method"] for call in await graph.calls("conduit")]

    assert len([answer for answer in reads if "errors" not in answer]) == 16
    assert [codes(answer) for answer in writes] == [[], [], [], [], ["RATE_LIMITED"]]
    assert (methods.count("GET"), methods.count("POST")) == (16, 4)


def left(remaining: int, *, limit: int = 1000) -> dict[str, str]:
    """Give the headers by which Codat tells what is left of its day."""
    today = datetime.now(UTC).strftime("%Y-%m-%d")
    return {
        "X-Rate-Limit-Limit": str(limit),
        "X-Rate-Limit-Remaining": str(remaining),
        "X-Rate-Limit-Reset": f"{today}T23:59:59Z",
    }


async def test_what_codats_headers_say_is_kept_to(sandbox: Sandbox) -> None:
    """With twenty left of the day, a hundred parallel reads send twenty."""
    settings = tuned(sandbox).model_copy(update={"mutation_share": 0})
    async with opened(sandbox, settings) as graph:
        # All of them are answered as if none of them had been counted yet.
        await graph.fault("codat", status=404, headers=left(20))
        await ask(graph, NODE, id=CODATS[0])
        await graph.forget_calls()
        answers = await all_at_once(graph, CODATS)
        calls = await graph.calls("codat")

    refused = [answer for answer in answers if "errors" in answer]
    assert len(calls) == 20
    assert {code for answer in refused for code in codes(answer)} == {"RATE_LIMITED"}
    assert all(0 < waits(answer)[0] <= 86_400 for answer in refused)


async def test_of_what_codats_headers_say_a_share_is_left_to_mutations(sandbox: Sandbox) -> None:
    """A fifth of the day's limit, as of every other."""
    async with opened(sandbox, tuned(sandbox)) as graph:
        await graph.fault("codat", status=404, headers=left(200))
        await ask(graph, NODE, id=CODATS[0])
        read = await ask(graph, NODE, id=CODATS[1])
        await graph.fault("codat")
        document = """mutation { companyCreate(input: { codat: { name: "Kestrel" } }) {
            company { name }
        } }"""
        write = await ask(graph, document)

    assert codes(read) == ["RATE_LIMITED"]
    assert write == {"data": {"companyCreate": {"company": {"name": "Kestrel"}}}}


@pytest.fixture
def real_limits(sandbox: Sandbox) -> Settings:
    """Settings by which the gateway keeps the platforms' documented limits."""
    return tuned(sandbox, rate_limits=None)


async def limits_of(graph: Graph, platform: str, *, enabled: bool) -> None:
    """Switch a stand-in's limits on or off."""
    url = f"{graph.sandbox.url(platform)}/__limits"
    (await graph.outside.put(url, json={"enabled": enabled})).raise_for_status()


async def test_kondados_one_call_a_second_is_waited_for(
    sandbox: Sandbox, real_limits: Settings
) -> None:
    """A query of several calls takes its seconds, and Kondado refuses none of them."""
    async with opened(sandbox, real_limits) as graph:
        await limits_of(graph, "kondado", enabled=True)
        answer = await ask(graph, PIPELINES, many=2)
        statuses = [call["body"] for call in await graph.calls("kondado")]
        await limits_of(graph, "kondado", enabled=False)

    nodes = answer["data"]["connection"]["sourceTypes"]["nodes"]
    assert "errors" not in answer
    assert [len(one["pipelineTypes"]["nodes"]) > 0 for one in nodes] == [True, True]
    assert len(statuses) == 3


async def test_what_would_come_after_the_deadline_is_told_at_once(
    sandbox: Sandbox, real_limits: Settings
) -> None:
    """Of ten calls at one a second, those that fit are made, and the rest is not waited for."""
    async with opened(sandbox, real_limits) as graph:
        answer = await ask(graph, PIPELINES, within=2, many=10)
        calls = await graph.calls("kondado")

    nodes = answer["data"]["connection"]["sourceTypes"]["nodes"]
    assert len(calls) == 2
    assert len([one for one in nodes if one["pipelineTypes"] is not None]) == 1
    assert codes(answer) == ["RATE_LIMITED"] * 9
    assert min(waits(answer)) >= 1


async def test_operations_that_wait_for_a_turn_come_in_the_order_of_their_asking(
    sandbox: Sandbox,
) -> None:
    """Nobody is overtaken, and nobody starves."""
    ids = distinct(6)
    async with opened(sandbox, limited(sandbox, 2, 1)) as graph:
        answers = await all_at_once(graph, ids)
        calls = await graph.calls("conduit")

    assert answers == [{"data": {"company": None}}] * 6
    asked = [call["path"] for call in calls]
    assert asked == [f"/link/company/{number}/" for number in range(1000, 1006)]
    moments = [call["at"] for call in calls]
    assert all(later - earlier > 1 for earlier, later in zip(moments, moments[2:], strict=False))


async def test_retry_after_stops_all_calls_until_then(graph: Graph) -> None:
    """Who may not wait is told for how long; who may gets an answer after it."""
    await graph.fault("conduit", status=429, headers={"Retry-After": "2"}, times=1)
    first = await ask(graph, NODE, within=1, id=AURORA)
    impatient = await all_at_once(graph, distinct(5), within=0.5)
    patient = await ask(graph, NODE, within=20, id=AURORA)
    calls = await graph.calls("conduit")

    assert codes(first) == ["UPSTREAM_RATE_LIMITED"]
    assert waits(first) == [2]
    assert [codes(answer) for answer in impatient] == [["RATE_LIMITED"]] * 5
    assert [waits(answer)[0] for answer in impatient] == [2] * 5
    assert patient == {"data": {"node": {"id": AURORA}}}
    assert [call["status"] for call in calls] == [429, 200]
    assert calls[1]["at"] - calls[0]["at"] > 1.9


async def test_a_request_to_wait_is_not_forgotten_for_an_answer_that_was_under_way(
    graph: Graph,
) -> None:
    """Codat tells of its day in every answer; what it says of this minute stands beside that."""
    await graph.fault("codat", latency_after_ms=300)
    early = asyncio.create_task(ask(graph, NODE, id=CODATS[0]))
    await until_calls(graph, "codat", None)
    await graph.fault("codat", status=429, headers={"Retry-After": "60"})
    told = await ask(graph, NODE, within=5, id=CODATS[1])
    await early
    await graph.fault("codat")
    later = await ask(graph, NODE, within=5, id=CODATS[2])

    assert codes(told) == ["UPSTREAM_RATE_LIMITED"]
    assert codes(later) == ["RATE_LIMITED"]
    assert len(await graph.calls("codat")) == 2


async def test_the_wait_of_one_connection_is_not_anothers(graph: Graph) -> None:
    """Two Link Apps have two budgets."""
    await graph.fault("conduit", status=429, headers={"Retry-After": "60"}, times=1)
    await ask(graph, NODE, within=1, id=AURORA)

    assert await ask(graph, NODE, within=5, id=PALMERA) == {"data": {"node": {"id": PALMERA}}}


async def test_turns_of_calls_that_were_never_sent_are_given_back(sandbox: Sandbox) -> None:
    """A platform that hangs holds the only socket; what waits behind it has used nothing up."""
    settings = limited(sandbox, 4)
    connections = {
        name: one.model_copy(update={"most_connections": 1})
        for name, one in settings.connections.items()
    }
    async with opened(sandbox, settings.model_copy(update={"connections": connections})) as graph:
        await graph.fault("conduit", latency_ms=NEVER_MS)
        first = asyncio.create_task(ask(graph, COMPANY_NAME, within=1, id=AURORA))
        await until_calls(graph, "conduit", None)
        waiting = await all_at_once(graph, distinct(3), within=0.3)
        await first
        await graph.fault("conduit")
        later = await all_at_once(graph, distinct(4))

    assert [codes(answer) for answer in waiting] == [["DEADLINE_EXCEEDED"]] * 3
    assert [codes(answer) for answer in later].count([]) == 3


async def test_a_retry_takes_a_turn_of_its_own(sandbox: Sandbox) -> None:
    """Or an outage would make the gateway send more than the platform allows.

    What is told is the outage, since that was met first.
    """
    async with opened(sandbox, limited(sandbox, 1)) as graph:
        await graph.fault("conduit", status=503)
        answer = await ask(graph, NODE, id=AURORA)
        calls = await graph.calls("conduit")

    assert codes(answer) == ["UPSTREAM_UNAVAILABLE"]
    assert waits(answer)[0] > 200
    assert len(calls) == 1


async def test_limits_by_address_hold_for_all_connections_together(
    sandbox: Sandbox, real_limits: Settings
) -> None:
    """Kondado counts what comes from one machine, whoever's token it has."""
    kondado = real_limits.connections["kondado"]
    connections = {**real_limits.connections, "kondado-too": kondado}
    settings = real_limits.model_copy(update={"connections": connections})
    both = """{
        a: connection(name: "kondado") { ...Sources }
        b: connection(name: "kondado-too") { ...Sources }
    }
    fragment Sources on KondadoConnection { sourceTypes { totalCount } }"""
    async with opened(sandbox, settings) as graph:
        answer = await ask(graph, both, within=1)
        calls = await graph.calls("kondado")

    assert len(calls) == 1
    assert codes(answer) == ["RATE_LIMITED"]
