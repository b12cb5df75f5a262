"""How far plans reach: what is left to graphql-core, and what is decoded as a whole."""

from pathlib import Path

import pytest
from graphql import GraphQLObjectType, OperationDefinitionNode, parse

from schema.build import build
from schema.connections import connection_types
from schema.node import kinds
from schema.plans.roots import CoreRoot
from tests.plans.planned import by_core, field, plans, things

TYPES = build().core.type_map
_DOCUMENTS = sorted((Path(__file__).parents[1] / "operations").rglob("*.graphql"))

# What waits for somebody, and what may be of several types.
OF_THINGS = {
    "ClinkedGroupMember.group",
    "ConduitCompany.apiToken",
    "LeadConduitInvite.entity",
}
OF_CONNECTIONS = ("breaker", "budget", "lastError", "stateKept", "status", "token")


def _shown(name: str) -> GraphQLObjectType:
    shown = TYPES[name]
    assert isinstance(shown, GraphQLObjectType)
    return shown


def _of_core(names: list[str]) -> set[str]:
    """Select each field of some types by itself, and name what graphql-core resolves of it."""
    types = [_shown(name) for name in names]
    each = [things(one, field(one, name)) for one in types for name in one.fields]
    return {found for one in each for found in by_core([*one.links[0]])}


def test_graphql_core_resolves_of_things_what_waits_for_somebody_and_no_more() -> None:
    """Field by field it takes many times as long."""
    assert _of_core([kind.__name__ for kind in kinds()]) == OF_THINGS


def test_graphql_core_resolves_of_connections_how_they_are() -> None:
    """What is listed of them goes by plans."""
    names = [kind.__name__ for kind in connection_types()]

    assert _of_core(names) == {f"{name}.{one}" for name in names for one in OF_CONNECTIONS}


@pytest.mark.parametrize(
    ("name", "selection"),
    [
        ("ClinkedGroup", "name includedLabels { id name }"),
        ("ClinkedGroup", "includedMembers { user { name } group { slug } member { id role } }"),
        ("ClinkedGroup", "owner { name member { name } } masterSettings { name value }"),
        ("ClinkedInvite", "invitedTo { name account { name } }"),
        ("CodatCompany", "tags { name value } linkUrl parent { name company { name } }"),
        ("CodatCompany", "dataConnections { id linkUrl details { value } company { name } }"),
        ("CodatGroup", "id name"),
        ("KondadoSourceType", "id name sourceGuideUrl"),
    ],
)
def test_no_more_is_decoded_than_is_selected(name: str, selection: str) -> None:
    """Ids and links of what stands in a thing, and values with rules of their own, take no more."""
    found = things(_shown(name), selection)

    assert by_core([*found.links[0]]) == []
    assert found.struct is not None


@pytest.mark.parametrize(
    ("name", "selection"),
    [
        ("ConduitCompany", "name"),
        ("ClinkedAccountAnnouncement", "title"),
        ("LeadConduitEntity", "flows { platformId }"),
        ("CodatCompany", "name groups { totalCount }"),
        ("ClinkedGroup", "includedMembers { user { member { name } } }"),
    ],
)
def test_what_takes_whole_things_has_them(name: str, selection: str) -> None:
    """A class makes its own keys or works out a value of others; links stand deeper than once."""
    assert things(_shown(name), selection).struct is None


def test_every_documented_query_has_a_plan_for_all_of_its_roots() -> None:
    """One that has none is as slow as all were before."""
    every = [path.read_text() for path in _DOCUMENTS]
    queries = [text for text in every if _is_query(text)]
    roots = [root for text in queries for plan in plans(text) for _, root in plan.roots]

    assert len(roots) > len(queries) / 2 > 20
    assert [root for root in roots if isinstance(root, CoreRoot)] == []


def _is_query(text: str) -> bool:
    (operation, *_) = parse(text).definitions
    return isinstance(operation, OperationDefinitionNode) and operation.operation.value == "query"
