"""Conduit's stand-in: companies of two Link Apps."""

import httpx
import pytest

pytestmark = pytest.mark.anyio

COMPANY = {"id", "name", "created_at", "link_page", "api_token"}


async def test_each_link_app_has_companies_of_its_own(
    north: httpx.AsyncClient, south: httpx.AsyncClient
) -> None:
    """Both Link Apps have a company 1, and it is not the same."""
    one = (await north.get("/link/company/1/")).json()
    other = (await south.get("/link/company/1/")).json()

    assert one["id"] == other["id"] == "1"
    assert one["name"] != other["name"]
    assert set(one) == COMPANY
    assert set(one["link_page"]) == {"url", "enabled"}
    assert set(one["api_token"]) == {"token", "expires_at"}


async def test_the_list_is_a_bare_array(north: httpx.AsyncClient, south: httpx.AsyncClient) -> None:
    """All companies come at once, with connections if asked for."""
    plain = (await north.get("/link/company/")).json()
    full = (await south.get("/link/company/", params={"include_connections": "true"})).json()

    assert (len(plain), len(full)) == (8, 5)
    assert set(plain[0]) == COMPANY
    assert set(full[0]) == COMPANY | {"connections"}
    assert set(full[0]["connections"][0]) == {"id", "name", "credentials"}


async def test_a_get_mints_a_token_and_a_list_does_not(north: httpx.AsyncClient) -> None:
    """The seed's tokens have run out in the list; each get gives another one."""
    listed = (await north.get("/link/company/")).json()[0]["api_token"]
    first = (await north.get("/link/company/1/")).json()["api_token"]
    second = (await north.get("/link/company/1/")).json()["api_token"]
    again = (await north.get("/link/company/")).json()[0]["api_token"]

    assert listed["expires_at"] == 1_767_225_600
    assert first["token"] != second["token"]
    assert again == second


async def test_a_company_is_created_read_and_edited(north: httpx.AsyncClient) -> None:
    """An id is found in any case; an edit without page_enabled opens the page."""
    body = {"id": "Abc9", "name": "Nine", "page_enabled": False}
    made = await north.post("/link/company/", json=body)
    found = (await north.get("/link/company/aBC9/")).json()
    edited = (await north.post("/link/company/ABC9/", json={"name": "Ten"})).json()

    assert made.status_code == 200
    assert (found["name"], found["link_page"]) == ("Nine", {"url": None, "enabled": False})
    assert (edited["id"], edited["name"], edited["link_page"]["enabled"]) == ("Abc9", "Ten", True)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"id": "a-b"}, 400),
        ({"id": ""}, 400),
        ({"id": "A" * 1025}, 400),
        ({}, 400),
        ({"id": "X", "name": "n" * 1025}, 400),
        ({"id": "X", "page_enabled": "no"}, 400),
        ({"id": "tyr"}, 409),
    ],
)
async def test_a_bad_company_is_refused(
    north: httpx.AsyncClient, body: dict[str, object], status: int
) -> None:
    """A refusal has a code and a message."""
    refused = await north.post("/link/company/", json=body)

    assert refused.status_code == status
    assert set(refused.json()) == {"code", "message"}


async def test_an_unknown_company_is_not_found(north: httpx.AsyncClient) -> None:
    """Neither a get nor an edit finds it."""
    assert (await north.get("/link/company/NONE/")).status_code == 404
    assert (await north.post("/link/company/NONE/", json={})).status_code == 404


async def test_the_slash_at_the_end_matters(north: httpx.AsyncClient) -> None:
    """Without it a get is redirected and a post is lost."""
    moved = await north.get("/link/company/1")

    assert moved.status_code == 301
    assert moved.headers["location"].endswith("/link/company/1/")
    assert (await north.post("/link/company", json={"id": "X"})).status_code in {404, 405}


async def test_a_wrong_token_is_refused(north: httpx.AsyncClient) -> None:
    """The refusal is a 401 with a code and a message."""
    refused = await north.get("/link/company/", headers={"Authorization": "Bearer wrong"})

    assert refused.status_code == 401
    assert refused.json() == {"code": "unauthorized", "message": "Invalid token"}
