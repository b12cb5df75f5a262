"""The connections of the gateway, how they are, and Kondado's catalogue."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gateway.sandbox import Sandbox
from gateway.serve import sandbox_settings
from tests.graph.conftest import Graph, opened
from tests.graph.lists import code_of, global_id

HOW = """query How($name: String!) { connection(name: $name) {
    status breaker stateKept
    budget { limit remaining resetAt }
    token { expiresAt renewedAt }
    lastError { code at }
} }"""
AURORA = global_id("ConduitCompany", "conduit-north", "aurora7")
NOBODY = global_id("ConduitCompany", "conduit-north", "nobody")

CATALOGUE = """{ connection(name: "kondado") { ... on KondadoConnection {
    sourceTypes {
        totalCount
        nodes { id platformId name imageUrl sourceGuideUrl destinationGuideUrl createdAt updatedAt }
    }
    destinationTypes { totalCount nodes { platformId name } }
} } }"""


async def test_the_connections_are_listed_without_a_call(graph: Graph) -> None:
    """They are the gateway's own settings, without their secrets."""
    document = "{ connections { __typename name title platform rateLimits { calls seconds } } }"
    listed = (await graph.data(document))["connections"]

    shown = [(one["__typename"], one["name"], one["title"], one["platform"]) for one in listed]
    assert shown == [
        ("ClinkedConnection", "clinked", "Clinked", "CLINKED"),
        ("CodatConnection", "codat", "Codat", "CODAT"),
        ("ConduitConnection", "conduit-north", "Conduit Link", "CONDUIT"),
        ("ConduitConnection", "conduit-south", "Conduit Link", "CONDUIT"),
        ("KondadoConnection", "kondado", "Kondado", "KONDADO"),
        ("LeadConduitConnection", "leadconduit", "LeadConduit", "LEADCONDUIT"),
    ]
    limits = {one["name"]: one["rateLimits"] for one in listed}
    assert limits["clinked"] == [{"calls": 2000, "seconds": 300}]
    assert limits["kondado"] == [{"calls": 1, "seconds": 1}, {"calls": 20, "seconds": 60}]
    assert limits["leadconduit"] == []
    for platform in ("clinked", "codat", "conduit", "kondado", "leadconduit"):
        assert await graph.calls(platform) == []


async def test_connections_may_be_narrowed_to_platforms(graph: Graph) -> None:
    """A platform may have several."""
    data = await graph.data("{ connections(platforms: [CONDUIT]) { name } }")

    assert data["connections"] == [{"name": "conduit-north"}, {"name": "conduit-south"}]


async def test_a_connection_is_found_by_its_name(graph: Graph) -> None:
    """A name that no connection has gives null."""
    document = """{
        there: connection(name: "codat") { title }
        nowhere: connection(name: "nowhere") { title }
    }"""

    assert await graph.data(document) == {"there": {"title": "Codat"}, "nowhere": None}


@pytest.fixture
async def limited(sandbox: Sandbox) -> AsyncGenerator[Graph]:
    """A gateway that keeps the limits that the platforms document."""
    async with opened(sandbox, sandbox_settings(sandbox, keeps_limits=True)) as graph:
        yield graph


async def how(graph: Graph, name: str) -> dict[str, Any]:
    """Tell how a connection is."""
    return (await graph.data(HOW, name=name))["connection"]


async def company(graph: Graph, id: str) -> dict[str, Any]:
    """Ask for one company, as one call."""
    return await graph.answer("query One($id: ID!) { company(id: $id) { id } }", id=id)


def is_about(shown: str, moment: datetime) -> bool:
    """Tell whether a moment is shown as one that is less than half a minute off."""
    return abs(datetime.fromisoformat(shown) - moment) < timedelta(seconds=30)


