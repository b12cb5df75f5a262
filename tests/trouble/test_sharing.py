"""Equal reads of different operations are one call, and nothing else is shared between them."""

import asyncio

import pytest

from gateway.sandbox import Sandbox
from resolvers.upstream.budget import RateLimit
from tests.graph.conftest import Graph, opened
from tests.graph.lists import global_id
from tests.trouble.asking import (
    ALDER,
    AURORA,
    COMPANY,
    COMPANY_NAME,
    LARKSPUR,
    NEVER_MS,
    NODE,
    PALMERA,
    all_at_once,
    ask,
    codes,
    posted,
    sign_in,
    tuned,
    until_calls,
)

NORTH = global_id("ConduitCompany", "conduit-north", "1")
ONES = {"clinked": LARKSPUR, "codat": COMPANY, "conduit": AURORA, "leadconduit": ALDER}
RENAME = """mutation Rename($id: ID!, $name: String!) { companyUpdate(
    id: $id, input: { conduit: { name: $name, isPageEnabled: true } }
) { company { name } } }"""
SOURCES = """{ connection(name: "kondado") {
    ... on KondadoConnection { sourceTypes { totalCount } }
} }"""


@pytest.mark.parametrize("platform", ONES)
async def test_parallel_operations_that_read_the_same_cause_one_call(
    graph: Graph, platform: str
) -> None:
    """Thirty callers of one thing are one caller to its platform."""
    await sign_in(graph)
    await graph.fault(platform, latency_ms=300)
    answers = await asyncio.gather(*(ask(graph, NODE, id=ONES[platform]) for _ in range(30)))

    assert answers == [{"data": {"node": {"id": ONES[platform]}}}] * 30
    assert [call["status"] for call in await graph.calls(platform)] == [200]


async def test_parallel_operations_share_a_list_too(graph: Graph) -> None:
    """Kondado's catalogue has no ids to ask for."""
    await graph.fault("kondado", latency_ms=300)
    answers = await asyncio.gather(*(ask(graph, SOURCES) for _ in range(30)))

    assert answers == [answers[0]] * 30
    assert answers[0]["data"]["connection"]["sourceTypes"] == {"totalCount": 12}
    assert [call["status"] for call in await graph.calls("kondado")] == [200]


async def test_what_was_answered_is_not_kept_for_the_next_operation(graph: Graph) -> None:
    """Only what is under way is shared; an answer would age."""
    for _ in range(3):
        await graph.data(NODE, id=AURORA)

    assert len(await graph.calls("conduit")) == 3


async def test_two_connections_of_one_platform_never_share(graph: Graph) -> None:
    """The same path with other credentials is another read, with another answer."""
    await graph.fault("conduit", latency_ms=300)
    asked = [NORTH, PALMERA] * 10
    answers = await all_at_once(graph, asked)

    names = [answer["data"]["company"]["name"] for answer in answers]
    assert names == ["Fjordlight Bakery", "Palmera Surf Hire"] * 10
    assert [call["path"] for call in await graph.calls("conduit")] == ["/link/company/1/"] * 2


async def test_each_operation_leaves_a_shared_read_at_its_own_deadline(graph: Graph) -> None:
    """The impatient are told so, and the call goes on for the patient one."""
    await graph.fault("conduit", latency_ms=800)
    impatient = [ask(graph, COMPANY_NAME, within=0.2, id=AURORA) for _ in range(3)]
    patient = ask(graph, COMPANY_NAME, within=20, id=AURORA)
    *late, done = await asyncio.gather(*impatient, patient)

    assert [codes(answer) for answer in late] == [["DEADLINE_EXCEEDED"]] * 3
    assert done == {"data": {"company": {"name": "Aurora Seven Hotels"}}}
    assert [call["status"] for call in await graph.calls("conduit")] == [200]


