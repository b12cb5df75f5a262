"""Persisted documents as clients speak of them, over HTTP."""

import json
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from gateway.documents.document import hashed
from gateway.sandbox import Sandbox
from gateway.serve import sandbox_settings
from tests.gateway.documents.given import (
    COMPANIES,
    ENTITIES,
    ENTITIES_ID,
    ENTITY_DELETE,
    GROUPS,
    GROUPS_ID,
    MANIFESTS,
    OTHER,
    persisted_query,
    prefixed,
)
from tests.graph.conftest import Graph, opened

MEDIA = "application/graphql-response+json"
PLATFORMS = ("clinked", "codat", "conduit", "kondado", "leadconduit")


async def ask(graph: Graph, method: str, **parameters: object) -> httpx.Response:
    """Send the parameters in the address or in the body."""
    headers = {"Accept": MEDIA, "Apollo-Require-Preflight": "true"}
    if method == "POST":
        return await graph.gateway.post("/graphql", json=parameters, headers=headers)
    written = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in parameters.items()
    }
    return await graph.gateway.get("/graphql", params=written, headers=headers)


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """Give the status and code of an answer that is one error, and nothing else."""
    body: Mapping[str, Any] = answer.json()
    (error,) = body["errors"]

    assert "data" not in body
    assert error["extensions"]["requestId"] == answer.headers["X-Request-Id"]
    assert "no-store" in answer.headers["Cache-Control"]
    return answer.status_code, error["extensions"]["code"]


async def nothing_was_sent(graph: Graph) -> bool:
    """Tell whether no stand-in was asked for anything."""
    return not any([await graph.calls(platform) for platform in PLATFORMS])


@pytest.mark.parametrize("mode", ["off", "measure", "enforce"])
async def test_a_document_is_run_by_its_id(sandbox: Sandbox, mode: str) -> None:
    """Of each generator's manifest, by each of its ids, in the address and in a body."""
    asked = [
        ("companies", {"documentId": COMPANIES[0]}),
        ("companies", {"extensions": persisted_query(COMPANIES[0])}),
        ("groups", {"documentId": GROUPS_ID}),
        ("groups", {"documentId": prefixed(GROUPS), "operationName": "GroupsQuery"}),
        ("entities", {"documentId": ENTITIES_ID}),
        ("entities", {"query": ENTITIES}),
    ]
    settings = sandbox_settings(sandbox, documents={"manifest": MANIFESTS, "mode": mode})
    async with opened(sandbox, settings) as graph:
        for method in ("GET", "POST"):
            for noun, parameters in asked:
                answer = await ask(graph, method, **parameters, variables={"first": 2})

                assert answer.status_code == 200, answer.text
                assert "errors" not in answer.json()
                assert len(answer.json()["data"][noun]["nodes"]) == 2


async def test_enforced_nothing_else_is_run_and_nothing_sent(sandbox: Sandbox) -> None:
    """Whatever it is that is not persisted, and however it is asked for."""
    refused = (403, "PERSISTED_DOCUMENT_REQUIRED")
    missing = (404, "PERSISTED_DOCUMENT_NOT_FOUND")
    wrong = (400, "BAD_USER_INPUT")
    cases: list[tuple[dict[str, object], tuple[int, str]]] = [
        ({"query": OTHER}, refused),
        ({"query": GROUPS + "#", "variables": {"first": 1}}, refused),
        ({"query": "{ __schema { types { name } } }"}, refused),
        ({"query": "{"}, refused),
        ({"documentId": "nothing"}, missing),
        ({"documentId": prefixed(OTHER)}, missing),
        ({"extensions": persisted_query(hashed(OTHER))}, missing),
        ({"query": OTHER, "extensions": persisted_query(hashed(OTHER))}, refused),
        ({"query": OTHER, "extensions": persisted_query(COMPANIES[0])}, wrong),
        ({"query": OTHER, "documentId": GROUPS_ID}, wrong),
    ]
    settings = sandbox_settings(sandbox, documents={"manifest": MANIFESTS, "mode": "enforce"})
    async with opened(sandbox, settings) as graph:
        for method in ("GET", "POST"):
            for parameters, expected in cases:
                assert refusal(await ask(graph, method, **parameters)) == expected, parameters

        assert await nothing_was_sent(graph)


async def test_a_mutation_is_not_run_by_a_get_of_its_id(sandbox: Sandbox) -> None:
    """An address can be opened by anybody's page; by POST it is run."""
    asked = {"documentId": ENTITY_DELETE[0], "variables": {"id": "nothing"}}
    settings = sandbox_settings(sandbox, documents={"manifest": MANIFESTS})
    async with opened(sandbox, settings) as graph:
        by_address = await ask(graph, "GET", **asked)
        by_body = await ask(graph, "POST", **asked)

        assert by_address.status_code == 405
        assert by_address.headers["Allow"] == "POST"
        assert by_body.status_code == 200
        assert "entityDelete" in by_body.json()["data"]
        assert await nothing_was_sent(graph)


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_apollos_clients_register_a_document_and_then_send_its_hash(
    sandbox: Sandbox, method: str
) -> None:
    """They ask by the hash, are told that it is not found, and send the text along, once."""
    extensions = persisted_query(hashed(OTHER))
    settings = sandbox_settings(sandbox, documents={"automatic": True})
    async with opened(sandbox, settings) as graph:
        miss = await ask(graph, method, extensions=extensions)
        registered = await ask(graph, method, query=OTHER, extensions=extensions)
        hit = await ask(graph, "GET", extensions=extensions)
        numbers = (await graph.gateway.get("/metrics")).text

    assert refusal(miss) == (200, "PERSISTED_QUERY_NOT_FOUND")
    assert miss.json()["errors"][0]["message"] == "PersistedQueryNotFound"
    assert registered.json()["data"] == hit.json()["data"]
    assert hit.json()["data"]["members"]["nodes"]
    assert 'manifold_documents_total{origin="automatic"} 1.0' in numbers
    assert 'manifold_documents_total{origin="sent"} 1.0' in numbers


async def test_by_default_apollos_clients_are_told_to_send_no_hashes(sandbox: Sandbox) -> None:
    """Nothing is kept for them, and no id is known."""
    extensions = persisted_query(hashed(OTHER))
    async with opened(sandbox, sandbox_settings(sandbox)) as graph:
        told = await ask(graph, "POST", extensions=extensions)
        unknown = await ask(graph, "POST", documentId=GROUPS_ID)

    assert refusal(told) == (200, "PERSISTED_QUERY_NOT_SUPPORTED")
    assert told.json()["errors"][0]["message"] == "PersistedQueryNotSupported"
    assert refusal(unknown) == (404, "PERSISTED_DOCUMENT_NOT_FOUND")
