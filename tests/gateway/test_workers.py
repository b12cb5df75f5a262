"""A gateway of several processes: they answer at one address, and are kept until a signal comes."""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Callable, Generator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from gateway.sandbox import Sandbox, running_sandbox
from tests.gateway.process import Process, reached, serving
from tests.graph.conftest import Graph
from tests.trouble.asking import AURORA, NODE, PATIENCE, until_calls

ASKED = {"query": NODE, "variables": {"id": AURORA}}


@pytest.fixture(scope="module")
def sandbox() -> Generator[Sandbox]:
    """Stand-ins that keep no rate limits."""
    with running_sandbox(limits=False) as running:
        yield running


@pytest.fixture
def process(sandbox: Sandbox, tmp_path: Path) -> Generator[Process]:
    """A gateway of two workers."""
    with serving(sandbox, tmp_path, workers=2) as process:
        yield process


@pytest.fixture
async def graph(sandbox: Sandbox, process: Process) -> AsyncGenerator[Graph]:
    """The gateway, asked over a socket."""
    async with reached(sandbox, process) as graph:
        yield graph


def workers(process: Process) -> list[int]:
    """Give the processes that answer."""
    keeper = process.running.pid
    return [int(pid) for pid in Path(f"/proc/{keeper}/task/{keeper}/children").read_text().split()]


async def until(holds: Callable[[], bool]) -> None:
    """Look until something holds; fails if it never does."""
    async with asyncio.timeout(PATIENCE):
        while not await asyncio.to_thread(holds):
            pass


def live(pids: list[int]) -> list[int]:
    """Give those of some processes that have not ended."""
    return [pid for pid in pids if Path(f"/proc/{pid}").exists()]


async def operations(graph: Graph) -> dict[str, float]:
    """Tell how many operations each worker has counted, whichever is asked."""
    text = (await graph.gateway.get("/metrics")).text
    families = {one.name: one.samples for one in text_string_to_metric_families(text)}
    found = {one.labels["worker"]: 0.0 for one in families["manifold_build_info"]}
    for sample in families["manifold_operations"]:
        found[sample.labels["worker"]] += sample.value
    assert sorted(found) == ["0", "1"]
    return found


async def test_one_that_dies_is_replaced_and_all_leave_together(
    graph: Graph, process: Process
) -> None:
    """Nothing has to be done from outside, and what is in flight at the end is answered."""
    before = workers(process)
    os.kill(before[0], signal.SIGKILL)
    await until(lambda: len(workers(process)) == 2 and before[0] not in workers(process))
    # The new one alone, so that it has to answer.
    os.kill(before[1], signal.SIGKILL)
    answer = await graph.gateway.post("/graphql", json=ASKED)
    await until(lambda: len(workers(process)) == 2 and before[1] not in workers(process))

    assert answer.json() == {"data": {"node": {"id": AURORA}}}
    events = [line for line in process.lines() if line["level"] == "warning"]
    # Without a store, each could do once what is to be done once.
    assert [line["workers"] for line in events if "each worker keeps" in line["event"]] == [2]
    assert [line["status"] for line in events if "worker ended" in line["event"]] == [-9, -9]

    counted = await operations(graph)
    for _ in range(3):
        await graph.gateway.post("/graphql", json={"query": "{ __typename }"})
    assert sum((await operations(graph)).values()) == sum(counted.values()) + 3

    kept = workers(process)
    await graph.forget_calls("conduit")
    await graph.fault("conduit", latency_ms=1000)
    asking = asyncio.create_task(graph.gateway.post("/graphql", json=ASKED))
    await until_calls(graph, "conduit", None)
    process.running.terminate()
    answer = await asking

    assert answer.json() == {"data": {"node": {"id": AURORA}}}
    assert await asyncio.to_thread(process.ended) == 0
    assert live(kept) == []


async def test_without_whoever_keeps_them_they_leave(process: Process) -> None:
    """Nobody would start them again, nor tell them to end."""
    kept = workers(process)
    process.running.kill()
    await until(lambda: not live(kept))

    assert len(kept) == 2
