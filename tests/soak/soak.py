"""A soak from beginning to end: stand-ins in trouble, a gateway before them, workers that ask."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from gateway.sandbox.kit.fault_bodies import MARKER
from resolvers.upstream.redis_store import CONNECTIONS
from tests.soak.client import SLACK_SECONDS, Client
from tests.soak.exchange import secrets_of
from tests.soak.growth import FEW_SOCKETS, MOST_MEGABYTES
from tests.soak.process import serving, settings_for
from tests.soak.report import Report
from tests.soak.run import Run
from tests.soak.stand_ins import standing_in
from tests.soak.troubles import trouble

STORE_KEY = "the key of a soak that seals what nobody reads"
# Two gateways share no reads: who asks the one may join a read that began before the other was
# told of a write, and the longest deadline bounds how long that takes.
_STALE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to soak, after how long a warm-up, with how many workers, and what dice they throw.

    `slack` is how many seconds after its deadline an answer may come, `megabytes` by how much each
    gateway may grow, and `patience` for how many seconds it may be left open what became of a
    write: by default for longer than any platform is down. With the URL of a `store` there are
    two gateways, which share it.
    """

    seconds: float
    warm_up: float
    seed: int
    parallel: int
    slack: float = SLACK_SECONDS
    megabytes: int = MOST_MEGABYTES
    patience: float = 15.0
    store: str | None = None


async def soak(plan: Plan, folder: Path) -> Report:
    """Run one, and tell what it has found; the gateways' logs go into the folder."""
    async with prepared(plan, folder) as run:
        report = run.client.report
        await run.work(plan.warm_up, "warm-up", trouble)
        report.start = await run.quiet()
        await run.work(plan.seconds, "soak", trouble)
        report.end = await run.quiet()
        await run.judge(plan.megabytes)
    return report


@asynccontextmanager
async def prepared(plan: Plan, folder: Path) -> AsyncGenerator[Run]:
    """Start the stand-ins and the gateways of a soak."""
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
        client = Client(
            gateways,
            stand_ins,
            Report(plan.seed),
            secrets,
            plan.slack,
            staleness,
            plan.patience,
        )
        few = FEW_SOCKETS if plan.store is None else 2 * (FEW_SOCKETS + CONNECTIONS)
        yield Run(client, plan.seed, plan.parallel, few)
