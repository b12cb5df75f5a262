"""Making, changing and deleting companies."""

from typing import Any

import pytest

from resolvers.identity import GlobalId
from tests.graph.conftest import Graph
from tests.graph.mutations.writing import Write, done, found, global_id, refused, sent

BEXWELL = "c79d6793-46d4-4c7a-9c39-02b38963dc6e"
NORTHERN = "1710cf53-27ac-435a-ba97-c643656412a9"
CODAT = global_id("CodatCompany", "codat", BEXWELL)
CONDUIT = global_id("ConduitCompany", "conduit-north", "tyr")
CLINKED = global_id("ClinkedAccount", "clinked", "11")
GROUP = global_id("CodatGroup", "codat", NORTHERN)

CODAT_CREATE = Write("companyCreate", "codat", input={"codat": {"name": "Kestrel Mills"}})
CONDUIT_CREATE = Write(
    "companyCreate",
    "conduit",
    input={"conduit": {"connection": "conduit-south", "id": "Kestrel9"}},
)
CODAT_UPDATE = Write("companyUpdate", "codat", CODAT, {"codat": {"name": "Bexwell & Sons"}})
CODAT_DELETE = Write("companyDelete", "codat", CODAT)


async def test_a_company_made_at_codat_has_all_that_was_given(graph: Graph) -> None:
    """Name, description, tags and groups arrive, and read back the same."""
    selection = "name platformId ... on CodatCompany { description tags { name value } }"
    given = {
        "name": "Kestrel Mills",
        "description": "New in May",
        "tags": [{"name": "team", "value": "cedar"}, {"name": "region", "value": "uk"}],
        "groupIds": [GROUP],
    }
    made = await done(
        graph,
        Write("companyCreate", "codat", input={"codat": given}),
        f"company {{ id {selection} }}",
    )

    id = made.pop("id")
    assert made["name"] == "Kestrel Mills"
    assert made["description"] == "New in May"
    assert made["tags"] == given["tags"]
    body = {
        "name": "Kestrel Mills",
        "description": "New in May",
        "tags": {"team": "cedar", "region": "uk"},
        "groups": [{"id": NORTHERN}],
    }
    assert await sent(graph, "codat") == [("POST", "/companies", {}, body)]
    groups = "groups { nodes { name } }"
    again = await found(
        graph, id, f"... on Company {{ {selection} }} ... on CodatCompany {{ {groups} }}"
    )
    assert again == {**made, "groups": {"nodes": [{"name": "Northern region"}]}}


async def test_a_company_made_at_conduit_belongs_to_the_link_app_named(graph: Graph) -> None:
    """The other Link App does not see it, and its id reads in upper and lower case alike."""
    selection = "name connection platformId ... on ConduitCompany { linkPage { isEnabled } }"
    given = {
        "connection": "conduit-south",
        "id": "Kestrel9",
        "name": "Kestrel Mills",
        "isPageEnabled": False,
    }
    made = await done(
        graph,
        Write("companyCreate", "conduit", input={"conduit": given}),
        f"company {{ id {selection} }}",
    )

    assert made == {
        "id": global_id("ConduitCompany", "conduit-south", "kestrel9"),
        "name": "Kestrel Mills",
        "connection": "conduit-south",
        "platformId": "Kestrel9",
        "linkPage": {"isEnabled": False},
    }
    body = {"id": "Kestrel9", "name": "Kestrel Mills", "page_enabled": False}
    assert await sent(graph, "conduit") == [("POST", "/link/company/", {}, body)]
    id = made.pop("id")
    assert await found(graph, id, f"... on Company {{ {selection} }}") == made
    assert (
        await found(graph, global_id("ConduitCompany", "conduit-north", "kestrel9"), "id") is None
    )


async def test_a_company_made_with_the_least_sends_the_least(graph: Graph) -> None:
    """What a caller leaves out is left to the platform."""
    await done(graph, CODAT_CREATE)
    await done(graph, CONDUIT_CREATE)

    assert await sent(graph, "codat") == [("POST", "/companies", {}, {"name": "Kestrel Mills"})]
    assert await sent(graph, "conduit") == [("POST", "/link/company/", {}, {"id": "Kestrel9"})]


