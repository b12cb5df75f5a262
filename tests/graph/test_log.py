"""What the log tells of an operation, and of what went wrong with it."""

import json
import re
from typing import Any

import httpx
import pytest

from gateway import app, logs
from gateway.sandbox import Sandbox
from gateway.serve import sandbox_settings
from tests.graph.conftest import Graph
from tests.graph.lists import code_of, global_id
from tests.trouble.asking import LARKSPUR, NODE

SECRET = "a-secret-of-the-caller"


def lines(captured: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """Give the log as a machine reads it."""
    return [json.loads(line) for line in captured.readouterr().err.splitlines()]


async def test_a_platforms_fault_is_a_line_with_the_request_id_of_the_answer(
    graph: Graph, capsys: pytest.CaptureFixture[str]
) -> None:
    """So that what a caller quotes leads somewhere."""
    await graph.fault("codat", body="<html>")
    logs.configure("info", "json")
    answer = await graph.answer(
        "{ companies { nodes { id } outages { code } } node(id: 1) { id } }"
    )

    (error,) = answer["errors"]
    told = [line for line in lines(capsys) if line.get("connection") == "codat"]
    assert {line["event"] for line in told} == {"malformed answer", "platform fault"}
    assert {line["request_id"] for line in told} == {error["extensions"]["requestId"]}


@pytest.mark.parametrize(
    ("platform", "body", "endpoint"),
    [
        ("codat", '{"results": [{"id": "1"}, {}, null]}', "GET /companies"),
        ("conduit", '[{"id": "1"}, {}, null]', "GET /link/company/"),
    ],
)
async def test_items_that_cannot_be_read_are_a_line(
    graph: Graph, capsys: pytest.CaptureFixture[str], platform: str, body: str, endpoint: str
) -> None:
    """Callers see only the others, so that an operator has to hear of them."""
    await graph.fault(platform, body=body)
    logs.configure("info", "json")
    asked = f"{{ companies(platforms: [{platform.upper()}], first: 1) {{ nodes {{ id }} }} }}"
    await graph.data(asked)

    told = [line for line in lines(capsys) if line["event"] == "items left out"]
    assert {(line["endpoint"], line["count"]) for line in told} == {(endpoint, 2)}


async def test_a_fault_of_our_own_is_a_line_that_says_where(
    graph: Graph, capsys: pytest.CaptureFixture[str]
) -> None:
    """By function, file and line, and not by the value that was in the way."""
    document = "query G($id: ID!) { group(id: $id) { ... on ClinkedGroup { memberCount } } }"
    id = global_id("ClinkedGroup", "clinked", "11", "102")
    await graph.data(document, id=id)
    # More than an Int of GraphQL can show.
    group = {"id": 102, "name": "x", "friendlyName": "y", "members": 99_999_999_999}
    await graph.fault("clinked", body=json.dumps(group))
    logs.configure("info", "json")
    answer = await graph.answer(document, id=id)

    (error,) = answer["errors"]
    line, operation = lines(capsys)
    assert line["event"] == "internal error"
    assert (operation["event"], operation["codes"]) == ("operation", ["INTERNAL"])
    assert line["request_id"] == error["extensions"]["requestId"]
    assert line["where"]
    assert "99999999999" not in json.dumps(line)


def told(captured: pytest.CaptureFixture[str], event: str) -> list[dict[str, Any]]:
    """Give the lines of one kind."""
    return [line for line in lines(captured) if line["event"] == event]


async def post(graph: Graph, document: str, **headers: str) -> httpx.Response:
    """Run a document with these headers, whose dashes are underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await graph.gateway.post("/graphql", json={"query": document}, headers=named)


async def test_an_operation_is_one_line(graph: Graph, capsys: pytest.CaptureFixture[str]) -> None:
    """With all that there is to know of it, and not a word of what it asked."""
    logs.configure("info", "json")
    answer = await post(graph, "query Both { companies(first: 1) { nodes { id } } }")
    (line,) = lines(capsys)

    assert line.pop("ms") > 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", line.pop("timestamp"))
    assert line == {
        "event": "operation",
        "level": "info",
        "request_id": answer.headers["X-Request-Id"],
        "kind": "query",
        "name": "Both",
        "caller": "anyone",
        "result": "ok",
        "codes": [],
        "calls": {"clinked": 2, "codat": 1, "conduit": 2},
    }


async def test_an_operation_with_errors_is_one_line_with_their_codes(
    graph: Graph, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each code once; what the platform did has lines of its own."""
    await graph.fault("conduit", status=401)
    logs.configure("info", "json")
    input = '{conduit: {id: "k1", connection: "conduit-north", name: "Kit"}}'
    create = f"companyCreate(input: {input}) {{ company {{ id }} }}"
    answer = await post(graph, f"mutation Two {{ a: {create} b: {create} }}")
    (line,) = told(capsys, "operation")

    assert len(answer.json()["errors"]) == 2
    assert (line["kind"], line["name"], line["result"]) == ("mutation", "Two", "partial")
    assert line["codes"] == ["UPSTREAM_UNAUTHORIZED"]
    assert line["calls"] == {"conduit": 2}


@pytest.mark.parametrize(
    ("sent", "kind", "name"),
    [
        ({"query": "query Wrong { nothing }"}, "query", "Wrong"),
        ({"query": "mutation { nothing }"}, "mutation", None),
        ({"query": "subscription Never { nothing }"}, "subscription", "Never"),
        ({"query": "{ __typename"}, "unknown", None),
        ({"query": "{ __typename }", "operationName": "Other"}, "unknown", None),
        ({"query": "query A { __typename } query B { __typename }"}, "unknown", None),
        ({"query": "query Q($a: ID!) { node(id: $a) { id } }"}, "query", "Q"),
        ({}, "unknown", None),
        ([], "unknown", None),
    ],
)
async def test_what_is_refused_is_one_line(
    graph: Graph,
    capsys: pytest.CaptureFixture[str],
    sent: object,
    kind: str,
    name: str | None,
) -> None:
    """Whether GraphQL refuses it or HTTP does; no platform was asked."""
    logs.configure("debug", "json")
    answer = await graph.gateway.post("/graphql", json=sent)
    (line,) = lines(capsys)

    assert (line["result"], line["kind"], line["name"]) == ("refused", kind, name)
    assert (line["event"], line["calls"]) == ("operation", {})
    assert line["request_id"] == answer.headers["X-Request-Id"]


async def test_a_deadline_that_is_none_is_one_line(
    graph: Graph, capsys: pytest.CaptureFixture[str]
) -> None:
    """The refusal has an id as every answer has."""
    logs.configure("info", "json")
    answer = await post(graph, "{ __typename }", Manifold_Deadline="soon")
    (line,) = lines(capsys)

    assert answer.status_code == 400
    assert line["result"] == "refused"
    assert line["request_id"] == answer.headers["X-Request-Id"]


async def test_an_operation_that_the_gateway_fails_is_one_line(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    """Such as one that comes before the start."""
    logs.configure("info", "json")
    unstarted = httpx.ASGITransport(app.create(sandbox_settings(sandbox)))
    async with httpx.AsyncClient(transport=unstarted, base_url="http://gateway") as client:
        answer = await client.post("/graphql", json={"query": "{ __typename }"})
    why, line = lines(capsys)

    assert (answer.status_code, code_of(answer.json())) == (500, "INTERNAL")
    assert (why["event"], why["kind"]) == ("internal error", "AttributeError")
    assert (line["event"], line["result"]) == ("operation", "failed")


@pytest.mark.parametrize("given", ["order-17-of-monday", "0123abcd", "a.b_c-" + "d" * 58])
async def test_a_clients_own_id_is_taken_over(
    graph: Graph, capsys: pytest.CaptureFixture[str], given: str
) -> None:
    """In the header, in the errors and in the log."""
    logs.configure("info", "json")
    answer = await post(graph, "{ nothing }", X_Request_Id=given)
    (line,) = lines(capsys)

    assert answer.headers["X-Request-Id"] == given
    assert answer.json()["errors"][0]["extensions"]["requestId"] == given
    assert line["request_id"] == given


@pytest.mark.parametrize("given", ["", "short", "a" * 65, "two words", 'quote"quote', "naïve-id-1"])
async def test_an_id_that_is_not_plain_is_replaced(
    graph: Graph, capsys: pytest.CaptureFixture[str], given: str
) -> None:
    """It would stand in logs as it came."""
    logs.configure("info", "json")
    headers = [(b"X-Request-Id", given.encode("latin-1"))]
    answer = await graph.gateway.post("/graphql", json={"query": "{ nothing }"}, headers=headers)
    (line,) = lines(capsys)

    assert re.fullmatch("[0-9a-f]{32}", line["request_id"])
    assert answer.headers["X-Request-Id"] == line["request_id"]


async def test_every_request_to_a_platform_is_a_line_with_the_operations_id(
    graph: Graph, capsys: pytest.CaptureFixture[str]
) -> None:
    """The token's and the second try's among them."""
    await graph.fault("clinked", status=503, times=1, only={"path": "/v3"})
    logs.configure("debug", "json")
    body = {"query": NODE, "variables": {"id": LARKSPUR}}
    answer = await graph.gateway.post("/graphql", json=body)
    written = lines(capsys)
    calls = [line for line in written if line["event"] == "call"]

    assert [(one["endpoint"], one["status"], one["outcome"]) for one in calls] == [
        ("GET /oauth/token", 200, "ok"),
        ("GET /v3/accounts/{account}", 503, "unavailable"),
        ("GET /v3/accounts/{account}", 200, "ok"),
    ]
    assert {line["level"] for line in calls} == {"debug"}
    assert {line["connection"] for line in calls} == {"clinked"}
    assert all(line["ms"] > 0 for line in calls)
    assert {line["request_id"] for line in written} == {answer.headers["X-Request-Id"]}


async def test_nothing_that_a_caller_wrote_stands_in_the_log(
    graph: Graph, capsys: pytest.CaptureFixture[str]
) -> None:
    """But for the name of its operation, which is cut where it is long."""
    logs.configure("debug", "json")
    name = "N" * 100
    document = f"""query {name}($name: String) {{
        {SECRET.replace("-", "_")}: companies(filter: {{nameContains: $name}}) {{ nodes {{ id }} }}
        groups(filter: {{nameContains: "{SECRET}"}}) {{ nodes {{ id }} }}
    }}"""
    body = {"query": document, "variables": {"name": SECRET}, "extensions": {"of": SECRET}}
    headers = {"Authorization": SECRET, "Cookie": SECRET, "User-Agent": SECRET}
    await graph.gateway.post(f"/graphql?q={SECRET}", json=body, headers=headers)
    await graph.gateway.post("/graphql", json={**body, "operationName": SECRET})
    written = capsys.readouterr().err
    operation = next(json.loads(line) for line in written.splitlines() if '"operation"' in line)

    assert SECRET not in written
    assert SECRET.replace("-", "_") not in written
    assert operation["name"] == "N" * 64
