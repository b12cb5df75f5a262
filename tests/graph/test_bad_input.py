"""What is wrong with an operation itself: told as such, and nothing is sent."""

import base64
from typing import Any

import pytest

from gateway.sandbox import Sandbox
from gateway.serve import sandbox_settings
from tests.graph.conftest import Graph, opened
from tests.graph.lists import code_of, global_id, page

PLATFORMS = ("clinked", "codat", "conduit", "kondado", "leadconduit")
NODE = "query Node($id: ID!) { node(id: $id) { id } }"
LIST = "query List($after: String) { companies(after: $after) { nodes { id } } }"


def written(text: str) -> str:
    """Write any text as ids and cursors are written."""
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


async def nothing_was_sent(graph: Graph) -> bool:
    """Tell whether no stand-in was asked for anything."""
    return not any([await graph.calls(platform) for platform in PLATFORMS])


async def refused(graph: Graph, answer: dict[str, Any]) -> None:
    """Check that an answer is an error of the caller's, and cost nothing."""
    codes = {error["extensions"]["code"] for error in answer["errors"]}

    assert codes == {"BAD_USER_INPUT"}
    assert all(len(error["extensions"]["requestId"]) == 32 for error in answer["errors"])
    assert all("platform" not in error["extensions"] for error in answer["errors"])
    assert await nothing_was_sent(graph)


@pytest.mark.parametrize(
    "document",
    [
        "{ companies(",
        "{",
        "}",
        "query {",
        "{ companies { nodes { id }",
        "{ nothing }",
        "{ companies { nodes { nothing } } }",
        "{ companies(nothing: 1) { nodes { id } } }",
        "{ companies(platforms: [SALESFORCE]) { nodes { id } } }",
        '{ companies(platforms: ["CODAT"]) { nodes { id } } }',
        '{ companies(first: "many") { nodes { id } } }',
        "{ companies(first: null) { nodes { id } } }",
        "{ companies(first: 2.5) { nodes { id } } }",
        "{ companies(first: 99999999999) { nodes { id } } }",
        "{ companies(filter: { nothing: 1 }) { nodes { id } } }",
        "{ companies(filter: { nameContains: 7 }) { nodes { id } } }",
        "{ companies }",
        "{ company { id } }",
        "query Node($id: ID!) { node(id: $other) { id } }",
        "query Node($id: ID!) { node(id: $id) { id } }",
        "query List($n: Int) { companies(first: $n) { nodes { id } } } { other: __typename }",
        "{ companies { nodes { ...Nothing } } }",
        "{ companies { nodes { ... on Group { id } } } }",
        "subscription { companies { nodes { id } } }",
    ],
)
async def test_a_document_that_is_wrong_is_refused(graph: Graph, document: str) -> None:
    """Syntax, names, types and variables are checked before anything runs."""
    answer = await graph.answer(document)

    assert "data" not in answer
    await refused(graph, answer)


@pytest.mark.parametrize("first", [0, -1])
@pytest.mark.parametrize("noun", ["companies", "groups", "members", "invites", "entities"])
async def test_a_page_has_from_one_to_a_hundred_items(graph: Graph, noun: str, first: int) -> None:
    """The limit is told, and is not quietly put in place of what was asked."""
    answer = await graph.answer(f"{{ {noun}(first: {first}) {{ nodes {{ id }} }} }}")

    assert answer["data"] == {noun: None}
    assert "100" in answer["errors"][0]["message"]
    await refused(graph, answer)


@pytest.mark.parametrize("first", [101, 2147483647])
@pytest.mark.parametrize("noun", ["companies", "groups", "members", "invites", "entities"])
async def test_a_page_has_no_more_items_though_the_limit_is_off(
    sandbox: Sandbox, noun: str, first: int
) -> None:
    """Then it is a mistake in the field, and costs nothing either."""
    async with opened(sandbox, sandbox_settings(sandbox, limits={"first": "off"})) as graph:
        answer = await graph.answer(f"{{ {noun}(first: {first}) {{ nodes {{ id }} }} }}")

        assert answer["data"] == {noun: None}
        assert "100" in answer["errors"][0]["message"]
        await refused(graph, answer)


