"""What browsers are told of who may ask, and who may read the answer (Fetch, 3.3)."""

from typing import Any

import httpx
import pytest

from tests.gateway.http.asking import ANSWERED, ASKED, asking, code

APP, OTHER = "https://app.example.com", "http://localhost:5173"
FOREIGN = ["https://evil.example", "null", "https://app.example.com.evil.example", ""]
ALLOWING = ("access-control-allow-origin", "access-control-allow-credentials")
WANTED = "authorization,content-type,manifold-cost,manifold-deadline,x-request-id"


def preflight(client: httpx.AsyncClient, origin: str, **asked: str) -> Any:
    """Ask whether a page may ask."""
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": WANTED,
        **{f"Access-Control-Request-{name}": value for name, value in asked.items()},
    }
    return client.options("/graphql", headers=headers)


def varies(answer: httpx.Response) -> set[str]:
    """Give what an answer depends on."""
    return {name.strip().lower() for name in answer.headers.get("Vary", "").split(",")}


@pytest.mark.parametrize("origin", [APP, OTHER])
@pytest.mark.parametrize("credentials", [False, True])
async def test_a_page_of_the_list_may_ask_and_read(origin: str, credentials: bool) -> None:
    """It is named itself, and never by a wildcard; cookies need more than being on the list."""
    async with asking(origins=[APP, OTHER], cors_credentials=credentials) as client:
        before = await preflight(client, origin)
        answer = await client.post("/graphql", json=ASKED, headers={"Origin": origin})

    assert before.status_code == 200
    assert answer.json() == ANSWERED
    for told in (before, answer):
        assert told.headers["Access-Control-Allow-Origin"] == origin
        assert (told.headers.get("Access-Control-Allow-Credentials") == "true") is credentials
        assert "origin" in varies(told)
    assert before.headers["Access-Control-Allow-Methods"] == "GET, POST"
    allowed = before.headers["Access-Control-Allow-Headers"].lower()
    assert set(WANTED.split(",")) <= set(allowed.split(", "))
    exposed = answer.headers["Access-Control-Expose-Headers"]
    assert exposed == "X-Request-Id, Retry-After"


@pytest.mark.parametrize("origin", FOREIGN)
@pytest.mark.parametrize("credentials", [False, True])
async def test_a_page_elsewhere_may_neither_ask_nor_read(origin: str, credentials: bool) -> None:
    """Nor can a cache give it what a page of the list got."""
    async with asking(origins=[APP], cors_credentials=credentials) as client:
        before = await preflight(client, origin)
        answer = await client.post("/graphql", json=ASKED, headers={"Origin": origin})

    assert before.status_code == 400
    assert answer.status_code == 403
    assert code(answer) == "FORBIDDEN"
    assert "origin" in varies(before)
    assert "origin" in varies(answer)
    assert "access-control-allow-origin" not in before.headers
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "asked", [{"Method": "DELETE"}, {"Method": "PUT"}, {"Headers": "x-forwarded-for"}]
)
async def test_a_page_of_the_list_may_not_send_everything(asked: dict[str, str]) -> None:
    """Least of all what a proxy in front writes."""
    async with asking(origins=[APP]) as client:
        before = await preflight(client, APP, **asked)

    assert before.status_code == 400


async def test_without_a_list_no_page_elsewhere_is_told_anything(
    client: httpx.AsyncClient,
) -> None:
    """As by default."""
    before = await preflight(client, APP)
    answer = await client.post("/graphql", json=ASKED, headers={"Origin": APP})

    assert (before.status_code, answer.status_code) == (405, 403)
    for told in (before, answer):
        assert not [name for name in told.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/nothing"])
async def test_pages_of_the_list_may_read_the_graph_alone(path: str) -> None:
    """How the gateway is, is nothing for them."""
    async with asking(origins=[APP], cors_credentials=True) as client:
        answer = await client.get(path, headers={"Origin": APP})

    assert not [name for name in ALLOWING if name in answer.headers]


async def test_who_is_refused_may_read_why() -> None:
    """A page of the list that has no key, or asks for what is wrong, is told so."""
    async with asking(origins=[APP], limits={"body_bytes": 10}) as client:
        headers = {"Origin": APP, "Content-Type": "application/json"}
        refused = [
            await client.post("/graphql", content=content, headers=headers)
            for content in (b"x", b"x" * 11)
        ] + [await client.put("/graphql", headers={"Origin": APP})]

    assert [answer.status_code for answer in refused] == [400, 413, 405]
    for answer in refused:
        assert answer.headers["Access-Control-Allow-Origin"] == APP
