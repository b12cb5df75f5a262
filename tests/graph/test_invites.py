"""Invitations over all platforms."""

from typing import Any

import pytest

from tests.graph.conftest import Graph
from tests.graph.lists import code_of, global_id

TO_LARKSPUR = global_id("ClinkedInvite", "clinked", "11", "501")
EXPIRED = "65f0a11c0de3000000000003"


async def invite(graph: Graph, id: str, asks: str) -> dict[str, Any]:
    """Read one invitation."""
    document = f"query Invite($id: ID!) {{ invite(id: $id) {{ {asks} }} }}"
    return (await graph.data(document, id=id))["invite"]


async def test_invitations_of_both_platforms_stand_in_one_list(graph: Graph) -> None:
    """Clinked's of all accounts and LeadConduit's are there; Kondado cannot list its own."""
    document = """{ invites(first: 100) {
        nodes { __typename } outages { platform connection code message retryAfterSeconds }
    } }"""
    invites = (await graph.data(document))["invites"]

    kinds = [node["__typename"] for node in invites["nodes"]]
    assert (kinds.count("ClinkedInvite"), kinds.count("LeadConduitInvite")) == (14, 6)
    assert invites["outages"] == [
        {
            "platform": "KONDADO",
            "connection": "kondado",
            "code": "NOT_SUPPORTED",
            "message": "Kondado has no way to list invites.",
            "retryAfterSeconds": None,
        }
    ]


async def test_what_kondado_cannot_do_does_not_keep_a_client_waiting(graph: Graph) -> None:
    """The last page is the last, though one platform is never heard."""
    document = "{ invites(first: 100) { pageInfo { hasNextPage } } }"
    data = await graph.data(document)

    assert data["invites"]["pageInfo"]["hasNextPage"] is False


async def test_an_invitation_to_an_account_has_all_its_fields(graph: Graph) -> None:
    """The groups that the invitation leads to come with it when it is read by itself."""
    asks = """__typename id platform platformId connection email status expiresAt
    ... on ClinkedInvite {
        role updatedAt account { name } invitedBy { username }
        assignedGroups { role group { id name } }
    }"""
    found = await invite(graph, TO_LARKSPUR, asks)

    group = {"id": global_id("ClinkedGroup", "clinked", "11", "102"), "name": "Contracts North"}
    assert found == {
        "__typename": "ClinkedInvite",
        "id": TO_LARKSPUR,
        "platform": "CLINKED",
        "platformId": "501",
        "connection": "clinked",
        "email": "newcomer01@example.com",
        "status": "PENDING",
        "expiresAt": None,
        "role": "BASIC",
        "updatedAt": None,
        "account": {"name": "Larkspur Architects"},
        "invitedBy": {"username": "ada.ashdown"},
        "assignedGroups": [{"role": "BASIC", "group": group}],
    }


async def test_an_invitation_to_a_group_has_all_its_fields(graph: Graph) -> None:
    """It is found by its id though the root's list leaves it out."""
    group = global_id("ClinkedGroup", "clinked", "12", "202")
    document = "query Group($id: ID!) { group(id: $id) { invites { nodes { id } } } }"
    (listed, *_) = (await graph.data(document, id=group))["group"]["invites"]["nodes"]
    asks = """__typename id platform connection status expiresAt
    ... on ClinkedGroupInvite { role updatedAt group { id } }"""
    found = await invite(graph, listed["id"], asks)

    assert found == {
        "__typename": "ClinkedGroupInvite",
        "id": listed["id"],
        "platform": "CLINKED",
        "connection": "clinked",
        "status": "PENDING",
        "expiresAt": "2029-10-02T00:00:00Z",
        "role": "BASIC",
        "updatedAt": "2025-12-02T00:00:00Z",
        "group": {"id": group},
    }


async def test_an_invitation_to_connect_has_all_its_fields(graph: Graph) -> None:
    """It is the pending entity seen from its other side, and leads to it."""
    id = global_id("LeadConduitInvite", "leadconduit", EXPIRED)
    asks = """__typename id platform platformId connection email status expiresAt
    ... on LeadConduitInvite { name message entity { __typename id name } }"""
    found = await invite(graph, id, asks)

    assert found == {
        "__typename": "LeadConduitInvite",
        "id": id,
        "platform": "LEADCONDUIT",
        "platformId": EXPIRED,
        "connection": "leadconduit",
        "email": None,
        "status": "EXPIRED",
        "expiresAt": "2026-03-03T00:00:00Z",
        "name": "carla.rey@example.org",
        "message": None,
        "entity": {
            "__typename": "LeadConduitEntity",
            "id": global_id("LeadConduitEntity", "leadconduit", EXPIRED),
            "name": "carla.rey@example.org",
        },
    }


async def test_an_entity_that_nobody_invited_is_no_invitation(graph: Graph) -> None:
    """An id of an invitation over the key of another entity leads nowhere."""
    id = global_id("LeadConduitInvite", "leadconduit", "65f0a11c0de1000000000003")
    found = await graph.data("query Invite($id: ID!) { invite(id: $id) { id } }", id=id)

    assert found == {"invite": None}


async def test_invitations_that_ended_are_told_from_those_that_wait(graph: Graph) -> None:
    """Both are open, for an ended one may be sent again."""
    document = "{ invites(platforms: [LEADCONDUIT]) { nodes { status } } }"
    nodes = (await graph.data(document))["invites"]["nodes"]

    statuses = [node["status"] for node in nodes]
    assert (statuses.count("PENDING"), statuses.count("EXPIRED")) == (4, 2)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("NEWCOMER1", ["ClinkedInvite"] * 5),
        ("farid", ["LeadConduitInvite"]),
        ("@example.org", ["ClinkedInvite"] + ["LeadConduitInvite"] * 2),
        ("nobody", list[str]()),
    ],
)
async def test_a_filter_finds_invitations_by_whom_they_went_to(
    graph: Graph, text: str, kinds: list[str]
) -> None:
    """LeadConduit has the address as the name of the entity."""
    document = """query Invites($text: String!) {
        invites(first: 100, filter: { nameContains: $text }) { nodes { __typename } }
    }"""
    nodes = (await graph.data(document, text=text))["invites"]["nodes"]

    assert sorted(node["__typename"] for node in nodes) == kinds


async def test_an_invitation_by_kondado_cannot_be_read(graph: Graph) -> None:
    """Null would say that it is gone, which nobody knows."""
    id = global_id("KondadoInvite", "kondado", "4f2a")
    answer = await graph.answer("query Invite($id: ID!) { invite(id: $id) { id } }", id=id)

    assert code_of(answer) == "NOT_SUPPORTED"


@pytest.mark.parametrize(
    "id",
    [
        global_id("ClinkedInvite", "clinked", "11", "9999"),
        global_id("ClinkedInvite", "clinked", "12", "501"),
        global_id("ClinkedGroupInvite", "clinked", "11", "102", "9999"),
        global_id("LeadConduitInvite", "leadconduit", "65f0a11c0de3000000000099"),
    ],
)
async def test_an_invitation_that_is_not_there_is_null(graph: Graph, id: str) -> None:
    """Gone is an answer, not an error."""
    found = await graph.data("query Invite($id: ID!) { invite(id: $id) { id } }", id=id)

    assert found == {"invite": None}