async def test_a_page_inside_a_thing_has_the_same_limit(graph: Graph) -> None:
    """Nested lists are lists like any other."""
    document = """query Nested($id: ID!) { company(id: $id) {
        members(first: 101) { nodes { id } }
    } }"""
    answer = await graph.answer(document, id=global_id("ClinkedAccount", "clinked", "11"))

    assert "data" not in answer
    assert code_of(answer) == "LIMIT_EXCEEDED"


@pytest.mark.parametrize(
    "id",
    [
        "",
        "1",
        "not an id",
        "é",
        "====",
        "x" * 10_000,
        written("1"),
        written("1[]"),
        written('1["ClinkedAccount"]'),
        written('1["ClinkedAccount","clinked"]'),
        written('1["ClinkedAccount","clinked","11","12"]'),
        written('1["ClinkedAccount","clinked",11]'),
        written('1["ClinkedAccount","clinked",["11"]]'),
        written('1[ "ClinkedAccount","clinked","11"]'),
        written('2["ClinkedAccount","clinked","11"]'),
        written('1["ClinkedAccount","nowhere","11"]'),
        written('1["Company","clinked","11"]'),
        written('1["Nothing","clinked","11"]'),
        written('1{"kind":"ClinkedAccount"}'),
        written("1" + "[" * 5000),
        global_id("ClinkedAccount", "clinked", "11") + "=",
        global_id("ClinkedAccount", "clinked", "11") + "\n",
    ],
)
async def test_an_id_that_the_gateway_never_wrote_is_refused(graph: Graph, id: str) -> None:
    """A mistyped id is a mistake to be told, not a thing that is gone."""
    answer = await graph.answer(NODE, id=id)

    assert answer["data"] == {"node": None}
    await refused(graph, answer)


@pytest.mark.parametrize(
    ("kind", "connection", "keys"),
    [
        ("ClinkedAccount", "codat", ("11",)),
        ("ClinkedGroupMember", "leadconduit", ("11", "102", "1001")),
        ("CodatCompany", "clinked", ("8534f457-38d0-48ec-8f10-99c6c3e1b258",)),
        ("CodatGroup", "conduit-north", ("1",)),
        ("ConduitCompany", "kondado", ("1",)),
        ("LeadConduitEntity", "clinked", ("65f0a11c0de0000000000001",)),
        ("LeadConduitInvite", "codat", ("65f0a11c0de0000000000001",)),
    ],
)
async def test_a_thing_of_one_platform_is_never_looked_for_at_another(
    graph: Graph, kind: str, connection: str, keys: tuple[str, ...]
) -> None:
    """An id made by hand must not carry one platform's path and keys to another."""
    answer = await graph.answer(NODE, id=global_id(kind, connection, *keys))

    assert answer["data"] == {"node": None}
    await refused(graph, answer)


@pytest.mark.parametrize(
    "after",
    [
        "",
        "nonsense",
        "é",
        "x" * 70_000,
        written("1"),
        written("1{}"),
        written("1[]"),
        written('1["x"]'),
        written('1["x",{}]'),
        written('1["x",{"codat":[0]}]'),
        written('2["x",{}]'),
        written("1" + "[" * 5000),
        global_id("ClinkedAccount", "clinked", "11"),
    ],
)
async def test_a_cursor_that_the_gateway_never_wrote_is_refused(graph: Graph, after: str) -> None:
    """Reading from the start in its place would give a client everything twice."""
    answer = await graph.answer(LIST, after=after)

    assert answer["data"] == {"companies": None}
    await refused(graph, answer)


@pytest.mark.parametrize(
    "field",
    [
        "groups(after: $after) { nodes { id } }",
        'companies(after: $after, filter: { nameContains: "a" }) { nodes { id } }',
        "companies(after: $after, platforms: [CODAT]) { nodes { id } }",
        'companies(after: $after, connections: ["codat"]) { nodes { id } }',
    ],
)
async def test_a_cursor_fits_its_own_list_alone(graph: Graph, field: str) -> None:
    """Another list, or the same list with other arguments, counts other items."""
    after = (await page(graph, "companies", first=3))["pageInfo"]["endCursor"]
    await graph.forget_calls()
    answer = await graph.answer(f"query Other($after: String) {{ other: {field} }}", after=after)

    assert answer["data"] == {"other": None}
    await refused(graph, answer)


