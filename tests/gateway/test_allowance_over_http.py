"""A caller's minute as clients meet it: too much is 429, and no platform is asked."""

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, cast

import httpx
import pytest

from gateway.callers import keys
from gateway.sandbox import Sandbox, running_sandbox
from gateway.serve import configured, sandbox_settings
from schema.limits.limits import Limits
from tests.graph.conftest import Graph, opened
from tests.no_tls import NO_TLS

ONE = "{ companies(platforms: [CODAT]) { nodes { id } } }"
# Eleven calls as estimated, of which none but the first is made: nothing there was replaced.
ELEVEN = """{ entities(first: 10) { nodes {
    ... on LeadConduitEntity { replacement { name } }
} } }"""
INPUT = "BAD_USER_INPUT"
CLIENT = "198.51.100.7"


@pytest.fixture(scope="module")
def sandbox() -> Generator[Sandbox]:
    """Stand-ins that keep no rate limits."""
    with running_sandbox(limits=False) as running:
        yield running


@asynccontextmanager
async def allowing(
    sandbox: Sandbox, most: object, *, tell: bool = True, **settings: Any
) -> AsyncGenerator[Graph]:
    """Open a gateway whose callers have so many calls in a minute."""
    limits = Limits.model_validate({"calls_per_minute": most, "tell": tell})
    given = sandbox_settings(sandbox, limits=limits, **settings)
    async with opened(sandbox, given) as graph:
        yield graph


