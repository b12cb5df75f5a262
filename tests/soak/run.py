"""A soak under way: work in trouble, quiet moments to measure in, and a judgement."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from dataclasses import dataclass

from tests.soak.client import Client
from tests.soak.counts import counts
from tests.soak.growth import Taken, growth
from tests.soak.reads import ask_how_it_is, browse, is_well, look, nest, wander
from tests.soak.report import Flaw
from tests.soak.stand_ins import StandIns
from tests.soak.troubles import calm
from tests.soak.writes import live

Job = Callable[[Client, random.Random], Awaitable[None]]
Trouble = Callable[[StandIns, random.Random], Coroutine[None, None, None]]

# Weights are of whole jobs: a walk and a life are several operations each.
JOBS: tuple[tuple[Job, int], ...] = (
    (wander, 15),
    (look, 40),
    (nest, 10),
    (browse, 5),
    (ask_how_it_is, 5),
    (live, 40),
)

# An idle socket is closed after five seconds, when its pool is used again.
_QUIET_SECONDS = 20.0
_LOOK_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Run:
    """A soak under way; `seed` and the number of workers decide what is asked.

    `few` is how many sockets the gateways may have open at a quiet moment.
    """

    client: Client
    seed: int
    parallel: int
    few: int

    async def work(self, seconds: float, name: str, trouble: Trouble) -> None:
        """Let all workers work while the platforms are in trouble; what is begun is ended after."""
        ends, stand_ins = time.monotonic() + seconds, self.client.stand_ins
        async with self.client.connected(), asyncio.TaskGroup() as tasks:
            troubling = tasks.create_task(trouble(stand_ins, self.dice(name)))
            for number in range(self.parallel):
                tasks.create_task(self._worker(self.dice(f"{name} {number}"), ends))
            await asyncio.sleep(seconds)
            troubling.cancel()
            calm(stand_ins)

    async def quiet(self) -> Taken:
        """Wait until all platforms are asked again and idle sockets are closed; then measure."""
        dice, ends = self.dice("quiet"), time.monotonic() + _QUIET_SECONDS
        async with self.client.connected():
            while not (well := await self._is_well(dice)) or self._sockets() > self.few:
                if time.monotonic() > ends:
                    break
                await asyncio.sleep(_LOOK_SECONDS)
            told = [await counts(self.client.http, one.url) for one in self.client.gateways]
        if not well:
            self.client.report.find(Flaw.WRONG, "platforms that are well again are not asked")
        self.client.report.counts = sum(told, Counter[str]())
        return Taken(sum(one.memory() for one in self.client.gateways), self._sockets())

    async def judge(self, megabytes: int) -> None:
        """Hold all writes to what the platforms have, and the gateways to their bounds."""
        report, stand_ins, ledger = self.client.report, self.client.stand_ins, self.client.ledger
        report.findings += ledger.findings(stand_ins.truth, stand_ins.applied)
        report.outcomes, report.faults = ledger.outcomes(), stand_ins.faults
        report.calls = stand_ins.calls()
        for says in growth(report.start, report.end, len(self.client.gateways), megabytes):
            report.find(Flaw.GROWTH, says)
        for gateway in self.client.gateways:
            if status := await gateway.end():
                report.find(Flaw.WRONG, f"a gateway ended with status {status}")
            for says in self._said(gateway.log.read_bytes()):
                report.find(Flaw.WRONG, says)

    def dice(self, name: str) -> random.Random:
        """Give the dice of one who throws them; they fall the same for the same seed."""
        return random.Random(f"{self.seed} {name}")  # noqa: S311 - repeatable on purpose

    async def _worker(self, dice: random.Random, ends: float) -> None:
        jobs, weights = zip(*JOBS, strict=True)
        while time.monotonic() < ends:
            (job,) = dice.choices(jobs, weights)
            await job(self.client, dice)

    async def _is_well(self, dice: random.Random) -> bool:
        return all([await is_well(self.client, dice, one) for one in self.client.gateways])

    def _sockets(self) -> int:
        return sum(one.sockets() for one in self.client.gateways)

    def _said(self, log: bytes) -> Iterator[str]:
        if any(secret in log for secret in self.client.secrets):
            yield "the log has a secret in it"
        if b"Traceback" in log:
            yield "the log has an unforeseen exception in it"
