"""The handles by which a stand-in is watched and steered."""

import time
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.types import Scope

from gateway.sandbox import Clock, Sandbox
from gateway.sandbox.kit.calls import MOST_CALLS, CallLog
from tests.no_tls import NO_TLS

pytestmark = pytest.mark.anyio


class Hand:
    """A clock that a test moves."""

    def __init__(self) -> None:
        """Start now."""
        self.offset = 0.0

    def clock(self) -> Clock:
        """Give the clock."""
        return Clock(
            monotonic=lambda: self.offset + 1_000_000, wall=lambda: self.offset + 1_780_000_000
        )


async def test_calls_are_listed_without_credentials(
    kondado: httpx.AsyncClient, described: dict[str, dict[str, Any]]
) -> None:
    """A call shows its query but not the parts of the access token."""
    await kondado.get("/parent_collections/src", params={"a": ["1", "2"], "b": "3"})
    calls = await kondado.get("/__calls")
    (call,) = calls.json()

    assert call == {
        "at": call["at"],
        "method": "GET",
        "path": "/parent_collections/src",
        "query": {"a": ["1", "2"], "b": "3"},
        "idempotency_key": None,
        "status": 200,
        "body": None,
    }
    assert all(text not in calls.text for text in described["kondado"]["credentials"].values())


async def test_calls_hide_passwords_in_bodies(clinked: httpx.AsyncClient) -> None:
    """A body is listed as sent, but for its password; a form is not listed at all."""
    await clinked.post("/v3/accounts/11/members", json={"username": "pia", "password": "p-1"})
    calls = (await clinked.get("/__calls")).json()

    assert [call["body"] for call in calls] == [None, {"username": "pia", "password": "***"}]
    assert calls[0] == {
        "at": calls[0]["at"],
        "method": "POST",
        "path": "/oauth/token",
        "query": {},
        "idempotency_key": None,
        "status": 200,
        "body": None,
    }


async def test_calls_hide_keys_of_other_services(clinked: httpx.AsyncClient) -> None:
    """That one was sent shows, in a query as in a body; the key itself does not."""
    path = "/v3/accounts/11/custom-email/sendgrid"
    await clinked.post(path, json={"apiKey": "planted", "from": "post@example.com"})
    await clinked.get(f"{path}/domains", params={"apiKey": "planted"})
    _, body, query = (await clinked.get("/__calls")).json()

    assert body["body"] == {"apiKey": "***", "from": "post@example.com"}
    assert query["query"] == {"apiKey": "***"}


async def test_a_call_tells_when_it_came_and_its_idempotency_key(codat: httpx.AsyncClient) -> None:
    """Whoever repeats a write can be held to its key, and to how long it waited."""
    for key in ["first", "second"]:
        await codat.post("/companies", json={"name": key}, headers={"Idempotency-Key": key})
    calls = (await codat.get("/__calls")).json()
    moments = [call["at"] for call in calls]

    assert [call["idempotency_key"] for call in calls] == ["first", "second"]
    assert abs(moments[0] - time.time()) < 60
    assert moments == sorted(moments)


async def test_calls_can_be_forgotten(codat: httpx.AsyncClient) -> None:
    """After a DELETE no call is listed or counted."""
    await codat.get("/companies")

    assert (await codat.delete("/__calls")).status_code == 204
    assert (await codat.get("/__calls")).json() == []
    assert (await codat.get("/__calls/count")).json() == {"count": 0}


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 4),
        ({"method": "GET"}, 3),
        ({"method": "post"}, 1),
        ({"path": "/companies"}, 3),
        ({"method": "GET", "path": "/companies/"}, 1),
        ({"method": "DELETE"}, 0),
    ],
)
async def test_calls_are_counted_by_method_and_path(
    codat: httpx.AsyncClient, asked: dict[str, str], count: int
) -> None:
    """A path counts whatever begins with it; calls of the controls are not among them."""
    await codat.post("/companies", json={"name": "Larch Mill"})
    for path in ["/companies", "/companies/none", "/groups"]:
        await codat.get(path)

    assert (await codat.get("/__calls/count", params=asked)).json() == {"count": count}


def test_the_count_forgets_no_call() -> None:
    """Though the list keeps only the latest."""
    log = CallLog()
    for path in ["/old", *["/new"] * MOST_CALLS]:
        scope: Scope = {"type": "http", "method": "GET", "raw_path": path.encode()}
        log.note(Request({**scope, "headers": [], "query_string": b""}), b"")

    assert len(log.listed()) == MOST_CALLS
    assert (log.count("GET", "/old"), log.count(None, "/")) == (1, MOST_CALLS + 1)


