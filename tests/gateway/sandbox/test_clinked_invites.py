"""Clinked's stand-in: invites into accounts and into groups."""

import json
from typing import Any

import httpx
import pytest

from gateway.sandbox import Clock
from gateway.sandbox.clinked import stand_in

pytestmark = pytest.mark.anyio

REQUEST = {
    "id",
    "contextKey",
    "source",
    "target",
    "container",
    "sourceName",
    "targetName",
    "type",
    "status",
    "scope",
    "parameters",
    "lastModified",
    "account",
}
GROUP_INVITE = {"id", "email", "permission", "expirationDate", "inviteKey", "lastModified"}
INVITES = "/v3/accounts/11/invites"
GROUP_INVITES = "/v3/groups/101/invites"


async def invited(client: httpx.AsyncClient, email: str) -> dict[str, Any]:
    """Invite an address into an account and find the invite."""
    body = {"emails": [email], "permission": 4, "assignGroups": {"101": 1}, "message": "Hi"}
    answer = await client.post(INVITES, json=body)
    assert (answer.status_code, answer.content) == (202, b"")
    page = (await client.get(INVITES, params={"name": email})).json()
    found: dict[str, Any] = page["items"][0]
    return found


async def test_account_invites_come_in_pages(clinked: httpx.AsyncClient) -> None:
    """Ten come by default, each wrapped in a request, with much of it null."""
    page = (await clinked.get(INVITES)).json()
    start = (await clinked.get(INVITES, params={"startsWith": "newcomer1"})).json()
    falling = {"orderBy": "email", "ascending": "false"}
    last = (await clinked.get(INVITES, params=falling)).json()["items"][0]

    assert (len(page["items"]), page["totalResults"], page["nextPage"]) == (10, 12, True)
    assert set(page["items"][0]) == {"request", "permission", "groups", "inviteKey"}
    assert set(page["items"][0]["request"]) == REQUEST
    assert start["totalResults"] == 3
    assert last["request"]["targetName"] == "newcomer12@example.com"


async def test_an_account_invite_is_found_by_its_address(clinked: httpx.AsyncClient) -> None:
    """Alone it tells its groups, its key, and parameters that are a text of JSON."""
    listed = await invited(clinked, "pia@example.com")
    alone = (await clinked.get(f"{INVITES}/{listed['request']['id']}")).json()
    parameters = {"mask": 4, "groups": {"101": 1}, "extras": {}}

    assert (listed["groups"], listed["inviteKey"]) == (None, None)
    assert alone["request"]["targetName"] == "pia@example.com"
    assert json.loads(alone["request"]["parameters"]) == parameters
    assert [(one["group"]["id"], one["permission"]) for one in alone["groups"]] == [(101, 1)]
    assert alone["inviteKey"]
    assert set(alone["request"]["account"]) == {"id", "name", "friendlyName", "enabled"}


@pytest.mark.parametrize("name", ["groups", "assignGroups"])
async def test_an_account_invite_is_changed_and_withdrawn(
    clinked: httpx.AsyncClient, name: str
) -> None:
    """Its groups may be sent under either name."""
    listed = await invited(clinked, "pia@example.com")
    path = f"{INVITES}/{listed['request']['id']}"
    body = {"permission": 8, name: {"102": 4}, "resend": True, "message": "Still there?"}
    changed = (await clinked.patch(path, json=body)).json()
    deleted = await clinked.delete(path)

    assert changed["permission"] == 8
    assert [(one["group"]["id"], one["permission"]) for one in changed["groups"]] == [(102, 4)]
    assert (deleted.status_code, deleted.content) == (200, b"")
    assert (await clinked.get(path)).status_code == 404


@pytest.mark.parametrize(
    "body", [{}, {"emails": []}, {"emails": ["x"]}, {"emails": ["a@b.example"], "permission": 3}]
)
async def test_a_bad_invite_is_refused(clinked: httpx.AsyncClient, body: dict[str, Any]) -> None:
    """Both kinds of invite want addresses and a permission that exists."""
    assert (await clinked.post(INVITES, json=body)).status_code == 400
    assert (await clinked.post(GROUP_INVITES, json=body)).status_code == 400


async def test_somebody_known_already_is_told_as_the_target(clinked: httpx.AsyncClient) -> None:
    """An address of nobody has no target, and one of another account's member has that member."""
    stranger = await invited(clinked, "pia@example.com")
    known = await invited(clinked, "quinn.fontaine@example.net")

    assert stranger["request"]["target"] is None
    assert known["request"]["target"]["username"] == "quinn.fontaine"


async def test_an_address_is_invited_into_an_account_once(clinked: httpx.AsyncClient) -> None:
    """A second invite of the same address renews the first."""
    first = await invited(clinked, "pia@example.com")
    second = await invited(clinked, "pia@example.com")

    assert first["request"]["id"] == second["request"]["id"]


async def test_group_invites_are_flat(clinked: httpx.AsyncClient) -> None:
    """They come in a bare array and end at a time counted from their making."""
    body = {"emails": ["one@example.com", "two@example.com"], "expirationTime": 3_600_000}
    made = (await clinked.post(GROUP_INVITES, json=body | {"permission": 4})).json()
    listed = (await clinked.get(GROUP_INVITES, params={"startsWith": "one@"})).json()

    assert [one["email"] for one in made] == body["emails"]
    assert all(set(one) == GROUP_INVITE for one in made)
    assert made[0]["expirationDate"] - made[0]["lastModified"] == 3_600_000
    assert listed == made[:1]


async def test_a_group_invite_is_changed_and_withdrawn(clinked: httpx.AsyncClient) -> None:
    """Only its permission can change."""
    (made,) = (await clinked.post(GROUP_INVITES, json={"emails": ["a@b.example"]})).json()
    path = f"{GROUP_INVITES}/{made['id']}"
    changed = (await clinked.patch(path, json={"permission": 16})).json()
    found = (await clinked.get(path)).json()
    deleted = await clinked.delete(path)

    assert (made["permission"], made["expirationDate"]) == (1, None)
    assert (changed, changed["permission"]) == (found, 16)
    assert deleted.status_code == 200
    assert (await clinked.get(path)).status_code == 404


async def test_a_group_invite_is_gone_once_its_time_is_over() -> None:
    """Until then it is listed; afterwards it is in no list and cannot be read or changed."""
    now = 1_780_000_000.0
    played = stand_in(False, Clock(wall=lambda: now))
    transport = httpx.ASGITransport(played.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://clinked") as client:
        asked = {"grant_type": "client_credentials", **played.connections["clinked"]}
        token = (await client.post("/oauth/token", data=asked)).json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        body = {"emails": ["late@example.com"], "expirationTime": 60_000}
        (made,) = (await client.post(GROUP_INVITES, json=body)).json()
        path = f"{GROUP_INVITES}/{made['id']}"
        before = (await client.get(GROUP_INVITES, params={"name": "late"})).json()
        now += 60
        after = (await client.get(GROUP_INVITES, params={"name": "late"})).json()

        assert (before, after) == ([made], [])
        assert (await client.get(path)).status_code == 404
        assert (await client.patch(path, json={"permission": 4})).status_code == 404
        assert (await client.delete(path)).status_code == 404