async def test_a_read_that_was_begun_before_a_change_is_not_joined_after_it(
    graph: Graph,
) -> None:
    """Whoever has been told of a change must see it."""
    await graph.fault("conduit", latency_after_ms=700, times=1)
    early = asyncio.create_task(ask(graph, COMPANY_NAME, id=AURORA))
    await until_calls(graph, "conduit", None)
    await graph.data(RENAME, id=AURORA, name="Aurora Eight")
    after = await ask(graph, COMPANY_NAME, id=AURORA)

    assert not early.done()
    assert after == {"data": {"company": {"name": "Aurora Eight"}}}
    assert await early == {"data": {"company": {"name": "Aurora Seven Hotels"}}}
    methods = [call["method"] for call in await graph.calls("conduit")]
    assert methods == ["GET", "POST", "GET"]


async def test_a_read_that_was_begun_during_a_change_is_not_joined_after_it(
    graph: Graph,
) -> None:
    """It may have been answered before the change was made."""
    changing = {"only": {"method": "POST"}, "latency_ms": 500}
    await graph.fault("conduit", **changing)
    change = asyncio.create_task(graph.data(RENAME, id=AURORA, name="Aurora Nine"))
    await until_calls(graph, "conduit", None)
    slow = {"only": {"method": "GET"}, "latency_after_ms": 1200, "times": 1}
    await graph.fault("conduit", **slow)
    during = asyncio.create_task(ask(graph, COMPANY_NAME, id=AURORA))
    await change
    after = await ask(graph, COMPANY_NAME, id=AURORA)

    assert not during.done()
    assert after == {"data": {"company": {"name": "Aurora Nine"}}}
    assert await during == {"data": {"company": {"name": "Aurora Seven Hotels"}}}


async def test_a_shared_failure_is_each_operations_own_error(graph: Graph) -> None:
    """With its own request id, by which it is found in the log."""
    await graph.fault("conduit", status=503, latency_ms=200)
    answers = await asyncio.gather(*(posted(graph, NODE, id=AURORA) for _ in range(10)))

    ids = [answer.headers["x-request-id"] for answer in answers]
    told = [answer.json()["errors"][0]["extensions"] for answer in answers]
    assert [one["requestId"] for one in told] == ids
    assert len(set(ids)) == 10
    assert {one["code"] for one in told} == {"UPSTREAM_UNAVAILABLE"}
    assert len(await graph.calls("conduit")) <= 2


async def test_a_failure_is_not_remembered(graph: Graph) -> None:
    """The next operation asks again, and gets what there is."""
    await graph.fault("conduit", html=True)
    failed = await ask(graph, COMPANY_NAME, id=AURORA)
    await graph.fault("conduit")

    assert codes(failed) == ["UPSTREAM_MALFORMED"]
    data = await graph.data(COMPANY_NAME, id=AURORA)
    assert data == {"company": {"name": "Aurora Seven Hotels"}}


async def test_a_read_joins_one_that_waits_for_its_turn(sandbox: Sandbox) -> None:
    """What is shared takes one turn of the budget, not one for each operation."""
    limits = (RateLimit(calls=2, seconds=300),)
    async with opened(sandbox, tuned(sandbox, rate_limits=limits, mutation_share=0)) as graph:
        await graph.fault("conduit", latency_ms=200)
        answers = await asyncio.gather(*(ask(graph, NODE, id=AURORA) for _ in range(20)))

    assert answers == [{"data": {"node": {"id": AURORA}}}] * 20


async def test_a_platform_that_hangs_fills_nobody_elses_sockets(sandbox: Sandbox) -> None:
    """Many that wait for one platform do not keep the others' callers waiting."""
    async with opened(sandbox, tuned(sandbox, most_connections=2)) as graph:
        await graph.fault("codat", latency_ms=NEVER_MS)
        ids = [global_id("CodatCompany", "codat", str(number)) for number in range(40)]
        hanging = asyncio.gather(*(ask(graph, NODE, within=2, id=id) for id in ids))
        await until_calls(graph, "codat", None, None)
        answer = await ask(graph, COMPANY_NAME, within=1, id=AURORA)
        late = await hanging

    assert answer == {"data": {"company": {"name": "Aurora Seven Hotels"}}}
    assert [codes(one) for one in late] == [["DEADLINE_EXCEEDED"]] * 40
