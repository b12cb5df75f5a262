"""What an operation cost, told to whoever asks for it."""

from typing import Any

import pytest

from tests.graph.conftest import Graph
from tests.graph.lists import global_id

LARKSPUR = global_id("ClinkedAccount", "clinked", "11")
AURORA = global_id("ConduitCompany", "conduit-north", "aurora7")
COMPANIES = "{ companies(first: 5) { nodes { id } outages { code } } }"


async def answer(
    graph: Graph, document: str, header: str | None = "include", **variables: Any
) -> dict[str, Any]:
    """Run a document, with the header that asks for its cost."""
    headers = {} if header is None else {"Manifold-Cost": header}
    body = {"query": document, "variables": variables}
    return (await graph.gateway.post("/graphql", json=body, headers=headers)).json()


async def cost(graph: Graph, document: str, **variables: Any) -> dict[str, Any]:
    """Run a document and give what it cost."""
    return (await answer(graph, document, **variables))["extensions"]["cost"]


async def test_the_cost_is_told_by_platform(graph: Graph) -> None:
    """Two connections are two calls; what signing in takes is made, and not estimated."""
    told = await cost(graph, COMPANIES)

    assert told == {
        "estimated": 4,
        "made": 5,
        "byPlatform": {
            "CLINKED": {"estimated": 1, "made": 2},
            "CODAT": {"estimated": 1, "made": 1},
            "CONDUIT": {"estimated": 2, "made": 2},
        },
    }
    for platform in ("clinked", "codat", "conduit"):
        shown = told["byPlatform"][platform.upper()]["made"]
        assert len(await graph.calls(platform)) == shown


async def test_a_token_at_hand_is_not_fetched_and_not_counted(graph: Graph) -> None:
    """What an operation costs depends on what went before."""
    await cost(graph, COMPANIES)

    assert (await cost(graph, COMPANIES))["made"] == 4


@pytest.mark.parametrize("header", [None, "", "Include", "true", "include,include"])
async def test_the_cost_is_told_to_nobody_else(graph: Graph, header: str | None) -> None:
    """The header has one value."""
    assert "extensions" not in await answer(graph, COMPANIES, header)


async def test_what_asks_no_platform_costs_nothing(graph: Graph) -> None:
    """The connections are the gateway's own."""
    nothing: dict[str, Any] = {"estimated": 0, "made": 0, "byPlatform": {}}

    assert await cost(graph, "{ __typename connections { name status } }") == nothing


async def test_an_answer_with_errors_tells_its_cost(graph: Graph) -> None:
    """A call that came to nothing was made all the same."""
    await graph.fault("conduit", status=404)
    document = "query Q($id: ID!, $wrong: ID!) { company(id: $id) { id } node(id: $wrong) { id } }"
    told = await answer(graph, document, id=AURORA, wrong="not an id")

    assert len(told["errors"]) == 1
    assert told["extensions"]["cost"] == {
        "estimated": 1,
        "made": 1,
        "byPlatform": {"CONDUIT": {"estimated": 1, "made": 1}},
    }


async def test_a_second_try_is_counted(graph: Graph) -> None:
    """It was sent; that it would be, nobody knew before."""
    await graph.fault("conduit", status=503, times=1)
    told = await cost(graph, "query One($id: ID!) { company(id: $id) { id } }", id=AURORA)

    assert told["byPlatform"] == {"CONDUIT": {"estimated": 1, "made": 2}}
    assert len(await graph.calls("conduit")) == 2


async def test_equal_reads_are_estimated_each_and_made_once(graph: Graph) -> None:
    """More is estimated than made, as a rule."""
    document = "query Two($id: ID!) { a: company(id: $id) { id } b: company(id: $id) { id } }"
    told = await cost(graph, document, id=AURORA)

    assert (told["estimated"], told["made"]) == (2, 1)


async def test_a_mutation_tells_its_cost(graph: Graph) -> None:
    """Its own call, and those for what it leads on to."""
    document = """mutation { companyCreate(input: {codat: {name: "Larch Mill"}}) {
        company { id } userErrors { code }
    } }"""
    told = await cost(graph, document)

    assert told["byPlatform"] == {"CODAT": {"estimated": 1, "made": 1}}


@pytest.mark.parametrize(
    ("document", "variables"),
    [
        ("{ companies(first: 5) { nodes { nothing } } }", {}),
        ("{ companies(first: 5) {", {}),
        ("query Q($first: Int!) { companies(first: $first) { nodes { id } } }", {}),
        ("query A { companies { nodes { id } } } query B { companies { nodes { id } } }", {}),
    ],
)
async def test_a_document_that_is_refused_costs_nothing(
    graph: Graph, document: str, variables: dict[str, Any]
) -> None:
    """None of it was run, and the answer says so."""
    told = await answer(graph, document, **variables)

    assert told["errors"] != []
    assert told["extensions"]["cost"] == {"estimated": 0, "made": 0, "byPlatform": {}}
    assert await graph.calls("codat") == []


async def test_of_several_operations_the_named_one_is_counted(graph: Graph) -> None:
    """The others of the document are not run."""
    document = "query A { companies { nodes { id } } } query B { entities { nodes { id } } }"
    body = {"query": document, "operationName": "B"}
    headers = {"Manifold-Cost": "include"}
    told = (await graph.gateway.post("/graphql", json=body, headers=headers)).json()

    assert told["extensions"]["cost"]["byPlatform"] == {"LEADCONDUIT": {"estimated": 1, "made": 1}}
