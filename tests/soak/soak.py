"""Runs a soak: a gateway in a process of its own, stand-ins in trouble, and workers that ask."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from gateway.sandbox.kit.fault_bodies import MARKER
from tests.soak.client import SLACK_SECONDS, Client
from tests.soak.exchange import secrets_of
from tests.soak.process import serving, settings_for
from tests.soak.reads import ask_how_it_is, browse, is_well, look, nest, walk
from tests.soak.report import Report, Taken
from tests.soak.stand_ins import standing_in
from tests.soak.troubles import calm, trouble
from tests.soak.writes import live

Job = Callable[[Client, random.Random], Awaitable[None]]

# An idle socket is closed after five seconds, when its pool is used again.
_QUIET_SECONDS = 20.0
_LOOK_SECONDS = 0.25
SOCKETS = 2

# Weights are of whole jobs: a walk and a life are several operations each.
JOBS: tuple[tuple[Job, int], ...] = (
    (walk, 15),
    (look, 35),
    (nest, 10),
    (browse, 5),
    (ask_how_it_is, 5),
    (live, 30),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to soak, after how long a warm-up, with how many workers, and what dice they throw.

    `slack` is how many seconds after its deadline an answer may come, and `growth` how many bytes
    of memory the gateway may take up beside what it had after the warm-up.
    """

    seconds: float
    warm_up: float
    seed: int
    parallel: int
    slack: float = SLACK_SECONDS
    growth: int = 64 * 1024 * 1024


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
        await run.judge()
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
            while not await is_well(self.client, dice) or self._sockets() > self._few():
                if time.monotonic() > ends:
                    break
                await asyncio.sleep(_LOOK_SECONDS)
        return Taken(sum(one.memory() for one in self.client.gateways), self._sockets())

    def _sockets(self) -> int:
        return sum(one.sockets() for one in self.client.gateways)

    def _few(self) -> int:
        return len(self.client.gateways) * (
            5 + SOCKETS * len(self.client.stand_ins.sandbox.describe())
        )

    async def judge(self) -> None:
        """Hold all writes to what the platforms have, and the processes to their bounds."""
        report, stand_ins = self.client.report, self.client.stand_ins
        ledger = self.client.ledger
        report.findings += ledger.findings(stand_ins.truth, stand_ins.applied)
        report.outcomes, report.faults = ledger.outcomes(), stand_ins.faults
        report.calls = stand_ins.calls()
