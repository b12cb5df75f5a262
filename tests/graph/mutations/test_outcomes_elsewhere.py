"""What became of mutations that one platform alone has, when its answer never came."""

from typing import Any

import pytest

from tests.graph.conftest import Graph
from tests.graph.mutations.keys import ACCOUNT, COMPANY, GROUP, MEMBER
from tests.graph.mutations.writing import global_id, sign_in

CONNECTION = "dataConnection { authorizationStatus }"
# The mutation, where, with what, what it shows, and the method by which it is sent; nothing of it
# is yet as it asks for.
ASKED: dict[str, tuple[str, str, str, str]] = {
    "codatProductAdd": (COMPANY, '{ product: "spending" }', "company { id }", "PUT"),
    "codatDataConnectionCreate": (COMPANY, '{ integrationKey: "expn" }', CONNECTION, "POST"),
    "clinkedBrandingUpdate": (
        ACCOUNT,
        '{ primaryColor: "#123456" }',
        "branding { primaryColor }",
        "POST",
    ),
    "clinkedPasswordPolicyUpdate": (
        ACCOUNT,
        "{ minimumLength: 13 }",
        "passwordPolicy { minimumLength }",
        "POST",
    ),
    "clinkedAccountPropertyCreate": (
        ACCOUNT,
        '{ name: "crm.id", value: "new" }',
        "accountProperty { value }",
        "POST",
    ),
    "clinkedGroupPropertyCreate": (
        GROUP,
        '{ name: "crm.id", value: "new" }',
        "groupProperty { value }",
        "POST",
    ),
}


def platform(name: str) -> str:
    """Tell whose mutation it is."""
    return "codat" if name.startswith("codat") else "clinked"


async def run(graph: Graph, name: str, id: str, input: str = "", shows: str = "") -> Any:
    """Run a mutation, and give its payload."""
    given = f", input: {input}" if input else ""
    field = f"done: {name}(id: $id{given}) {{ outcome {shows} userErrors {{ code message }} }}"
    return (await graph.data(f"mutation($id: ID!) {{ {field} }}", id=id))["done"]


@pytest.mark.parametrize("name", ASKED)
async def test_what_was_done_and_not_answered_is_found(graph: Graph, name: str) -> None:
    """Where it can be read, what was asked for stands there."""
    id, input, shows, method = ASKED[name]
    await sign_in(graph, platform(name))
    await graph.fault(platform(name), drop=True, only={"method": method})
    payload = await run(graph, name, id, input, shows)

    assert payload.pop("outcome") == "CONFIRMED"
    assert payload.pop("userErrors") == []
    assert all(payload.values())


@pytest.mark.parametrize("name", ASKED)
async def test_what_was_not_done_is_told_as_not_done(graph: Graph, name: str) -> None:
    """Where it can be read, something else stands there, or nothing."""
    id, input, shows, method = ASKED[name]
    await sign_in(graph, platform(name))
    await graph.fault(platform(name), drop_before=True, only={"method": method})

    assert (await run(graph, name, id, input, shows))["outcome"] == "NOT_APPLIED"


@pytest.mark.parametrize("done", [True, False])
async def test_a_product_that_is_switched_off_shows(graph: Graph, done: bool) -> None:
    """As one that is switched on does."""
    await run(graph, "codatProductAdd", COMPANY, '{ product: "spending" }')
    lost: dict[str, object] = {"drop" if done else "drop_before": True}
    await graph.fault("codat", **lost, only={"method": "DELETE"})
    payload = await run(graph, "codatProductRemove", COMPANY, '{ product: "spending" }')

    assert payload["outcome"] == ("CONFIRMED" if done else "NOT_APPLIED")


@pytest.mark.parametrize("done", [True, False])
async def test_a_connection_that_is_unlinked_shows(graph: Graph, done: bool) -> None:
    """Its status tells."""
    document = """{ companies(platforms: [CODAT], first: 50) { nodes { ... on CodatCompany {
        dataConnections { id authorizationStatus }
    } } } }"""
    nodes = (await graph.data(document))["companies"]["nodes"]
    held = [one for node in nodes for one in node["dataConnections"]]
    linked = next(one["id"] for one in held if one["authorizationStatus"] == "LINKED")
    lost: dict[str, object] = {"drop" if done else "drop_before": True}
    await graph.fault("codat", **lost, only={"method": "PATCH"})
    payload = await run(graph, "codatDataConnectionUnlink", linked, "", CONNECTION)

    assert payload["outcome"] == ("CONFIRMED" if done else "NOT_APPLIED")
    status = "UNLINKED" if done else "LINKED"
    assert payload["dataConnection"]["authorizationStatus"] == status


