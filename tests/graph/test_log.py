"""What the log tells of an operation that went wrong."""

import json
from typing import Any

import pytest

from gateway import logs
from tests.graph.conftest import Graph
from tests.graph.lists import global_id


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
