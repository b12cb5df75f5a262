"""Names that callers choose at Clinked, and that lead to the thing afterwards."""

import pytest

from tests.graph.conftest import Graph
from tests.graph.mutations.writing import global_id

ACCOUNT = global_id("ClinkedAccount", "clinked", "11")
UNREACHABLE = ["..", ".", "two\nlines", "\u0000", "50%25", "what?", "#1", "a/b"]

PROPERTY = """mutation Create($id: ID!, $name: String!) {
    made: clinkedAccountPropertyCreate(id: $id, input: { name: $name, value: "7" }) {
        accountProperty { id }
        userErrors { code field }
    }
}"""
ANNOUNCEMENT = """mutation Create($id: ID!, $name: String!) {
    made: clinkedAccountAnnouncementCreate(id: $id, input: { key: $name, title: "Open again" }) {
        accountAnnouncement { id }
        userErrors { code field }
    }
}"""


@pytest.mark.parametrize("name", UNREACHABLE)
@pytest.mark.parametrize(("document", "field"), [(PROPERTY, "name"), (ANNOUNCEMENT, "key")])
async def test_a_name_that_no_address_can_hold_is_refused_before_the_thing_is_made(
    graph: Graph, document: str, field: str, name: str
) -> None:
    """Nobody could read or delete it afterwards."""
    made = (await graph.data(document, id=ACCOUNT, name=name))["made"]

    assert made["userErrors"] == [{"code": "INVALID", "field": ["input", field]}]
    assert await graph.calls("clinked") == []


@pytest.mark.parametrize("name", ["...", "a, b", "50% of it", "é&=;+", "日本"])
@pytest.mark.parametrize(
    ("document", "kind"),
    [(PROPERTY, "accountProperty"), (ANNOUNCEMENT, "accountAnnouncement")],
)
async def test_any_other_name_leads_to_the_thing(
    graph: Graph, document: str, kind: str, name: str
) -> None:
    """Signs that mean something in an address stand for themselves in a name."""
    made = (await graph.data(document, id=ACCOUNT, name=name))["made"]
    delete = f"mutation Delete($id: ID!) {{ gone: clinked{kind[0].upper()}{kind[1:]}Delete"
    found = await graph.data(
        "query Node($id: ID!) { node(id: $id) { platformId } }", id=made[kind]["id"]
    )
    gone = await graph.data(delete + "(id: $id) { deletedId } }", id=made[kind]["id"])

    assert found == {"node": {"platformId": name}}
    assert gone == {"gone": {"deletedId": made[kind]["id"]}}


async def test_a_number_of_a_person_that_is_none_is_told_before_clinked_is_asked(
    graph: Graph,
) -> None:
    """What Clinked makes of it is not documented."""
    document = """query Tasks($id: ID!) { connection(name: "clinked") {
        ... on ClinkedConnection {
            tasks(accountId: $id, filter: { assigneePlatformId: "ada" }) { nodes { id } }
        }
    } }"""
    answer = await graph.answer(document, id=ACCOUNT)

    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert "assigneePlatformId" in answer["errors"][0]["message"]
    assert await graph.calls("clinked") == []
