"""What one list can answer is not asked for one by one."""

from typing import Any

from tests.graph.conftest import Graph
from tests.graph.lists import global_id

NODES = "query Nodes($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Company { id name } } }"
ENTITIES = "query Entities($ids: [ID!]!) { nodes(ids: $ids) { ... on Entity { id name } } }"
GONE = "00000000-0000-4000-8000-000000000000"


async def codats(graph: Graph, number: int) -> list[dict[str, Any]]:
    """Give some of Codat's companies, and forget how they were found."""
    document = (
        "query Some($n: Int!) { companies(platforms: [CODAT], first: $n) { nodes { id name } } }"
    )
    found = (await graph.data(document, n=number))["companies"]["nodes"]
    await graph.forget_calls()
    return found


def entity(number: int) -> str:
    """Write the id of one of LeadConduit's own entities, from 1."""
    return global_id("LeadConduitEntity", "leadconduit", f"65f0a11c0de1{number:012x}")


def account(key: str) -> str:
    """Write the id of an account at Clinked."""
    return global_id("ClinkedAccount", "clinked", key)


async def asked(graph: Graph, platform: str) -> list[str]:
    """Tell which paths a stand-in was asked for, but for tokens."""
    return [c["path"] for c in await graph.calls(platform) if c["path"] != "/oauth/token"]


async def test_companies_at_codat_are_asked_for_by_their_ids_at_once(graph: Graph) -> None:
    """Codat's own example of a query is `id=…`."""
    wanted = await codats(graph, 3)
    data = await graph.data(NODES, ids=[one["id"] for one in wanted])
    (call,) = await graph.calls("codat")

    assert data["nodes"] == [{"__typename": "CodatCompany", **one} for one in wanted]
    assert call["path"] == "/companies"
    assert call["query"]["query"].count("||") == 2
    assert call["query"]["pageSize"] == "3"


async def test_all_ways_to_companies_of_one_moment_go_together(graph: Graph) -> None:
    """Aliases, `nodes` and `company` are one call, and one company in two of them is one."""
    (one, two, three) = await codats(graph, 3)
    document = """query Ways($one: ID!, $two: ID!, $three: ID!) {
        a: company(id: $one) { name } b: company(id: $two) { name } c: node(id: $two) { id }
        nodes(ids: [$one, $three]) { ... on CodatCompany { tags { name } name } }
    }"""
    data = await graph.data(document, one=one["id"], two=two["id"], three=three["id"])

    assert (data["a"]["name"], data["b"]["name"]) == (one["name"], two["name"])
    assert data["nodes"][1]["name"] == three["name"]
    assert await asked(graph, "codat") == ["/companies"]


async def test_what_links_of_a_list_lead_to_is_one_call(graph: Graph) -> None:
    """The first company of the seed has two subsidiaries."""
    document = """{ companies(platforms: [CODAT], first: 1) { nodes { ... on CodatCompany {
        subsidiaries { name company { name ... on CodatCompany { parent { name } } } }
    } } } }"""
    (node,) = (await graph.data(document))["companies"]["nodes"]

    assert [one["company"]["name"] for one in node["subsidiaries"]] == [
        one["name"] for one in node["subsidiaries"]
    ]
    assert len(node["subsidiaries"]) == 2
    assert await asked(graph, "codat") == ["/companies"] * 2


async def test_a_company_alone_is_read_by_its_own_call(graph: Graph) -> None:
    """It takes no more, and is what Codat documents for it."""
    (one,) = await codats(graph, 1)
    await graph.data(NODES, ids=[one["id"]])

    assert await asked(graph, "codat") == [f"/companies/{(await key(graph, one))}"]


async def key(graph: Graph, company: dict[str, Any]) -> str:
    """Give Codat's own id of a company."""
    document = "query Key($id: ID!) { node(id: $id) { platformId } }"
    return (await graph.data(document, id=company["id"]))["node"]["platformId"]


async def test_a_company_that_is_gone_is_null_beside_the_others(graph: Graph) -> None:
    """Codat was asked for it by its id, and gave all that it had."""
    (one,) = await codats(graph, 1)
    data = await graph.data(NODES, ids=[one["id"], global_id("CodatCompany", "codat", GONE)])

    assert data["nodes"] == [{"__typename": "CodatCompany", **one}, None]
    assert await asked(graph, "codat") == ["/companies"]


async def test_what_is_no_uuid_is_asked_for_by_itself(graph: Graph) -> None:
    """It could say something in Codat's query language."""
    found = await codats(graph, 2)
    odd = global_id("CodatCompany", "codat", "1||name~a")
    data = await graph.data(NODES, ids=[*(one["id"] for one in found), odd])

    assert [one and one["id"] for one in data["nodes"]] == [*(one["id"] for one in found), None]
    assert len(await asked(graph, "codat")) == 2


