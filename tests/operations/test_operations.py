"""Every documented endpoint is reached by a document, and receives what its platform documents."""

from typing import Any

import pytest

from tests.graph.conftest import Graph
from tests.operations.operation import Operation, operations, shown, with_ids

OPERATIONS = list(operations())


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
async def test_an_operation_answers_and_its_platform_received_the_documented_call(
    graph: Graph, operation: Operation
) -> None:
    """Method, path, query and body are the documented ones, and the answer's data is right."""
    expected = operation.expected
    for earlier in expected.get("before", ()):
        await graph.data(earlier["document"], **with_ids(earlier.get("variables", {})))
    await graph.forget_calls(operation.platform)

    data = await graph.data(operation.document, **with_ids(expected.get("variables", {})))

    assert shown(expected["data"], data) == expected["data"]
    assert await received(graph, operation) == [expected["received"]]


async def received(graph: Graph, operation: Operation) -> list[dict[str, Any]]:
    """Tell the calls to the operation's endpoint; all of them where it was not reached."""
    wanted = operation.expected["received"]
    calls = [
        {name: call[name] for name in ("method", "path", "query", "body") if call[name]}
        for call in await graph.calls(operation.platform)
    ]
    same = [call for call in calls if same_endpoint(call, wanted)]
    return same or calls


def same_endpoint(call: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Say whether two calls have the same method and path."""
    return all(call[name] == wanted[name] for name in ("method", "path"))
