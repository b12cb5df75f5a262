"""Asks the gateway as clients do, looks at every answer, and now and then goes away too soon."""

import asyncio
import random
import time
from collections import deque
from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.no_tls import NO_TLS
from tests.soak.checks import Check
from tests.soak.exchange import Exchange, problems
from tests.soak.ledger import Ledger
from tests.soak.process import GatewayProcess, starved
from tests.soak.report import Flaw, Report
from tests.soak.stand_ins import StandIns
from tests.soak.truth import Labels, Truth

SLACK_SECONDS = 1.0
"""How long after its deadline an answer may come."""

_PATIENCE_SECONDS = 60.0
_KEPT_SECONDS = 2.0

# How many of the things that were written last are read more often than others.
_WRITTEN = 8

LEAVING_SHARE = 0.04
"""What share of operations their client does not wait for."""


@dataclass(slots=True)
class Client:
    """All that a worker needs: the gateways, the platforms behind them, and where findings go.

    `staleness` is for how many seconds after a write another gateway may show what was before it,
    `patience` for how many it may be left open what became of a write.
    """

    gateways: Sequence[GatewayProcess]
    stand_ins: StandIns
    report: Report
    secrets: Collection[bytes]
    slack: float = SLACK_SECONDS
    staleness: float = 0.0
    patience: float = 15.0
    ledger: Ledger = field(default_factory=Ledger)
    label: Labels = field(default_factory=Labels)
    written: deque[str] = field(default_factory=lambda: deque[str](maxlen=_WRITTEN))
    http: httpx.AsyncClient = field(init=False)

    @asynccontextmanager
    async def connected(self) -> AsyncGenerator[None]:
        """Keep connections to the gateways for as long as the block lasts."""
        # A client that keeps a socket for as long as the server does may use it as that closes it.
        limits = httpx.Limits(keepalive_expiry=_KEPT_SECONDS)
        async with httpx.AsyncClient(
            limits=limits, timeout=_PATIENCE_SECONDS, verify=NO_TLS
        ) as self.http:
            yield

    @property
    def truth(self) -> Truth:
        """What the platforms hold."""
        return self.stand_ins.truth

    async def ask(
        self,
        dice: random.Random,
        name: str,
        document: str,
        *,
        within: float | None = None,
        extra: float = 0.0,
        at: GatewayProcess | None = None,
        **variables: Any,
    ) -> Exchange | None:
        """Run an operation and look at the answer; None if the client has not waited for it.

        `within` is its deadline in seconds, chosen by the dice if it is left out; `extra` is what
        it may take beyond that. A client that asks `at` one gateway waits
        for every answer.
        """
        within = within or dice.choice((0.25, 1.0, 2.0, 4.0))
        leaves = None if at or dice.random() > LEAVING_SHARE else dice.uniform(0.002, 0.5)
        began, kept = time.monotonic(), self._starved()
        try:
            async with asyncio.timeout(leaves):
                gateway = at or dice.choice(self.gateways)
                response = await self._send(gateway, document, variables, within)
        except httpx.TransportError as error:
            self.report.find(Flaw.WRONG, f"there was no answer: {type(error).__name__}")
            return None
        except TimeoutError:
            self.report.operations["left by their client"] += 1
            return None
        ended, kept = time.monotonic(), self._starved() - kept
        most = within + extra + self.slack + kept
        headers = dict(response.headers)
        exchange = Exchange(
            document, variables, began, ended, response.status_code, headers, response.content
        )
        self.report.operations[name] += 1
        self.report.seconds.append(ended - began)
        for problem in problems(exchange, self.secrets):
            self.report.find(Flaw.WRONG, problem, exchange)
        if ended - began > most:
            self.report.find(Flaw.LATE, f"{name} was late", exchange, ended - began, most)
        return exchange

    async def _send(
        self, gateway: GatewayProcess, document: str, variables: Mapping[str, Any], within: float
    ) -> httpx.Response:
        return await self.http.post(
            f"{gateway.url}/graphql",
            json={"query": document, "variables": variables},
            headers={"Manifold-Deadline": str(within)},
        )

    def _starved(self) -> float:
        """Tell how long the machine has kept this process and the gateways from running."""
        return starved() + sum(gateway.starved() for gateway in self.gateways)

    def check(self, exchange: Exchange) -> Check:
        """Hold an answer to the truth."""
        return Check(self.truth, self.report, exchange)


async def pause(dice: random.Random) -> None:
    """Let some time pass before the next try."""
    await asyncio.sleep(dice.uniform(0.05, 0.4))
