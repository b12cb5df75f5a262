"""Whatever a platform answers, and whatever id a caller sends, every operation keeps its word."""

from typing import Any

import pytest

from tests.graph.conftest import Graph
from tests.operations.operation import Operation, operations, with_ids

OPERATIONS = list(operations())
# What no platform should answer, and all of them do now and then.
ODD = ["", "null", "7", "true", '"text"', "[]", "[null]", "{}", '{"items": 7}', "<html>"]

FORGED = "id:KondadoInvite/kondado/0123456789abcdef01234567"


def forged(operation: Operation) -> dict[str, Any]:
    """Give an operation's variables with another thing's id in place of each."""
    given: dict[str, Any] = operation.expected.get("variables", {})
    return {
        name: FORGED if isinstance(value, str) and value.startswith("id:") else value
        for name, value in given.items()
    }


def takes_an_id(operation: Operation) -> bool:
    """Say whether an operation changes the thing of an id."""
    given = operation.expected.get("variables", {})
    return operation.document.startswith("mutation") and forged(operation) != given


def codes(answer: dict[str, Any]) -> set[str]:
    """Give the codes of an answer's errors."""
    return {error["extensions"]["code"] for error in answer.get("errors", ())}


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
async def test_a_platform_that_is_down_is_said_to_be_down(
    graph: Graph, operation: Operation
) -> None:
    """As an error of the field or an outage of the list, and never as a failure of the gateway."""
    await graph.fault(operation.platform, status=503)
    answer = await graph.answer(
        operation.document, **with_ids(operation.expected.get("variables", {}))
    )

    assert codes(answer) <= {"UPSTREAM_UNAVAILABLE"}
    assert "errors" in answer or "UPSTREAM_UNAVAILABLE" in str(answer["data"])


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
async def test_an_answer_that_makes_no_sense_is_the_platforms_fault(
    graph: Graph, operation: Operation
) -> None:
    """Never the gateway's, and never a list's whose other items are good."""
    variables = with_ids(operation.expected.get("variables", {}))
    # With a good token in hand it is the operation's own calls that go wrong.
    await graph.answer(operation.document, **variables)
    for body in ODD:
        await graph.fault(operation.platform, body=body)
        answer = await graph.answer(operation.document, **variables)

        assert codes(answer) <= {"UPSTREAM_MALFORMED", "UPSTREAM_UNAVAILABLE"}, body


@pytest.mark.parametrize("operation", [*filter(takes_an_id, OPERATIONS)], ids=str)
async def test_the_id_of_another_thing_changes_nothing(graph: Graph, operation: Operation) -> None:
    """It is refused at its argument, before anything is sent."""
    answer = await graph.answer(operation.document, **with_ids(forged(operation)))
    (payload,) = answer["data"].values()

    assert [error["code"] for error in payload["userErrors"]] in (["INVALID"], ["NOT_SUPPORTED"])
    assert await graph.calls(operation.platform) == []
