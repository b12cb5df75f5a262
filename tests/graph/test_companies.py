"""Companies over all platforms."""

from typing import Any

import pytest

from tests.graph.conftest import Graph
from tests.graph.lists import global_id

LARKSPUR = global_id("ClinkedAccount", "clinked", "11")
AURORA = global_id("ConduitCompany", "conduit-north", "aurora7")
SHARED = "__typename id platform platformId connection name createdAt"


async def codat_company(graph: Graph, name: str) -> str:
    """Find a company of Codat's seed, whose ids say nothing."""
    document = """query Named($name: String!) {
        companies(platforms: [CODAT], filter: { nameContains: $name }) { nodes { id } }
    }"""
    (node,) = (await graph.data(document, name=name))["companies"]["nodes"]
    return node["id"]


async def names(graph: Graph, arguments: str, **variables: object) -> list[str]:
    """Give the names of the companies that a list with these arguments has."""
    declared = "($text: String!)" if variables else ""
    document = (
        f"query List{declared} {{ companies(first: 100, {arguments}) {{ nodes {{ name }} }} }}"
    )
    nodes = (await graph.data(document, **variables))["companies"]["nodes"]
    return [node["name"] for node in nodes]


async def company(graph: Graph, id: str, asks: str) -> dict[str, Any]:
    """Read one company."""
    document = f"query Company($id: ID!) {{ company(id: $id) {{ {asks} }} }}"
    return (await graph.data(document, id=id))["company"]


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


async def test_an_account_of_clinked_has_all_its_fields(graph: Graph) -> None:
    """Each field of an account is read from where Clinked documents it."""
    asks = f"""{SHARED} ... on ClinkedAccount {{
        slug isEnabled domain hash locale updatedAt groupCount
    }}"""
    found = await company(graph, LARKSPUR, asks)

    assert found == {
        "__typename": "ClinkedAccount",
        "id": LARKSPUR,
        "platform": "CLINKED",
        "platformId": "11",
        "connection": "clinked",
        "name": "Larkspur Architects",
        "createdAt": "2024-01-12T00:00:00Z",
        "slug": "larkspur",
        "isEnabled": True,
        "domain": None,
        "hash": None,
        "locale": None,
        "updatedAt": "2024-01-12T00:00:00Z",
        "groupCount": 18,
    }


async def test_a_company_of_codat_has_all_its_fields(graph: Graph) -> None:
    """Times without a zone are UTC, times with seven digits are read, tags are pairs."""
    id = await codat_company(graph, "Bexwell Foods")
    asks = f"""{SHARED} ... on CodatCompany {{
        description linkUrl syncedAt createdByName products tags {{ name value }}
    }}"""
    found = await company(graph, id, asks)

    key = found["platformId"]
    assert found == {
        "__typename": "CodatCompany",
        "id": global_id("CodatCompany", "codat", key),
        "platform": "CODAT",
        "platformId": key,
        "connection": "codat",
        "name": "Bexwell Foods",
        "createdAt": "2026-02-02T09:12:33Z",
        "description": "Customer number 1001",
        "linkUrl": f"https://link.codat.example/company/{key}",
        "syncedAt": "2026-09-09T09:12:33.123456Z",
        "createdByName": None,
        "products": [],
        "tags": [{"name": "team", "value": "maple"}, {"name": "region", "value": "nl"}],
    }


async def test_a_company_of_conduit_has_all_its_fields(graph: Graph) -> None:
    """The company's page to connect sources on comes with it."""
    found = await company(
        graph, AURORA, f"{SHARED} ... on ConduitCompany {{ linkPage {{ url isEnabled }} }}"
    )

    assert found == {
        "__typename": "ConduitCompany",
        "id": AURORA,
        "platform": "CONDUIT",
        "platformId": "AURORA7",
        "connection": "conduit-north",
        "name": "Aurora Seven Hotels",
        "createdAt": "2026-01-04T08:15:00Z",
        "linkPage": {"url": "https://link.conduit.example/AURORA7", "isEnabled": True},
    }


async def test_a_page_that_is_off_has_no_address(graph: Graph) -> None:
    """Conduit gives null for the address of a page that is switched off."""
    id = global_id("ConduitCompany", "conduit-north", "tyr")
    found = await company(graph, id, "... on ConduitCompany { linkPage { url isEnabled } }")

    assert found == {"linkPage": {"url": None, "isEnabled": False}}


