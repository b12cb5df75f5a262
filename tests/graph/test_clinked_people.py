"""From a person at Clinked to the member of an account, and from an account to its days."""

import pytest

from tests.graph.conftest import Graph
from tests.graph.lists import global_id

ACCOUNT = global_id("ClinkedAccount", "clinked", "11")
GROUP = global_id("ClinkedGroup", "clinked", "11", "101")


async def test_a_person_leads_to_the_member_of_the_account(graph: Graph) -> None:
    """Whoever stands in a group, a task or the trash can be changed as a member."""
    document = """query($id: ID!) { group(id: $id) { members(first: 1) { nodes {
        ... on ClinkedGroupMember { user { username member { id } } }
    } } } }"""
    (found,) = (await graph.data(document, id=GROUP))["group"]["members"]["nodes"]
    username = found["user"]["username"]

    assert found["user"]["member"] == {"id": global_id("ClinkedMember", "clinked", "11", username)}


async def test_a_person_that_was_read_in_no_account_leads_nowhere(graph: Graph) -> None:
    """An application's owner is a member of any number of accounts."""
    document = """{ connection(name: "clinked") { ... on ClinkedConnection {
        applications(first: 1) { nodes { owner { username member { id } } } }
    } } }"""
    (found,) = (await graph.data(document))["connection"]["applications"]["nodes"]

    assert found["owner"]["username"]
    assert found["owner"]["member"] is None


@pytest.mark.parametrize("field", ["tasks", "events"])
async def test_the_days_of_an_account_are_the_same_on_it_and_on_its_connection(
    graph: Graph, field: str
) -> None:
    """One call for both, and the same things in the same order."""
    asked = "first: 3) { nodes { platformId name } }"
    document = f"""query($id: ID!) {{
        company(id: $id) {{ ... on ClinkedAccount {{ {field}({asked} }} }}
        connection(name: "clinked") {{
            ... on ClinkedConnection {{ {field}(accountId: $id, {asked} }}
        }}
    }}"""
    found = await graph.data(document, id=ACCOUNT)
    calls = [call["path"] for call in await graph.calls("clinked")]

    assert len(found["company"][field]["nodes"]) == 3
    assert found["company"][field] == found["connection"][field]
    assert calls.count(f"/v3/{field}") == 1


async def test_an_empty_list_of_tags_is_refused_before_anything_is_sent(graph: Graph) -> None:
    """An empty part of a path would be another call."""
    document = """query($id: ID!) { company(id: $id) { ... on ClinkedAccount {
        membersByTag(tags: []) { name }
    } } }"""
    (error,) = (await graph.answer(document, id=ACCOUNT))["errors"]

    assert (error["extensions"]["code"], error["message"]) == (
        "BAD_USER_INPUT",
        "Give at least one.",
    )
