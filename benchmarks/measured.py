"""A gateway that runs, asked once or put under load."""

import json
import time
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from benchmarks.asked import Asked
from benchmarks.figures import Figures
from benchmarks.load import Plan, WrongAnswerError, load, only_data
from benchmarks.peers import Peer
from benchmarks.platforms import Platforms
from benchmarks.processes import (
    GATEWAY_CORE,
    Process,
    free_port,
    read,
    running,
    wait_until_answering,
)
from benchmarks.started import Started
from benchmarks.workloads import Workload

# Until what is in flight has ended, and the CPU that it took is counted.
_SETTLE_SECONDS = 0.2


@dataclass(frozen=True)
class Extent:
    """How much is measured: rounds, seconds of each measurement and of warming up, connections."""

    rounds: int
    seconds: float
    warm_seconds: float
    connections: int = 32

    @classmethod
    def of(cls, rounds: int, seconds: float) -> "Extent":
        """Warm up for half as long as is measured."""
        return cls(rounds, seconds, max(2.0, seconds / 2))

    def in_round(self, number: int) -> "Extent":
        """Warm up for a moment only where the rounds before have done so."""
        return self if number == 1 else replace(self, warm_seconds=1.0)


class Gateway:
    """A running gateway over the platforms."""

    def __init__(
        self, peer: Peer, started: Started, url: str, process: Process, platforms: Platforms
    ) -> None:
        self.peer = peer
        self._started, self._url = started, url
        self._process, self._platforms = process, platforms
        self._asked = cache(peer.asked)

    def answers(self, workload: Workload) -> bool:
        """Tell whether it has a way to answer the workload."""
        return self._asked(workload) is not None

    def check(self, asked: Asked) -> int:
        """Ask once, and give the number of calls; raises `WrongAnswerError`."""
        before = self._platforms.calls()
        headers = {"Content-Type": "application/json", **self._started.headers}
        request = urllib.request.Request(self._url, asked.bodies[0].encode(), headers)
        answer = json.loads(read(request))
        if only_data(answer) != asked.expected:
            raise WrongAnswerError(f"it answers {str(answer)[:500]}")
        return self._platforms.calls() - before

    def measure(self, workload: Workload, extent: Extent) -> Figures:
        """Check, warm up, put under load and check again; raises `WrongAnswerError`."""
        asked = self._asked(workload)
        if asked is None:
            raise WrongAnswerError("it has no way to answer")
        self._platforms.wait_for(workload.latency_milliseconds)
        self.check(asked)
        load(self._plan(asked, extent, extent.warm_seconds))
        alone = self.check(asked)
        found = self._under_load(workload.name, alone, self._plan(asked, extent, extent.seconds))
        self.check(asked)
        return found

    def _under_load(self, workload: str, alone: int, plan: Plan) -> Figures:
        time.sleep(_SETTLE_SECONDS)
        self._process.forget_peak()
        cpu, calls = self._process.cpu_seconds(), self._platforms.calls()
        outcome = load(plan)
        time.sleep(_SETTLE_SECONDS)
        used, made = self._process.cpu_seconds() - cpu, self._platforms.calls() - calls
        return Figures(
            peer=self.peer.name,
            workload=workload,
            rate=outcome.answers / outcome.seconds,
            p50=outcome.p50_milliseconds,
            p99=outcome.p99_milliseconds,
            cpu=used / outcome.answers * 1000,
            peak=self._process.peak_megabytes(),
            calls=made / outcome.answers,
            alone=alone,
            busy=used / outcome.seconds,
        )

    def _plan(self, asked: Asked, extent: Extent, seconds: float) -> Plan:
        return Plan(
            url=self._url,
            headers=self._started.headers,
            bodies=asked.bodies,
            expected=asked.expected,
            connections=extent.connections,
            seconds=seconds,
        )


@contextmanager
def gateway(peer: Peer, platforms: Platforms, logs: Path) -> Generator[Gateway]:
    """Run a gateway over the platforms."""
    port, log = free_port(), logs / f"{peer.name}.log"
    folder = logs / peer.name
    folder.mkdir(exist_ok=True)
    started = peer.start(platforms.url, port, folder)
    url = f"http://127.0.0.1:{port}/graphql"
    with running(
        started.command,
        core=GATEWAY_CORE,
        folder=started.folder,
        log=log,
        environment=started.environment,
    ) as process:
        wait_until_answering(url, process, log)
        yield Gateway(peer, started, url, process, platforms)