async def test_tokens_expire_by_fault(clinked: httpx.AsyncClient) -> None:
    """A token issued before the fault is refused, and the fault does not linger."""
    before = await clinked.get("/v3/accounts")
    shown = await clinked.put("/__faults", json={"expire_tokens": True})
    after = await clinked.get("/v3/accounts")

    assert (before.status_code, after.status_code) == (200, 401)
    assert after.json()["error"] == "invalid_token"
    assert shown.json() == {}


async def test_state_goes_back_to_the_seed(leadconduit: httpx.AsyncClient) -> None:
    """What was deleted is back, and calls and faults are gone."""
    first = (await leadconduit.get("/entities")).json()[1]["id"]
    await leadconduit.delete(f"/entities/{first}")
    await leadconduit.put("/__faults", json={"latency_ms": 1})
    gone = await leadconduit.get(f"/entities/{first}")
    reset = await leadconduit.delete("/__state")

    assert (gone.status_code, reset.status_code) == (404, 204)
    assert (await leadconduit.get("/__calls")).json() == []
    assert (await leadconduit.get("/__faults")).json() == {}
    assert (await leadconduit.get(f"/entities/{first}")).status_code == 200


async def test_limits_want_a_boolean(kondado: httpx.AsyncClient) -> None:
    """Anything else is refused."""
    assert (await kondado.put("/__limits", json={"enabled": "yes"})).status_code == 400


async def test_kondado_allows_one_call_a_second(kondado: httpx.AsyncClient) -> None:
    """The second call within a second gets 200 and a success of false."""
    hand = Hand()
    async with (
        Sandbox(clock=hand.clock()) as sandbox,
        httpx.AsyncClient(
            base_url=sandbox.url("kondado"), params=kondado.params, verify=NO_TLS
        ) as client,
    ):
        first = await client.get("/parent_collections/dest")
        second = await client.get("/parent_collections/dest")
        hand.offset += 1
        third = await client.get("/parent_collections/dest")
        await client.put("/__limits", json={"enabled": False})
        fourth = await client.get("/parent_collections/dest")

    answers = [first, second, third, fourth]
    assert [one.status_code for one in answers] == [200] * 4
    assert [one.json()["success"] for one in answers] == [True, False, True, True]
    assert second.json()["error"] == "RATE_LIMIT_EXCEEDED"


async def test_codat_allows_a_thousand_calls_a_minute(codat: httpx.AsyncClient) -> None:
    """The next call is refused in Codat's envelope and told how long to wait."""
    hand = Hand()
    async with (
        Sandbox(clock=hand.clock()) as sandbox,
        httpx.AsyncClient(
            base_url=sandbox.url("codat"), headers=codat.headers, verify=NO_TLS
        ) as client,
    ):
        for _ in range(1000):
            await client.get("/nothing")
        refused = await client.get("/companies")
        hand.offset += 60
        again = await client.get("/groups")

    assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
    assert refused.json()["canBeRetried"] == "True"
    assert again.status_code == 200
    used = int(again.headers["x-rate-limit-limit"]) - int(again.headers["x-rate-limit-remaining"])
    assert used == 1001
    assert again.headers["x-rate-limit-reset"] == "2026-05-29T00:00:00Z"


async def test_a_clinked_token_lasts_two_hours(described: dict[str, dict[str, Any]]) -> None:
    """One second before its end a token is good, at its end it is not."""
    hand, credentials = Hand(), described["clinked"]["credentials"]
    query = {"grant_type": "client_credentials", **credentials}
    async with (
        Sandbox(clock=hand.clock()) as sandbox,
        httpx.AsyncClient(base_url=sandbox.url("clinked"), verify=NO_TLS) as client,
    ):
        token = (await client.get("/oauth/token", params=query)).json()
        client.headers["Authorization"] = f"Bearer {token['access_token']}"
        hand.offset = token["expires_in"] - 1
        good = await client.get("/v3/accounts")
        hand.offset += 1
        bad = await client.get("/v3/accounts")

    assert (good.status_code, bad.status_code) == (200, 401)


async def test_the_default_clock_tells_the_date() -> None:
    """Unless a test moves it, a clock is the machine's own."""
    assert abs(Clock().wall() - time.time()) < 60
