"""What is deferred comes in parts that make up the same answer."""

from typing import Any

import pytest

from tests.defer.asking import FAILING, ID, JSON, NAMED, ask, data, headers
from tests.graph.conftest import Graph
from tests.graph.lists import global_id
from tests.multipart import CURRENT, FORMER, FORMS, parts, whole
from tests.trouble.asking import LARKSPUR, sign_in

NESTED = """query Nested($id: ID!) {
    company(id: $id) {
        id
        ... on ClinkedAccount @defer(label: "groups") {
            groups(first: 2) {
                totalCount
                nodes { name ... @defer(label: "members") { members(first: 1) { totalCount } } }
            }
        }
    }
}"""
SHARED = """query Shared($id: ID!) {
    company(id: $id) { id }
    ... @defer { company(id: $id) { id name } }
    ...Later @defer(label: "later")
}
fragment Later on Query { company(id: $id) { name platform ... @defer { platformId } } }"""
ALIASED = """query Aliased($id: ID!, $yes: Boolean!) {
    first: company(id: $id) { ...Named @defer(if: $yes) ... @defer { kind: __typename } }
    ... @skip(if: $yes) { second: company(id: $id) { id } }
}
fragment Named on Company { title: name }"""
NOTHING_LATER = """query Nothing($id: ID!, $no: Boolean = false) {
    company(id: $id) { id ... @defer(if: $no) { name } ... @defer(if: false) { platform } }
}"""
RENAMED = """mutation Renamed($id: ID!, $other: ID!) {
    one: groupUpdate(id: $id, input: {clinked: {name: "One"}}) {
        outcome ...Shown @defer(label: "one")
    }
    other: groupUpdate(id: $other, input: {clinked: {name: "Other"}}) {
        outcome ...Shown @defer(label: "other")
    }
}
fragment Shown on GroupUpdatePayload { group { name } userErrors { code } }"""
BIDS = global_id("ClinkedGroup", "clinked", "11", "101")
CONTRACTS = global_id("ClinkedGroup", "clinked", "11", "102")


def sorted_errors(answer: dict[str, Any]) -> dict[str, Any]:
    """Put the errors of an answer in an order that does not depend on when they came."""
    errors = sorted(answer.get("errors", []), key=lambda one: one["path"])
    return {**answer, "errors": errors}


@pytest.mark.parametrize("accept", FORMS)
@pytest.mark.parametrize("document", [NESTED, SHARED, FAILING, ALIASED])
async def test_the_parts_make_up_the_answer_that_defers_nothing(
    graph: Graph, document: str, accept: str
) -> None:
    """Data, errors and cost alike, in both forms."""
    # What that takes would be of the first answer alone.
    await sign_in(graph)
    at_once = await ask(graph, document, JSON, yes=True)
    in_parts = await ask(graph, document, accept, yes=True)
    found = await parts(in_parts)

    assert at_once.headers["Content-Type"].startswith(JSON)
    assert len(found) > 1
    assert sorted_errors(whole(found)) == sorted_errors(at_once.json())


async def test_the_current_form_announces_and_completes(graph: Graph) -> None:
    """As the draft of the specification writes it."""
    answer = await ask(graph, NAMED)
    first, second, cost = await parts(answer)

    assert answer.headers["Content-Type"] == ('multipart/mixed; boundary="-"; incrementalSpec=v0.2')
    assert first == {
        "data": {"company": {"id": LARKSPUR}},
        "pending": [{"id": "0", "path": ["company"], "label": "later"}],
        "hasNext": True,
    }
    assert second == {
        "incremental": [{"id": "0", "data": {"name": "Larkspur Architects"}}],
        "completed": [{"id": "0"}],
        "hasNext": True,
    }
    assert cost.keys() == {"extensions", "hasNext"}