async def ask(graph: Graph, document: str = ONE, **headers: str) -> httpx.Response:
    """Ask, with headers whose names have underscores for dashes."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await graph.gateway.post("/graphql", json={"query": document}, headers=named)


async def statuses(graph: Graph, times: int, **headers: str) -> list[int]:
    """Ask so many times, for one call each."""
    return [(await ask(graph, **headers)).status_code for _ in range(times)]


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
async def test_too_much_is_answered_without_asking_any_platform(
    sandbox: Sandbox, accept: str
) -> None:
    """With the status that every client knows, and what it needs to do better."""
    async with allowing(sandbox, 2) as graph:
        assert await statuses(graph, 2) == [200, 200]
        refused = await ask(graph, accept=accept)
        calls = await graph.calls("codat")

    assert refused.status_code == 429
    # Half a minute, less the time since the first was asked.
    after = int(refused.headers["Retry-After"])
    assert 10 < after <= 30
    assert refused.headers["Content-Type"].startswith(accept)
    (error,) = refused.json()["errors"]
    assert error["message"] == ("The limit `calls_per_minute` is 2, and less than 1 is left of it.")
    assert error["extensions"] == {
        "code": "LIMIT_EXCEEDED",
        "limit": "calls_per_minute",
        "value": 1,
        "most": 2,
        "retryAfterSeconds": after,
        "requestId": refused.headers["X-Request-Id"],
    }
    assert "data" not in refused.json()
    assert len(calls) == 2


async def test_a_gateway_that_tells_no_limits_tells_when_to_come_back(sandbox: Sandbox) -> None:
    """And neither its limits nor what the operation would cost."""
    async with allowing(sandbox, 1, tell=False) as graph:
        await ask(graph)
        refused = await ask(graph)

    (error,) = refused.json()["errors"]
    assert refused.status_code == 429
    assert 30 < int(refused.headers["Retry-After"]) <= 60
    assert error["extensions"].keys() == {"code", "retryAfterSeconds", "requestId"}
    assert "calls_per_minute" not in refused.text


async def test_operations_that_cost_more_use_more(sandbox: Sandbox) -> None:
    """And where less is made than was estimated, the rest is given back."""
    async with allowing(sandbox, 12) as graph:
        asked = [(await ask(graph, ELEVEN)).status_code for _ in range(3)]
        cheap = await statuses(graph, 1)
        made = await graph.calls("leadconduit")

    # Twelve and eleven are enough for eleven, and ten are not.
    assert asked == [200, 200, 429]
    assert cheap == [200]
    assert len(made) == 2


async def test_what_is_not_run_costs_one(sandbox: Sandbox) -> None:
    """To find out that a document is wrong is work too, and nobody may have it done for ever."""
    async with allowing(sandbox, 4) as graph:
        for wrong in ("{", "{ nothing }", ONE + ONE):
            assert (await ask(graph, wrong)).json()["errors"][0]["extensions"]["code"] == INPUT

        assert (await ask(graph, "{ nothing }")).status_code == 200
        assert (await ask(graph, "{ nothing }")).status_code == 429
        assert await statuses(graph, 1) == [429]


async def test_what_asks_no_platform_costs_one(sandbox: Sandbox) -> None:
    """It is work for the gateway all the same."""
    async with allowing(sandbox, 2) as graph:
        asked = [(await ask(graph, "{ __typename }")).status_code for _ in range(3)]

    assert asked == [200, 200, 429]


async def test_each_operation_of_a_list_is_charged(sandbox: Sandbox) -> None:
    """Or a list would be the way around the limit."""
    async with allowing(sandbox, 2, batch=3) as graph:
        answers = (await graph.gateway.post("/graphql", json=[{"query": ONE}] * 3)).json()

    assert ["errors" in one for one in answers] == [False, False, True]
    assert answers[2]["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"


async def test_a_measured_minute_holds_nobody_up(sandbox: Sandbox) -> None:
    """It is counted, for whoever wants to know what a limit would do."""
    async with allowing(sandbox, "measure 1") as graph:
        assert await statuses(graph, 3) == [200] * 3
        numbers = (await graph.gateway.get("/metrics")).text

    counted = [line for line in numbers.splitlines() if '"calls_per_minute"' in line]
    assert any('mode="measure"' in line and line.endswith(" 2.0") for line in counted), counted


async def test_callers_have_a_minute_each(sandbox: Sandbox) -> None:
    """Wherever they ask from, and with whichever of their keys."""
    made = {name: [keys.generate() for _ in range(2)] for name in ("anna", "bert")}
    callers = {
        name: {"scopes": ["read"], "keys": [keys.hashed(key) for key in held]}
        for name, held in made.items()
    }
    async with allowing(sandbox, 2, callers=callers, trusted_hops=1) as graph:

        async def asked(name: str, key: int, address: str) -> int:
            bearer = f"Bearer {made[name][key]}"
            given = {"Authorization": bearer, "X_Forwarded_For": address}
            return (await ask(graph, **given)).status_code

        anna = [await asked("anna", key, f"198.51.100.{key}") for key in (0, 1, 0, 1)]
        bert = [await asked("bert", 0, "198.51.100.0") for _ in range(3)]

    assert anna == [200, 200, 429, 429]
    assert bert == [200, 200, 429]


async def test_a_made_up_address_is_no_other_caller(sandbox: Sandbox) -> None:
    """What stands left of the trusted proxy's own entry is the client's invention."""
    async with allowing(sandbox, 1, trusted_hops=1) as graph:
        first = await statuses(graph, 1, X_Forwarded_For=CLIENT)
        made_up = [
            await statuses(graph, 1, X_Forwarded_For=f"203.0.113.{place}, {CLIENT}")
            for place in range(3)
        ]
        another = await statuses(graph, 1, X_Forwarded_For=f"{CLIENT}, 198.51.100.8")

    assert first == another == [200]
    assert made_up == [[429]] * 3


async def test_without_trusted_proxies_no_header_names_an_address(sandbox: Sandbox) -> None:
    """Nor does uvicorn believe what comes from this machine, as it would by itself."""
    async with allowing(sandbox, 1) as graph:
        assert graph.app is not None
        config = configured(graph.app.state.settings, graph.app)
        config.load()
        loaded = cast("Any", config).loaded_app
        transport = httpx.ASGITransport(loaded, client=("127.0.0.1", 4711))
        async with httpx.AsyncClient(
            transport=transport, base_url="http://gateway", verify=NO_TLS
        ) as client:
            served = replace(graph, gateway=client)
            asked = [
                await statuses(served, 1, X_Forwarded_For=f"203.0.113.{place}")
                for place in range(3)
            ]

    assert asked == [[200], [429], [429]]


async def test_gateways_at_one_store_share_a_minute(sandbox: Sandbox, store_url: str) -> None:
    """Whichever of them is asked."""
    at_store: dict[str, Any] = {
        "store": store_url,
        "store_key": "a key for tests that is long enough",
    }
    async with (
        allowing(sandbox, 3, **at_store) as one,
        allowing(sandbox, 3, **at_store) as other,
    ):
        assert await statuses(one, 2) == [200, 200]
        assert await statuses(other, 2) == [200, 429]
        assert await statuses(one, 1) == [429]
