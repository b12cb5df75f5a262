"""The connections of the gateway, and Kondado's catalogue."""

import pytest

from tests.graph.conftest import Graph
from tests.graph.lists import code_of, global_id

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
