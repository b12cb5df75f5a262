"""Runs a soak: a gateway in a process of its own, stand-ins in trouble, and workers that ask."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from gateway.sandbox.kit.fault_bodies import MARKER
from tests.soak.client import SLACK_SECONDS, Client
from tests.soak.exchange import secrets_of
from tests.soak.growth import Taken, growth
from tests.soak.process import serving, settings_for
from tests.soak.reads import ask_how_it_is, browse, is_well, look, nest, wander
from tests.soak.report import Flaw, Report
from tests.soak.stand_ins import standing_in
from tests.soak.troubles import calm, trouble
from tests.soak.writes import live

Job = Callable[[Client, random.Random], Awaitable[None]]

# An idle socket is closed after five seconds, when its pool is used again; then there are about
# two for each connection, beside what the gateway listens on.
_QUIET_SECONDS = 20.0
_LOOK_SECONDS = 0.25
_FEW_SOCKETS = 18

# Weights are of whole jobs: a walk and a life are several operations each.
JOBS: tuple[tuple[Job, int], ...] = (
    (wander, 15),
    (look, 40),
    (nest, 10),
    (browse, 5),
    (ask_how_it_is, 5),
    (live, 30),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to soak, after how long a warm-up, with how many workers, and what dice they throw.

    `slack` is how many seconds after its deadline an answer may come.
    """

    seconds: float
    warm_up: float
    seed: int
    parallel: int
    slack: float = SLACK_SECONDS


async def soak(plan: Plan, folder: Path) -> Report:
    """Run one, and tell what it has found; the gateway's log goes into the folder."""
    report = Report(plan.seed)
    async with AsyncExitStack() as opened:
        stand_ins = await opened.enter_async_context(standing_in())
        described = stand_ins.sandbox.describe()
        settings = settings_for(described)
        gateways = [await opened.enter_async_context(serving(settings, folder / "gateway.log"))]
        client = Client(gateways, stand_ins, report, secrets_of(described, MARKER), plan.slack)
        run = Run(plan, client)
        await run.work(plan.warm_up, "warm-up")
        report.start = await run.quiet()
        await run.work(plan.seconds, "soak")
        report.end = await run.quiet()
        run.judge()
    return report


@dataclass(frozen=True, slots=True)
class Run:
    """A soak under way."""

    plan: Plan
    client: Client

    async def work(self, seconds: float, name: str) -> None:
        """Let all workers work while the platforms are in trouble; what is begun is ended after."""
        seed, ends = self.plan.seed, time.monotonic() + seconds
        dice = [random.Random(f"{seed} {name} {n}") for n in range(self.plan.parallel)]  # noqa: S311
        stand_ins = self.client.stand_ins
        async with self.client.connected(), asyncio.TaskGroup() as tasks:
            troubling = tasks.create_task(trouble(stand_ins, random.Random(f"{seed} {name}")))  # noqa: S311
            for own in dice:
                tasks.create_task(self._worker(own, ends))
            await asyncio.sleep(seconds)
            troubling.cancel()
            calm(stand_ins)

    async def _worker(self, dice: random.Random, ends: float) -> None:
        jobs, weights = zip(*JOBS, strict=True)
        while time.monotonic() < ends:
            (job,) = dice.choices(jobs, weights)
            await job(self.client, dice)

    async def quiet(self) -> Taken:
        """Wait until the platforms are asked again and idle sockets are closed; then measure."""
        dice, ends = random.Random(self.plan.seed), time.monotonic() + _QUIET_SECONDS  # noqa: S311
        async with self.client.connected():
            few = _FEW_SOCKETS * len(self.client.gateways)
            while not await is_well(self.client, dice) or self._sockets() > few:
                if time.monotonic() > ends:
                    break
                await asyncio.sleep(_LOOK_SECONDS)
        return Taken(sum(one.memory() for one in self.client.gateways), self._sockets())

    def _sockets(self) -> int:
        return sum(one.sockets() for one in self.client.gateways)

    def judge(self) -> None:
        """Hold all writes to what the platforms have, and the gateways to their bounds."""
        report, stand_ins, ledger = self.client.report, self.client.stand_ins, self.client.ledger
        report.findings += ledger.findings(stand_ins.truth, stand_ins.applied)
        report.outcomes, report.faults = ledger.outcomes(), stand_ins.faults
        report.calls = stand_ins.calls()
        for says in growth(report.start, report.end):
            report.find(Flaw.GROWTH, says)
        for gateway in self.client.gateways:
            for says in self._said(gateway.log.read_bytes()):
                report.find(Flaw.WRONG, says)

    def _said(self, log: bytes) -> Iterator[str]:
        if any(secret in log for secret in self.client.secrets):
            yield "the log has a secret in it"
        if b"Traceback" in log:
            yield "the log has an unforeseen exception in it"
