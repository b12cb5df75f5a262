"""A caller's minute: what is taken of it, refused and given back."""

import asyncio
from dataclasses import dataclass, field

import pytest

from gateway.allowance import CallersAllowance, settled
from resolvers.upstream.sealing import Seal
from resolvers.upstream.services import Services
from resolvers.upstream.shared import open_store
from resolvers.upstream.store import MemoryStore
from schema.limits.limit import LimitExceeded, Mode
from schema.limits.limits import Limits
from tests.resolvers.upstream.distant_store import DistantStore
from tests.resolvers.upstream.hand_clock import HandClock
from tests.store_server import ask, keys_of

KEY = b"a key for tests that is long enough"


@dataclass
class Gateway:
    """A gateway's services and limits, and what it was told of limits."""

    services: Services
    limits: Limits
    told: list[tuple[str, Mode]] = field(default_factory=list[tuple[str, Mode]])

    def over(self, limit: str, mode: Mode) -> None:
        """Note what goes beyond a limit."""
        self.told.append((limit, mode))

    def allowance(self, who: str = "anna") -> CallersAllowance:
        """Give what a request has."""
        mark = self.services.seal.mark(who.encode())
        return CallersAllowance(self.services, self.limits, self.over, mark)

    async def took(self, calls: int, who: str = "anna") -> bool:
        """Tell whether so much could be taken."""
        before = len(self.told)
        try:
            await self.allowance(who).take(calls)
        except LimitExceeded:
            return False
        return len(self.told) == before


@pytest.fixture
def clock() -> HandClock:
    """The clock of the store."""
    return HandClock()


def gateway(clock: HandClock, most: object = 60, **limits: object) -> Gateway:
    """Make a gateway whose callers have so many calls, and one more each second if it is sixty."""
    services = Services(MemoryStore(clock), Seal([KEY]))
    return Gateway(services, Limits.model_validate({"calls_per_minute": most, **limits}))


@pytest.fixture
def distant(clock: HandClock) -> Gateway:
    """A gateway whose store answers later."""
    limits = Limits.model_validate({"calls_per_minute": 60})
    return Gateway(Services(DistantStore(clock), Seal([KEY])), limits)


async def test_operations_are_charged_what_they_cost(clock: HandClock) -> None:
    """Until the minute is used up, and again when it has filled."""
    one = gateway(clock)

    assert await one.took(50)
    assert not await one.took(11)
    assert await one.took(10)
    assert not await one.took(1)
    clock.turn(11)
    assert await one.took(11)
    assert one.told == [("calls_per_minute", Mode.ENFORCE)] * 2


async def test_a_refusal_says_which_limit_and_when_to_come_back(clock: HandClock) -> None:
    """When what was asked for has flowed in, and not when the bucket is full."""
    one = gateway(clock)
    await one.took(60)
    with pytest.raises(LimitExceeded) as caught:
        await one.allowance().take(20)

    assert caught.value.told() == {
        "limit": "calls_per_minute",
        "value": 20,
        "most": 60,
        "retryAfterSeconds": 20,
    }
    clock.turn(20)
    assert await one.took(20)


async def test_a_gateway_that_tells_no_limits_still_says_when_to_come_back(
    clock: HandClock,
) -> None:
    """A client has to know that much."""
    one = gateway(clock, tell=False)
    await one.took(60)
    with pytest.raises(LimitExceeded) as caught:
        await one.allowance().take(1)

    assert caught.value.told() == {"retryAfterSeconds": 1}
    assert "60" not in caught.value.message
    assert "calls_per_minute" not in caught.value.message


async def test_callers_share_nothing(clock: HandClock) -> None:
    """One that asks too much is in nobody else's way."""
    one = gateway(clock)
    await one.took(60)

    assert not await one.took(1)
    assert await one.took(60, "bert")


