"""Groups over all platforms."""

from typing import Any

import pytest

from tests.graph.conftest import Graph
from tests.graph.lists import global_id

CONTRACTS = global_id("ClinkedGroup", "clinked", "11", "102")


async def group(graph: Graph, id: str, asks: str) -> dict[str, Any]:
    """Read one group."""
    document = f"query Group($id: ID!) {{ group(id: $id) {{ {asks} }} }}"
    return (await graph.data(document, id=id))["group"]


async def codat_group(graph: Graph, name: str) -> str:
    """Find a group of Codat's seed, whose ids say nothing."""
    nodes = (await graph.data("{ groups(platforms: [CODAT]) { nodes { id name } } }"))["groups"]
    return next(node["id"] for node in nodes["nodes"] if node["name"] == name)


async def test_groups_of_both_platforms_stand_in_one_list(graph: Graph) -> None:
    """Clinked's groups of all accounts and Codat's are all there, and the removed one is not."""
    document = "{ groups(first: 100) { nodes { __typename name } totalCount outages { code } } }"
    groups = (await graph.data(document))["groups"]

    kinds = [node["__typename"] for node in groups["nodes"]]
    assert (kinds.count("ClinkedGroup"), kinds.count("CodatGroup")) == (36, 4)
    assert "Old Office" not in {node["name"] for node in groups["nodes"]}
    assert groups["outages"] == []


async def test_a_group_of_clinked_has_all_its_fields(graph: Graph) -> None:
    """Each field of a group is read from where Clinked documents it."""
    asks = """__typename id platform platformId connection name ... on ClinkedGroup {
        slug memberCount storageBytes hidesMembersFromEachOther hasCommentsDisabled
        hasEmailCommentsDisabled hasChatDisabled hidesMemberDetails hasMaster subgroupCount
        createdAt updatedAt account { id name }
        owner { platformId username name jobTitle hasLogo updatedAt email }
    }"""
    found = await group(graph, CONTRACTS, asks)

    assert found == {
        "__typename": "ClinkedGroup",
        "id": CONTRACTS,
        "platform": "CLINKED",
        "platformId": "102",
        "connection": "clinked",
        "name": "Contracts North",
        "slug": "contracts_north",
        "memberCount": 6,
        "storageBytes": 0,
        "hidesMembersFromEachOther": False,
        "hasCommentsDisabled": False,
        "hasEmailCommentsDisabled": False,
        "hasChatDisabled": False,
        "hidesMemberDetails": False,
        "hasMaster": False,
        "subgroupCount": None,
        "createdAt": "2024-04-12T00:00:00Z",
        "updatedAt": "2024-04-12T00:00:00Z",
        "account": {
            "id": global_id("ClinkedAccount", "clinked", "11"),
            "name": "Larkspur Architects",
        },
        "owner": {
            "platformId": "1001",
            "username": "ada.ashdown",
            "name": "Ada Ashdown",
            "jobTitle": "Accountant",
            "hasLogo": False,
            "updatedAt": "2024-01-01T00:00:00Z",
            "email": None,
        },
    }


async def test_a_group_has_its_members(graph: Graph) -> None:
    """Everybody in the group is in its list, with the role they have there."""
    found = await group(graph, CONTRACTS, "members { totalCount nodes { __typename name role } }")

    assert found["members"]["totalCount"] == 6
    assert found["members"]["nodes"][0] == {
        "__typename": "ClinkedGroupMember",
        "name": "Ada Ashdown",
        "role": "ADMINISTRATOR",
    }
    assert len(found["members"]["nodes"]) == 6


async def test_a_member_of_a_group_leads_back_to_it(graph: Graph) -> None:
    """The account of the group is known though Clinked's path to the member lacks it."""
    found = await group(
        graph,
        CONTRACTS,
        "members(first: 1) { nodes { ... on ClinkedGroupMember { group { id } } } }",
    )

    assert found["members"]["nodes"] == [{"group": {"id": CONTRACTS}}]


async def test_a_group_has_its_invitations(graph: Graph) -> None:
    """Invitations to a group are in its list alone, and lead back to it."""
    id = global_id("ClinkedGroup", "clinked", "12", "202")
    asks = "invites { nodes { email status ... on ClinkedGroupInvite { role group { id } } } }"
    found = await group(graph, id, asks)

    assert found["invites"]["nodes"]
    for invite in found["invites"]["nodes"]:
        assert invite["email"].startswith("guest")
        assert invite["status"] == "PENDING"
        assert invite["role"] == "BASIC"
        assert invite["group"] == {"id": id}


async def test_a_group_of_codat_has_no_people(graph: Graph) -> None:
    """Codat's groups hold companies, so lists of people are null."""
    id = await codat_group(graph, "Northern region")
    found = await group(
        graph, id, "__typename name members { nodes { id } } invites { nodes { id } }"
    )

    assert found == {
        "__typename": "CodatGroup",
        "name": "Northern region",
        "members": None,
        "invites": None,
    }


async def test_a_group_of_codat_has_its_companies(graph: Graph) -> None:
    """They are picked out of all companies, and page as any list does."""
    id = await codat_group(graph, "Northern region")
    document = """query Companies($id: ID!, $after: String) { group(id: $id) {
        ... on CodatGroup { companies(first: 3, after: $after) {
            nodes { name groups { nodes { id } } }
            pageInfo { hasNextPage endCursor }
        } }
    } }"""
    seen: list[str] = []
    after: str | None = None
    more = True
    while more:
        listed = (await graph.data(document, id=id, after=after))["group"]["companies"]
        seen += [node["name"] for node in listed["nodes"]]
        after, more = listed["pageInfo"]["endCursor"], listed["pageInfo"]["hasNextPage"]

        assert all(node["groups"]["nodes"] == [{"id": id}] for node in listed["nodes"])

    assert len(seen) == len(set(seen)) == 6


@pytest.mark.parametrize(
    ("text", "many"), [("north", 19), ("NORTHERN", 1), ("bids", 6), ("no such group", 0)]
)
async def test_a_filter_finds_groups_by_parts_of_their_names(
    graph: Graph, text: str, many: int
) -> None:
    """Clinked filters by itself and Codat does not, which a client cannot tell."""
    document = """query Groups($text: String!) {
        groups(first: 100, filter: { nameContains: $text }) { nodes { name } }
    }"""
    nodes = (await graph.data(document, text=text))["groups"]["nodes"]

    assert len(nodes) == many
    assert all(text.casefold() in node["name"].casefold() for node in nodes)


@pytest.mark.parametrize(
    "id",
    [
        global_id("ClinkedGroup", "clinked", "11", "999"),
        global_id("ClinkedGroup", "clinked", "12", "102"),
        global_id("ClinkedGroup", "clinked", "11", "119"),
        global_id("CodatGroup", "codat", "no-such-group"),
    ],
)
async def test_a_group_that_is_not_there_is_null(graph: Graph, id: str) -> None:
    """Never made, of another account, and removed look alike."""
    found = await graph.data("query Group($id: ID!) { group(id: $id) { id } }", id=id)

    assert found == {"group": None}
