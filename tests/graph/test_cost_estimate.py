"""An estimate holds: no platform is asked more often than was said before."""

from collections import Counter
from typing import Any

import pytest
from graphql import parse

from gateway.serve import sandbox_settings
from resolvers.platform import Platform
from schema.build import build
from schema.cost import Estimate, estimate
from tests.graph.conftest import Graph
from tests.graph.lists import global_id
from tests.operations.operation import operations, with_ids

LARKSPUR = global_id("ClinkedAccount", "clinked", "11")
BIDS = global_id("ClinkedGroup", "clinked", "11", "102")
AURORA = global_id("ConduitCompany", "conduit-north", "aurora7")
SOL = global_id("ConduitCompany", "conduit-south", "sol")

IDS = [LARKSPUR, BIDS, AURORA, SOL, LARKSPUR, "nonsense"]

# Documents whose lists are as long as they say, or shorter.
DOCUMENTS = {
    "a list": "{ companies(first: 100) { nodes { name } } }",
    "lists in lists": """{ companies(first: 30) { nodes {
        groups(first: 2) { nodes { members { totalCount } } }
    } } }""",
    "a list of one": """{ companies(platforms: [CLINKED], first: 1) { nodes {
        members { totalCount }
    } } }""",
    "a list of one connection": """{ companies(connections: ["conduit-north"]) { nodes {
        ... on ConduitCompany { apiToken { expiresAt } connections { totalCount } }
    } } }""",
    "one of all groups": "{ groups(first: 1) { nodes { name } } }",
    "all groups with their people": """{ groups(first: 40) { nodes {
        members(first: 1) { nodes { name } } invites { totalCount }
    } } }""",
    "what is the same for many": """{ members(first: 100) { nodes {
        ... on ClinkedMember { account { name } }
    } } }""",
    "something else on each platform": """{ invites { nodes {
        ... on ClinkedInvite { account { name } }
        ... on LeadConduitInvite { entity { ... on LeadConduitEntity { changes { totalCount } } } }
    } } }""",
    "what is seldom there": """{ entities(first: 10) { nodes {
        ... on LeadConduitEntity { replacement { name } }
    } } }""",
    "things by their ids": """query ($ids: [ID!]!) { nodes(ids: $ids) {
        ... on Company { groups(first: 3) { nodes {
            ... on ClinkedGroup { labels { totalCount } account { name } }
        } } }
    } }""",
    "fragments and aliases": """query ($ids: [ID!]!) { nodes(ids: $ids) { ...Account } }
        fragment Account on ClinkedAccount {
            a: storage { __typename } b: storage { __typename }
            branding { primaryColor } integrations { adobe { isConnected } }
        }""",
    "connections": """{ connections {
        ... on ConduitConnection { companies(first: 2) { nodes { name } } }
        ... on ClinkedConnection { userInfo { email } accounts { nodes { groupCount } } }
        ... on KondadoConnection {
            sourceTypes(first: 2) { nodes { pipelineTypes { totalCount } } }
        }
    } }""",
    "what is refused": """{
        companies(first: 101) { nodes { name } }
        entity(id: "nonsense") { name }
        invites(platforms: [KONDADO]) { totalCount }
        members(connections: ["elsewhere"]) { totalCount }
        connection(name: "elsewhere") { name }
    }""",
    "the schema": "{ __schema { types { name } } }",
}


def estimated(document: str, variables: dict[str, Any], graph: Graph) -> Estimate:
    """Estimate a document over the connections of a gateway."""
    settings = sandbox_settings(graph.sandbox)
    held = {name: one.platform for name, one in settings.connections.items()}
    return estimate(build().core, parse(document), variables, None, held)


async def made(graph: Graph) -> Counter[Platform]:
    """Count the calls that each stand-in received, but for those that fetched a token."""
    calls = Counter[Platform]()
    for platform in Platform:
        received = await graph.calls(platform.value)
        calls[platform] += sum(call["path"] != "/oauth/token" for call in received)
    return +calls


def holds(said: Estimate, calls: Counter[Platform]) -> bool:
    """Tell whether no more calls were made than was said, of each platform and of all."""
    within = all(said.by_platform.get(platform, 0) >= n for platform, n in calls.items())
    return within and calls.total() <= said.total


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
async def test_no_more_calls_are_made_than_were_estimated(graph: Graph, document: str) -> None:
    """Of each platform, and of all of them together."""
    said = estimated(document, {"ids": IDS}, graph)
    await graph.answer(document, ids=IDS)
    calls = await made(graph)

    assert holds(said, calls), f"{calls} were made, and {said} was said"


async def test_an_estimate_is_what_is_made_where_nothing_is_shared_or_missing(
    graph: Graph,
) -> None:
    """Two accounts that are there, each with all that is asked for."""
    document = """{ companies(platforms: [CLINKED], first: 2) { nodes {
        members(first: 1) { totalCount }
        ... on ClinkedAccount { storage { __typename } groups(first: 2) { nodes { ...G } } }
    } } }
    fragment G on ClinkedGroup { labels { totalCount } invites { totalCount } }"""
    await graph.data(document)
    calls = await made(graph)

    assert estimated(document, {}, graph).by_platform == calls == {Platform("clinked"): 15}


async def test_no_documented_operation_makes_more_calls_than_were_estimated(graph: Graph) -> None:
    """All that the platforms document, reading and writing."""
    over = dict[str, tuple[Counter[Platform], Estimate]]()
    for operation in operations():
        for earlier in operation.expected.get("before", ()):
            await graph.answer(earlier["document"], **with_ids(earlier.get("variables", {})))
        await graph.forget_calls()
        variables = with_ids(operation.expected.get("variables", {}))
        said = estimated(operation.document, variables, graph)
        await graph.answer(operation.document, **variables)
        calls = await made(graph)
        if not holds(said, calls) or not calls:
            over[operation.name] = (calls, said)

    assert over == {}
