"""Answers that are too much: the process that reads them is no larger after than before."""

import asyncio
import re
from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from typing import Any

import pytest

from gateway.sandbox import Sandbox
from tests.gateway.process import Process, reached, serving
from tests.graph.conftest import Graph
from tests.graph.lists import global_id
from tests.trouble.asking import NODE, PATIENCE, all_at_once, ask, codes, distinct

MEGABYTE = 1_000_000
MANY = 20
MOST_BYTES = 2 * MEGABYTE
CODATS = [global_id("CodatCompany", "codat", str(number)) for number in range(5)]
PROC = Path("/proc/self/clear_refs")
pytestmark = pytest.mark.skipif(not PROC.exists(), reason="only Linux tells what a process takes")


class Watched:
    """A gateway's process, and the memory that it takes."""

    def __init__(self, graph: Graph, process: Process) -> None:
        """Keep both."""
        self.graph, self._folder = graph, Path(f"/proc/{process.running.pid}")

    def takes(self) -> int:
        """Tell how many bytes it has in memory."""
        return self._told("VmRSS")

    def most(self) -> int:
        """Tell how many bytes it had in memory at most since the last `forget`."""
        return self._told("VmHWM")

    def forget(self) -> None:
        """Count the most from now on."""
        (self._folder / "clear_refs").write_text("5")

    def _told(self, name: str) -> int:
        told = re.search(rf"{name}:\s+(\d+) kB", (self._folder / "status").read_text())
        assert told is not None
        return int(told[1]) * 1024


@pytest.fixture(scope="module")
def process(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Generator[Process]:
    """A gateway in a process of its own, which reads two megabytes of an answer of Codat's."""
    settings = {
        "deadline_seconds": PATIENCE,
        "connections__codat__most_answer_bytes": MOST_BYTES,
        "connections__conduit_north__most_connections": 2,
        "connections__conduit_north__breaker_rest_seconds": 0.01,
    }
    with serving(sandbox, tmp_path_factory.mktemp("watched"), **settings) as process:
        yield process


@pytest.fixture
async def watched(sandbox: Sandbox, process: Process) -> AsyncGenerator[Watched]:
    """That gateway, over stand-ins that are as new."""
    for stand_in in sandbox.stand_ins:
        stand_in.reset()
    async with reached(sandbox, process) as graph:
        yield Watched(graph, process)


TOO_MUCH = {"nested": 10_000, "megabytes": 10}


@pytest.mark.parametrize("faults", [TOO_MUCH, {**TOO_MUCH, "status": 500}], ids=str)
async def test_large_and_deep_answers_leave_nothing_behind(
    watched: Watched, faults: dict[str, Any]
) -> None:
    """Ten megabytes nested ten thousand deep, twenty times, cost no two hundred megabytes."""
    await watched.graph.fault("conduit", **faults)
    await all_at_once(watched.graph, distinct(2))
    before = watched.takes()
    answers = await all_at_once(watched.graph, distinct(MANY))

    assert [answer["data"] for answer in answers] == [{"company": None}] * MANY
    assert watched.takes() - before < 5 * 10 * MEGABYTE


async def test_an_answer_that_is_too_long_is_not_read_to_its_end(watched: Watched) -> None:
    """Five times a hundred megabytes at once cost five times what may be read, and a little."""
    await watched.graph.fault("codat", megabytes=100)
    await ask(watched.graph, NODE, id=CODATS[0])
    before = watched.takes()
    watched.forget()
    answers = await asyncio.gather(*(ask(watched.graph, NODE, id=id) for id in CODATS))

    assert [codes(answer) for answer in answers] == [["UPSTREAM_MALFORMED"]] * len(CODATS)
    assert watched.most() - before < len(CODATS) * 3 * MOST_BYTES
