"""How long a request may take in all."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from gateway.http.patience import Patience
from resolvers.upstream.alarms import Alarms
from schema.limits.limit import LimitExceeded, Mode
from schema.limits.limits import Limits
from tests.gateway.http.asking import Told, asking, error


@pytest.fixture
def told() -> Told:
    """What was told of limits."""
    return Told()


async def waited(seconds: float, mode: str, told: Told) -> LimitExceeded:
    """Wait for what never comes, and give what ends it."""
    limits = Limits.model_validate({"request_seconds": mode})
    with pytest.raises(LimitExceeded) as over, Patience(Alarms(), seconds, limits, told):
        await asyncio.Event().wait()
    return over.value


async def test_what_takes_too_long_is_ended(told: Told) -> None:
    """And told of once."""
    over = await waited(0.01, "enforce", told)

    assert (over.limit, over.most) == ("request_seconds", 0.01)
    assert over.value >= 0.01
    assert told.of == [("request_seconds", Mode.ENFORCE)]


@pytest.mark.parametrize(("mode", "tells"), [("measure", True), ("off", False)])
async def test_what_takes_too_long_is_let_through_where_it_is_not_enforced(
    told: Told, mode: str, tells: bool
) -> None:
    """And told of where it is measured."""
    limits = Limits.model_validate({"request_seconds": mode})
    with Patience(Alarms(), 0, limits, told):
        await asyncio.get_running_loop().run_in_executor(None, int)

    assert told.of == ([("request_seconds", Mode.MEASURE)] if tells else [])


@pytest.mark.parametrize("mode", ["measure", "enforce", "off"])
async def test_what_is_in_time_is_not_told_of(told: Told, mode: str) -> None:
    """In any mode."""
    limits = Limits.model_validate({"request_seconds": mode})
    with Patience(Alarms(), 1000, limits, told):
        pass

    assert told.of == []


async def test_the_timeout_of_something_else_is_not_the_requests(told: Told) -> None:
    """That of a store, for instance: it is a fault of the gateway's own."""
    with pytest.raises(TimeoutError), Patience(Alarms(), 1000, Limits(), told):
        raise TimeoutError
    assert told.of == []


async def test_a_request_that_takes_too_long_is_answered() -> None:
    """By 504; the time that the operation may take is never cut short, nor that to answer it."""

    async def endless() -> AsyncGenerator[bytes]:
        yield b"{"
        await asyncio.Event().wait()

    limits = {"request_seconds": 0.01, "receive_seconds": "off"}
    async with asking(limits=limits, deadline_seconds=0.01) as client:
        headers = {"Content-Type": "application/json"}
        late = await client.post("/graphql", content=endless(), headers=headers, timeout=60)
        numbers = (await client.get("/metrics")).text

    assert late.status_code == 504
    told = error(late)["extensions"]
    assert (told["code"], told["limit"], told["most"]) == (
        "LIMIT_EXCEEDED",
        "request_seconds",
        2.01,
    )
    counted = 'manifold_limits_exceeded_total{limit="request_seconds",mode="enforce"} 1.0'
    assert counted in numbers
