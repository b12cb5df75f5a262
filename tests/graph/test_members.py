"""Members of companies and of groups."""

from typing import Any

import pytest

from tests.graph.conftest import Graph
from tests.graph.lists import global_id

BRUNO = global_id("ClinkedMember", "clinked", "11", "bruno.ashdown")
ADA_IN_CONTRACTS = global_id("ClinkedGroupMember", "clinked", "11", "102", "1001")


async def member(graph: Graph, id: str, asks: str) -> dict[str, Any]:
    """Read one member."""
    document = f"query Member($id: ID!) {{ member(id: $id) {{ {asks} }} }}"
    return (await graph.data(document, id=id))["member"]


async def test_a_member_of_an_account_has_all_its_fields(graph: Graph) -> None:
    """A member is found by user name, and its number is its platform id."""
    asks = """__typename id platform platformId connection name email role createdAt
    ... on ClinkedMember {
        username newGroupsRole isBeingAssigned isInSeveralAccounts isUnlockPending memberTags
        account { name }
    }"""
    found = await member(graph, BRUNO, asks)

    assert found == {
        "__typename": "ClinkedMember",
        "id": BRUNO,
        "platform": "CLINKED",
        "platformId": "1002",
        "connection": "clinked",
        "name": "Bruno Ashdown",
        "email": "bruno.ashdown@example.com",
        "role": "BASIC",
        "createdAt": "2024-02-01T00:00:00Z",
        "username": "bruno.ashdown",
        "newGroupsRole": None,
        "isBeingAssigned": None,
        "isInSeveralAccounts": True,
        "isUnlockPending": False,
        "memberTags": [],
        "account": {"name": "Larkspur Architects"},
    }


async def test_the_profile_of_a_member_has_all_its_fields(graph: Graph) -> None:
    """Times of the profile, which Clinked writes in milliseconds, are moments."""
    asks = """... on ClinkedMember { user {
        platformId username name jobTitle hasLogo updatedAt isEnabled isLocked organisation email
        postalAddress telephone other timeZone locale isEmailVerified hasTwoFactorAuthentication
        twoFactorMode dateFormat uses24HourClock activeAt realName
    } }"""
    found = await member(graph, BRUNO, asks)

    assert found["user"] == {
        "platformId": "1002",
        "username": "bruno.ashdown",
        "name": "Bruno Ashdown",
        "jobTitle": "Designer",
        "hasLogo": False,
        "updatedAt": "2024-01-02T00:00:00Z",
        "isEnabled": True,
        "isLocked": False,
        "organisation": "Larkspur Architects",
        "email": "bruno.ashdown@example.com",
        "postalAddress": "2 Harbour Row",
        "telephone": "+44 20 7946 0001",
        "other": None,
        "timeZone": "Europe/London",
        "locale": "en",
        "isEmailVerified": True,
        "hasTwoFactorAuthentication": False,
        "twoFactorMode": None,
        "dateFormat": None,
        "uses24HourClock": False,
        "activeAt": "2024-10-28T00:00:00Z",
        "realName": "Bruno Ashdown",
    }


async def test_a_member_of_a_group_has_all_its_fields(graph: Graph) -> None:
    """The same person has another id and another role in a group than in the account."""
    asks = """__typename id platformId name email role createdAt ... on ClinkedGroupMember {
        expiresAt user { username } group { name }
    }"""
    found = await member(graph, ADA_IN_CONTRACTS, asks)

    assert found == {
        "__typename": "ClinkedGroupMember",
        "id": ADA_IN_CONTRACTS,
        "platformId": "1001",
        "name": "Ada Ashdown",
        "email": "ada.ashdown@example.com",
        "role": "ADMINISTRATOR",
        "createdAt": "2024-06-11T00:00:00Z",
        "expiresAt": None,
        "user": {"username": "ada.ashdown"},
        "group": {"name": "Contracts North"},
    }


async def test_a_person_in_two_accounts_is_two_members(graph: Graph) -> None:
    """What a person may do is a matter of the account, so each membership has its own id."""
    document = """{ members(first: 100, filter: { nameContains: "bruno.ashdown" }) {
        nodes { id platformId ... on ClinkedMember { account { platformId } } }
    } }"""
    nodes = (await graph.data(document))["members"]["nodes"]

    assert [node["account"]["platformId"] for node in nodes] == ["11", "12"]
    assert {node["platformId"] for node in nodes} == {"1002"}
    assert len({node["id"] for node in nodes}) == 2


async def test_every_listed_member_is_found_by_its_id(graph: Graph) -> None:
    """The id of a list leads back to the same person."""
    document = "{ members(first: 10) { nodes { id name } } }"
    listed = (await graph.data(document))["members"]["nodes"]
    ids = [node["id"] for node in listed]
    again = await graph.data(
        "query Nodes($ids: [ID!]!) { nodes(ids: $ids) { id ... on Member { name } } }", ids=ids
    )

    assert again["nodes"] == listed


async def test_a_filter_reaches_names_and_addresses(graph: Graph) -> None:
    """Clinked looks into both."""
    document = """query Members($text: String!) {
        members(first: 100, filter: { nameContains: $text }) { nodes { name } }
    }"""
    by_name = (await graph.data(document, text="GRETA BERGLUND"))["members"]["nodes"]
    by_email = (await graph.data(document, text="greta.berglund@"))["members"]["nodes"]

    assert by_name == by_email == [{"name": "Greta Berglund"}]


async def test_only_clinked_has_members(graph: Graph) -> None:
    """A platform that is named though it has no members is among the outages."""
    document = (
        "{ members(platforms: [CODAT, CONDUIT]) { nodes { id } outages { connection code } } }"
    )
    data = await graph.data(document)

    assert data["members"] == {
        "nodes": [],
        "outages": [
            {"connection": "codat", "code": "NOT_SUPPORTED"},
            {"connection": "conduit-north", "code": "NOT_SUPPORTED"},
            {"connection": "conduit-south", "code": "NOT_SUPPORTED"},
        ],
    }


@pytest.mark.parametrize(
    "id",
    [
        global_id("ClinkedMember", "clinked", "11", "nobody"),
        global_id("ClinkedMember", "clinked", "99", "bruno.ashdown"),
        global_id("ClinkedGroupMember", "clinked", "11", "102", "9999"),
    ],
)
async def test_a_member_who_is_not_there_is_null(graph: Graph, id: str) -> None:
    """Gone is an answer, not an error."""
    found = await graph.data("query Member($id: ID!) { member(id: $id) { id } }", id=id)

    assert found == {"member": None}


async def test_a_listed_member_is_not_said_to_have_no_tags(graph: Graph) -> None:
    """Clinked's list leaves them out, which is not the same as having none."""
    id = global_id("ClinkedMember", "clinked", "11", "dario.ashdown")
    asks = "... on ClinkedMember { memberTags }"
    alone = await member(graph, id, asks)
    document = f"{{ members(first: 10) {{ nodes {{ id {asks} }} }} }}"
    nodes = (await graph.data(document))["members"]["nodes"]
    (listed,) = (node for node in nodes if node["id"] == id)

    assert alone["memberTags"] != []
    assert listed["memberTags"] is None
