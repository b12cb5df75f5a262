"""Equal reads of one operation are one call."""

from tests.graph.conftest import Graph
from tests.graph.lists import global_id

LARKSPUR = global_id("ClinkedAccount", "clinked", "11")
AURORA = global_id("ConduitCompany", "conduit-north", "aurora7")


def aliased(many: int, field: str) -> str:
    """Ask for one field under many names."""
    return "".join(f" a{number}: {field}" for number in range(many))


async def paths(graph: Graph, platform: str) -> list[str]:
    """Tell what a stand-in was asked for."""
    return [call["path"] for call in await graph.calls(platform)]


async def test_one_thing_under_five_names_is_read_once(graph: Graph) -> None:
    """A document may ask for a thing wherever it needs it."""
    asks = aliased(5, "company(id: $id) { name }")
    data = await graph.data(f"query Five($id: ID!) {{ {asks} }}", id=AURORA)

    assert len(data) == 5
    assert all(found == {"name": "Aurora Seven Hotels"} for found in data.values())
    assert await paths(graph, "conduit") == ["/link/company/aurora7/"]


async def test_one_thing_by_every_way_is_read_once(graph: Graph) -> None:
    """`node`, `nodes` and `company` are three ways to the same call."""
    document = """query Ways($id: ID!) {
        company(id: $id) { id } node(id: $id) { id } nodes(ids: [$id, $id]) { id }
    }"""
    await graph.data(document, id=AURORA)

    assert await paths(graph, "conduit") == ["/link/company/aurora7/"]


async def test_a_parent_is_read_once_for_all_its_children(graph: Graph) -> None:
    """Twenty members of one account ask for the account once."""
    document = """query Account($id: ID!) { company(id: $id) {
        members(first: 20) { nodes { ... on ClinkedMember { account { name } } } }
    } }"""
    nodes = (await graph.data(document, id=LARKSPUR))["company"]["members"]["nodes"]

    assert nodes == [{"account": {"name": "Larkspur Architects"}}] * 20
    assert (await paths(graph, "clinked")).count("/v3/accounts/11") == 1


async def test_codats_groups_are_read_once_for_all_companies(graph: Graph) -> None:
    """Each company picks its own out of the same list."""
    document = (
        "{ companies(platforms: [CODAT], first: 30) { nodes { groups { nodes { name } } } } }"
    )
    await graph.data(document)

    assert await paths(graph, "codat") == ["/companies", "/groups"]


async def test_leadconduits_list_serves_entities_and_invitations(graph: Graph) -> None:
    """Invitations are entities, so one call is enough for both lists."""
    await graph.data("{ entities { nodes { id } } invites { nodes { id } } }")

    assert await paths(graph, "leadconduit") == ["/entities"]


async def test_a_read_that_fails_is_not_sent_for_each_of_its_twins(graph: Graph) -> None:
    """A platform in trouble gets one call and one retry, and each field its own error."""
    await graph.fault("conduit", status=503)
    asks = aliased(5, "company(id: $id) { name }")
    answer = await graph.answer(f"query Five($id: ID!) {{ {asks} }}", id=AURORA)

    assert answer["data"] == {f"a{number}": None for number in range(5)}
    codes = [error["extensions"]["code"] for error in answer["errors"]]
    assert codes == ["UPSTREAM_UNAVAILABLE"] * 5
    assert await paths(graph, "conduit") == ["/link/company/aurora7/"] * 2


async def test_a_failed_sibling_does_not_take_a_shared_read_with_it(graph: Graph) -> None:
    """Fields that share a read with no fault of theirs get its answer."""
    document = """query Siblings($id: ID!, $wrong: ID!) {
        first: company(id: $id) { name }
        failed: company(id: $wrong) { name }
        second: node(id: $id) { id }
    }"""
    answer = await graph.answer(document, id=AURORA, wrong="not an id")

    assert answer["data"] == {
        "first": {"name": "Aurora Seven Hotels"},
        "failed": None,
        "second": {"id": AURORA},
    }
    assert len(answer["errors"]) == 1
    assert await paths(graph, "conduit") == ["/link/company/aurora7/"]


async def test_different_reads_are_different_calls(graph: Graph) -> None:
    """Only what is equal to the last parameter is shared."""
    document = """query Different($id: ID!) { company(id: $id) {
        few: members(first: 2) { nodes { id } }
        many: members(first: 3) { nodes { id } }
        same: members(first: 3) { nodes { name } }
    } }"""
    await graph.data(document, id=LARKSPUR)
    sizes = [call["query"].get("size") for call in await graph.calls("clinked")]

    assert sorted(size for size in sizes if size) == ["2", "3"]


async def test_two_operations_share_nothing(graph: Graph) -> None:
    """An answer lives as long as its operation, so nobody reads stale or foreign data."""
    document = "query One($id: ID!) { company(id: $id) { id } }"
    await graph.data(document, id=AURORA)
    await graph.data(document, id=AURORA)

    assert await paths(graph, "conduit") == ["/link/company/aurora7/"] * 2


async def test_a_page_of_few_companies_of_a_group_costs_few_calls(graph: Graph) -> None:
    """Looking for members in a list that Codat cannot filter reads it in long pages."""
    document = "{ groups(platforms: [CODAT]) { nodes { id } } }"
    (first, *_) = (await graph.data(document))["groups"]["nodes"]
    await graph.forget_calls()
    await graph.data(
        """query Companies($id: ID!) { group(id: $id) {
            ... on CodatGroup { companies(first: 2) { nodes { id } } }
        } }""",
        id=first["id"],
    )

    assert await paths(graph, "codat") == ["/groups", "/companies"]
