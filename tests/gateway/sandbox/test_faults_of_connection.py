"""The faults of a stand-in that are in time and in the connection, and its date."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio

LONG = 600_000
WAITS = ["latency_ms", "latency_after_ms"]


@pytest.fixture
def new(north: httpx.AsyncClient) -> Callable[[], Awaitable[httpx.Response]]:
    """Give what creates a company."""
    return lambda: north.post("/link/company/", json={"id": "NEW"}, timeout=60)


async def exists(north: httpx.AsyncClient) -> bool:
    """Tell whether the company was created."""
    return (await north.get("/link/company/NEW/")).status_code == 200


async def put(north: httpx.AsyncClient, **faults: object) -> None:
    """Put faults in force for the creation alone."""
    done = await north.put("/__faults", json={**faults, "only": {"method": "POST"}})
    assert done.is_success, done.text


async def last(north: httpx.AsyncClient, status: int | None) -> dict[str, Any]:
    """Wait until the creation is listed with a status, and give its entry."""
    async with asyncio.timeout(20):
        while True:
            calls = (await north.get("/__calls")).json()
            for call in calls:
                if (call["method"], call["status"]) == ("POST", status):
                    return call


@asynccontextmanager
async def waiting(call: Awaitable[httpx.Response]) -> AsyncGenerator[None]:
    """Hold a call open, and go away at the end."""
    task = asyncio.ensure_future(call)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_a_cut_ends_in_the_middle_of_a_body(codat: httpx.AsyncClient) -> None:
    """The reader gets less than the content length said."""
    await codat.put("/__faults", json={"cut": True})

    with pytest.raises(httpx.RemoteProtocolError):
        await codat.get("/companies")


async def test_a_dropped_write_is_done_and_its_answer_never_comes(
    north: httpx.AsyncClient, new: Callable[[], Awaitable[httpx.Response]]
) -> None:
    """The caller cannot know; the stand-in does, and lists the call as unanswered."""
    await put(north, drop=True)
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        await new()

    assert await last(north, 0)
    assert await exists(north)


async def test_a_write_dropped_before_is_not_done(
    north: httpx.AsyncClient, new: Callable[[], Awaitable[httpx.Response]]
) -> None:
    """To the caller it looks the same."""
    await put(north, drop_before=True)
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        await new()

    assert await last(north, 0)
    assert not await exists(north)


@pytest.mark.parametrize("fault", ["drop", "drop_before", "cut"])
async def test_a_closed_connection_is_no_failure_of_the_server(
    north: httpx.AsyncClient,
    new: Callable[[], Awaitable[httpx.Response]],
    fault: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Nothing is logged, and the next call is answered."""
    await put(north, **{fault: True}, times=1)
    with pytest.raises(httpx.RemoteProtocolError):
        await new()

    assert (await new()).is_success == (fault == "drop_before")
    assert [one.getMessage() for one in caplog.records if one.name == "uvicorn.error"] == []


@pytest.mark.parametrize("wait", WAITS)
async def test_a_call_is_answered_after_its_wait(
    north: httpx.AsyncClient, new: Callable[[], Awaitable[httpx.Response]], wait: str
) -> None:
    """As if there had been none."""
    await put(north, **{wait: 5})

    assert (await new()).is_success
    assert await exists(north)


async def test_a_call_is_not_served_once_its_caller_has_gone(
    north: httpx.AsyncClient, new: Callable[[], Awaitable[httpx.Response]]
) -> None:
    """It is listed while it waits, without a status, and ends long before the wait does."""
    await put(north, latency_ms=LONG)
    async with waiting(new()):
        pending = await last(north, None)
    ended = await last(north, 0)

    assert ended["at"] == pending["at"]
    assert not await exists(north)


async def test_a_write_is_done_before_the_wait_that_comes_after(
    north: httpx.AsyncClient, new: Callable[[], Awaitable[httpx.Response]]
) -> None:
    """Its caller may give up, and it stays done."""
    await put(north, latency_after_ms=LONG)
    async with waiting(new()):
        await last(north, None)
        async with asyncio.timeout(20):
            while not await exists(north):
                pass
    await last(north, 0)

    assert await exists(north)


async def test_a_dropped_call_can_wait_first(
    north: httpx.AsyncClient, new: Callable[[], Awaitable[httpx.Response]]
) -> None:
    """Each fault of a set is shown."""
    await put(north, latency_after_ms=5, drop=True)
    with pytest.raises(httpx.RemoteProtocolError):
        await new()

    assert await exists(north)


def skew(answer: httpx.Response, at: float) -> float:
    """Tell how far the one date of an answer is from a moment."""
    (date,) = answer.headers.get_list("date")
    return parsedate_to_datetime(date).timestamp() - at


@pytest.mark.parametrize("seconds", [0, 7200, -86_400])
async def test_the_date_is_wrong_by_as_much_as_told(codat: httpx.AsyncClient, seconds: int) -> None:
    """There is one, and it is right by default."""
    await codat.put("/__faults", json={"date_skew_seconds": seconds})
    answer = await codat.get("/companies")
    (call,) = (await codat.get("/__calls")).json()

    assert abs(skew(answer, call["at"]) - seconds) < 60


async def test_an_error_keeps_the_date_it_was_given(codat: httpx.AsyncClient) -> None:
    """No second one stands beside it."""
    date = "Thu, 01 Jan 1970 00:00:10 GMT"
    await codat.put("/__faults", json={"status": 503, "headers": {"Date": date}})

    assert skew(await codat.get("/companies"), 0) == 10


async def test_the_controls_tell_the_right_date(codat: httpx.AsyncClient) -> None:
    """Faults are no concern of theirs."""
    answer = await codat.put("/__faults", json={"date_skew_seconds": 7200})
    await codat.get("/companies")
    (call,) = (await codat.get("/__calls")).json()

    assert abs(skew(answer, call["at"])) < 60
