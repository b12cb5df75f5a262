"""A gateway that is told to end answers what it was asked, and takes nothing new."""

import asyncio
import json
import signal
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest

from gateway.sandbox import Sandbox, running_sandbox
from tests.gateway.process import Process, reached, serving
from tests.graph.conftest import Graph
from tests.trouble.asking import AURORA, NEVER_MS, NODE, PATIENCE, until, until_calls

HOST = "127.0.0.1"
ASKED = {"query": NODE, "variables": {"id": AURORA}}


@pytest.fixture(scope="module")
def sandbox() -> Generator[Sandbox]:
    """Stand-ins that keep no rate limits."""
    with running_sandbox(limits=False) as running:
        yield running


@pytest.fixture(autouse=True)
def renewed(sandbox: Sandbox) -> None:
    """Let the stand-ins be as new."""
    for stand_in in sandbox.stand_ins:
        stand_in.reset()


@pytest.fixture
def process(sandbox: Sandbox, tmp_path: Path) -> Generator[Process]:
    """A gateway with the deadline that it has by default."""
    with serving(sandbox, tmp_path) as process:
        yield process


@pytest.fixture
async def graph(sandbox: Sandbox, process: Process) -> AsyncGenerator[Graph]:
    """The gateway's process, asked over a socket."""
    async with reached(sandbox, process) as graph:
        yield graph


async def until_refused(process: Process) -> None:
    """Wait until no new connection is taken."""

    async def refused() -> bool:
        try:
            _, writer = await asyncio.open_connection(HOST, process.port)
        except ConnectionError:
            return True
        writer.close()
        return False

    await until(refused)


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
async def test_what_is_in_flight_is_answered_and_nothing_new_is_taken(
    graph: Graph, process: Process, told: signal.Signals
) -> None:
    """To have done so is a success; the connections are closed after it."""
    await graph.fault("conduit", latency_ms=2000)
    asking = asyncio.create_task(graph.gateway.post("/graphql", json=ASKED))
    await until_calls(graph, "conduit", None)
    process.running.send_signal(told)
    await until_refused(process)
    answer = await asking

    assert answer.json() == {"data": {"node": {"id": AURORA}}}
    assert await asyncio.to_thread(process.ended) == 0
    assert [line["result"] for line in process.operations()] == ["ok"]
    (insecure,) = [line for line in process.lines() if line["level"] != "info"]
    assert insecure["event"].startswith("insecure: ")


async def test_a_connection_that_is_kept_is_told_that_the_gateway_leaves(
    graph: Graph, process: Process
) -> None:
    """Or it is closed; in no case is the gateway ready."""
    await graph.fault("conduit", latency_ms=1000)
    reader, writer = await asyncio.open_connection(HOST, process.port)
    ready = f"GET /readyz HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()
    writer.write(ready)
    before = await reader.readuntil(b"}]}")
    asking = asyncio.create_task(graph.gateway.post("/graphql", json=ASKED))
    await until_calls(graph, "conduit", None)
    process.running.terminate()
    writer.write(ready)
    async with asyncio.timeout(PATIENCE):
        after = await reader.read()
    writer.close()
    await asking

    assert before.startswith(b"HTTP/1.1 200")
    assert after == b"" or (after.startswith(b"HTTP/1.1 503") and b'"draining"' in after)
    assert await asyncio.to_thread(process.ended) == 0


async def test_a_client_that_hangs_does_not_keep_the_process(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    """One that never sends the end of its request is waited for as long as an answer may take."""
    with serving(sandbox, tmp_path, deadline_seconds=0.5) as process:
        body = json.dumps(ASKED).encode()
        head = (
            f"POST /graphql HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        _, writer = await asyncio.open_connection(HOST, process.port)
        writer.write(head.encode() + body[:-1])
        await writer.drain()
        async with reached(sandbox, process) as graph:

            async def in_flight() -> bool:
                told = (await graph.gateway.get("/metrics")).text
                return "manifold_operations_in_flight 1.0" in told

            await until(in_flight)
        process.running.terminate()
        status = await asyncio.to_thread(process.ended)
        writer.close()

    assert status == 0
    assert [line["result"] for line in process.operations()] == ["failed"]


async def test_a_second_interruption_waits_for_nothing(sandbox: Sandbox, tmp_path: Path) -> None:
    """Whoever presses Ctrl-C twice means it, though an answer may take five minutes."""
    with serving(sandbox, tmp_path, deadline_seconds=300) as process:
        async with reached(sandbox, process) as graph:
            await graph.fault("conduit", latency_ms=NEVER_MS)
            asking = asyncio.create_task(graph.gateway.post("/graphql", json=ASKED))
            await until_calls(graph, "conduit", None)
            process.running.send_signal(signal.SIGINT)
            await until_refused(process)
            process.running.send_signal(signal.SIGINT)
            status = await asyncio.to_thread(process.ended)
            await asyncio.gather(asking, return_exceptions=True)

    assert status == 0
