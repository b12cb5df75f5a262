"""The application's routes."""

from pathlib import Path

import httpx
import pytest

from gateway import app
from gateway.sandbox import running_sandbox
from gateway.serve import sandbox_settings
from gateway.settings import Settings, load

FILE = '[connections.books]\nplatform = "codat"\napi_key = "k"\nbase_url = "http://127.0.0.1:9"\n'


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a gateway whose only platform is down."""
    (tmp_path / "manifold.toml").write_text(FILE)
    monkeypatch.chdir(tmp_path)
    return load()


async def ask(settings: Settings, method: str, path: str, **given: object) -> httpx.Response:
    """Ask a gateway of these settings one thing."""
    made = app.create(settings)
    transport = httpx.ASGITransport(made)
    async with (
        made.router.lifespan_context(made),
        httpx.AsyncClient(transport=transport, base_url="http://gateway") as client,
    ):
        return await client.send(client.build_request(method, path, json=given or None))


@pytest.mark.parametrize("path", ["/sandbox", "/"])
async def test_what_belongs_to_the_sandbox_is_nowhere_else(settings: Settings, path: str) -> None:
    """Neither the stand-ins' credentials nor, unless it is set, GraphiQL."""
    assert (await ask(settings, "GET", path)).status_code == 404


async def test_a_platform_that_is_not_there_is_an_outage(settings: Settings) -> None:
    """Without its address."""
    query = "{ companies { nodes { id } outages { platform connection code message } } }"
    answer = await ask(settings, "POST", "/graphql", query=query)

    assert answer.json()["data"]["companies"]["outages"] == [
        {
            "platform": "CODAT",
            "connection": "books",
            "code": "UPSTREAM_UNAVAILABLE",
            "message": "Codat is not available.",
        }
    ]
    assert "127.0.0.1" not in answer.text


async def test_an_answer_and_its_errors_carry_one_request_id(settings: Settings) -> None:
    """In a header and in the extensions."""
    answer = await ask(settings, "POST", "/graphql", query='{ node(id: "x") { id } }')

    (error,) = answer.json()["errors"]
    assert error["extensions"]["requestId"] == answer.headers["x-request-id"]


async def test_a_query_may_be_asked_by_get(settings: Settings) -> None:
    """With everything in the address."""
    answer = await ask(settings, "GET", "/graphql?query={__typename}")

    assert answer.json() == {"data": {"__typename": "Query"}}


async def test_graphiql_is_shown_in_the_sandbox() -> None:
    """At the root."""
    with running_sandbox(limits=False) as running:
        page = await ask(sandbox_settings(running), "GET", "/")

    assert page.status_code == 200
    assert "graphiql" in page.text.lower()