async def test_a_connection_that_was_not_asked_is_unknown_and_whole(limited: Graph) -> None:
    """To look at it costs no call, so that a page may do so every second."""
    assert await how(limited, "clinked") == {
        "status": "UNKNOWN",
        "breaker": "CLOSED",
        "stateKept": "LOCAL",
        "budget": {"limit": 2000, "remaining": 2000, "resetAt": None},
        "token": None,
        "lastError": None,
    }
    assert await limited.calls("clinked") == []


async def test_a_call_shows_in_the_budget_and_its_token_with_its_times(limited: Graph) -> None:
    """The token's own request counts as well."""
    now = datetime.now(UTC)
    await limited.data("{ companies(platforms: [CLINKED]) { nodes { id } } }")
    shown = await how(limited, "clinked")

    assert (shown["status"], shown["breaker"], shown["lastError"]) == ("UP", "CLOSED", None)
    assert len(await limited.calls("clinked")) == 2
    assert (shown["budget"]["limit"], shown["budget"]["remaining"]) == (2000, 1998)
    assert is_about(shown["budget"]["resetAt"], now + timedelta(seconds=300))
    assert is_about(shown["token"]["renewedAt"], now)
    assert is_about(shown["token"]["expiresAt"], now + timedelta(seconds=7199))


async def test_what_has_no_limit_has_no_budget(limited: Graph) -> None:
    """And what has no short-lived token shows none."""
    await company(limited, AURORA)
    shown = await how(limited, "conduit-north")

    assert (shown["status"], shown["budget"], shown["token"]) == ("UP", None, None)


async def test_a_tokens_times_are_by_the_gateways_clock(graph: Graph) -> None:
    """Clinked's own may be an hour ahead, and the token is fresh all the same."""
    await graph.fault("clinked", date_skew_seconds=3600)
    now = datetime.now(UTC)
    await graph.data("{ companies(platforms: [CLINKED]) { nodes { id } } }")
    token = (await how(graph, "clinked"))["token"]

    assert is_about(token["renewedAt"], now)
    assert is_about(token["expiresAt"], now + timedelta(seconds=7199))


async def test_a_failure_shows_until_the_next_answer_and_stays_the_last_error(graph: Graph) -> None:
    """So that an operator sees what was, and what is."""
    now = datetime.now(UTC)
    await graph.fault("conduit", status=503)
    await company(graph, AURORA)
    failing = await how(graph, "conduit-north")
    await graph.fault("conduit")
    await company(graph, AURORA)
    mended = await how(graph, "conduit-north")

    assert failing["status"] == "FAILING"
    assert failing["lastError"]["code"] == "UPSTREAM_UNAVAILABLE"
    assert is_about(failing["lastError"]["at"], now)
    assert mended["status"] == "UP"
    assert mended["lastError"] == failing["lastError"]
    assert (await how(graph, "conduit-south"))["status"] == "UNKNOWN"


async def test_an_answer_that_cannot_be_read_is_a_failure(graph: Graph) -> None:
    """Though the platform did answer."""
    await graph.fault("conduit", body="<html>")
    await company(graph, AURORA)
    shown = await how(graph, "conduit-north")

    assert (shown["status"], shown["lastError"]["code"]) == ("FAILING", "UPSTREAM_MALFORMED")


async def test_a_no_shows_that_the_platform_is_up(graph: Graph) -> None:
    """What is not there is nobody's failure, and it ends one."""
    await graph.fault("conduit", status=503)
    await company(graph, AURORA)
    await graph.fault("conduit")

    assert (await company(graph, NOBODY))["data"] == {"company": None}
    assert (await how(graph, "conduit-north"))["status"] == "UP"


async def test_refused_credentials_show_as_such(graph: Graph) -> None:
    """They are for the operator to put right; waiting helps nobody."""
    await graph.fault("conduit", status=401)
    await company(graph, AURORA)
    shown = await how(graph, "conduit-north")

    assert shown["status"] == "UNAUTHORIZED"
    assert shown["lastError"]["code"] == "UPSTREAM_UNAUTHORIZED"


