"""One deadline for each operation: what is done by then stays, and what is late is null."""

from typing import Any

import pytest

from gateway.sandbox import Sandbox
from tests.graph.conftest import Graph, opened
from tests.trouble.asking import (
    AURORA,
    LARKSPUR,
    NEVER_MS,
    NODE,
    PALMERA,
    ask,
    codes,
    posted,
    sign_in,
    tuned,
    until_calls,
)

HEADER = "Manifold-Deadline"


@pytest.mark.parametrize("wait", ["latency_ms", "latency_after_ms"])
async def test_the_header_lowers_the_deadline(graph: Graph, wait: str) -> None:
    """The field is null long before the setting's fifteen seconds, and the call is left."""
    await graph.fault("conduit", **{wait: NEVER_MS})
    answer = await ask(graph, NODE, within=0.2, id=AURORA)

    assert answer["data"] == {"node": None}
    assert codes(answer) == ["DEADLINE_EXCEEDED"]
    assert answer["errors"][0]["message"] == (
        "Conduit Link did not answer before the operation's deadline."
    )
    await until_calls(graph, "conduit", 0)


@pytest.mark.parametrize("header", ["3600", "inf", None])
async def test_the_header_cannot_raise_the_deadline(sandbox: Sandbox, header: str | None) -> None:
    """What the operator has set is the most that anybody gets."""
    settings = tuned(sandbox).model_copy(update={"deadline_seconds": 0.2})
    async with opened(sandbox, settings) as graph:
        await graph.fault("conduit", latency_ms=NEVER_MS)
        headers = {} if header is None else {HEADER: header}
        body = {"query": NODE, "variables": {"id": AURORA}}
        answer = (await graph.gateway.post("/graphql", json=body, headers=headers)).json()

    assert codes(answer) == ["DEADLINE_EXCEEDED"]


@pytest.mark.parametrize("header", ["0", "-1", "soon", "", "nan", "-inf", "1e400x", "1,5", "1 2"])
async def test_a_deadline_that_is_none_is_refused_before_anything_is_sent(
    graph: Graph, header: str
) -> None:
    """With an error that says what the header is."""
    body = {"query": NODE, "variables": {"id": AURORA}}
    answer = await graph.gateway.post("/graphql", json=body, headers={HEADER: header})

    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["message"] == "The header Manifold-Deadline is a number of seconds above 0."
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert await graph.calls("conduit") == []


async def test_what_is_done_in_time_stays(graph: Graph) -> None:
    """Of two connections to one platform, one is late."""
    await graph.fault("conduit", latency_ms=NEVER_MS, only={"path": "/link/company/aurora7"})
    document = """query Two($late: ID!, $done: ID!) {
        late: company(id: $late) { name } done: company(id: $done) { name }
    }"""
    answer = await ask(graph, document, within=1, late=AURORA, done=PALMERA)

    assert answer["data"] == {"late": None, "done": {"name": "Palmera Surf Hire"}}
    assert codes(answer) == ["DEADLINE_EXCEEDED"]


CHAIN = """query Chain($id: ID!) { company(id: $id) { name ... on ClinkedAccount {
    groups(first: 2) { nodes { name members(first: 2) { nodes { name } } } }
} } }"""


@pytest.mark.parametrize(
    ("late", "levels"),
    [("/v3/accounts/11/groups", 1), ("/v3/groups/", 2)],
)
async def test_a_chain_of_calls_loses_what_comes_after_the_deadline(
    graph: Graph, late: str, levels: int
) -> None:
    """Account, groups, members: the levels that were there before it stay."""
    whole = await graph.data(CHAIN, id=LARKSPUR)
    await graph.fault("clinked", latency_ms=NEVER_MS, only={"path": late})
    answer = await ask(graph, CHAIN, within=1, id=LARKSPUR)

    expected: Any = whole
    if levels == 1:
        expected["company"]["groups"] = None
    else:
        for group in expected["company"]["groups"]["nodes"]:
            group["members"] = None
    assert answer["data"] == expected
    assert set(codes(answer)) == {"DEADLINE_EXCEEDED"}


async def test_the_steps_of_a_chain_have_one_deadline_together(graph: Graph) -> None:
    """Each of them alone would be in time."""
    await sign_in(graph)
    await graph.fault("clinked", latency_ms=500)
    answer = await ask(graph, CHAIN, within=1.4, id=LARKSPUR)

    groups = answer["data"]["company"]["groups"]["nodes"]
    assert [one["members"] for one in groups] == [None, None]
    assert codes(answer) == ["DEADLINE_EXCEEDED"] * 2


async def test_a_list_over_all_platforms_names_who_is_late(graph: Graph) -> None:
    """As an outage, with the code and the connection; the others are on the page."""
    await graph.fault("codat", latency_ms=NEVER_MS)
    document = (
        "{ companies(first: 100) { nodes { platform } outages { connection code message } } }"
    )
    listed = (await ask(graph, document, within=1))["data"]["companies"]

    assert listed["outages"] == [
        {
            "connection": "codat",
            "code": "DEADLINE_EXCEEDED",
            "message": "Codat did not answer before the operation's deadline.",
        }
    ]
    assert {one["platform"] for one in listed["nodes"]} == {"CLINKED", "CONDUIT"}


async def test_a_write_that_was_not_sent_before_the_deadline_is_never_sent(
    sandbox: Sandbox,
) -> None:
    """The token that it waits for comes too late."""
    document = """mutation Rename($id: ID!) {
        companyUpdate(id: $id, input: { clinked: { name: "Late" } }) { company { name } }
    }"""
    async with opened(sandbox, tuned(sandbox, timeout_seconds=1)) as graph:
        await graph.fault("clinked", latency_ms=NEVER_MS, only={"path": "/oauth/token"})
        answer = await ask(graph, document, within=0.2, id=LARKSPUR)
        await graph.fault("clinked")
        later = await graph.data(CHAIN, id=LARKSPUR)
        methods = [call["method"] for call in await graph.calls("clinked")]

    assert codes(answer) == ["DEADLINE_EXCEEDED"]
    assert later["company"]["name"] == "Larkspur Architects"
    assert "PATCH" not in methods


async def test_a_retry_that_would_come_after_the_deadline_is_not_made(graph: Graph) -> None:
    """The platform asks to wait longer than the caller does: the caller is told at once."""
    await graph.fault("conduit", status=503, headers={"Retry-After": "5"})
    response = await posted(graph, NODE, within=4, id=AURORA)

    assert codes(response.json()) == ["UPSTREAM_UNAVAILABLE"]
    assert response.json()["errors"][0]["extensions"]["retryAfterSeconds"] == 5
    assert [call["status"] for call in await graph.calls("conduit")] == [503]