@pytest.mark.parametrize("done", [True, False])
async def test_an_address_for_mail_is_found_in_its_group(graph: Graph, done: bool) -> None:
    """It is not shown: what lists them tells less of it, and more."""
    await sign_in(graph, "clinked")
    lost: dict[str, object] = {"drop" if done else "drop_before": True}
    await graph.fault("clinked", **lost, only={"method": "POST"})
    shows = "newMailRecipient { name }"
    payload = await run(
        graph, "clinkedMailRecipientCreate", GROUP, '{ name: "kestrel-bids" }', shows
    )

    assert payload["outcome"] == ("CONFIRMED" if done else "NOT_APPLIED")
    assert payload["newMailRecipient"] is None


@pytest.mark.parametrize("done", [True, False])
@pytest.mark.parametrize(
    ("name", "id"),
    [
        (
            "clinkedAccountAnnouncementDelete",
            global_id("ClinkedAccountAnnouncement", "clinked", "11", "welcome"),
        ),
        (
            "clinkedGroupPropertyDelete",
            global_id("ClinkedGroupProperty", "clinked", "11", "101", "theme"),
        ),
    ],
)
async def test_what_was_to_be_deleted_is_looked_for(
    graph: Graph, name: str, id: str, done: bool
) -> None:
    """By its id, or in its list where Clinked cannot be asked for one."""
    await sign_in(graph, "clinked")
    lost: dict[str, object] = {"drop" if done else "drop_before": True}
    await graph.fault("clinked", **lost, only={"method": "DELETE"})
    payload = await run(graph, name, id, "", "deletedId")

    assert payload["outcome"] == ("CONFIRMED" if done else "NOT_APPLIED")
    assert payload["deletedId"] == (id if done else None)


SILENT = {
    "clinkedBrandingReset": (ACCOUNT, "", "DELETE"),
    "clinkedTwoFactorUpdate": (ACCOUNT, "{ isRequired: true }", "POST"),
    "clinkedGroupExport": (GROUP, "{ components: [FILES] }", "POST"),
    "clinkedAccountAnnouncementCreate": (ACCOUNT, '{ title: "Open again" }', "POST"),
}


@pytest.mark.parametrize("name", SILENT)
async def test_what_nothing_shows_is_unknown(graph: Graph, name: str) -> None:
    """And whoever asked is told so, without an error."""
    id, input, method = SILENT[name]
    await sign_in(graph, "clinked")
    await graph.fault("clinked", drop=True, only={"method": method})
    payload = await run(graph, name, id, input)

    assert payload == {"outcome": "UNKNOWN", "userErrors": []}


async def test_an_answer_that_cannot_be_read_is_read_from_where_it_stands(graph: Graph) -> None:
    """Settings are where they were put."""
    await sign_in(graph, "clinked")
    await graph.fault("clinked", body="<html>", only={"method": "POST"})
    id, input, shows, _ = ASKED["clinkedBrandingUpdate"]
    payload = await run(graph, "clinkedBrandingUpdate", id, input, shows)

    assert payload == {
        "outcome": "CONFIRMED",
        "branding": {"primaryColor": "#123456"},
        "userErrors": [],
    }


async def test_a_member_is_not_confirmed_by_what_it_was_like_before(graph: Graph) -> None:
    """What is asked for in vain is not there, however much else is."""
    await sign_in(graph, "clinked")
    await graph.fault("clinked", drop_before=True, only={"method": "PATCH"})
    document = """mutation($id: ID!) {
        memberUpdate(id: $id, input: { clinked: { role: GROUP_CREATOR, isEnabled: true } }) {
            outcome member { role }
        }
    }"""
    payload = (await graph.data(document, id=MEMBER))["memberUpdate"]

    assert payload["outcome"] == "NOT_APPLIED"
    assert payload["member"]["role"] != "GROUP_CREATOR"
