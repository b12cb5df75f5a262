"""Answers that are a little off: what could be read is given."""

import json
from typing import Any

import pytest

from tests.graph.conftest import Graph
from tests.graph.lists import code_of, global_id

CODAT = "{ companies(platforms: [CODAT]) { nodes { platformId } outages { code } } }"
ENTITIES = """{ entities { outages { code } nodes {
    platformId name
    ... on LeadConduitEntity {
        source recipient connected isStandard modules { platformId } flows { platformId }
    }
} } }"""


async def entities(graph: Graph, *rows: object) -> list[dict[str, Any]]:
    """Give the entities that are read from these rows."""
    await graph.fault("leadconduit", body=json.dumps(rows))
    read = (await graph.data(ENTITIES))["entities"]

    assert read["outages"] == []
    return read["nodes"]


async def members(graph: Graph, *rows: object) -> list[dict[str, Any]]:
    """Give the members of an account that are read from these rows."""
    document = """query Members($id: ID!) { company(id: $id) { members { nodes {
        name role ... on ClinkedMember { user { twoFactorMode } }
    } } } }"""
    id = global_id("ClinkedAccount", "clinked", "11")
    await graph.data(document, id=id)
    # One body answers both calls: it is an account, and a page of members.
    page: dict[str, Any] = {"id": 11, "items": rows, "pageSize": 25, "totalResults": len(rows)}
    await graph.fault("clinked", body=json.dumps(page))
    return (await graph.data(document, id=id))["company"]["members"]["nodes"]


def person(name: str, **more: object) -> dict[str, Any]:
    """Make a row of Clinked's list of members with no more than it must have."""
    return {"user": {"id": 1, "username": name, "name": name, **more}}


@pytest.mark.parametrize(
    "bad",
    [
        None,
        7,
        "x",
        [],
        {},
        {"name": "two"},
        {"id": None, "name": "two"},
        {"id": {"$oid": "2"}, "name": "two"},
    ],
)
async def test_an_item_that_cannot_be_read_costs_itself_alone(graph: Graph, bad: object) -> None:
    """One row of thousands is not worth the others."""
    read = await entities(graph, {"id": "1", "name": "one"}, bad, {"id": "3", "name": "three"})

    assert [entity["platformId"] for entity in read] == ["1", "3"]


@pytest.mark.parametrize("odd", [{"module_ids": "all"}, {"created_at": "yesterday"}])
async def test_a_value_that_cannot_be_read_costs_itself_alone(
    graph: Graph, odd: dict[str, Any]
) -> None:
    """What may be absent reads as absent, and the thing that it stands in is there."""
    (read,) = await entities(graph, {"id": "1", "name": "one", **odd})

    assert (read["name"], read["modules"]) == ("one", [])


async def test_values_that_are_new_read_as_other(graph: Graph) -> None:
    """A platform adds to its lists of values without asking."""
    new = {"id": "1", "name": "one", "source": "widget", "recipient": "", "connected": "neither"}
    (read,) = await entities(graph, new)

    assert (read["source"], read["recipient"], read["connected"]) == ("OTHER", "OTHER", "OTHER")


async def test_an_entity_with_nothing_but_what_it_must_have_is_read(graph: Graph) -> None:
    """Missing and null are alike: lists are empty, and what is not said to be so is not so."""
    names = ("module_ids", "flow_ids", "source", "recipient", "connected", "standard", "created_at")
    bare = {"id": "1", "name": "one"}
    missing, null = await entities(graph, bare, {**bare, **dict.fromkeys(names)})

    assert missing == null
    assert missing == {
        "platformId": "1",
        "name": "one",
        "source": None,
        "recipient": None,
        "connected": None,
        "isStandard": False,
        "modules": [],
        "flows": [],
    }


async def test_a_list_that_is_null_is_empty(graph: Graph) -> None:
    """LeadConduit documents null for no entities."""
    await graph.fault("leadconduit", body="null")
    data = await graph.data(ENTITIES)

    assert data["entities"] == {"nodes": [], "outages": []}


async def test_unknown_fields_are_passed_over(graph: Graph) -> None:
    """A platform may add fields at any time, of any name."""
    (read,) = await entities(graph, {"id": "1", "name": "one", "origin": "x", "address": "x"})

    assert read["platformId"] == "1"


async def test_a_role_that_is_new_reads_as_other(graph: Graph) -> None:
    """Clinked's roles are numbers, and there are numbers between them."""
    rows = [{**person(str(role)), "permission": role} for role in (1, 2, 16, 32, None)]
    read = await members(graph, *rows)

    assert [one["role"] for one in read] == ["BASIC", "OTHER", "ADMINISTRATOR", "OTHER", None]


async def test_rows_of_a_page_that_cannot_be_read_keep_their_places(graph: Graph) -> None:
    """The platform counts them, so the gateway does too, and the others stand."""
    bad: list[object] = [None, 7, {}, {"user": None}, {"user": {"id": None}}]
    read = await members(graph, person("ada"), *bad, person("hugo", twoFactorMode="PALM_READING"))

    assert [one["name"] for one in read] == ["ada", "hugo"]
    assert read[1]["user"]["twoFactorMode"] == "OTHER"


async def test_a_company_of_codat_may_leave_out_all_but_its_id(graph: Graph) -> None:
    """Nulls in place of lists and maps are empty ones."""
    nulls: dict[str, Any] = dict.fromkeys(("name", "created", "products", "tags", "groups"))
    rows: list[object] = [{"id": "1"}, {"id": "2", **nulls}, None, {"name": "x"}, {"id": "3"}]
    nobody: dict[str, Any] = {"name": "without an id"}
    rows.append({"id": "4", "referenceParentCompany": nobody})
    rows.append({"id": "5", "referenceSubsidiaryCompanies": [nobody]})
    await graph.fault("codat", body=json.dumps({"results": rows}))
    companies = (await graph.data(CODAT))["companies"]

    assert [node["platformId"] for node in companies["nodes"]] == ["1", "2", "3", "4", "5"]
    assert companies["outages"] == []


