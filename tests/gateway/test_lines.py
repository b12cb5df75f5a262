"""What a process logs of clients that leave, or ask again before they are answered."""

import asyncio
import json
import re
from collections.abc import AsyncGenerator, Generator

import pytest

from gateway.sandbox import Sandbox, running_sandbox
from tests.gateway.process import Process, reached, serving
from tests.graph.conftest import Graph
from tests.trouble.asking import AURORA, LARKSPUR, NEVER_MS, NODE, PATIENCE, until, until_calls

HOST = "127.0.0.1"


@pytest.fixture(scope="module")
def sandbox() -> Generator[Sandbox]:
    """Stand-ins that keep no rate limits."""
    with running_sandbox(limits=False) as running:
        yield running


@pytest.fixture(scope="module")
def process(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Generator[Process]:
    """A gateway that logs all there is."""
    with serving(sandbox, tmp_path_factory.mktemp("gateway"), log_level="debug") as process:
        yield process


@pytest.fixture
async def graph(sandbox: Sandbox, process: Process) -> AsyncGenerator[Graph]:
    """The gateway's process over stand-ins that are as new."""
    for stand_in in sandbox.stand_ins:
        stand_in.reset()
    async with reached(sandbox, process) as graph:
        yield graph


def post(id: str, *fields: str) -> bytes:
    """Write an operation as it is sent."""
    body = json.dumps({"query": NODE, "variables": {"id": id}}).encode()
    sent = ("Content-Type: application/json", f"Content-Length: {len(body)}", *fields)
    head = "\r\n".join(["POST /graphql HTTP/1.1", f"Host: {HOST}", *sent])
    return f"{head}\r\n\r\n".encode() + body


async def operations(graph: Graph, process: Process, *ids: str) -> list[dict[str, object]]:
    """Wait for the lines of these requests, and give them in their order."""

    def found() -> list[dict[str, object]]:
        return [line for line in process.operations() if line["request_id"] in ids]

    async def all_there() -> bool:
        await graph.gateway.get("/healthz")
        return len(found()) >= len(ids)

    await until(all_there)
    return found()


async def test_an_operation_whose_client_has_gone_is_one_line(
    graph: Graph, process: Process
) -> None:
    """With the calls that were made for nobody."""
    await graph.fault("conduit", latency_ms=NEVER_MS)
    _, writer = await asyncio.open_connection(HOST, process.port)
    writer.write(post(AURORA, "X-Request-Id: leaves-early"))
    await until_calls(graph, "conduit", None)
    writer.close()
    (line,) = await operations(graph, process, "leaves-early")

    assert (line["result"], line["kind"], line["name"]) == ("gone", "query", "Node")
    assert line["calls"] == {"conduit": 1}


async def test_a_client_that_goes_before_it_has_asked_is_one_line(
    graph: Graph, process: Process
) -> None:
    """It is not known what it would have asked."""
    _, writer = await asyncio.open_connection(HOST, process.port)
    writer.write(post(AURORA, "X-Request-Id: leaves-earlier")[:-5])
    await writer.drain()
    await graph.gateway.get("/healthz")
    writer.close()
    (line,) = await operations(graph, process, "leaves-earlier")

    assert (line["result"], line["kind"], line["calls"]) == ("gone", "unknown", {})
    assert await graph.calls("conduit") == []


async def test_requests_on_one_connection_have_lines_of_their_own(
    graph: Graph, process: Process
) -> None:
    """Also those that come before the one ahead is answered."""
    reader, writer = await asyncio.open_connection(HOST, process.port)
    writer.write(
        post(AURORA, "X-Request-Id: the-first-one")
        + post("not an id")
        + post(LARKSPUR, "Connection: close")
    )
    async with asyncio.timeout(PATIENCE):
        answers = (await reader.read()).decode()
    writer.close()
    ids = re.findall(r"(?i)x-request-id: (\S+)", answers)
    lines = await operations(graph, process, *ids)
    calls = [line for line in process.lines() if line["event"] == "call"]
    asked = [(line["connection"], line["request_id"]) for line in calls]

    assert ids[0] == "the-first-one"
    assert len(set(ids)) == 3
    assert [line["request_id"] for line in lines] == ids
    assert [pair for pair in asked if pair[1] in ids] == [
        ("conduit-north", ids[0]),
        ("clinked", ids[2]),
        ("clinked", ids[2]),
    ]
