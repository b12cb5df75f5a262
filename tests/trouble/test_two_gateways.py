"""Two gateways, each a process of its own, on one store."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.sandbox import Sandbox
from tests.gateway.process import Process, reached, serving
from tests.graph.conftest import Graph
from tests.graph.lists import global_id
from tests.store_server import ServerProcess
from tests.trouble.asking import COMPANY_NAME, LARKSPUR, PATIENCE, TOKEN, until

KEY = "a secret of at least thirty-two characters"
# Nothing here is about time, and the machine may have much else to do.
UNHURRIED = {
    "deadline_seconds": 3 * PATIENCE,
    "connections__clinked__timeout_seconds": 2 * PATIENCE,
}
# As many as httpx opens. What waits for one inside of it is gone through at each answer.
SOCKETS = 100
STATE = (
    """{ connections { name status breaker stateKept budget { remaining } lastError { code } } }"""
)
CREATE = """mutation Create($key: String!) {
    companyCreate(input: {codat: {name: "Larch Mill"}}, idempotencyKey: $key) {
        outcome company { id } userErrors { code }
    }
}"""


@dataclass(frozen=True)
class Two:
    """The two gateways, and what the stand-ins of both received."""

    first: Graph
    second: Graph
    processes: tuple[Process, Process]

    @property
    def both(self) -> tuple[Graph, Graph]:
        """The two, to take turns."""
        return self.first, self.second

    async def each(self, asked: list[tuple[str, dict[str, object]]]) -> list[dict[str, Any]]:
        """Run documents at once, every other one by the second gateway."""
        sockets = [asyncio.Semaphore(SOCKETS) for _ in self.both]

        async def answer(place: int, document: str, variables: dict[str, object]) -> dict[str, Any]:
            async with sockets[place]:
                return await self.both[place].answer(document, **variables)

        return await asyncio.gather(*(answer(n % 2, *one) for n, one in enumerate(asked)))

    async def state(self, graph: Graph, name: str) -> dict[str, Any]:
        """Tell how one gateway sees a connection."""
        listed = (await graph.data(STATE))["connections"]
        return next(one for one in listed if one["name"] == name)


class Pair:
    """Starts the two on a store, with more settings."""

    def __init__(self, sandbox: Sandbox, folder: Path, stack: AsyncExitStack) -> None:
        self._sandbox, self._folder, self._stack = sandbox, folder, stack

    async def __call__(self, store: str, **settings: object) -> Two:
        """Start both; the stand-ins are as new."""
        for stand_in in self._sandbox.stand_ins:
            stand_in.reset()
        processes: list[Process] = []
        graphs: list[Graph] = []
        for name in ("first", "second"):
            folder = self._folder / name
            folder.mkdir()
            given = {"store": store, "store_key": KEY, **UNHURRIED, **settings}
            started = serving(self._sandbox, folder, **given)
            processes.append(self._stack.enter_context(started))
            over = reached(self._sandbox, processes[-1])
            graphs.append(await self._stack.enter_async_context(over))
        return Two(graphs[0], graphs[1], (processes[0], processes[1]))


@pytest.fixture
async def pair(sandbox: Sandbox, tmp_path: Path) -> AsyncGenerator[Pair]:
    """Two gateways to be started by the test."""
    async with AsyncExitStack() as stack:
        yield Pair(sandbox, tmp_path, stack)


def missing(many: int) -> list[tuple[str, dict[str, object]]]:
    """Ask for so many accounts of Clinked that are not there, each a call of its own."""
    ids = (global_id("ClinkedAccount", "clinked", str(1000 + number)) for number in range(many))
    return [(COMPANY_NAME, {"id": id}) for id in ids]


async def tokens(graph: Graph) -> int:
    """Count the requests for a token."""
    url = f"{graph.sandbox.url('clinked')}/__calls/count"
    return (await graph.outside.get(url, params={"path": TOKEN})).json()["count"]


async def test_five_hundred_operations_over_both_with_an_expired_token_renew_it_once(
    pair: Pair, store_url: str
) -> None:
    """One gateway fetches it, and the other finds it in the store."""
    two = await pair(store_url)
    for graph in two.both:
        await graph.data(COMPANY_NAME, id=LARKSPUR)
    assert await tokens(two.first) == 1
    await two.first.fault("clinked", expire_tokens=True)
    answers = await two.each(missing(500))

    assert answers == [{"data": {"company": None}}] * 500
    assert await tokens(two.first) == 2


async def test_a_budget_is_one_for_both(pair: Pair, store_url: str) -> None:
    """With twenty calls left, a hundred reads send twenty, and the others are told to wait."""
    limits = {"connections__clinked__rate_limits": "21/300", "mutation_share": 0}
    two = await pair(store_url, **limits)
    # The token's request is the first of the twenty-one.
    answers = await two.each(missing(100))

    url = f"{two.first.sandbox.url('clinked')}/__calls/count"
    assert (await two.first.outside.get(url)).json()["count"] == 21
    refused = [answer["errors"][0]["extensions"] for answer in answers if "errors" in answer]
    assert len(refused) == 80
    assert {one["code"] for one in refused} == {"RATE_LIMITED"}
    assert all(0 < one["retryAfterSeconds"] <= 301 for one in refused)
    for graph in two.both:
        assert (await two.state(graph, "clinked"))["budget"] == {"remaining": 0}


async def test_a_breaker_that_one_has_opened_is_open_for_the_other(
    pair: Pair, store_url: str
) -> None:
    """The second gateway asks a platform nothing that the first knows to be down."""
    two = await pair(store_url)
    await two.first.fault("leadconduit", status=503)

    async def has_opened() -> bool:
        await two.first.answer("{ entities { outages { code } } }")
        return (await two.state(two.first, "leadconduit"))["breaker"] == "OPEN"

    await until(has_opened)
    await two.first.forget_calls()
    data = await two.second.data("{ entities { outages { code retryAfterSeconds } } }")

    (outage,) = data["entities"]["outages"]
    assert outage["code"] == "UPSTREAM_UNAVAILABLE"
    assert outage["retryAfterSeconds"] >= 1
    assert (await two.state(two.second, "leadconduit"))["breaker"] == "OPEN"
    assert await two.second.calls("leadconduit") == []


async def test_a_mutation_with_a_key_is_done_once_whichever_gateway_is_asked(
    pair: Pair, store_url: str
) -> None:
    """Also when both are asked at the same time; then the later one may have to ask again."""
    two = await pair(store_url)
    variables: dict[str, object] = {"key": "order-4711"}
    first, second = await two.each([(CREATE, variables)] * 2)
    again = [await graph.answer(CREATE, **variables) for graph in two.both]

    made = again[0]["data"]["companyCreate"]
    assert made["outcome"] == "CONFIRMED"
    assert again[1]["data"]["companyCreate"] == made
    for answer in (first, second):
        payload = answer["data"]["companyCreate"]
        in_use = [error["code"] for error in payload["userErrors"]] == ["IDEMPOTENCY_KEY_IN_USE"]
        assert payload == made or in_use
    calls = await two.first.calls("codat")
    assert [call["method"] for call in calls].count("POST") == 1


async def test_killing_the_store_in_the_middle_loses_no_answer(
    pair: Pair, own_server: ServerProcess
) -> None:
    """Both gateways go on by themselves, say so, and share again when it is back."""
    two = await pair(own_server.url)
    asking = asyncio.create_task(two.each(missing(300)))

    async def is_under_way() -> bool:
        return len(await two.first.calls("clinked")) > 50

    await until(is_under_way)
    own_server.kill()
    answers = await asking
    later = await two.each(missing(20))

    assert answers == [{"data": {"company": None}}] * 300
    assert later == [{"data": {"company": None}}] * 20
    for graph in two.both:
        assert (await two.state(graph, "clinked"))["stateKept"] == "DEGRADED"
    own_server.start()
    for graph, process in zip(two.both, two.processes, strict=True):
        await until(lambda graph=graph: shares(graph))
        told = [line["event"] for line in process.lines() if "store is" in line["event"]]
        assert told == ["store is away, state is kept locally", "store is back"]


async def shares(graph: Graph) -> bool:
    """Tell whether a gateway says that it shares its state."""
    await graph.data(COMPANY_NAME, id=LARKSPUR)
    ready = (await graph.gateway.get("/readyz", timeout=httpx.Timeout(PATIENCE))).json()
    return "SHARED" in str(ready)


async def test_a_gateway_starts_and_answers_without_its_store(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    """Nobody listens where the store should be, and `connections` says so."""
    with serving(sandbox, tmp_path, store="redis://127.0.0.1:9", store_key=KEY) as process:
        async with reached(sandbox, process) as graph:
            answer = await graph.answer(COMPANY_NAME, id=LARKSPUR)
            kept = {one["stateKept"] for one in (await graph.data(STATE))["connections"]}

    assert answer == {"data": {"company": {"name": "Larkspur Architects"}}}
    assert kept == {"DEGRADED"}
