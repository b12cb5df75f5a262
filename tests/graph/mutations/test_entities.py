"""Making, changing and deleting entities."""

from typing import Any

import httpx
import pytest

from tests.graph.conftest import Graph
from tests.graph.mutations.writing import (
    Write,
    done,
    found,
    global_id,
    nothing_was_sent,
    refused,
    sent,
)

# A seller with a flow, a suffix, a web site and a TrustedForm certificate; connected.
DUNMORE_KEY = "65f0a11c0de1000000000004"
DUNMORE = global_id("LeadConduitEntity", "leadconduit", DUNMORE_KEY)
STANDARD = global_id("LeadConduitEntity", "leadconduit", "65f0a11c0de2000000000001")
PATH = f"/entities/{DUNMORE_KEY}"
OWN = (
    "modules { platformId } source recipient description isDeprecated replacement { platformId } "
    "fieldSuffix flows { platformId } logoUrl timeZone isTrustedFormCertified website isAccount "
    "connected connectedAccount { platformId } invitation { platformId }"
)
SHOWN = f"... on Entity {{ name createdAt }} ... on LeadConduitEntity {{ {OWN} }}"
WHOLE = {
    "name": "Dunmore Leads",
    "module_ids": ["leadconduit-sample.inbound.standard"],
    "source": "seller",
    "recipient": None,
    "description": "Dunmore Leads, as the sandbox knows it",
    "deprecated": False,
    "field_suffix": "dunmo",
    "flow_ids": ["65f0a11cf100000000000004"],
    "logo_url": f"https://logos.example.com/{DUNMORE_KEY}.png",
    "trustedform_certified_vendor": True,
    "website": "https://dunmore-leads.example.com",
}


def update(**given: Any) -> Write:
    """Write a change of the seller."""
    return Write("entityUpdate", "leadconduit", DUNMORE, {"leadconduit": given})


def create(**given: Any) -> Write:
    """Write an entity."""
    whole: dict[str, Any] = {"name": "Kestrel Leads", "moduleIds": [], **given}
    return Write("entityCreate", "leadconduit", input={"leadconduit": whole})


async def directly(graph: Graph, method: str, body: dict[str, Any] | None = None) -> Any:
    """Ask LeadConduit itself about the seller."""
    described = {one["platform"]: one for one in graph.sandbox.describe()}["leadconduit"]
    auth = httpx.BasicAuth("API", described["credentials"]["api_key"])
    url = f"{described['url']}{PATH}"
    answer = await graph.outside.request(method, url, json=body, auth=auth)
    return answer.raise_for_status().json()


async def test_an_entity_made_has_all_that_was_given(graph: Graph) -> None:
    """Every field goes under LeadConduit's name for it, and reads back the same."""
    given = {
        "connection": "leadconduit",
        "name": "Kestrel Leads",
        "moduleIds": ["leadconduit-sample.inbound.standard"],
        "source": "SELLER",
        "recipient": "ANALYTICS",
        "description": "New in May",
        "isDeprecated": True,
        "fieldSuffix": "kestr",
        "invitationId": "65f0a11c1171000000000099",
        "flowIds": ["65f0a11cf100000000000099"],
        "logoUrl": "https://example.com/logo.png",
        "timeZone": "America/New_York",
        "isTrustedFormCertified": True,
        "website": "https://example.com",
    }
    made = await done(graph, create(**given), f"entity {{ id {SHOWN} }}")

    id = made.pop("id")
    expected = {name: value for name, value in given.items() if name in made}
    expected |= {
        "modules": [{"platformId": "leadconduit-sample.inbound.standard"}],
        "invitation": {"platformId": "65f0a11c1171000000000099"},
        "flows": [{"platformId": "65f0a11cf100000000000099"}],
    }
    assert len(expected) == len(given) - 1
    assert {name: made[name] for name in expected} == expected
    body = {
        "name": "Kestrel Leads",
        "module_ids": ["leadconduit-sample.inbound.standard"],
        "source": "seller",
        "recipient": "analytics",
        "description": "New in May",
        "deprecated": True,
        "field_suffix": "kestr",
        "invitation_id": "65f0a11c1171000000000099",
        "flow_ids": ["65f0a11cf100000000000099"],
        "logo_url": "https://example.com/logo.png",
        "time_zone": "America/New_York",
        "trustedform_certified_vendor": True,
        "website": "https://example.com",
    }
    assert await sent(graph, "leadconduit") == [("POST", "/entities", {}, body)]
    assert await found(graph, id, SHOWN) == made


@pytest.mark.parametrize("given", [{}, {"description": None, "website": None, "source": None}])
async def test_an_entity_made_with_the_least_still_says_what_it_is_not(
    graph: Graph, given: dict[str, None]
) -> None:
    """Source and recipient have to be there, if only as null; nothing else has to."""
    await done(graph, create(**given))

    body: dict[str, Any] = {
        "name": "Kestrel Leads",
        "module_ids": [],
        "source": None,
        "recipient": None,
    }
    assert await sent(graph, "leadconduit") == [("POST", "/entities", {}, body)]


