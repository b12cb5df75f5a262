"""No write reaches a platform twice, unless the platform is then as after the first time."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from gateway.sandbox import Sandbox
from tests.graph.conftest import Graph, opened
from tests.graph.mutations.test_every_mutation import CHANGING, DELETING, MAKING
from tests.graph.mutations.writing import Write, sign_in, tells_no_secret
from tests.trouble.asking import ALDER, NEVER_MS, PLATFORMS, ask, tuned, until
from tests.trouble.asking import sign_in as signed_in

WRITES = [*MAKING, *CHANGING, *DELETING]
METHODS = ("POST", "PUT", "PATCH", "DELETE")
TROUBLES: dict[str, dict[str, Any]] = {
    "cut": {"cut": True},
    "drop": {"drop": True},
    "drop before": {"drop_before": True},
    "500": {"status": 500},
    "429 and come back": {"status": 429, "headers": {"Retry-After": "0"}},
    "html": {"html": True},
}
Call = dict[str, Any]


async def written(graph: Graph, platform: str) -> list[Call]:
    """Give the calls by which a stand-in was asked to change something."""
    return [call for call in await graph.calls(platform) if call["method"] in METHODS]


@pytest.fixture(scope="module")
def methods() -> dict[str, str]:
    """The method by which each mutation writes, once that is known."""
    return {}


async def method_of(sandbox: Sandbox, write: Write, known: dict[str, str]) -> str:
    """Tell by which method a mutation writes where nothing goes wrong."""
    if str(write) not in known:
        async with opened(sandbox, tuned(sandbox)) as graph:
            await graph.answer(write.document(), **write.variables)
            (known[str(write)],) = {call["method"] for call in await written(graph, write.platform)}
    return known[str(write)]


def is_safe(platform: str, method: str) -> bool:
    """Tell whether a platform is the same whether it has such a write once or twice."""
    keyed = platform == "codat" and method in {"POST", "PATCH"}
    return keyed or (platform == "leadconduit" and method == "PUT")


def check(platform: str, calls: list[Call]) -> None:
    """Hold writes to coming once or, where it is safe, at most thrice under one key."""
    times = Counter((call["method"], call["path"], str(call["body"])) for call in calls)
    for (method, path, _), many in times.items():
        assert many <= (3 if is_safe(platform, method) else 1), (method, path, many)
    keyed = [call for call in calls if platform == "codat" and call["method"] != "DELETE"]
    keys = {call["idempotency_key"] for call in keyed}
    assert len(keys) == len([name for name in times if keyed and name[0] != "DELETE"])
    assert None not in keys


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_write_in_trouble_reaches_its_platform_once(
    sandbox: Sandbox, methods: dict[str, str], platform: str, trouble: str
) -> None:
    """Whatever became of it, every mutation of the platform is sent once, and nothing is shown."""
    for write in WRITES:
        if write.platform != platform:
            continue
        method = await method_of(sandbox, write, methods)
        async with opened(sandbox, tuned(sandbox)) as graph:
            await sign_in(graph, platform)
            await graph.fault(platform, **TROUBLES[trouble], only={"method": method})
            answer = await graph.answer(write.document(), **write.variables)
            calls = await written(graph, platform)

        assert calls, str(write)
        check(platform, calls)
        assert tells_no_secret(graph, answer)


@pytest.mark.parametrize("wait", ["latency_ms", "latency_after_ms"])
async def test_a_write_that_is_late_reaches_its_platform_once(sandbox: Sandbox, wait: str) -> None:
    """Every mutation there is, all of them under way when the deadline comes."""
    async with opened(sandbox, tuned(sandbox)) as graph:
        await signed_in(graph)
        for platform in PLATFORMS:
            await graph.fault(platform, **{wait: NEVER_MS})
        answers = await asyncio.gather(
            *(ask(graph, write.document(), within=1, **write.variables) for write in WRITES)
        )
        for platform in PLATFORMS:
            await until(lambda platform=platform: _is_left(graph, platform))
            check(platform, await written(graph, platform))

    assert all(tells_no_secret(graph, answer) for answer in answers)


async def _is_left(graph: Graph, platform: str) -> bool:
    return None not in [call["status"] for call in await graph.calls(platform)]


CREATE = """mutation { companyCreate(input: { codat: { name: "Larch Mill" } }) {
    outcome company { name }
} }"""
CHANGE = """mutation Change($id: ID!) {
    entityUpdate(id: $id, input: { leadconduit: { name: "Larch" } }) { outcome entity { name } }
}"""


@pytest.mark.parametrize("trouble", ["cut", "drop", "drop before", "429 and come back"])
async def test_a_write_under_a_key_is_sent_again_and_done_once(
    sandbox: Sandbox, trouble: str
) -> None:
    """Codat knows it by its Idempotency-Key, so the caller sees nothing of the trouble."""
    async with opened(sandbox, tuned(sandbox)) as graph:
        await graph.fault("codat", **TROUBLES[trouble], only={"method": "POST"}, times=1)
        answer = await graph.answer(CREATE)
        calls = await written(graph, "codat")
        listed = await graph.data(
            '{ companies(platforms: [CODAT], first: 100, filter: { nameContains: "Larch Mill" }) '
            "{ nodes { name } } }"
        )

    made = {"outcome": "CONFIRMED", "company": {"name": "Larch Mill"}}
    assert answer == {"data": {"companyCreate": made}}
    assert len(calls) == 2
    assert len({call["idempotency_key"] for call in calls}) == 1
    assert listed["companies"]["nodes"] == [{"name": "Larch Mill"}]


@pytest.mark.parametrize("trouble", ["cut", "drop", "drop before", "500", "429 and come back"])
async def test_a_write_that_may_be_repeated_is_sent_again(sandbox: Sandbox, trouble: str) -> None:
    """LeadConduit's PUT leaves an entity the same, however often it comes."""
    async with opened(sandbox, tuned(sandbox)) as graph:
        await graph.fault("leadconduit", **TROUBLES[trouble], only={"method": "PUT"}, times=1)
        answer = await graph.answer(CHANGE, id=ALDER)
        calls = await written(graph, "leadconduit")

    made = {"outcome": "CONFIRMED", "entity": {"name": "Larch"}}
    assert answer == {"data": {"entityUpdate": made}}
    assert [call["method"] for call in calls] == ["PUT", "PUT"]
