"""Whatever holds for an operation holds for all parts of its answer together."""

import hashlib
from typing import Any

import httpx
import pytest

from gateway import logs
from gateway.callers.keys import hashed
from gateway.sandbox import Sandbox
from gateway.serve import sandbox_settings
from schema.limits.limits import Limits
from tests.defer.asking import FAILING, ID, JSON, NAMED, ask, data, headers
from tests.gateway.http.asking import lines
from tests.graph.conftest import Graph, opened
from tests.hostile.writing import KEY
from tests.multipart import CURRENT, FORMS, parts, whole
from tests.trouble.asking import LARKSPUR

# As many calls as the query of each item is estimated to take, of which one is made.
DEAR = """{ ... @defer { entities(first: 10) { nodes {
    ... on LeadConduitEntity { replacement { name } }
} } } }"""


def refusal(answer: httpx.Response) -> dict[str, Any]:
    """Give the only error of what was not run."""
    body = answer.json()
    assert "data" not in body
    (error,) = body["errors"]
    return error


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("{ __typename @defer }", "Directive '@defer' may not be used on field."),
        ("{ ... @stream { __typename } }", "Unknown directive '@stream'."),
        (
            '{ ... @defer(label: "a") { a: __typename } ... @defer(label: "a") { b: __typename } }',
            "Defer/Stream directive label argument must be unique.",
        ),
        (
            "query($label: String) { ... @defer(label: $label) { __typename } }",
            "Defer directive label argument must be a static string.",
        ),
        (
            "mutation { ... @defer { __typename } }",
            "Defer directive cannot be used on root mutation type 'Mutation'.",
        ),
    ],
)
@pytest.mark.parametrize("accept", [CURRENT, JSON])
async def test_what_cannot_be_deferred_is_refused(
    graph: Graph, document: str, told: str, accept: str
) -> None:
    """Whether its client takes parts or not."""
    error = refusal(await ask(graph, document, accept))

    assert error["message"] == told
    assert error["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    ("limit", "document"),
    [
        ("directives", "{ ... @defer { a: __typename } ... @defer { b: __typename } }"),
        ("fields", "{ a: __typename ... @defer { b: __typename } }"),
        ("aliases", "{ ... @defer { a: __typename b: __typename } }"),
        ("depth", "{ ... @defer { companies { nodes { id } } } }"),
        ("calls", "{ ... @defer { companies { nodes { id } } } }"),
    ],
)
async def test_the_limits_count_what_is_deferred(
    sandbox: Sandbox, limit: str, document: str
) -> None:
    """So many fragments may be deferred, and no more may be asked for in them than beside them."""
    limits = Limits.model_validate({limit: 1})
    async with opened(sandbox, sandbox_settings(sandbox, limits=limits)) as graph:
        error = refusal(await ask(graph, document))

    assert error["extensions"]["code"] == "LIMIT_EXCEEDED"
    assert error["extensions"]["limit"] == limit


@pytest.mark.parametrize("accept", FORMS)
async def test_what_the_caller_may_not_do_is_an_error_of_its_part(
    sandbox: Sandbox, accept: str
) -> None:
    """A deferred field is a field like any other."""
    callers = {"some": {"keys": [hashed(KEY)], "scopes": ["read", "platform:codat"]}}
    settings = sandbox_settings(sandbox, callers=callers)
    document = "query($id: ID!) { a: __typename ... @defer { company(id: $id) { id } } }"
    async with opened(sandbox, settings) as graph:
        answer = await graph.gateway.post(
            "/graphql",
            json={"query": document, "variables": {"id": LARKSPUR}},
            headers=headers(accept, Authorization=f"Bearer {KEY}"),
        )
        calls = await graph.calls("clinked")
    found = whole(await parts(answer))

    assert found["data"] == {"a": "Query", "company": None}
    assert [error["extensions"]["code"] for error in found["errors"]] == ["FORBIDDEN"]
    assert calls == []


async def test_what_was_deferred_is_charged_when_it_has_been_made(sandbox: Sandbox) -> None:
    """Eleven calls are estimated; what is not made of them is given back after the last part."""
    limits = Limits.model_validate({"calls_per_minute": 12})
    async with opened(sandbox, sandbox_settings(sandbox, limits=limits)) as graph:
        asked = [await ask(graph, DEAR) for _ in range(3)]

    assert [one.status_code for one in asked] == [200, 200, 429]


async def test_a_list_of_operations_is_answered_without_deferring(sandbox: Sandbox) -> None:
    """Its answers stand in one list."""
    asked = {"query": NAMED, "variables": {"id": LARKSPUR}}
    async with opened(sandbox, sandbox_settings(sandbox, batch=2)) as graph:
        answer = await graph.gateway.post("/graphql", json=[asked, asked], headers=headers())

    company = {"id": LARKSPUR, "name": "Larkspur Architects"}
    assert [one["data"] for one in answer.json()] == [{"company": company}] * 2


async def test_a_persisted_document_defers(sandbox: Sandbox) -> None:
    """It is found by its hash, and run as if it had been sent."""
    documents = {"automatic": True}
    hashed_once = hashlib.sha256(NAMED.encode()).hexdigest()
    extensions = {"persistedQuery": {"version": 1, "sha256Hash": hashed_once}}
    async with opened(sandbox, sandbox_settings(sandbox, documents=documents)) as graph:
        asked = {"extensions": extensions, "variables": {"id": LARKSPUR}}
        for body in ({**asked, "query": NAMED}, asked):
            answer = await graph.gateway.post("/graphql", json=body, headers=headers())

            assert len(await parts(answer)) == 3


async def test_the_schema_tells_of_defer_and_of_no_stream(graph: Graph) -> None:
    """Tools look there before they offer it."""
    asked = "{ __schema { directives { name locations args { name defaultValue } } } }"
    found = {one["name"]: one for one in data(await ask(graph, asked))["__schema"]["directives"]}

    assert found["defer"]["locations"] == ["FRAGMENT_SPREAD", "INLINE_FRAGMENT"]
    assert {one["name"]: one["defaultValue"] for one in found["defer"]["args"]} == {
        "if": "true",
        "label": None,
    }
    assert "stream" not in found


async def test_an_operation_in_parts_is_one_line_and_counts_once(
    graph: Graph, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the errors of all its parts, and all the calls that it made."""
    logs.configure("info", "json")
    await parts(await ask(graph, FAILING))
    numbers = (await graph.gateway.get("/metrics")).text

    (line,) = [line for line in lines(capsys) if line["event"] == "operation"]
    assert (line["result"], line["codes"], line["name"]) == (
        "partial",
        ["BAD_USER_INPUT"],
        "Failing",
    )
    assert (line["request_id"], line["calls"]) == (ID, {"clinked": 2})
    assert 'manifold_operations_total{kind="query",result="partial"} 1.0' in numbers
    assert 'manifold_operation_errors_total{code="BAD_USER_INPUT"} 1.0' in numbers
    assert "manifold_operations_in_flight 0.0" in numbers


async def test_an_answer_in_parts_has_the_headers_of_any_answer(graph: Graph) -> None:
    """And one that keeps proxies from waiting for all of it."""
    at_once, in_parts = await ask(graph, NAMED, JSON), await ask(graph, NAMED)

    own = {"content-type", "content-length", "x-accel-buffering"}
    assert in_parts.headers["X-Accel-Buffering"] == "no"
    assert {k: v for k, v in in_parts.headers.items() if k not in own} == {
        k: v for k, v in at_once.headers.items() if k not in own
    }
