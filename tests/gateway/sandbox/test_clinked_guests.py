"""Clinked's stand-in: guests."""

from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio

LISTED = {"id", "name", "email", "dateCreated", "passwordEnabled", "hasPassword"}
GUESTS = "/v3/accounts/11/guests"


async def test_guests_come_in_pages_without_their_shares(clinked: httpx.AsyncClient) -> None:
    """Ten come by default; a guest by itself tells its tokens too."""
    page = (await clinked.get(GUESTS)).json()
    one = (await clinked.get(f"{GUESTS}/802")).json()

    assert (len(page["items"]), page["totalResults"], page["totalPages"]) == (10, 12, 2)
    assert set(page["items"][0]) == LISTED
    assert set(one) == LISTED | {"shares"}
    assert one["shares"] == ["sandbox-share-802-0", "sandbox-share-802-1"]


async def test_guests_are_found_and_ordered(clinked: httpx.AsyncClient) -> None:
    """A name or an address finds them."""
    part = (await clinked.get(GUESTS, params={"name": "visitor1"})).json()
    start = (await clinked.get(GUESTS, params={"startsWith": "ra"})).json()
    asked = {"orderBy": "dateCreated", "ascending": "false", "size": 2}
    latest = (await clinked.get(GUESTS, params=asked)).json()

    assert [one["id"] for one in part["items"]] == [810, 811, 812]
    assert [one["name"] for one in start["items"]] == ["Ravi Menon"]
    assert [one["name"] for one in latest["items"]] == [None, "Yusuf Karim"]


async def test_a_guest_changes_and_goes(clinked: httpx.AsyncClient) -> None:
    """The password is taken, and only its being there is shown."""
    path = f"{GUESTS}/801"
    body = {"name": "Nora Vance-Lind", "passwordEnabled": True, "password": "q-r-s-9"}
    changed = await clinked.patch(path, json=body)
    found = (await clinked.get(path)).json()
    deleted = await clinked.delete(path)

    assert found == changed.json()
    assert (found["name"], found["email"]) == ("Nora Vance-Lind", "visitor01@example.com")
    assert (found["passwordEnabled"], found["hasPassword"]) == (True, True)
    assert "q-r-s-9" not in changed.text
    assert (deleted.status_code, deleted.content) == (200, b"")
    assert (await clinked.get(path)).status_code == 404


@pytest.mark.parametrize(
    "change", [{"email": "nowhere"}, {"email": None}, {"name": 1}, {"passwordEnabled": "yes"}]
)
async def test_a_bad_change_is_refused(clinked: httpx.AsyncClient, change: dict[str, Any]) -> None:
    """The guest stays as it was, even where other fields were good."""
    before = (await clinked.get(f"{GUESTS}/803")).json()
    refused = await clinked.patch(f"{GUESTS}/803", json={"password": "q-r-s-9"} | change)

    assert refused.status_code == 400
    assert (await clinked.get(f"{GUESTS}/803")).json() == before


async def test_a_guest_belongs_to_one_account(clinked: httpx.AsyncClient) -> None:
    """Through another account it is not there."""
    assert (await clinked.get("/v3/accounts/12/guests/821")).status_code == 200
    assert (await clinked.get("/v3/accounts/11/guests/821")).status_code == 404