@pytest.mark.parametrize("body", ['{"results": "none"}', '{"results": {}}', "[]", "7", '"x"'])
async def test_a_page_of_another_shape_is_an_outage(graph: Graph, body: str) -> None:
    """An envelope that cannot be opened is not an empty list."""
    await graph.fault("codat", body=body)
    companies = (await graph.data(CODAT))["companies"]

    assert companies == {"nodes": [], "outages": [{"code": "UPSTREAM_MALFORMED"}]}


@pytest.mark.parametrize("page", [None, {}, {"enabled": None, "url": None}, {"enabled": False}])
async def test_a_company_of_conduit_may_lack_its_page(graph: Graph, page: object) -> None:
    """The vendor's own clients allow null here."""
    body = json.dumps([{"id": "A", "link_page": page}, {"id": "B", "name": None}])
    await graph.fault("conduit", body=body)
    document = """{ companies(connections: ["conduit-north"]) {
        nodes { name ... on ConduitCompany { linkPage { url isEnabled } } }
    } }"""
    nodes = (await graph.data(document))["companies"]["nodes"]

    shown = None if page is None else {"url": None, "isEnabled": False}
    assert nodes == [{"name": None, "linkPage": shown}, {"name": None, "linkPage": None}]


async def test_a_company_of_conduit_is_listed_though_its_token_cannot_be_read(
    graph: Graph,
) -> None:
    """A token comes with every answer, and few callers ask for it."""
    tokens = [None, "x", {}, {"token": None, "expires_at": 1}, {"token": "x", "expires_at": None}]
    rows = [{"id": str(place), "api_token": token} for place, token in enumerate(tokens)]
    await graph.fault("conduit", body=json.dumps(rows))
    document = """{ companies(connections: ["conduit-north"]) { nodes { platformId } } }"""
    data = await graph.data(document)

    assert [node["platformId"] for node in data["companies"]["nodes"]] == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize(("connected", "shown"), [(True, "OTHER"), (False, None)])
async def test_an_entity_is_read_though_it_tells_only_whether_it_is_connected(
    graph: Graph, connected: object, shown: str | None
) -> None:
    """Older pages of LeadConduit's documentation have true and false there."""
    (read,) = await entities(graph, {"id": "1", "name": "one", "connected": connected})

    assert (read["platformId"], read["connected"]) == ("1", shown)


async def test_groups_of_codat_that_are_null_are_none(graph: Graph) -> None:
    """As with its pages of companies."""
    await graph.fault("codat", body='{"results": null}')
    data = await graph.data("{ groups(platforms: [CODAT]) { nodes { id } outages { code } } }")

    assert data["groups"] == {"nodes": [], "outages": []}


async def test_a_catalogue_is_read_as_far_as_it_can_be(graph: Graph) -> None:
    """Lists in an envelope are as tolerant as bare ones."""
    rows: list[object] = [{"id": 1}, None, "x", {"parent_collection_name": "No id"}, {"id": "2"}]
    await graph.fault("kondado", body=json.dumps({"success": True, "data": rows}))
    document = """{ connection(name: "kondado") {
        ... on KondadoConnection { sourceTypes { nodes { platformId name } } }
    } }"""
    data = await graph.data(document)

    assert data["connection"]["sourceTypes"]["nodes"] == [
        {"platformId": "1", "name": None},
        {"platformId": "2", "name": None},
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-01-31T09:30:00Z", "2026-01-31T09:30:00Z"),
        ("2026-01-31T09:30:00", "2026-01-31T09:30:00Z"),
        ("2026-01-31T09:30:00.1234567Z", "2026-01-31T09:30:00.123456Z"),
        ("2026-01-31T09:30:00+02:00", "2026-01-31T07:30:00Z"),
        ("2026-01-31", "2026-01-31T00:00:00Z"),
        (1_769_851_800, "2026-01-31T09:30:00Z"),
        (1_769_851_800_000, "2026-01-31T09:30:00Z"),
        (None, None),
    ],
)
async def test_every_spelling_of_a_moment_is_shown_alike(
    graph: Graph, written: object, read: str | None
) -> None:
    """Epoch seconds and milliseconds, with a zone and without: callers see UTC that ends in Z."""
    await graph.fault("codat", body=json.dumps({"results": [{"id": "1", "created": written}]}))
    data = await graph.data("{ companies(platforms: [CODAT]) { nodes { createdAt } } }")

    assert data["companies"]["nodes"] == [{"createdAt": read}]


async def test_a_value_that_cannot_be_shown_is_not_the_callers_mistake(graph: Graph) -> None:
    """A count beyond 32 bits costs itself alone, and is told as a failure of the gateway."""
    document = """query Group($id: ID!) { group(id: $id) {
        name ... on ClinkedGroup { memberCount }
    } }"""
    id = global_id("ClinkedGroup", "clinked", "11", "102")
    await graph.data(document, id=id)
    group = {"id": 102, "name": "x", "friendlyName": "Contracts", "members": 99_999_999_999}
    await graph.fault("clinked", body=json.dumps(group))
    answer = await graph.answer(document, id=id)

    assert answer["data"] == {"group": {"name": "Contracts", "memberCount": None}}
    assert code_of(answer) == "INTERNAL"
    assert "99999999999" not in json.dumps(answer)
