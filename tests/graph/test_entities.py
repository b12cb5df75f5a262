"""Entities over all platforms, which are LeadConduit's."""

from typing import Any

import pytest

from tests.graph.conftest import Graph
from tests.graph.lists import global_id

ASKS = """__typename id platform platformId connection name createdAt updatedAt
... on LeadConduitEntity {
    modules { platformId } source rawSource recipient rawRecipient description isStandard isAccount
    isPending connected rawConnected connectedAccount { platformId } isDeprecated
    replacement { platformId } fieldSuffix invitation { platformId expiresAt isExpired }
    flows { platformId } logoUrl timeZone isTrustedFormCertified website
}"""


def expected(key: str, name: str, side: str, **different: object) -> dict[str, Any]:
    """Give an entity of the seed; what is `different` is what tells it from the others."""
    day = int(key[-2:], 16)
    common: dict[str, Any] = {
        "__typename": "LeadConduitEntity",
        "id": global_id("LeadConduitEntity", "leadconduit", key),
        "platform": "LEADCONDUIT",
        "platformId": key,
        "connection": "leadconduit",
        "name": name,
        "createdAt": f"2026-02-{day:02d}T10:00:00Z",
        "updatedAt": f"2026-04-{day:02d}T11:30:00Z",
        "modules": [{"platformId": f"leadconduit-sample.{side}.standard"}],
        "source": None,
        "rawSource": None,
        "recipient": None,
        "rawRecipient": None,
        "description": f"{name}, as the sandbox knows it",
        "isStandard": False,
        "isAccount": False,
        "isPending": False,
        "connected": None,
        "rawConnected": None,
        "connectedAccount": None,
        "isDeprecated": False,
        "replacement": None,
        "fieldSuffix": None,
        "invitation": None,
        "flows": [],
        "logoUrl": f"https://logos.example.com/{key}.png",
        "timeZone": None,
        "isTrustedFormCertified": False,
        "website": None,
    }
    return common | different


ACCOUNT = expected(
    "65f0a11c0de0000000000001",
    "Summit Peak Marketing",
    "inbound",
    source="SELLER",
    rawSource="seller",
    recipient="BUYER",
    rawRecipient="buyer",
    isAccount=True,
    timeZone="America/New_York",
)
CONNECTED = expected(
    "65f0a11c0de1000000000004",
    "Dunmore Leads",
    "inbound",
    source="SELLER",
    rawSource="seller",
    isAccount=True,
    connected="SELLER",
    rawConnected="seller",
    connectedAccount={"platformId": "65f0a11cacc0000000000004"},
    fieldSuffix="dunmo",
    flows=[{"platformId": "65f0a11cf100000000000004"}],
    isTrustedFormCertified=True,
    website="https://dunmore-leads.example.com",
)
DEPRECATED = expected(
    "65f0a11c0de2000000000002",
    "Sample Call Analytics",
    "outbound",
    recipient="ANALYTICS",
    rawRecipient="analytics",
    isStandard=True,
    isAccount=None,
    isDeprecated=True,
    replacement={"platformId": "65f0a11c0de2000000000001"},
)
INVITED = expected(
    "65f0a11c0de3000000000003",
    "carla.rey@example.org",
    "inbound",
    source="SELLER",
    rawSource="seller",
    isAccount=True,
    isPending=True,
    invitation={
        "platformId": "65f0a11c1171000000000003",
        "expiresAt": "2026-03-03T00:00:00Z",
        "isExpired": True,
    },
)


@pytest.mark.parametrize("entity", [ACCOUNT, CONNECTED, DEPRECATED, INVITED])
async def test_an_entity_has_all_its_fields(graph: Graph, entity: dict[str, Any]) -> None:
    """The account's own, a connected, a built-in and an invited one differ as documented."""
    document = f"query Entity($id: ID!) {{ entity(id: $id) {{ {ASKS} }} }}"
    data = await graph.data(document, id=entity["id"])

    assert data["entity"] == entity


async def test_a_list_has_the_same_entities_as_a_look_at_each(graph: Graph) -> None:
    """One field of one thing has one value, wherever it is read."""
    nodes = (await graph.data(f"{{ entities(first: 100) {{ nodes {{ {ASKS} }} }} }}"))["entities"]
    by_id = {node["id"]: node for node in nodes["nodes"]}

    assert len(by_id) == 25
    for entity in (ACCOUNT, CONNECTED, DEPRECATED, INVITED):
        assert by_id[entity["id"]] == entity


@pytest.mark.parametrize(
    ("text", "found"),
    [("dunmore", ["Dunmore Leads"]), ("SAMPLE CRM", ["Sample CRM"]), ("nobody", list[str]())],
)
async def test_a_filter_finds_entities_by_parts_of_their_names(
    graph: Graph, text: str, found: list[str]
) -> None:
    """LeadConduit has no filter, so the gateway filters."""
    document = """query Entities($text: String!) {
        entities(filter: { nameContains: $text }) { totalCount nodes { name } }
    }"""
    entities = (await graph.data(document, text=text))["entities"]

    assert [node["name"] for node in entities["nodes"]] == found
    assert entities["totalCount"] == len(found)


async def test_the_entity_to_use_instead_costs_a_call_only_where_there_is_one(
    graph: Graph,
) -> None:
    """Most entities have none, and a list of them stays one call."""
    document = """query Entity($id: ID!) {
        entity(id: $id) { ... on LeadConduitEntity { replacement { name } } }
    }"""
    none = await graph.data(document, id=CONNECTED["id"])
    paths = [call["path"] for call in await graph.calls("leadconduit")]

    assert none == {"entity": {"replacement": None}}
    assert paths == [f"/entities/{CONNECTED['platformId']}"]

    found = await graph.data(document, id=DEPRECATED["id"])

    assert found == {"entity": {"replacement": {"name": "Sample Address Check"}}}


async def test_the_list_is_read_by_one_call_whatever_its_page(graph: Graph) -> None:
    """LeadConduit gives the list as a whole, so a page costs no more than that."""
    await graph.data("{ entities(first: 3) { nodes { id } } }")

    assert [call["path"] for call in await graph.calls("leadconduit")] == ["/entities"]


async def test_an_entity_that_is_not_there_is_null(graph: Graph) -> None:
    """Gone is an answer, not an error."""
    id = global_id("LeadConduitEntity", "leadconduit", "65f0a11c0de1000000000099")
    found = await graph.data("query Entity($id: ID!) { entity(id: $id) { id } }", id=id)

    assert found == {"entity": None}


async def test_only_leadconduit_has_entities(graph: Graph) -> None:
    """A platform that is named though it has no entities is among the outages."""
    document = '{ entities(connections: ["kondado"]) { nodes { id } outages { code message } } }'
    data = await graph.data(document)

    message = "Kondado has no way to list entities."
    assert data["entities"] == {
        "nodes": [],
        "outages": [{"code": "NOT_SUPPORTED", "message": message}],
    }
