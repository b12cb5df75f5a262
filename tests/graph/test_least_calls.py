"""What real queries cost is the least that they can cost.

Beside each stands how many calls it takes of each platform, and why there is no way with fewer.
Tokens are not counted.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.graph.conftest import Graph
from tests.graph.lists import global_id

ROOT = Path(__file__).parents[2]
LARKSPUR = global_id("ClinkedAccount", "clinked", "11")
TIDEWATER = global_id("ClinkedAccount", "clinked", "12")
BIDS = global_id("ClinkedGroup", "clinked", "11", "101")
ADA = global_id("ClinkedGroupMember", "clinked", "11", "101", "1001")
AURORA = global_id("ConduitCompany", "conduit-north", "aurora7")


@dataclass(frozen=True)
class Least:
    """A query, the fewest calls that it takes of each platform, and why."""

    document: str
    calls: Mapping[str, int]
    why: str
    variables: Mapping[str, Any] = field(default_factory=dict[str, Any])


def readme(place: int) -> str:
    """Give one of the README's queries, counted from 0."""
    return re.findall(r"```graphql\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)[place]


def example(name: str) -> str:
    """Give one of the queries with which GraphiQL opens."""
    return (ROOT / "gateway/explorer/examples" / f"{name}.graphql").read_text()


def entity(number: int) -> str:
    """Write the id of one of LeadConduit's own entities, from 1."""
    return global_id("LeadConduitEntity", "leadconduit", f"65f0a11c0de1{number:012x}")


QUERIES = {
    "README, everything": Least(
        readme(0),
        {"clinked": 10, "codat": 2, "conduit": 2, "leadconduit": 1, "kondado": 1},
        "Clinked lists accounts, and of each of three the groups, members and invites; Codat the "
        "companies, and once the groups that they are in. One list of each other connection.",
    ),
    "README, a portal": Least(
        readme(1),
        {"clinked": 9},
        "The accounts, four settings with a path each, the groups, and three lists of one group.",
    ),
    "README, health": Least(readme(4), {}, "The gateway knows it by itself."),
    "GraphiQL, companies": Least(
        example("1-companies"),
        {"clinked": 5, "codat": 1, "conduit": 2},
        "The page has two accounts, of each of which the groups are one call and their number is "
        "another; Codat's companies on it are in no group, so the groups are not asked for.",
    ),
    "GraphiQL, members": Least(
        example("3-members"),
        {"clinked": 2},
        "The accounts, and of the first one as many members as fit on the page.",
    ),
    "GraphiQL, groups": Least(
        example("4-groups"),
        {"clinked": 6, "codat": 1},
        "The accounts, the groups of the first, and members and labels of two groups on the page.",
    ),
    "GraphiQL, invites": Least(
        example("5-invites"),
        {"clinked": 2, "leadconduit": 1},
        "The accounts, the invites of the first; LeadConduit's invites are entities.",
    ),
    "GraphiQL, entities": Least(
        example("6-entities"),
        {"leadconduit": 1},
        "All come in one answer, also those that are looked for by name.",
        json.loads((ROOT / "gateway/explorer/examples/6-entities.json").read_text()),
    ),
    "an account's people and its groups' people": Least(
        """query People($id: ID!) { company(id: $id) {
            members(first: 10) { nodes { name ... on ClinkedMember { account { id platform } } } }
            groups(first: 3) { nodes { id members(first: 5) { nodes { name } } } }
        } }""",
        {"clinked": 5},
        "Two lists, and one of each of three groups. The account is not asked for: its id has all "
        "that is selected of it.",
        {"id": LARKSPUR},
    ),
    "the account of each group": Least(
        """{ groups(platforms: [CLINKED], first: 30) { nodes {
            name ... on ClinkedGroup { account { name createdAt } }
        } } }""",
        {"clinked": 3},
        "The accounts, and the groups of two of them; the accounts that the groups lead to are "
        "those that were listed.",
    ),
    "a group with its master and its account": Least(
        """query Group($id: ID!) { group(id: $id) {
            name ... on ClinkedGroup { account { id } master { id } includedLabels { name } }
        } }""",
        {"clinked": 1},
        "The group tells the keys of both.",
        {"id": BIDS},
    ),
    "a person in a group": Least(
        """query Member($id: ID!) { member(id: $id) {
            name ... on ClinkedGroupMember { group { name } }
        } }""",
        {"clinked": 1},
        "The group comes with the person.",
        {"id": ADA},
    ),
    "how many there are": Least(
        """query Totals($id: ID!) {
            company(id: $id) { groups { totalCount } members { totalCount }
                ... on ClinkedAccount { groupCount } }
            companies(platforms: [CODAT]) { totalCount }
        }""",
        {"clinked": 2, "codat": 1},
        "The number of groups stands in a header, and is the same in both fields; those of members "
        "and of companies stand on any page.",
        {"id": LARKSPUR},
    ),
    "things by their ids": Least(
        """query Things($ids: [ID!]!, $one: ID!, $two: ID!) {
            nodes(ids: $ids) { __typename ... on Entity { name } }
            one: company(id: $one) { name } two: company(id: $two) { name }
        }""",
        {"clinked": 1, "conduit": 1, "leadconduit": 1},
        "Three entities are in one list, and so are two accounts; a company at Conduit is one.",
        {
            "ids": [entity(1), entity(2), entity(3), AURORA],
            "one": LARKSPUR,
            "two": TIDEWATER,
        },
    ),
    "a family of companies": Least(
        """{ companies(platforms: [CODAT], first: 1) { nodes { name ... on CodatCompany {
            dataConnections { authorizationStatus } subsidiaries { company { name createdAt } }
        } } } }""",
        {"codat": 2},
        "The connections come with the company; its two subsidiaries are asked for together.",
    ),
    "what to use instead of an entity": Least(
        "{ entities { nodes { name ... on LeadConduitEntity { replacement { name } } } } }",
        {"leadconduit": 1},
        "What replaces an entity is in the same list.",
    ),
    "kinds of sources by their ids": Least(
        """{ connection(name: "kondado") { ... on KondadoConnection {
            sourceTypes(first: 3) { nodes { name } totalCount }
            count: sourceTypes { totalCount }
        } } }""",
        {"kondado": 1},
        "Kondado gives the whole catalogue at once.",
    ),
}


@pytest.mark.parametrize("least", QUERIES.values(), ids=QUERIES)
async def test_a_query_costs_no_call_more_than_it_has_to(graph: Graph, least: Least) -> None:
    """By what the platforms received, and by what the answer tells."""
    body = {"query": least.document, "variables": least.variables}
    headers = {"Manifold-Cost": "include"}
    answer = (await graph.gateway.post("/graphql", json=body, headers=headers)).json()
    cost = answer["extensions"]["cost"]
    received = {one.platform: await graph.calls(one.platform) for one in graph.sandbox.stand_ins}
    tokens = sum(call["path"] == "/oauth/token" for calls in received.values() for call in calls)
    made = {
        platform: number
        for platform, calls in received.items()
        if (number := sum(call["path"] != "/oauth/token" for call in calls))
    }

    assert "errors" not in answer
    # What is not there would cost less.
    assert None not in answer["data"].values()
    assert made == least.calls, least.why
    assert cost["made"] == sum(least.calls.values()) + tokens
    assert cost["estimated"] >= sum(least.calls.values())


@pytest.mark.parametrize(
    ("part", "paths"),
    [
        ("name", ["/v3/accounts/11", "/v3/accounts/11/groups"]),
        ("members { totalCount }", ["/v3/accounts/11/groups", "/v3/accounts/11/members"]),
    ],
)
async def test_what_is_deferred_costs_what_it_would_cost_at_once(
    graph: Graph, part: str, paths: list[str]
) -> None:
    """A thing is read if a part needs it, and not for links that come later."""
    document = f"""query Part($id: ID!) {{ company(id: $id) {{
        groups(first: 1) {{ nodes {{ name }} }} ... @defer {{ {part} }}
    }} }}"""
    body = {"query": document, "variables": {"id": LARKSPUR}}
    headers = {"Accept": "multipart/mixed, application/json"}
    answer = (await graph.gateway.post("/graphql", json=body, headers=headers)).text

    assert '"incremental"' in answer
    assert '"errors"' not in answer
    assert sorted(call["path"] for call in (await graph.calls("clinked"))[1:]) == paths
