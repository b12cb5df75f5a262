"""What the tests of deferred answers ask, and how."""

from typing import Any

import httpx

from tests.graph.conftest import Graph
from tests.multipart import CURRENT
from tests.trouble.asking import LARKSPUR

JSON = "application/json"
ID = "the-same-id"
NAMED = 'query Named($id: ID!) { company(id: $id) { id ... @defer(label: "later") { name } } }'
FAILING = """query Failing($id: ID!) {
    company(id: $id) { id }
    ... @defer(label: "failing") { nobody: company(id: "nobody") { id } kind: __typename }
}"""


async def ask(
    graph: Graph, document: str, accept: str = CURRENT, **variables: object
) -> httpx.Response:
    """Ask as a client that takes parts, about a company of Clinked."""
    body = {"query": document, "variables": {"id": LARKSPUR, **variables}}
    return await graph.gateway.post("/graphql", json=body, headers=headers(accept))


def headers(accept: str = CURRENT, **more: str) -> dict[str, str]:
    """Give the headers of one who takes parts, and minds the cost."""
    return {"Accept": accept, "X-Request-Id": ID, "Manifold-Cost": "include", **more}


def data(response: httpx.Response) -> dict[str, Any]:
    """Give what was answered at once."""
    assert response.headers["Content-Type"].startswith(JSON), response.text
    return response.json()["data"]
