"""A soak from beginning to end: stand-ins in trouble, a gateway before them, workers that ask."""

from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from gateway.sandbox.kit.fault_bodies import MARKER
from resolvers.upstream.redis_store import CONNECTIONS
from tests.soak.client import SLACK_SECONDS, Client
from tests.soak.exchange import secrets_of
from tests.soak.growth import FEW_SOCKETS
from tests.soak.process import serving, settings_for
from tests.soak.report import Report
from tests.soak.run import Run, Trouble
from tests.soak.stand_ins import standing_in
from tests.soak.troubles import trouble

STORE_KEY = "the key of a soak that seals what nobody reads"
# Two gateways share no reads: who asks the one may join a read that began before the other was
# told of a write, and the longest deadline bounds how long that takes.
_STALE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to soak, after how long a warm-up, with how many workers, and what dice they throw.

    `slack` is how many seconds after its deadline an answer may come. With the URL of a `store`
    there are two gateways, which share it.
    """

    seconds: float
    warm_up: float
    seed: int
    parallel: int
    slack: float = SLACK_SECONDS
    store: str | None = None
    trouble: Trouble = trouble


async def soak(plan: Plan, folder: Path) -> Report:
    """Run one, and tell what it has found; the gateways' logs go into the folder."""
    report = Report(plan.seed)
    async with AsyncExitStack() as opened:
        stand_ins = await opened.enter_async_context(standing_in())
        described = stand_ins.sandbox.describe()
        settings = settings_for(described, plan.store, STORE_KEY)
        gateways = [
            await opened.enter_async_context(serving(settings, folder / f"{name}.log"))
            for name in (("gateway",) if plan.store is None else ("first", "second"))
        ]
        secrets = secrets_of(described, MARKER, STORE_KEY)
        staleness = 0.0 if plan.store is None else _STALE_SECONDS
        client = Client(gateways, stand_ins, report, secrets, plan.slack, staleness)
        few = FEW_SOCKETS if plan.store is None else 2 * (FEW_SOCKETS + CONNECTIONS)
        run = Run(client, plan.seed, plan.parallel, few)
        await run.work(plan.warm_up, "warm-up", plan.trouble)
        report.start = await run.quiet()
        await run.work(plan.seconds, "soak", plan.trouble)
        report.end = await run.quiet()
        await run.judge()
    return report