@pytest.mark.parametrize(
    ("arguments", "connections"),
    [
        ("platforms: [CLINKED]", {"clinked"}),
        ("platforms: [CONDUIT]", {"conduit-north", "conduit-south"}),
        ("platforms: [CODAT, CLINKED]", {"clinked", "codat"}),
        ('connections: ["conduit-south"]', {"conduit-south"}),
        ('platforms: [CONDUIT], connections: ["codat", "conduit-north"]', {"conduit-north"}),
        ("platforms: []", set[str]()),
    ],
)
async def test_a_list_may_be_narrowed_to_platforms_and_connections(
    graph: Graph, arguments: str, connections: set[str]
) -> None:
    """Both narrow, and a company has to pass both."""
    document = f"{{ companies(first: 100, {arguments}) {{ nodes {{ connection }} }} }}"
    nodes = (await graph.data(document))["companies"]["nodes"]

    assert {node["connection"] for node in nodes} == connections


async def test_a_platform_without_companies_says_so_when_it_is_named(graph: Graph) -> None:
    """An empty list would look like a platform that has none at the moment."""
    data = await graph.data(
        "{ companies(platforms: [LEADCONDUIT]) { nodes { id } outages { platform code } } }"
    )

    assert data["companies"] == {
        "nodes": [],
        "outages": [{"platform": "LEADCONDUIT", "code": "NOT_SUPPORTED"}],
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("larkspur", ["Larkspur Architects"]),
        ("BEXWELL f", ["Bexwell Foods"]),
        ("nordkapp", ["Nordkapp Outfitters"]),
        ("ar", None),
        ("nobody has this name", []),
    ],
)
async def test_a_filter_finds_parts_of_names_at_every_platform(
    graph: Graph, text: str, found: list[str] | None
) -> None:
    """Upper and lower case are alike, whether the platform filters or the gateway."""
    listed = await names(graph, "filter: { nameContains: $text }", text=text)

    every = await names(graph, "platforms: null")
    expected = found if found is not None else [name for name in every if text in name.casefold()]
    assert sorted(listed) == sorted(expected)


@pytest.mark.parametrize("text", ["{", "} || name~a", "a && b", "~", "=", "foods!", "%", "'", "\\"])
async def test_a_filter_is_never_an_expression_of_codats_language(graph: Graph, text: str) -> None:
    """What a caller looks for cannot change the question, nor make Codat refuse it."""
    listed = await names(graph, "filter: { nameContains: $text }", text=text)

    assert listed == []


async def test_lists_that_a_platform_has_not_are_null(graph: Graph) -> None:
    """Null tells `has no such thing` from an empty list."""
    asks = "groups { nodes { id } } members { nodes { id } } invites { nodes { id } }"
    conduit = await company(graph, AURORA, asks)
    codat = await company(graph, await codat_company(graph, "Amberlea Foods"), asks)

    assert conduit == {"groups": None, "members": None, "invites": None}
    assert codat == {"groups": {"nodes": []}, "members": None, "invites": None}


@pytest.mark.parametrize(("noun", "many"), [("groups", 18), ("members", 110), ("invites", 12)])
async def test_the_lists_of_an_account_are_read_page_by_page(
    graph: Graph, noun: str, many: int
) -> None:
    """A list inside a company pages as one at the root does."""
    document = f"""query Nested($id: ID!, $after: String) {{ company(id: $id) {{
        {noun}(first: 7, after: $after) {{ nodes {{ id }} pageInfo {{ hasNextPage endCursor }} }}
    }} }}"""
    seen: list[str] = []
    after: str | None = None
    while True:
        data = await graph.data(document, id=LARKSPUR, after=after)
        listed = data["company"][noun]
        seen += [node["id"] for node in listed["nodes"]]
        after = listed["pageInfo"]["endCursor"]
        if not listed["pageInfo"]["hasNextPage"]:
            break

    assert (len(seen), len(set(seen))) == (many, many)


async def test_a_company_of_codat_has_its_groups(graph: Graph) -> None:
    """Codat's document has only the ids of the groups; the graph has the groups."""
    id = await codat_company(graph, "Bexwell Foods")
    found = await company(graph, id, "groups { totalCount nodes { __typename name } }")

    assert found["groups"] == {
        "totalCount": 1,
        "nodes": [{"__typename": "CodatGroup", "name": "Northern region"}],
    }
