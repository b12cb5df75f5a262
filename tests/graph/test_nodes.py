"""Finding anything by its id."""

import pytest

from tests.graph.conftest import Graph
from tests.graph.lists import code_of, global_id

NODE = "query Node($id: ID!) { node(id: $id) { __typename id platform connection platformId } }"
NODES = "query Nodes($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"

LARKSPUR = global_id("ClinkedAccount", "clinked", "11")
SOL = global_id("ConduitCompany", "conduit-south", "sol")
GONE = global_id("ClinkedAccount", "clinked", "999")
BY_KIND = {
    "ClinkedAccount": LARKSPUR,
    "ClinkedGroup": global_id("ClinkedGroup", "clinked", "11", "102"),
    "ClinkedGroupMember": global_id("ClinkedGroupMember", "clinked", "11", "102", "1001"),
    "ClinkedInvite": global_id("ClinkedInvite", "clinked", "11", "501"),
    "ClinkedMember": global_id("ClinkedMember", "clinked", "11", "ada.ashdown"),
    "ConduitCompany": SOL,
    "LeadConduitEntity": global_id("LeadConduitEntity", "leadconduit", "65f0a11c0de0000000000001"),
    "LeadConduitInvite": global_id("LeadConduitInvite", "leadconduit", "65f0a11c0de3000000000001"),
}
NOUNS = {
    "company": "ClinkedAccount",
    "group": "ClinkedGroup",
    "member": "ClinkedMember",
    "invite": "ClinkedInvite",
    "entity": "LeadConduitEntity",
}


@pytest.mark.parametrize("kind", BY_KIND)
async def test_a_node_of_every_kind_is_found_by_its_id(graph: Graph, kind: str) -> None:
    """The id alone leads to the thing."""
    node = (await graph.data(NODE, id=BY_KIND[kind]))["node"]

    assert (node["__typename"], node["id"]) == (kind, BY_KIND[kind])


@pytest.mark.parametrize("noun", ["companies", "groups", "members", "invites", "entities"])
async def test_every_listed_thing_is_found_by_its_id(graph: Graph, noun: str) -> None:
    """What a list gives, `nodes` gives again, in the same order."""
    listed = await graph.data(f"{{ page: {noun}(first: 30) {{ nodes {{ __typename id }} }} }}")
    ids = [node["id"] for node in listed["page"]["nodes"]]

    assert (await graph.data(NODES, ids=ids))["nodes"] == listed["page"]["nodes"]


async def test_an_invitation_to_a_group_is_found_by_its_id(graph: Graph) -> None:
    """No list at the root has it, and it is a node like any other."""
    group = global_id("ClinkedGroup", "clinked", "12", "202")
    document = "query G($id: ID!) { group(id: $id) { invites { nodes { __typename id } } } }"
    (listed, *_) = (await graph.data(document, id=group))["group"]["invites"]["nodes"]

    assert (await graph.data(NODES, ids=[listed["id"]]))["nodes"] == [listed]


async def test_nodes_come_in_the_order_of_their_ids(graph: Graph) -> None:
    """What is gone leaves a null in its place, and what is asked twice comes twice."""
    data = await graph.data(NODES, ids=[SOL, GONE, LARKSPUR, SOL])

    sol, larkspur = (
        {"__typename": "ConduitCompany", "id": SOL},
        {"__typename": "ClinkedAccount", "id": LARKSPUR},
    )
    assert data["nodes"] == [sol, None, larkspur, sol]


async def test_nothing_is_asked_for_no_ids(graph: Graph) -> None:
    """An empty list of ids has an empty list of nodes."""
    assert await graph.data(NODES, ids=[]) == {"nodes": []}


async def test_nodes_takes_a_hundred_ids_and_no_more(graph: Graph) -> None:
    """The limit is the one of a page."""
    data = await graph.data(NODES, ids=[SOL] * 100)
    answer = await graph.answer(NODES, ids=[SOL] * 101)

    assert len(data["nodes"]) == 100
    assert code_of(answer) == "BAD_USER_INPUT"


@pytest.mark.parametrize("noun", NOUNS)
async def test_a_noun_refuses_ids_of_other_nouns(graph: Graph, noun: str) -> None:
    """The id of a company is a mistake where a group is asked for, not a group that is gone."""
    of_noun = {
        "company": {"ClinkedAccount", "ConduitCompany"},
        "group": {"ClinkedGroup"},
        "member": {"ClinkedMember", "ClinkedGroupMember"},
        "invite": {"ClinkedInvite", "LeadConduitInvite"},
        "entity": {"LeadConduitEntity"},
    }[noun]
    document = f"query Find($id: ID!) {{ found: {noun}(id: $id) {{ id }} }}"
    for kind, id in BY_KIND.items():
        answer = await graph.answer(document, id=id)

        if kind in of_noun:
            assert answer == {"data": {"found": {"id": id}}}
        else:
            assert answer["data"] == {"found": None}
            assert code_of(answer) == "BAD_USER_INPUT"


async def test_conduits_ids_know_no_upper_and_lower_case(graph: Graph) -> None:
    """However the id was spelled, the thing's own id is one."""
    spelled = global_id("ConduitCompany", "conduit-south", "SOL")
    node = (await graph.data(NODE, id=spelled))["node"]

    assert node["id"] == SOL
    assert node["platformId"] == "SOL"


async def test_fragments_tell_the_nouns_of_nodes_apart(graph: Graph) -> None:
    """A client may ask each noun for its own fields."""
    document = """query Nodes($ids: [ID!]!) { nodes(ids: $ids) {
        ... on Company { company: name }
        ... on Group { group: name }
        ... on Member { member: name }
        ... on Invite { status }
        ... on Entity { entity: name }
    } }"""
    ids = [BY_KIND[kind] for kind in NOUNS.values()]
    data = await graph.data(document, ids=ids)

    assert data["nodes"] == [
        {"company": "Larkspur Architects"},
        {"group": "Contracts North"},
        {"member": "Ada Ashdown"},
        {"status": "PENDING"},
        {"entity": "Summit Peak Marketing"},
    ]


async def test_one_node_that_cannot_be_read_costs_itself_alone(graph: Graph) -> None:
    """Its place is null with an error of its own, and the others are there."""
    ids = [
        global_id("ClinkedAccount", "clinked", "11"),
        global_id("CodatCompany", "codat", "8534f457-38d0-48ec-8f10-99c6c3e1b258"),
        "nonsense",
    ]
    await graph.fault("codat", status=503)
    answer = await graph.answer("query N($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=ids)

    assert answer["data"] == {"nodes": [{"id": ids[0]}, None, None]}
    told = {tuple(e["path"]): e["extensions"]["code"] for e in answer["errors"]}
    assert told == {("nodes", 1): "UPSTREAM_UNAVAILABLE", ("nodes", 2): "BAD_USER_INPUT"}


async def test_two_kinds_of_nodes_can_be_asked_for_their_names_at_once(graph: Graph) -> None:
    """Fields of one name are of one type."""
    ids = [
        global_id("ClinkedAccount", "clinked", "11"),
        global_id("ClinkedGroup", "clinked", "11", "101"),
    ]
    document = """query N($ids: [ID!]!) {
        nodes(ids: $ids) { ... on Company { name } ... on Group { name } }
    }"""

    assert await graph.data(document, ids=ids) == {
        "nodes": [{"name": "Larkspur Architects"}, {"name": "Bids North"}]
    }
