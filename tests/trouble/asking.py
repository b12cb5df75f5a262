"""What the tests of platforms in trouble share: asking within a time, and waiting for a state."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx

from gateway.sandbox import Sandbox
from gateway.serve import sandbox_settings
from gateway.settings import Settings
from tests.graph.conftest import Graph
from tests.graph.lists import global_id

MARKER = "stand-in-secret-marker"
PLATFORMS = ("clinked", "codat", "conduit", "kondado", "leadconduit")
TOKEN = "/oauth/token"
# Longer than anything here takes on a slow machine; what is longer hangs.
PATIENCE = 40.0
# Longer than any test waits: an answer that never comes, as far as the gateway can see.
NEVER_MS = 600_000

LARKSPUR = global_id("ClinkedAccount", "clinked", "11")
COMPANY = global_id("CodatCompany", "codat", "c79d6793-46d4-4c7a-9c39-02b38963dc6e")
AURORA = global_id("ConduitCompany", "conduit-north", "aurora7")
PALMERA = global_id("ConduitCompany", "conduit-south", "1")
ALDER = global_id("LeadConduitEntity", "leadconduit", "65f0a11c0de1000000000001")

NODE = "query Node($id: ID!) { node(id: $id) { id } }"
COMPANY_NAME = "query Name($id: ID!) { company(id: $id) { name } }"


def tuned(sandbox: Sandbox, **every: object) -> Settings:
    """Make settings over the stand-ins; `every` is set for each connection.

    Their deadline is one that no test meets by being slow.
    """
    settings = sandbox_settings(sandbox, deadline_seconds=2 * PATIENCE)
    connections = {n: one.model_copy(update=every) for n, one in settings.connections.items()}
    return settings.model_copy(update={"connections": connections})


async def ask(
    graph: Graph, document: str, *, within: float | None = None, **variables: object
) -> dict[str, Any]:
    """Run a document with a deadline in seconds, and give its whole answer."""
    response = await posted(graph, document, within=within, **variables)
    return response.json()


async def posted(
    graph: Graph, document: str, *, within: float | None = None, **variables: object
) -> httpx.Response:
    """Run a document with a deadline in seconds, and give the HTTP answer."""
    headers = {} if within is None else {"Manifold-Deadline": str(within)}
    body = {"query": document, "variables": variables}
    async with asyncio.timeout(PATIENCE):
        return await graph.gateway.post("/graphql", json=body, headers=headers)


async def sign_in(graph: Graph) -> None:
    """Let the gateway fetch its token of Clinked, so that faults meet what is asked with it."""
    await graph.data('{ companies(connections: ["clinked"], first: 1) { nodes { id } } }')
    await graph.forget_calls()


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Ask over HTTP until something holds; fails if it never does."""
    async with asyncio.timeout(PATIENCE):
        while not await holds():
            pass


async def until_calls(
    graph: Graph, platform: str, *statuses: int | None, path: str = ""
) -> list[dict[str, Any]]:
    """Wait until the calls to a path have these statuses, in this order, and give them."""
    found: list[dict[str, Any]] = []

    async def come() -> bool:
        found[:] = [one for one in await graph.calls(platform) if one["path"].startswith(path)]
        return [one["status"] for one in found] == list(statuses)

    await until(come)
    return found


def codes(answer: Mapping[str, Any]) -> list[str]:
    """Give the codes of an answer's errors."""
    return [error["extensions"]["code"] for error in answer.get("errors", [])]


def distinct(many: int, connection: str = "conduit-north") -> list[str]:
    """Give the ids of so many companies at Conduit Link or Clinked, none of which is there."""
    kind = "ClinkedAccount" if connection == "clinked" else "ConduitCompany"
    return [global_id(kind, connection, str(number)) for number in range(1000, 1000 + many)]


async def all_at_once(
    graph: Graph, ids: list[str], *, within: float | None = None
) -> list[dict[str, Any]]:
    """Run an operation for each id, all at the same time, and give their answers in order."""
    return await asyncio.gather(*(ask(graph, COMPANY_NAME, within=within, id=id) for id in ids))
