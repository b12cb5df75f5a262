"""A platform that is down for long: few retries, a breaker that opens, one probe, and an end."""

from itertools import pairwise
from typing import Any

import pytest

from gateway.sandbox import Sandbox
from tests.graph.conftest import Graph, opened
from tests.trouble.asking import (
    AURORA,
    COMPANY_NAME,
    NEVER_MS,
    NODE,
    PALMERA,
    all_at_once,
    ask,
    codes,
    distinct,
    sign_in,
    tuned,
    until,
)

FOUND = {"data": {"company": {"name": "Aurora Seven Hotels"}}}
BREAKER = '{ connection(name: "conduit-north") { breaker } }'


async def breaker(graph: Graph) -> str:
    """Tell the state of the breaker of Conduit's northern connection."""
    return (await graph.data(BREAKER))["connection"]["breaker"]


async def count(graph: Graph, platform: str = "conduit") -> int:
    """Tell how many calls a stand-in has received."""
    return len(await graph.calls(platform))


async def fail(graph: Graph, times: int = 10, **faults: object) -> list[dict[str, Any]]:
    """Let so many operations fail one after another."""
    await graph.fault("conduit", **(faults or {"status": 500}))
    return [await ask(graph, COMPANY_NAME, id=id) for id in distinct(times)]


async def test_retries_are_a_tenth_of_first_tries_at_most(graph: Graph) -> None:
    """An outage of some calls in many is not made worse by asking again for all of them."""
    await graph.fault("conduit", status=500, error_rate=0.3)
    ids = distinct(150)
    for first in range(0, len(ids), 15):
        await all_at_once(graph, ids[first : first + 15])

    assert await breaker(graph) == "CLOSED"
    # One retry is for a gateway that has only begun, and so has earned none.
    assert 150 < await count(graph) <= 150 + 15 + 1


async def test_a_long_outage_costs_few_calls(graph: Graph) -> None:
    """Of many operations one after another all but the first are refused at once."""
    answers = await fail(graph, 60)

    assert {code for answer in answers for code in codes(answer)} == {"UPSTREAM_UNAVAILABLE"}
    assert await count(graph) == 10
    assert await breaker(graph) == "OPEN"


async def test_an_open_breaker_tells_when_to_come_back(sandbox: Sandbox) -> None:
    """In an error as in an outage; the other connection of the platform is none of its business."""
    async with opened(sandbox, tuned(sandbox, breaker_rest_seconds=60)) as graph:
        await fail(graph)
        await graph.fault("conduit")
        await graph.forget_calls()
        answer = await ask(graph, NODE, id=AURORA)
        other = await ask(graph, NODE, id=PALMERA)
        listed = await graph.data("""{ companies(platforms: [CONDUIT]) {
            nodes { id } outages { connection code message retryAfterSeconds }
        } }""")
        calls = await graph.calls("conduit")

    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "UPSTREAM_UNAVAILABLE"
    assert 50 <= error["extensions"]["retryAfterSeconds"] <= 60
    assert other == {"data": {"node": {"id": PALMERA}}}
    (outage,) = listed["companies"]["outages"]
    assert outage.pop("retryAfterSeconds") >= 50
    assert outage == {
        "connection": "conduit-north",
        "code": "UPSTREAM_UNAVAILABLE",
        "message": "Conduit Link failed too often, and is left alone for a moment.",
    }
    assert len(listed["companies"]["nodes"]) == 5
    assert len(calls) == 2


async def test_a_breaker_closes_by_one_good_probe(sandbox: Sandbox) -> None:
    """Of many that ask when the rest is over one is sent, and then all are."""
    async with opened(sandbox, tuned(sandbox, breaker_rest_seconds=0.3)) as graph:
        await fail(graph)
        await graph.fault("conduit", latency_ms=300)
        await graph.forget_calls()
        await until(lambda: _is(graph, "HALF_OPEN"))
        answers = await all_at_once(graph, [AURORA, *distinct(30)])
        probes = await count(graph)
        after = await breaker(graph)
        await graph.fault("conduit")
        later = await all_at_once(graph, distinct(30))

    assert answers[0] == FOUND
    refused = [code for answer in answers[1:] for code in codes(answer)]
    assert refused == ["UPSTREAM_UNAVAILABLE"] * 30
    assert probes == 1
    assert after == "CLOSED"
    assert later == [{"data": {"company": None}}] * 30


async def _is(graph: Graph, state: str) -> bool:
    return await breaker(graph) == state


