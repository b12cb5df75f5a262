"""What companies have connected at Codat and Conduit, and what it costs to ask for it."""

from typing import Any

import pytest

from gateway import logs
from tests.graph.conftest import Graph
from tests.graph.lists import global_id

CALDER = "06905269-ed6f-4b09-b165-c8ce36e2f24b"
COMPANY = global_id("CodatCompany", "codat", CALDER)
LEDGER = global_id("CodatDataConnection", "codat", CALDER, "2a318785-3184-4f27-8591-42deccea2645")
AURORA = global_id("ConduitCompany", "conduit-north", "aurora7")
CONDUIT = """query Companies($includes: Boolean) { connection(name: "conduit-north") {
    ... on ConduitConnection { companies(includesConnections: $includes, first: 3) { nodes {
        connections { nodes { name } }
    } } }
} }"""


async def paths(graph: Graph, platform: str) -> list[str]:
    """Give the paths of the calls that a platform received."""
    return [call["path"] for call in await graph.calls(platform)]


async def of_company(graph: Graph, asks: str) -> dict[str, Any]:
    """Read something of a company of Codat that has two connections."""
    document = f"query($id: ID!) {{ company(id: $id) {{ ... on CodatCompany {{ {asks} }} }} }}"
    return (await graph.data(document, id=COMPANY))["company"]


async def test_connections_that_come_with_a_company_of_codat_cost_no_call(graph: Graph) -> None:
    """They are the same as those of the list that Codat can filter and order."""
    shown = "id authorizationStatus integration { name } errors { message }"
    came = await of_company(graph, f"dataConnections {{ {shown} }}")
    asked = await paths(graph, "codat")
    listed = await of_company(graph, f"connections {{ nodes {{ {shown} }} }}")

    assert asked == [f"/companies/{CALDER}"]
    assert listed["connections"]["nodes"] == came["dataConnections"]
    assert len(came["dataConnections"]) == 2


async def test_a_condition_that_codat_cannot_read_is_the_callers_to_put_right(
    graph: Graph,
) -> None:
    """The list is null, and the company beside it stands."""
    document = """query Company($id: ID!) { company(id: $id) { name ... on CodatCompany {
        connections(filter: { query: "status" }) { nodes { id } }
    } } }"""
    answer = await graph.answer(document, id=COMPANY)

    assert answer["data"] == {"company": {"name": "Calder Foods", "connections": None}}
    assert answer["errors"][0]["path"] == ["company", "connections"]


@pytest.mark.parametrize(
    ("includes", "calls"),
    [
        (True, ["/link/company/"]),
        (False, ["/link/company/", *(f"/link/company/{cid}/" for cid in "123")]),
        (None, ["/link/company/", *(f"/link/company/{cid}/" for cid in "123")]),
    ],
)
async def test_connections_at_conduit_cost_a_call_unless_the_list_includes_them(
    graph: Graph, includes: bool | None, calls: list[str]
) -> None:
    """The answer is the same."""
    data = await graph.data(CONDUIT, includes=includes)
    nodes = data["connection"]["companies"]["nodes"]

    names = [[one["name"] for one in node["connections"]["nodes"]] for node in nodes]
    assert names == [["Sample Ads"], ["Sample Ads"], []]
    assert sorted(await paths(graph, "conduit")) == sorted(calls)


async def test_connections_at_conduit_that_nobody_asks_for_are_not_read(graph: Graph) -> None:
    """A company costs one call, without them."""
    await graph.data("query One($id: ID!) { company(id: $id) { name } }", id=AURORA)

    (call,) = await graph.calls("conduit")
    assert (call["path"], call["query"]) == ("/link/company/aurora7/", {})


async def test_a_product_stays_one_segment_of_its_path(graph: Graph) -> None:
    """What a caller writes there cannot lead to another call."""
    document = """mutation Add($id: ID!, $product: String!) {
        codatProductAdd(id: $id, input: { product: $product }) { userErrors { code field } }
    }"""
    await graph.data(document, id=COMPANY, product="x;y=1&z")
    (call,) = await graph.calls("codat")
    await graph.forget_calls()
    refused = await graph.data(document, id=COMPANY, product="../../x")

    assert call["path"] == f"/companies/{CALDER}/products/x%3By%3D1%26z"
    assert refused["codatProductAdd"]["userErrors"] == [
        {"code": "INVALID", "field": ["input", "product"]}
    ]
    assert await graph.calls("codat") == []


async def test_what_lets_anybody_into_a_company_is_not_logged(
    graph: Graph, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither the tokens and links that Codat gives, nor the credentials that a caller sends."""
    logs.configure("debug")
    given: dict[str, Any] = {"credentials": [{"name": "key", "value": "quay-side-secret"}]}
    document = """mutation Authorize($id: ID!, $input: CodatDataConnectionAuthorizeInput!) {
        codatDataConnectionAuthorize(id: $id, input: $input) { dataConnection { linkUrl company {
            ... on CodatCompany { accessToken { token } }
        } } }
    }"""
    data = await graph.data(document, id=LEDGER, input=given)
    made = data["codatDataConnectionAuthorize"]["dataConnection"]
    captured = capsys.readouterr()
    log = captured.out + captured.err

    assert "PUT /companies/{companyId}/connections/{connectionId}/authorization" in log
    assert "GET /companies/{companyId}/accessToken" in log
    for secret in ("quay-side-secret", made["linkUrl"], made["company"]["accessToken"]["token"]):
        assert secret not in log


async def test_a_connection_that_is_not_there_is_null(graph: Graph) -> None:
    """Gone is an answer, not an error; so is the connection of another company."""
    id = global_id("CodatDataConnection", "codat", CALDER, "43000de0-1b2e-440e-93ad-dccb2c33be0a")
    document = "query Node($id: ID!) { node(id: $id) { id } }"

    assert await graph.data(document, id=id) == {"node": None}


@pytest.mark.parametrize("names", [[], ["key", "key"]])
async def test_credentials_that_are_none_or_have_a_name_twice_are_refused_before_anything_is_sent(
    graph: Graph, names: list[str]
) -> None:
    """The gateway knows no more of them; of two with one name only one would get there."""
    document = """mutation Authorize($id: ID!, $credentials: [CodatCredentialInput!]!) {
        codatDataConnectionAuthorize(id: $id, input: { credentials: $credentials }) {
            userErrors { code field }
        }
    }"""
    given = [{"name": name, "value": str(place)} for place, name in enumerate(names)]
    data = await graph.data(document, id=LEDGER, credentials=given)

    assert data["codatDataConnectionAuthorize"]["userErrors"] == [
        {"code": "INVALID", "field": ["input", "credentials"]}
    ]
    assert await graph.calls("codat") == []
