"""Two connections to one platform, which know nothing of each other."""

from tests.graph.conftest import Graph
from tests.graph.lists import global_id

NORTH = global_id("ConduitCompany", "conduit-north", "1")
SOUTH = global_id("ConduitCompany", "conduit-south", "1")


async def test_the_same_key_on_two_connections_is_two_things(graph: Graph) -> None:
    """Each Link App counts its companies from 1, and their ids differ all the same."""
    document = "{ companies(platforms: [CONDUIT], first: 100) { nodes { id platformId name } } }"
    nodes = (await graph.data(document))["companies"]["nodes"]
    ones = [node for node in nodes if node["platformId"] == "1"]

    assert ones == [
        {"id": NORTH, "platformId": "1", "name": "Fjordlight Bakery"},
        {"id": SOUTH, "platformId": "1", "name": "Palmera Surf Hire"},
    ]


async def test_each_of_them_is_found_by_its_id(graph: Graph) -> None:
    """The id says which connection to ask."""
    document = """query Both($north: ID!, $south: ID!) {
        north: node(id: $north) { connection ... on Company { name } }
        south: node(id: $south) { connection ... on Company { name } }
    }"""
    data = await graph.data(document, north=NORTH, south=SOUTH)

    assert data == {
        "north": {"connection": "conduit-north", "name": "Fjordlight Bakery"},
        "south": {"connection": "conduit-south", "name": "Palmera Surf Hire"},
    }


async def test_equal_paths_on_two_connections_are_two_calls(graph: Graph) -> None:
    """Coalescing must never hand one tenant's answer to another."""
    await graph.data(
        "query Both($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=[NORTH, SOUTH, NORTH]
    )

    assert [call["path"] for call in await graph.calls("conduit")] == ["/link/company/1/"] * 2


async def test_a_company_of_one_connection_is_not_found_on_the_other(graph: Graph) -> None:
    """A Link App sees its own companies alone."""
    elsewhere = global_id("ConduitCompany", "conduit-south", "aurora7")
    data = await graph.data("query Node($id: ID!) { node(id: $id) { id } }", id=elsewhere)

    assert data == {"node": None}


async def test_their_tokens_are_their_own(graph: Graph) -> None:
    """A token to act as one company says which, and the other's is another."""
    document = """query Both($ids: [ID!]!) { nodes(ids: $ids) {
        ... on ConduitCompany { apiToken { token } }
    } }"""
    north, south = (await graph.data(document, ids=[NORTH, SOUTH]))["nodes"]

    assert north["apiToken"]["token"] != south["apiToken"]["token"]