async def test_a_bad_probe_opens_the_breaker_for_twice_as_long(sandbox: Sandbox) -> None:
    """A platform that is still down is asked less and less."""
    async with opened(sandbox, tuned(sandbox, breaker_rest_seconds=0.4)) as graph:
        await fail(graph)
        for probes in (11, 12):
            await until(lambda: _is(graph, "HALF_OPEN"))
            answer = await ask(graph, NODE, id=AURORA)
            assert codes(answer) == ["UPSTREAM_UNAVAILABLE"]
            assert await breaker(graph) == "OPEN"
            assert await count(graph) == probes
        calls = await graph.calls("conduit")

    moments = pairwise(call["at"] for call in calls[9:])
    first, second = (later - earlier for earlier, later in moments)
    assert first > 0.3
    assert second > 0.7


async def test_a_probe_whose_client_leaves_lets_the_next_one_pass(sandbox: Sandbox) -> None:
    """Who gave it up has learned nothing, and must not keep the platform closed."""
    async with opened(sandbox, tuned(sandbox, breaker_rest_seconds=0.2)) as graph:
        await fail(graph)
        await graph.fault("conduit", latency_ms=NEVER_MS)
        await graph.forget_calls()
        await until(lambda: _is(graph, "HALF_OPEN"))
        left = await ask(graph, NODE, within=0.2, id=AURORA)
        await graph.fault("conduit")
        answer = await ask(graph, COMPANY_NAME, id=AURORA)

    assert codes(left) == ["DEADLINE_EXCEEDED"]
    assert answer == FOUND


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422])
async def test_what_the_caller_has_to_put_right_does_not_open_it(graph: Graph, status: int) -> None:
    """A platform that says no is well."""
    await fail(graph, 30, status=status)

    assert await breaker(graph) == "CLOSED"
    assert await count(graph) == 30


async def test_clients_that_leave_do_not_open_it(graph: Graph) -> None:
    """Nor do deadlines that are too short for any platform."""
    await graph.fault("conduit", latency_ms=NEVER_MS)
    answers = await all_at_once(graph, distinct(30), within=0.3)

    assert {code for answer in answers for code in codes(answer)} == {"DEADLINE_EXCEEDED"}
    assert await breaker(graph) == "CLOSED"


@pytest.mark.parametrize(
    "faults",
    [{"status": 503}, {"status": 429}, {"drop": True}, {"cut": True}, {"drop_before": True}],
    ids=str,
)
async def test_what_the_platform_has_to_put_right_opens_it(
    graph: Graph, faults: dict[str, Any]
) -> None:
    """Ten calls of which half failed are enough, retries included."""
    await fail(graph, 15, **faults)

    assert await breaker(graph) == "OPEN"
    assert await count(graph) == 10


async def test_a_platform_that_hangs_opens_it(sandbox: Sandbox) -> None:
    """Of many that wait for a socket few are sent after those that had no answer."""
    settings = tuned(sandbox, timeout_seconds=0.5, most_connections=10, breaker_rest_seconds=60)
    async with opened(sandbox, settings) as graph:
        await graph.fault("conduit", latency_ms=NEVER_MS)
        answers = await all_at_once(graph, distinct(60))
        calls = await graph.calls("conduit")

    assert {code for answer in answers for code in codes(answer)} == {"UPSTREAM_UNAVAILABLE"}
    # Some got theirs before the tenth failure was counted.
    assert len(calls) < 20


async def test_a_token_that_many_wait_for_in_vain_is_one_failure(graph: Graph) -> None:
    """A hiccup of the token service is not an outage of the platform."""
    await graph.fault("clinked", status=500, latency_ms=300, only={"path": "/oauth/token"}, times=1)
    ids = distinct(30, "clinked")
    answers = await all_at_once(graph, ids)
    later = await all_at_once(graph, ids)

    assert {code for answer in answers for code in codes(answer)} == {"UPSTREAM_UNAVAILABLE"}
    assert later == [{"data": {"company": None}}] * 30


async def test_a_token_service_that_is_down_opens_it_too(graph: Graph) -> None:
    """Without a token nothing can be asked, and the token service is left alone as well."""
    await graph.fault("clinked", status=500, only={"path": "/oauth/token"})
    for id in distinct(30, "clinked"):
        await ask(graph, COMPANY_NAME, id=id)

    assert await count(graph, "clinked") == 10


async def test_an_outage_that_ends_is_over_for_every_operation(sandbox: Sandbox) -> None:
    """Nothing of it is left: not a retry, not a probe, not a slot."""
    settings = tuned(sandbox, breaker_rest_seconds=0.2, most_connections=5)
    async with opened(sandbox, settings) as graph:
        await sign_in(graph)
        for faults in ({"status": 500}, {"drop": True}, {"cut": True}, {"latency_ms": NEVER_MS}):
            await graph.fault("conduit", **faults)
            await all_at_once(graph, distinct(30), within=0.5)
        await graph.fault("conduit")
        await until(lambda: _answers(graph))
        answers = await all_at_once(graph, distinct(60))

    assert answers == [{"data": {"company": None}}] * 60


async def _answers(graph: Graph) -> bool:
    return await ask(graph, COMPANY_NAME, id=AURORA) == FOUND
