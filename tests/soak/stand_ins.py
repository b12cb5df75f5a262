"""The stand-ins of a soak: what they hold is noted at every write, and faults are counted."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, cast

import httpx
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.sandbox import Sandbox
from gateway.sandbox.kit.answers import Answer, collect, deliver
from gateway.sandbox.kit.fault_rules import faults_of
from gateway.sandbox.kit.faults import FaultBox, Faults
from gateway.sandbox.kit.gate import Gate
from gateway.sandbox.stand_in import StandIn
from tests.no_tls import NO_TLS
from tests.soak.shown import Held
from tests.soak.side_doors import SideDoors, side_doors
from tests.soak.truth import Truth, labels_in

Noted = Callable[[Request, Answer, bytes, float], Awaitable[None]]


class CountedFaults(FaultBox):
    """Counts the faults that calls meet, by their names."""

    def __init__(self, counted: Counter[str]) -> None:
        """Count into a counter that several may share."""
        self._counted = counted
        super().__init__()

    def draw(self, method: str, path: str) -> Faults:
        """Tell what goes wrong with a call."""
        faults = super().draw(method, path)
        self._counted.update(_names(faults))
        return faults


class Watched:
    """A platform's app, whose writes are told to somebody once they are done."""

    def __init__(self, app: ASGIApp, told: Noted) -> None:
        """Stand before the app."""
        self._app, self._told = app, told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call."""
        request, since = Request(scope, receive), time.monotonic()
        if request.method in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        body = await request.body()
        answer = await collect(self._app, request, body)
        await self._told(request, answer, body, since)
        await deliver(answer, send, head=False, cut=False)


@dataclass(slots=True)
class StandIns:
    """The stand-ins, the truth about what they hold, and what was done to them.

    `applied` counts, for each label, the writes with it that a platform took; those that it knows
    for repeated ones, by a key, are not known for such here.
    """

    sandbox: Sandbox
    truth: Truth = field(default_factory=Truth)
    faults: Counter[str] = field(default_factory=Counter[str])
    applied: Counter[str] = field(default_factory=Counter[str])
    _boxes: dict[str, CountedFaults] = field(default_factory=dict[str, CountedFaults])
    _gates: dict[str, Gate] = field(default_factory=dict[str, Gate])
    _lists: list[Held] = field(default_factory=list[Held])
    _noting: asyncio.Lock = field(default_factory=asyncio.Lock)
    _doors: SideDoors = field(default_factory=lambda: SideDoors({}))

    @property
    def platforms(self) -> list[str]:
        """The names of the platforms."""
        return list(self._boxes)

    def trouble(self, platform: str, faults: Mapping[str, Any]) -> None:
        """Put faults in force in place of those before."""
        self._boxes[platform].put(faults_of(dict(faults)))

    async def expire_tokens(self, platform: str) -> None:
        """Let all tokens of a platform run out now."""
        controls = httpx.ASGITransport(self._gates[platform].controls)
        async with httpx.AsyncClient(
            transport=controls, base_url="http://controls", verify=NO_TLS
        ) as client:
            await client.put("/__faults", json={"expire_tokens": True})
        self.faults["expire_tokens"] += 1

    def calls(self) -> int:
        """Count the calls that came."""
        return sum(gate.calls.count(None, "") for gate in self._gates.values())

    def watch(self, stand_in: StandIn) -> StandIn:
        """Give a stand-in that is watched in place of one that is not."""
        gate, platform = cast("Gate", stand_in.app), stand_in.platform

        async def told(request: Request, answer: Answer, body: bytes, since: float) -> None:
            await self._told(platform, request, answer, body, since)

        self._gates[platform] = gate
        self._boxes[platform] = box = CountedFaults(self.faults)
        watched = Gate(Watched(gate.app, told), gate.controls, gate.calls, box, gate.limits)
        return replace(stand_in, app=watched)

    async def learn(self, doors: SideDoors) -> None:
        """Take what is held for all that ever was."""
        self._doors, self._lists = doors, await doors.lists()
        for held in self._lists:
            await self._note(held, time.monotonic())
        self.truth.begin()

    @property
    def open_doors(self) -> dict[str, ASGIApp]:
        """The platforms' own apps, before which no fault stands."""
        return {platform: gate.app for platform, gate in self._gates.items()}

    async def _told(
        self, platform: str, request: Request, answer: Answer, body: bytes, since: float
    ) -> None:
        if answer.status < 400 and b'"success":false' not in answer.body:
            self.applied.update(set(labels_in(body.decode())))
        path = request.url.path
        for held in self._lists:
            # An invitation by LeadConduit is an entity, though it is made elsewhere.
            near = path.startswith(held.path) or platform == "leadconduit"
            if held.platform == platform and near:
                await self._note(held, since)

    async def _note(self, held: Held, since: float) -> None:
        async with self._noting:
            rows = await self._doors.rows(held)
            self.truth.note(held.name, held.things(rows), since)


@asynccontextmanager
async def standing_in() -> AsyncGenerator[StandIns]:
    """Start the stand-ins, without limits, and learn what they hold."""
    sandbox = Sandbox(limits=False)
    made = StandIns(sandbox)
    sandbox.stand_ins = [made.watch(one) for one in sandbox.stand_ins]
    async with sandbox, side_doors(made.open_doors, sandbox.describe()) as doors:
        await made.learn(doors)
        yield made


def _names(faults: Faults) -> list[str]:
    shown = faults.shown()
    status = shown.pop("status", None)
    names = [name for name in shown if name not in {"mix", "only", "times", "headers"}]
    return [*names, *([] if status is None else [str(status)])]
