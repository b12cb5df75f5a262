"""What every answer tells browsers not to do with it."""

from collections.abc import AsyncGenerator

import httpx
import pytest

from tests.gateway.http.asking import ASKED, asking

APP = "https://app.example.com"
EXPECTED = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
# Whatever is answered, by whichever part of the gateway.
ASKED_FOR: dict[str, tuple[str, str, dict[str, str], int]] = {
    "an answer": ("POST", "/graphql", {}, 200),
    "a page that is let in": ("POST", "/graphql", {"Origin": APP}, 200),
    "a page that is kept away": ("POST", "/graphql", {"Origin": "https://evil.example"}, 403),
    "another type": ("POST", "/graphql", {"Accept": "text/html"}, 406),
    "another method": ("DELETE", "/graphql", {}, 405),
    "a page that asks first": (
        "OPTIONS",
        "/graphql",
        {"Origin": APP, "Access-Control-Request-Method": "POST"},
        200,
    ),
    "a page elsewhere that asks first": (
        "OPTIONS",
        "/graphql",
        {"Origin": "null", "Access-Control-Request-Method": "POST"},
        400,
    ),
    "another name": ("POST", "/graphql", {"Host": "evil.example"}, 421),
    "no such page": ("GET", "/nothing", {}, 404),
    "a slash too many": ("GET", "/healthz/", {}, 307),
    "a probe": ("GET", "/healthz", {}, 200),
    "another probe": ("GET", "/readyz", {}, 200),
    "the metrics": ("GET", "/metrics", {}, 200),
    "a probe by another method": ("POST", "/healthz", {}, 405),
}


@pytest.fixture(scope="module")
async def client() -> AsyncGenerator[httpx.AsyncClient]:
    """Reaches a gateway that pages of one origin may ask, by one name."""
    async with asking(origins=[APP], hosts=["gateway"]) as client:
        yield client


@pytest.mark.parametrize("name", ASKED_FOR)
async def test_every_answer_has_them(client: httpx.AsyncClient, name: str) -> None:
    """A page could be made of any of them."""
    method, path, headers, status = ASKED_FOR[name]
    body = ASKED if method == "POST" else None
    answer = await client.request(method, path, headers=headers, json=body)

    assert answer.status_code == status
    assert {header: answer.headers[header] for header in EXPECTED} == EXPECTED


@pytest.mark.parametrize("path", ["/", "/graphiql/config.json", "/graphiql/schema.graphql"])
async def test_what_has_its_own_keeps_them(path: str) -> None:
    """GraphiQL runs its own scripts, and what belongs to it may be kept and asked for again."""
    async with asking(graphiql=True, introspection=True) as client:
        answer = await client.get(path)

    told = answer.headers
    assert "script-src 'self'" in told["Content-Security-Policy"]
    assert told["Cache-Control"] == "no-cache"
    assert told["X-Frame-Options"] == "DENY"
    assert len(told.get_list("Content-Security-Policy")) == 1


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
async def test_probes_are_read_and_nothing_else(client: httpx.AsyncClient, path: str) -> None:
    """RFC 9110, 9.3.2 and 15.5.6."""
    head = await client.head(path)
    assert head.status_code == 200
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
        refused = await client.request(method, path)
        assert refused.status_code == 405
        assert sorted(refused.headers["Allow"].split(", ")) == ["GET", "HEAD"]


async def test_nothing_tells_by_what_the_gateway_is_made(client: httpx.AsyncClient) -> None:
    """Whoever looks for a hole would know where to begin."""
    for method, path, headers, _ in ASKED_FOR.values():
        answer = await client.request(method, path, headers=headers)
        assert "server" not in answer.headers
        assert "x-powered-by" not in answer.headers