async def test_the_former_form_gives_each_its_path_and_label(graph: Graph) -> None:
    """As Apollo's clients know it."""
    answer = await ask(graph, NAMED, FORMER)
    first, second, _ = await parts(answer)

    assert answer.headers["Content-Type"] == 'multipart/mixed; boundary="-"; deferSpec=20220824'
    assert first == {"data": {"company": {"id": LARKSPUR}}, "hasNext": True}
    assert second == {
        "incremental": [
            {"data": {"name": "Larkspur Architects"}, "path": ["company"], "label": "later"}
        ],
        "hasNext": True,
    }


async def test_in_the_former_form_a_fragment_that_brings_nothing_new_is_told_of(
    graph: Graph,
) -> None:
    """Some clients wait for each label."""
    document = """query($id: ID!) { company(id: $id) {
        ... @defer(label: "one") { name } ... @defer(label: "other") { name }
    } }"""
    _, *rest = await parts(await ask(graph, document, FORMER))

    found = [one for part in rest for one in part.get("incremental", [])]
    assert {one["label"] for one in found} == {"one", "other"}


@pytest.mark.parametrize("accept", FORMS)
async def test_what_fails_is_an_error_of_its_own_part(graph: Graph, accept: str) -> None:
    """With its code, its path and the request's id, and what stands beside it is there."""
    first, second, *_ = await parts(await ask(graph, FAILING, accept))

    assert "errors" not in first
    (fragment,) = second["incremental"]
    assert fragment["data"] == {"nobody": None, "kind": "Query"}
    (error,) = fragment["errors"]
    assert error["path"] == ["nobody"]
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "requestId": ID}


async def test_the_cost_is_told_when_it_is_known(graph: Graph) -> None:
    """In the last part and nowhere else, and it counts what was deferred."""
    await sign_in(graph)
    *before, last = await parts(await ask(graph, NESTED))

    assert not any("extensions" in part for part in before)
    assert last["extensions"]["cost"]["made"] == len(await graph.calls("clinked")) == 3


@pytest.mark.parametrize(
    "accept", [JSON, "*/*", f"{JSON}, multipart/mixed;q=0", f"{JSON}, multipart/related"]
)
async def test_who_takes_no_parts_is_answered_at_once(graph: Graph, accept: str) -> None:
    """The specification lets a service ignore `@defer`."""
    found = data(await ask(graph, NAMED, accept))

    assert found == {"company": {"id": LARKSPUR, "name": "Larkspur Architects"}}


@pytest.mark.parametrize("accept", FORMS)
async def test_what_defers_nothing_is_answered_at_once(graph: Graph, accept: str) -> None:
    """Also where it could have."""
    found = data(await ask(graph, NOTHING_LATER, accept))

    assert found["company"].keys() == {"id", "name", "platform"}


async def test_what_is_refused_is_answered_as_ever(graph: Graph) -> None:
    """By a status, which an answer in parts would hide."""
    accept = "multipart/mixed, application/graphql-response+json"
    refused = await ask(graph, "{ ... @defer { nothing } }", accept)

    assert refused.status_code == 400
    assert refused.headers["Content-Type"].startswith("application/graphql-response+json")


async def test_a_query_by_get_comes_in_parts(graph: Graph) -> None:
    """As by POST."""
    asked = {"query": NAMED, "variables": f'{{"id": "{LARKSPUR}"}}'}
    more = {"GraphQL-Require-Preflight": "1"}
    answer = await graph.gateway.get("/graphql", params=asked, headers=headers(**more))

    assert whole(await parts(answer))["data"]["company"]["name"] == "Larkspur Architects"


@pytest.mark.parametrize("accept", [CURRENT, JSON])
async def test_a_mutation_may_defer_what_it_shows(graph: Graph, accept: str) -> None:
    """It is done once, and told of when it is."""
    answer = await ask(graph, RENAMED, accept, id=BIDS, other=CONTRACTS)
    found = whole(await parts(answer)) if accept == CURRENT else answer.json()
    _signing_in, *writes = await graph.calls("clinked")

    done: dict[str, object] = {"outcome": "CONFIRMED", "userErrors": []}
    assert found["data"] == {
        "one": {**done, "group": {"name": "One"}},
        "other": {**done, "group": {"name": "Other"}},
    }
    assert len(writes) == 2