async def test_a_platform_that_asks_to_wait_leaves_no_budget_until_then(graph: Graph) -> None:
    """Although nothing else limits this connection."""
    now = datetime.now(UTC)
    await graph.fault("conduit", status=429, headers={"Retry-After": 60})
    await company(graph, AURORA)
    shown = await how(graph, "conduit-north")

    assert shown["status"] == "LIMITED"
    assert shown["budget"]["remaining"] == 0
    assert is_about(shown["budget"]["resetAt"], now + timedelta(seconds=60))
    assert shown["lastError"]["code"] == "UPSTREAM_RATE_LIMITED"


async def test_an_open_breaker_shows_as_down(graph: Graph) -> None:
    """Ten failed calls are enough, and then the platform is left alone."""
    await graph.fault("conduit", status=503)
    for _ in range(10):
        await company(graph, AURORA)
    asked = len(await graph.calls("conduit"))
    (error,) = (await company(graph, AURORA))["errors"]
    shown = await how(graph, "conduit-north")

    assert (shown["status"], shown["breaker"]) == ("DOWN", "OPEN")
    assert len(await graph.calls("conduit")) == asked
    assert error["extensions"]["code"] == "UPSTREAM_UNAVAILABLE"
    assert error["extensions"]["retryAfterSeconds"] >= 1


async def test_a_quota_beyond_all_numbers_is_shown_as_the_highest(graph: Graph) -> None:
    """What a platform says of itself costs no field."""
    told = {"Limit": "9" * 12, "Remaining": "9" * 11, "Reset": "9999-12-31T23:59:59Z"}
    headers = {f"X-Rate-Limit-{name}": value for name, value in told.items()}
    await graph.fault("codat", status=200, body="{}", headers=headers)
    await graph.answer("{ companies(platforms: [CODAT]) { nodes { id } } }")
    shown = (await how(graph, "codat"))["budget"]

    assert (shown["limit"], shown["remaining"]) == (2**31 - 1, 2**31 - 1)
    assert shown["resetAt"].startswith("9999-12-31T23:59:5")


async def test_kondado_has_a_catalogue_of_sources_and_destinations(graph: Graph) -> None:
    """Its two lists hang on the connection, one call each."""
    found = (await graph.data(CATALOGUE))["connection"]

    assert found["sourceTypes"]["totalCount"] == 12
    assert found["sourceTypes"]["nodes"][0] == {
        "id": global_id("KondadoSourceType", "kondado", "101"),
        "platformId": "101",
        "name": "Bright Ledger",
        "imageUrl": "https://images.kondado.example/bright-ledger.png",
        "sourceGuideUrl": "https://help.kondado.example/sources/bright-ledger",
        "destinationGuideUrl": "https://help.kondado.example/destinations/bright-ledger",
        "createdAt": "2025-03-21T10:00:00Z",
        "updatedAt": "2026-04-15T16:45:30.250000Z",
    }
    assert found["destinationTypes"]["totalCount"] == 5
    oakbase = {"platformId": "205", "name": "Oakbase SQL"}
    assert oakbase in found["destinationTypes"]["nodes"]
    paths = sorted(call["path"] for call in await graph.calls("kondado"))
    assert paths == ["/parent_collections/dest", "/parent_collections/src"]


@pytest.mark.parametrize("list", ["sourceTypes", "destinationTypes"])
async def test_a_catalogue_that_cannot_be_read_costs_itself_alone(graph: Graph, list: str) -> None:
    """The connection beside it is the gateway's own."""
    await graph.fault("kondado", status=503)
    asks = f"... on KondadoConnection {{ {list} {{ totalCount }} }}"
    answer = await graph.answer(f'{{ connection(name: "kondado") {{ name {asks} }} }}')

    assert answer["data"] == {"connection": {"name": "kondado", list: None}}
    assert code_of(answer) == "UPSTREAM_UNAVAILABLE"
    assert answer["errors"][0]["path"] == ["connection", list]