async def test_a_change_at_codat_sends_only_what_the_caller_sent(graph: Graph) -> None:
    """One PATCH with the new name leaves description and tags as they were."""
    selection = "name ... on CodatCompany { description tags { name value } }"
    changed = await done(graph, CODAT_UPDATE, f"company {{ {selection} }}")

    assert changed == {
        "name": "Bexwell & Sons",
        "description": "Customer number 1001",
        "tags": [{"name": "team", "value": "maple"}, {"name": "region", "value": "nl"}],
    }
    path = f"/companies/{BEXWELL}"
    assert await sent(graph, "codat") == [("PATCH", path, {}, {"name": "Bexwell & Sons"})]
    assert await found(graph, CODAT, f"... on Company {{ {selection} }}") == changed


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ({"description": None}, {"tags": {"team": "maple", "region": "nl"}}),
        ({"tags": None}, {"description": "Customer number 1001"}),
        ({"tags": []}, {"description": "Customer number 1001"}),
        ({"tags": None, "description": "New"}, {"description": "New"}),
    ],
)
async def test_clearing_at_codat_replaces_the_company_and_loses_nothing_else(
    graph: Graph, given: dict[str, Any], left: dict[str, Any]
) -> None:
    """PATCH cannot clear there, so the rest is read and sent along."""
    selection = (
        "name ... on CodatCompany { description tags { name value } groups { nodes { id } } }"
    )
    write = Write("companyUpdate", "codat", CODAT, {"codat": given})
    changed = await done(graph, write, f"company {{ {selection} }}")

    description, tags = left.get("description"), left.get("tags", {})
    assert changed == {
        "name": "Bexwell Foods",
        "description": description,
        "tags": [{"name": name, "value": value} for name, value in tags.items()],
        "groups": {"nodes": [{"id": GROUP}]},
    }
    path, own = f"/companies/{BEXWELL}", GlobalId.parse(GROUP).keys[-1]
    assert (await sent(graph, "codat"))[:2] == [
        ("GET", path, {}, None),
        ("PUT", path, {}, {"name": "Bexwell Foods", "groups": [{"id": own}], **left}),
    ]
    assert await found(graph, CODAT, f"... on Company {{ {selection} }}") == changed


@pytest.mark.parametrize(("cid", "enabled"), [("tyr", False), ("zinc30", True)])
async def test_a_change_of_name_at_conduit_keeps_the_page_as_it_was(
    graph: Graph, cid: str, enabled: bool
) -> None:
    """Left out it would mean on, so it is read first and sent along."""
    id = global_id("ConduitCompany", "conduit-north", cid)
    selection = "name ... on ConduitCompany { linkPage { isEnabled } }"
    write = Write("companyUpdate", "conduit", id, {"conduit": {"name": "Kestrel"}})
    changed = await done(graph, write, f"company {{ {selection} }}")

    assert changed == {"name": "Kestrel", "linkPage": {"isEnabled": enabled}}
    assert await sent(graph, "conduit") == [
        ("GET", f"/link/company/{cid}/", {}, None),
        ("POST", f"/link/company/{cid}/", {}, {"name": "Kestrel", "page_enabled": enabled}),
    ]
    assert await found(graph, id, f"... on Company {{ {selection} }}") == changed


async def test_a_page_at_conduit_is_switched_in_one_call(graph: Graph) -> None:
    """Nothing has to be read when the caller says what the page shall be."""
    selection = "name ... on ConduitCompany { linkPage { isEnabled } }"
    write = Write("companyUpdate", "conduit", CONDUIT, {"conduit": {"isPageEnabled": True}})
    changed = await done(graph, write, f"company {{ {selection} }}")

    assert changed == {"name": "Tyr Security", "linkPage": {"isEnabled": True}}
    body = {"page_enabled": True}
    assert await sent(graph, "conduit") == [("POST", "/link/company/tyr/", {}, body)]


@pytest.mark.parametrize(
    ("given", "body", "expected"),
    [
        ({"name": "Larkspur"}, {"friendlyName": "Larkspur"}, {"name": "Larkspur"}),
        ({"slug": "lark"}, {"name": "lark"}, {"slug": "lark"}),
        ({"locale": "en_GB"}, {"locale": "en_GB"}, {"locale": "en_GB"}),
        ({"locale": None}, {"locale": None}, {"locale": None}),
    ],
)
async def test_a_change_of_a_clinked_account_sends_only_what_the_caller_sent(
    graph: Graph, given: dict[str, Any], body: dict[str, Any], expected: dict[str, Any]
) -> None:
    """Each field goes under Clinked's name for it, and null clears."""
    selection = "name ... on ClinkedAccount { slug locale }"
    write = Write("companyUpdate", "clinked", CLINKED, {"clinked": given})
    changed = await done(graph, write, f"company {{ {selection} }}")

    before = {"name": "Larkspur Architects", "slug": "larkspur", "locale": None}
    assert changed == {**before, **expected}
    assert await sent(graph, "clinked") == [("PATCH", "/v3/accounts/11", {}, body)]
    assert await found(graph, CLINKED, f"... on Company {{ {selection} }}") == changed


async def test_a_company_deleted_at_codat_is_gone(graph: Graph) -> None:
    """The payload has its id, and the id leads nowhere any more."""
    assert await done(graph, CODAT_DELETE) == CODAT
    assert await sent(graph, "codat") == [("DELETE", f"/companies/{BEXWELL}", {}, None)]
    assert await found(graph, CODAT, "id") is None
    assert await refused(graph, CODAT_DELETE) == [("NOT_FOUND", None, "CODAT")]