async def test_an_operation_that_costs_more_than_a_minute_takes_all_of_it(
    clock: HandClock,
) -> None:
    """It would never be let through otherwise, though another limit allows it."""
    one = gateway(clock)

    assert await one.took(1000)
    assert not await one.took(1)
    clock.turn(59)
    with pytest.raises(LimitExceeded) as caught:
        await one.allowance().take(1000)
    assert (caught.value.value, caught.value.retry_after) == (1000, 1)


async def test_a_limit_of_nothing_lets_nothing_through(clock: HandClock) -> None:
    """And there is no time after which it would."""
    one = gateway(clock, 0)
    with pytest.raises(LimitExceeded) as caught:
        await one.allowance().take(1)

    assert caught.value.retry_after is None


async def test_what_was_not_made_is_given_back(clock: HandClock) -> None:
    """Once, and no more than was taken."""
    one = gateway(clock)
    allowance = one.allowance()
    await allowance.take(60)
    await allowance.settle(45)
    await allowance.settle(0)

    assert await one.took(15)
    assert not await one.took(1)


async def test_what_was_made_beyond_the_estimate_gives_nothing_back(clock: HandClock) -> None:
    """Nor does what has taken the whole minute and made more than that."""
    one = gateway(clock)
    allowance = one.allowance()
    await allowance.take(100)
    await allowance.settle(80)

    assert not await one.took(1)


async def test_who_was_refused_has_nothing_to_give_back(clock: HandClock) -> None:
    """Or a refusal would be worth more than an answer."""
    one = gateway(clock)
    await one.took(60)
    allowance = one.allowance()
    with pytest.raises(LimitExceeded):
        await allowance.take(30)
    await allowance.settle(0)

    assert not await one.took(1)


async def test_a_measured_limit_is_told_and_holds_nobody_up(clock: HandClock) -> None:
    """What is let through beyond it has taken nothing."""
    one = gateway(clock, "measure 60")
    await one.allowance().take(60)
    assert one.told == []
    beyond = one.allowance()
    await beyond.take(30)
    await beyond.settle(0)
    await one.allowance().take(1)

    assert one.told == [("calls_per_minute", Mode.MEASURE)] * 2


async def test_a_limit_that_is_off_is_not_looked_at(clock: HandClock) -> None:
    """The store is not asked either."""
    one = gateway(clock, "off")
    for _ in range(3):
        allowance = one.allowance()
        await allowance.take(1_000_000)
        await allowance.settle(0)

    assert one.told == []
    assert isinstance(one.services.store, MemoryStore)
    assert one.services.store.buckets == 0


async def test_who_goes_away_is_charged_what_was_made(distant: Gateway) -> None:
    """Also one that is cancelled while it gives the rest back."""

    async def operation() -> None:
        allowance = distant.allowance()
        await allowance.take(60)
        taken.set()
        try:
            await asyncio.Event().wait()
        finally:
            await allowance.settle(10)

    taken = asyncio.Event()
    running = asyncio.create_task(operation())
    await taken.wait()
    running.cancel()
    await asyncio.sleep(0)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await settled()
    assert await distant.took(50)
    assert not await distant.took(1)


async def test_gateways_at_one_store_share_a_caller_s_minute(store_url: str) -> None:
    """However many there are, and whether or not a name says whose it is."""
    server, prefix = store_url.split("?prefix=")
    limits = Limits.model_validate({"calls_per_minute": 60})
    stores = [open_store(store_url) for _ in range(2)]
    one, other = (Gateway(Services(store, Seal([KEY])), limits) for store in stores)
    try:
        assert await one.took(40, "198.51.100.7")
        assert not await other.took(40, "198.51.100.7")
        assert await other.took(20, "198.51.100.7")
        long = "a name " * 10_000
        assert await other.took(60, long)
        assert not await one.took(60, long)
    finally:
        for store in stores:
            await store.close()

    keys = keys_of(server, prefix)
    assert len(keys) == 2
    assert all(len(key) < 200 and b"198" not in key and b"name" not in key for key in keys)
    assert all(0 < ask(server, "PTTL", key.decode()) <= 60_000 for key in keys)
