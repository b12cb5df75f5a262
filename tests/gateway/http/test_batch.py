"""Several operations in one request, where a gateway takes them."""

from typing import Any

import httpx
import pytest

from gateway import logs
from gateway.sandbox import Sandbox
from gateway.serve import sandbox_settings
from schema.limits.limits import Limits
from tests.gateway.http.asking import ANSWERED, ASKED, asking, code, lines
from tests.graph.conftest import opened

BY_HASH = {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}}


async def ask(client: httpx.AsyncClient, *items: Any, **headers: str) -> httpx.Response:
    """Send a list."""
    return await client.post("/graphql", json=items, headers=headers)


async def test_a_list_is_refused_by_default(client: httpx.AsyncClient) -> None:
    """A key's allowance would be all that holds it."""
    refused = await ask(client, ASKED)

    assert refused.status_code == 400
    assert code(refused) == "BAD_USER_INPUT"


async def test_each_is_answered_in_its_place() -> None:
    """Whatever becomes of the others."""
    invalid = {"query": "{ nothing }"}
    broken = {"query": "{"}
    async with asking(batch=5) as client:
        answer = await ask(client, ASKED, invalid, BY_HASH, broken, ASKED)

    assert answer.status_code == 200
    first, *wrong, last = answer.json()
    assert first == last == ANSWERED
    for one in wrong:
        (error,) = one["errors"]
        assert "data" not in one
        assert error["extensions"]["requestId"] == answer.headers["X-Request-Id"]
    assert [one["errors"][0]["extensions"]["code"] for one in wrong] == [
        "BAD_USER_INPUT",
        "PERSISTED_QUERY_NOT_SUPPORTED",
        "BAD_USER_INPUT",
    ]


@pytest.mark.parametrize("count", [0, 4])
async def test_one_that_is_too_long_is_refused_as_a_whole(count: int) -> None:
    """Nothing of it is run."""
    async with asking(batch=3) as client:
        refused = await ask(client, *[ASKED] * count)

    assert refused.status_code == 400
    assert code(refused) == "BAD_USER_INPUT"


async def test_an_operation_alone_is_no_list() -> None:
    """Where lists are taken, too."""
    async with asking(batch=3) as client:
        answer = await client.post("/graphql", json=ASKED)

    assert answer.json() == ANSWERED


async def test_each_has_a_line_and_a_place_in_the_metrics(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """And the request that held them has none: it is no operation."""
    async with asking(batch=3) as client:
        logs.configure("info", "json")
        answer = await ask(client, ASKED, {"query": "{"})
        numbers = (await client.get("/metrics")).text

    told = [line for line in lines(capsys) if line["event"] == "operation"]
    assert [(line["kind"], line["result"]) for line in told] == [
        ("query", "ok"),
        ("unknown", "refused"),
    ]
    assert {line["request_id"] for line in told} == {answer.headers["X-Request-Id"]}
    assert {line["caller"] for line in told} == {"anyone"}
    counted = [line for line in numbers.splitlines() if line.startswith("manifold_operations_")]
    assert sorted(line for line in counted if "_total{" in line) == [
        'manifold_operations_total{kind="query",result="ok"} 1.0',
        'manifold_operations_total{kind="unknown",result="refused"} 1.0',
    ]
    assert "manifold_operations_in_flight 0.0" in counted


async def test_what_each_costs_comes_from_its_callers_minute(sandbox: Sandbox) -> None:
    """A list is no way around it: what there is no more of is refused in its place."""
    one = {"query": "{ companies(platforms: [CODAT]) { nodes { id } } }"}
    limits = Limits.model_validate({"calls_per_minute": 2})
    settings = sandbox_settings(sandbox, batch=3).model_copy(update={"limits": limits})
    async with opened(sandbox, settings) as graph:
        answer = await ask(graph.gateway, one, one, one)
        calls = await graph.calls("codat")

    ended = [item.get("errors", [{"extensions": {}}])[0]["extensions"] for item in answer.json()]
    assert [told.get("limit") for told in ended] == [None, None, "calls_per_minute"]
    assert ended[-1]["retryAfterSeconds"] > 0
    assert len(calls) == 2


async def test_a_list_is_answered_as_json() -> None:
    """The type of GraphQL is that of one answer."""
    async with asking(batch=1) as client:
        answer = await ask(client, ASKED, Accept="application/graphql-response+json")

    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