@pytest.mark.parametrize(
    ("given", "body", "expected"),
    [
        ({"name": "Dunmore"}, {"name": "Dunmore"}, {"name": "Dunmore"}),
        ({"source": None}, {"source": None}, {"source": None}),
        ({"recipient": "BUYER"}, {"recipient": "buyer"}, {"recipient": "BUYER"}),
        ({"isDeprecated": True}, {"deprecated": True}, {"isDeprecated": True}),
        ({"flowIds": []}, {"flow_ids": []}, {"flows": []}),
        (
            {"timeZone": "Europe/Dublin"},
            {"time_zone": "Europe/Dublin"},
            {"timeZone": "Europe/Dublin"},
        ),
    ],
)
async def test_a_change_reads_the_entity_and_loses_nothing_of_it(
    graph: Graph, given: dict[str, Any], body: dict[str, Any], expected: dict[str, Any]
) -> None:
    """LeadConduit clears what is left out, so all the rest is sent along."""
    before = await found(graph, DUNMORE, SHOWN)
    await graph.forget_calls()
    changed = await done(graph, update(**given), f"entity {{ {SHOWN} }}")

    assert before is not None
    assert changed == {**before, **expected}
    assert await sent(graph, "leadconduit") == [
        ("GET", PATH, {}, None),
        ("PUT", PATH, {}, {**WHOLE, **body}),
    ]
    assert await found(graph, DUNMORE, SHOWN) == changed


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("description", "description"),
        ("fieldSuffix", "field_suffix"),
        ("logoUrl", "logo_url"),
        ("website", "website"),
    ],
)
async def test_null_clears_a_field_by_leaving_it_out(graph: Graph, field: str, name: str) -> None:
    """Replacing is the only way to clear there."""
    changed = await done(graph, update(**{field: None}), f"entity {{ {SHOWN} }}")

    left = {key: value for key, value in WHOLE.items() if key != name}
    assert (await sent(graph, "leadconduit"))[1] == ("PUT", PATH, {}, left)
    assert changed[field] is None
    assert await found(graph, DUNMORE, SHOWN) == changed


async def test_a_change_keeps_the_entity_to_use_instead(graph: Graph) -> None:
    """`see` cannot be set through the gateway, and must not be cleared by it either."""
    see = "65f0a11c0de1000000000008"
    await directly(graph, "PUT", {**WHOLE, "see": see})
    shown = "entity { ... on LeadConduitEntity { replacement { platformId } } }"
    changed = await done(graph, update(isDeprecated=True), shown)

    assert changed == {"replacement": {"platformId": see}}
    assert (await directly(graph, "GET"))["see"] == see


async def test_two_changes_of_one_document_build_on_each_other(graph: Graph) -> None:
    """The second reads what the first wrote."""
    name = 'entityUpdate(id: $id, input: {leadconduit: {name: "Dun"}}) { entity { id } }'
    flag = "entityUpdate(id: $id, input: {leadconduit: {isDeprecated: true}}) { entity { id } }"
    await graph.data(f"mutation($id: ID!) {{ one: {name} two: {flag} }}", id=DUNMORE)

    shown = "... on Entity { name } ... on LeadConduitEntity { isDeprecated }"
    assert await found(graph, DUNMORE, shown) == {"name": "Dun", "isDeprecated": True}


async def test_an_entity_deleted_is_gone(graph: Graph) -> None:
    """The payload has its id, and the id leads nowhere any more."""
    write = Write("entityDelete", "leadconduit", DUNMORE)

    assert await done(graph, write) == DUNMORE
    assert await sent(graph, "leadconduit") == [("DELETE", PATH, {}, None)]
    assert await found(graph, DUNMORE, "id") is None
    assert await refused(graph, write) == [("NOT_FOUND", None, "LEADCONDUIT")]


async def test_an_entity_deleted_without_a_word_is_gone_too(graph: Graph) -> None:
    """The answer has nothing that is needed."""
    await graph.fault("leadconduit", body="")

    assert await done(graph, Write("entityDelete", "leadconduit", DUNMORE)) == DUNMORE


async def test_a_write_whose_answer_cannot_be_read_is_told_as_done(graph: Graph) -> None:
    """Or callers would do it again."""
    await graph.fault("leadconduit", body="{}")
    write = create()
    data = await graph.data(write.document("entity { id } outcome"), **write.variables)

    assert data["entityCreate"] == {"entity": None, "outcome": "CONFIRMED", "userErrors": []}


@pytest.mark.parametrize("make", [create, update])
@pytest.mark.parametrize(
    ("field", "value", "where"),
    [
        ("name", "", []),
        ("fieldSuffix", "ab", []),
        ("fieldSuffix", "abcdef", []),
        ("fieldSuffix", "ab-c", []),
        ("invitationId", "65f0a11c", []),
        ("invitationId", "z" * 24, []),
        ("flowIds", ["65f0a11cf100000000000001", "short"], ["1"]),
        ("isDeprecated", None, []),
        ("flowIds", None, []),
    ],
)
async def test_an_entity_that_cannot_be_is_refused_before_anything_is_sent(
    graph: Graph, make: Any, field: str, value: object, where: list[str]
) -> None:
    """The rules are those of LeadConduit's documentation."""
    told = await refused(graph, make(**{field: value}))

    assert told == [("INVALID", ["input", "leadconduit", field, *where], None)]
    assert await nothing_was_sent(graph)


async def test_an_entity_needs_a_connection_to_leadconduit(graph: Graph) -> None:
    """The error points at the connection."""
    told = await refused(graph, create(connection="codat"))

    assert told == [("INVALID", ["input", "leadconduit", "connection"], None)]
    assert await nothing_was_sent(graph)


@pytest.mark.parametrize("name", ["entityUpdate", "entityDelete"])
async def test_a_built_in_entity_is_changed_by_nobody(graph: Graph, name: str) -> None:
    """LeadConduit refuses, and the user error says that it is not allowed."""
    input = {"leadconduit": {"name": "Mine"}} if name == "entityUpdate" else None
    told = await refused(graph, Write(name, "leadconduit", STANDARD, input))

    assert told == [("FORBIDDEN", None, "LEADCONDUIT")]
