"""Companies over all platforms."""

from tests.graph.conftest import Graph


async def test_companies_of_every_platform_stand_in_one_list(graph: Graph) -> None:
    """The first page has companies of Clinked, Codat and both Link Apps."""
    data = await graph.data(
        "{ companies(first: 8) { nodes { platform connection } outages { code } } }"
    )

    found = {(node["platform"], node["connection"]) for node in data["companies"]["nodes"]}
    assert found == {
        ("CLINKED", "clinked"),
        ("CODAT", "codat"),
        ("CONDUIT", "conduit-north"),
        ("CONDUIT", "conduit-south"),
    }
    assert data["companies"]["outages"] == []