async def test_companies_are_asked_for_one_by_one_where_the_query_is_refused(graph: Graph) -> None:
    """Codat's documentation says of lists of companies both that they can be queried and not."""
    found = await codats(graph, 2)
    await graph.fault("codat", status=400, times=1)
    data = await graph.data(NODES, ids=[one["id"] for one in found])

    assert [one["id"] for one in data["nodes"]] == [one["id"] for one in found]
    assert len(await asked(graph, "codat")) == 3


async def test_a_platform_in_trouble_is_not_asked_one_by_one(graph: Graph) -> None:
    """Each has its own error, out of one call and its second try."""
    found = await codats(graph, 3)
    await graph.fault("codat", status=503)
    answer = await graph.answer(NODES, ids=[one["id"] for one in found])

    assert answer["data"] == {"nodes": [None] * 3}
    assert [e["extensions"]["code"] for e in answer["errors"]] == ["UPSTREAM_UNAVAILABLE"] * 3
    assert await asked(graph, "codat") == ["/companies"] * 2


async def test_several_entities_are_taken_from_the_list_of_all(graph: Graph) -> None:
    """LeadConduit gives all of them in one answer, with all that it tells of each."""
    ids = [entity(1), entity(2), entity(3)]
    together = (await graph.data(ENTITIES, ids=ids))["nodes"]
    paths = await asked(graph, "leadconduit")
    alone = [(await graph.data(ENTITIES, ids=[one]))["nodes"][0] for one in ids]

    assert together == alone
    assert paths == ["/entities"]


async def test_what_the_list_does_not_have_is_asked_for_by_itself(graph: Graph) -> None:
    """That it is not in there is not known to mean that it is gone."""
    gone = global_id("LeadConduitEntity", "leadconduit", "f" * 24)
    data = await graph.data(ENTITIES, ids=[entity(1), gone, entity(2)])

    assert [one and one["id"] for one in data["nodes"]] == [entity(1), None, entity(2)]
    assert await asked(graph, "leadconduit") == ["/entities", f"/entities/{'f' * 24}"]


async def test_a_list_that_was_read_serves_the_links_of_its_things(graph: Graph) -> None:
    """The replacement of an entity is in the list that the entity came in."""
    document = "{ entities { nodes { ... on LeadConduitEntity { replacement { name } } } } }"
    nodes = (await graph.data(document))["entities"]["nodes"]

    assert [one["replacement"] for one in nodes if one["replacement"]] != []
    assert await asked(graph, "leadconduit") == ["/entities"]


async def test_the_accounts_of_groups_are_those_that_were_listed(graph: Graph) -> None:
    """To list the groups takes the list of accounts."""
    document = """{ groups(platforms: [CLINKED], first: 30) { nodes {
        ... on ClinkedGroup { account { name } }
    } } }"""
    nodes = (await graph.data(document))["groups"]["nodes"]

    assert {one["account"]["name"] for one in nodes} == {
        "Larkspur Architects",
        "Tidewater Shipping",
    }
    assert await asked(graph, "clinked") == [
        "/v3/accounts",
        "/v3/accounts/11/groups",
        "/v3/accounts/12/groups",
    ]


async def test_a_thing_is_found_though_the_list_of_all_cannot_be_read(graph: Graph) -> None:
    """The list has its outage; what can be asked for otherwise is there."""
    await graph.fault("clinked", body="[{", only={"path": "/v3/accounts"}, times=1)
    document = """query Both($one: ID!, $two: ID!) {
        one: company(id: $one) { name } two: company(id: $two) { name }
    }"""
    data = await graph.data(document, one=account("11"), two=account("12"))

    assert [one["name"] for one in data.values()] == ["Larkspur Architects", "Tidewater Shipping"]


async def test_a_thing_has_its_own_answer_where_the_list_beside_it_is_down(graph: Graph) -> None:
    """An outage costs the list alone, as it would without the thing."""
    await graph.fault("leadconduit", status=503, only={"path": "/entities"}, times=2)
    document = """query Beside($id: ID!) {
        entities { nodes { id } outages { code } } entity(id: $id) { id }
    }"""
    data = await graph.data(document, id=entity(1))

    assert data["entities"] == {"nodes": [], "outages": [{"code": "UPSTREAM_UNAVAILABLE"}]}
    assert data["entity"] == {"id": entity(1)}


async def test_a_query_of_many_ids_is_cut_into_several(graph: Graph) -> None:
    """Codat takes no query of more than 2048 characters."""
    ids = [global_id("CodatCompany", "codat", f"{GONE[:-4]}{n:04x}") for n in range(100)]
    await graph.data(NODES, ids=ids)
    calls = await graph.calls("codat")

    assert len(calls) == 3
    assert all(len(call["query"]["query"]) <= 2048 for call in calls)