async def test_a_cursor_of_one_things_list_does_not_fit_anothers(graph: Graph) -> None:
    """The members of one account are not those of another."""
    document = """query Nested($id: ID!, $after: String) { company(id: $id) {
        members(first: 3, after: $after) { pageInfo { endCursor } }
    } }"""
    first = await graph.data(document, id=global_id("ClinkedAccount", "clinked", "11"))
    after = first["company"]["members"]["pageInfo"]["endCursor"]
    other = global_id("ClinkedAccount", "clinked", "12")
    answer = await graph.answer(document, id=other, after=after)

    assert answer["data"] == {"company": {"members": None}}
    assert code_of(answer) == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    "places", ["[-1,null,0]", "[0,7,0]", "[0,null,-5]", '"x"', "[0,null,true]"]
)
async def test_a_cursor_with_impossible_places_is_refused(graph: Graph, places: str) -> None:
    """The right list's name alone does not make a cursor."""
    cursor = (await page(graph, "companies", first=1))["pageInfo"]["endCursor"]
    padded = cursor + "=" * (-len(cursor) % 4)
    name = base64.urlsafe_b64decode(padded).decode().split('"')[1]
    answer = await graph.answer(LIST, after=written(f'1["{name}",{{"codat":{places}}}]'))

    assert answer["data"] == {"companies": None}
    assert code_of(answer) == "BAD_USER_INPUT"


async def test_a_connection_that_is_not_there_is_refused(graph: Graph) -> None:
    """A list of nothing would look like a connection that has nothing."""
    answer = await graph.answer('{ companies(connections: ["nowhere"]) { nodes { id } } }')

    assert answer["data"] == {"companies": None}
    await refused(graph, answer)


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        ('filter: { query: "" }', "filter.query"),
        ("filter: { query: null }", "filter.query"),
        ('filter: { tags: "" }', "filter.tags"),
        ('order: { by: "" }', "order.by"),
        ('order: { by: "name", isDescending: null }', "order.isDescending"),
    ],
)
async def test_a_value_that_breaks_a_rule_of_a_filter_or_an_order_is_told_with_its_place(
    graph: Graph, arguments: str, path: str
) -> None:
    """Nothing has failed in the gateway, and the caller can put it right."""
    answer = await graph.answer(
        '{ connection(name: "codat") { ... on CodatConnection {'
        f" companies({arguments}) {{ nodes {{ id }} }} "
        "} } }"
    )

    assert answer["data"] == {"connection": {"companies": None}}
    assert answer["errors"][0]["message"].startswith(f"{path}: ")
    await refused(graph, answer)


async def test_a_mistake_costs_its_own_field_alone(graph: Graph) -> None:
    """The rest of the document is answered."""
    answer = await graph.answer("{ companies(first: 0) { nodes { id } } connections { name } }")

    assert answer["data"]["companies"] is None
    assert len(answer["data"]["connections"]) == 6
    assert code_of(answer) == "BAD_USER_INPUT"


async def test_null_for_a_number_that_has_a_default_is_refused(graph: Graph) -> None:
    """A variable may be left out; null is a value, and not one that a page can have."""
    document = "query List($first: Int) { companies(first: $first) { nodes { id } } }"
    answer = await graph.answer(document, first=None)

    assert answer["data"] == {"companies": None}
    await refused(graph, answer)


async def test_a_document_of_several_operations_needs_a_name(graph: Graph) -> None:
    """Which of them was meant is not for the gateway to guess."""
    document = "query A { connections { name } } query B { __typename }"
    answer = await graph.answer(document)
    body = {"query": document, "operationName": "B"}
    named = (await graph.gateway.post("/graphql", json=body)).json()

    assert code_of(answer) == "BAD_USER_INPUT"
    assert named == {"data": {"__typename": "Query"}}
