"""A run: every gateway on every workload, in turns, round after round."""

import json
import sys
import time
import urllib.request
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.load import Plan, WrongAnswerError, load, only_data
from benchmarks.peers import HERE, Peer, Started
from benchmarks.processes import (
    GATEWAY_CORE,
    OTHER_CORE,
    Process,
    free_port,
    running,
    wait_until_answering,
)
from benchmarks.workloads import Workload

# Until what is in flight has ended, and the CPU that it took is counted.
_SETTLE_SECONDS = 0.2

Told = Callable[[str], None]


@dataclass(frozen=True)
class Extent:
    """How much is measured: rounds, seconds of each measurement and of warming up, connections."""

    rounds: int = 3
    seconds: float = 10.0
    warm_seconds: float = 3.0
    connections: int = 32


@dataclass(frozen=True)
class Figures:
    """What one measurement gave; times in milliseconds, memory in megabytes.

    `calls` are those to the platforms for each request under load, `calls_alone` those of a request
    that is alone; `busy` is how much of its core the gateway used.
    """

    peer: str
    workload: str
    requests_per_second: float
    p50: float
    p99: float
    cpu: float
    peak: float
    calls: float
    calls_alone: int
    busy: float


class Platforms:
    """The upstream, as far as a run steers it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def calls(self) -> int:
        """Tell how many calls it has had."""
        return json.loads(_read(f"{self.url}/__calls"))["calls"]

    def wait_for(self, milliseconds: int) -> None:
        """Let each answer wait."""
        _read(f"{self.url}/__latency?milliseconds={milliseconds}")


class Gateway:
    """A running gateway, to be measured."""

    def __init__(self, peer: Peer, started: Started, url: str, process: Process) -> None:
        self.peer = peer
        self._started, self._url, self._process = started, url, process

    def check(self, workload: Workload, platforms: Platforms) -> int:
        """Ask once, and give the number of calls; raises `WrongAnswerError`."""
        before = platforms.calls()
        headers = {"Content-Type": "application/json", **self._started.headers}
        body = workload.bodies()[0].encode()
        request = urllib.request.Request(self._url, body, headers)
        answer = json.loads(_read(request))
        if only_data(answer) != workload.expected():
            raise WrongAnswerError(f"{self.peer.name} {workload.name}: {str(answer)[:500]}")
        return platforms.calls() - before

    def measure(self, workload: Workload, platforms: Platforms, extent: Extent) -> Figures:
        """Check, warm up, put under load and check again."""
        platforms.wait_for(workload.latency_milliseconds)
        self.check(workload, platforms)
        load(self._plan(workload, extent, extent.warm_seconds))
        alone = self.check(workload, platforms)
        time.sleep(_SETTLE_SECONDS)
        self._process.forget_peak()
        cpu, calls = self._process.cpu_seconds(), platforms.calls()
        outcome = load(self._plan(workload, extent, extent.seconds))
        time.sleep(_SETTLE_SECONDS)
        used, made = self._process.cpu_seconds() - cpu, platforms.calls() - calls
        peak = self._process.peak_megabytes()
        self.check(workload, platforms)
        return Figures(
            peer=self.peer.name,
            workload=workload.name,
            requests_per_second=outcome.answers / outcome.seconds,
            p50=outcome.p50_milliseconds,
            p99=outcome.p99_milliseconds,
            cpu=used / outcome.answers * 1000,
            peak=peak,
            calls=made / outcome.answers,
            calls_alone=alone,
            busy=used / outcome.seconds,
        )

    def _plan(self, workload: Workload, extent: Extent, seconds: float) -> Plan:
        return Plan(
            url=self._url,
            headers=self._started.headers,
            bodies=workload.bodies(),
            expected=workload.expected(),
            connections=extent.connections,
            seconds=seconds,
        )


@dataclass(frozen=True)
class Run:
    """What a run gave: all figures, and what went wrong by gateway and workload."""

    figures: Sequence[Figures]
    failures: Mapping[tuple[str, str], str]


def run(
    peers: Sequence[Peer], workloads: Sequence[Workload], extent: Extent, logs: Path, told: Told
) -> Run:
    """Measure; `told` gets a line for each measurement."""
    figures, failures = list[Figures](), dict[tuple[str, str], str]()
    with ExitStack() as held:
        platforms = held.enter_context(upstream(logs))
        gateways = [held.enter_context(gateway(peer, platforms, logs)) for peer in peers]
        turns = (
            (number, workload, one)
            for number in range(1, extent.rounds + 1)
            for workload in workloads
            for one in gateways
        )
        for number, workload, one in turns:
            place = (one.peer.name, workload.name)
            if place in failures:
                continue
            try:
                found = one.measure(workload, platforms, extent)
            except (WrongAnswerError, OSError) as error:
                failures[place] = str(error)
                told(f"{workload.name:4} {one.peer.name:10} {error}")
                continue
            figures.append(found)
            told(f"{number}/{extent.rounds} {line(found)}")
    return Run(figures, failures)


def line(found: Figures) -> str:
    """Show a measurement in one line."""
    return (
        f"{found.workload:4} {found.peer:10} {found.cpu:8.3f} ms CPU"
        f" {found.requests_per_second:8.0f}/s p50 {found.p50:7.1f} p99 {found.p99:7.1f} ms"
        f" {found.peak:5.0f} MB calls {found.calls:.2f} (alone {found.calls_alone})"
        f" core {found.busy:.0%}"
    )


@contextmanager
def upstream(logs: Path) -> Generator[Platforms]:
    """Run the platforms."""
    port, log = free_port(), logs / "upstream.log"
    command = [sys.executable, "-m", "benchmarks.upstream", "--port", str(port)]
    root = HERE.parent
    with running(command, core=OTHER_CORE, folder=root, log=log, environment={}) as process:
        platforms = Platforms(f"http://127.0.0.1:{port}")
        wait_until_answering(f"{platforms.url}/__calls", process, log)
        yield platforms


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
        yield Gateway(peer, started, url, process)


def _read(asked: str | urllib.request.Request) -> bytes:
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return answer.read()
