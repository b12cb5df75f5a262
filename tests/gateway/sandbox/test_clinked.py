"""Clinked's stand-in: signing in, accounts and members."""

from typing import Any

import httpx
import pytest

from gateway.sandbox import Sandbox

pytestmark = pytest.mark.anyio

ACCOUNT = {
    "id",
    "name",
    "friendlyName",
    "enabled",
    "domain",
    "hash",
    "locale",
    "dateCreated",
    "lastModified",
}
USER = {
    "id",
    "username",
    "enabled",
    "locked",
    "name",
    "jobTitle",
    "organisation",
    "email",
    "address",
    "telephone",
    "other",
    "logo",
    "timeZone",
    "locale",
    "verifiedEmail",
    "twoFactorAuthentication",
    "twoFactorMode",
    "lastModified",
    "dateFormat",
    "twentyFourHourTimeFormat",
    "lastActive",
    "realName",
}
PAGE = {
    "items",
    "currentPage",
    "totalPages",
    "pageSize",
    "totalResults",
    "nextPage",
    "previousPage",
}
MEMBERS = "/v3/accounts/11/members"
NEW = {
    "username": "pia",
    "name": "Pia Novak",
    "email": "pia@example.com",
    "phone": "555",
    "password": "a-b-c-1",
    "permission": 4,
    "assignGroups": {"101": 8},
    "tags": ["new"],
    "realName": "Pia",
}


async def test_an_application_gets_a_token_without_refresh(
    clinked: httpx.AsyncClient, described: dict[str, dict[str, Any]]
) -> None:
    """The credentials may come in the query or in a form."""
    asked = {"grant_type": "client_credentials", **described["clinked"]["credentials"]}
    got = await clinked.get("/oauth/token", params=asked)
    posted = await clinked.post("/oauth/token", data=asked)
    refused = await clinked.get("/oauth/token", params=asked | {"client_secret": "wrong"})

    assert set(got.json()) == {"access_token", "token_type", "expires_in", "scope"}
    assert (got.json()["expires_in"], posted.status_code) == (7199, 200)
    assert (refused.status_code, refused.json()["error"]) == (401, "invalid_client")


async def test_a_user_signs_in_and_refreshes(clinked: httpx.AsyncClient) -> None:
    """A user gets a refresh token and no word of when the access token ends."""
    await clinked.post(MEMBERS, json=NEW)
    asked = {"client_id": "clinked-mobile", "grant_type": "password", "username": "pia"}
    got = (await clinked.get("/oauth/token", params=asked | {"password": "a-b-c-1"})).json()
    refused = await clinked.get("/oauth/token", params=asked | {"password": "wrong"})
    again = {"client_id": "clinked-mobile", "grant_type": "refresh_token"}
    refresh = got["refresh_token"]
    fresh = (await clinked.post("/oauth/token", data=again | {"refresh_token": refresh})).json()
    clinked.headers["Authorization"] = f"Bearer {fresh['access_token']}"

    assert set(got) == {"access_token", "refresh_token", "scope", "token_type"}
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")
    assert (await clinked.get("/v3/accounts")).status_code == 200


async def test_the_other_user_of_the_seed_can_sign_in(
    clinked: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    """The stand-in tells a user name and password that the gateway has no use for."""
    user = sandbox.stand_ins[0].other_credentials["clinked-user"]
    answer = await clinked.get("/oauth/token", params=user | {"grant_type": "password"})
    unknown = await clinked.get("/oauth/token", params=user | {"grant_type": "magic"})

    assert answer.status_code == 200
    assert unknown.json()["error"] == "unsupported_grant_type"


async def test_nobody_enters_without_a_token(clinked: httpx.AsyncClient) -> None:
    """An unknown token is refused as OAuth has it."""
    refused = await clinked.get("/v3/accounts", headers={"Authorization": "Bearer no"})

    assert (refused.status_code, refused.json()["error"]) == (401, "invalid_token")
    assert set(refused.json()) == {"error", "error_description"}


async def test_accounts_are_listed_read_and_changed(clinked: httpx.AsyncClient) -> None:
    """A patch changes what it names; a name in use is a conflict."""
    everything = (await clinked.get("/v3/accounts")).json()
    enabled = (await clinked.get("/v3/accounts", params={"enabledOnly": "true"})).json()
    changed = (await clinked.patch("/v3/accounts/11", json={"locale": "en_GB"})).json()
    taken = await clinked.patch("/v3/accounts/11", json={"name": "tidewater"})

    assert (len(everything), len(enabled)) == (3, 2)
    assert set(everything[0]) == ACCOUNT
    assert (changed["locale"], changed["name"]) == ("en_GB", "larkspur")
    assert (await clinked.get("/v3/accounts/11")).json() == changed
    assert taken.status_code == 409


async def test_unknown_things_are_refused_like_spring_does(clinked: httpx.AsyncClient) -> None:
    """The refusal names its path; a path that should hold a number is a bad request."""
    missing = await clinked.get("/v3/accounts/99")

    assert missing.status_code == 404
    assert set(missing.json()) == {"timestamp", "status", "error", "message", "path"}
    assert missing.json()["path"] == "/v3/accounts/99"
    assert (await clinked.get("/v3/accounts/x")).status_code == 400
    assert (await clinked.get("/v3/nothing")).status_code == 404


async def test_members_come_in_pages(clinked: httpx.AsyncClient) -> None:
    """Twenty come by default and a hundred at most, and every member comes once."""
    first = (await clinked.get(MEMBERS)).json()
    big = (await clinked.get(MEMBERS, params={"size": 1000})).json()
    rest = (await clinked.get(MEMBERS, params={"size": 100, "page": 2})).json()
    ids = {one["user"]["id"] for one in [*big["items"], *rest["items"]]}

    assert set(first) == PAGE
    assert (first["pageSize"], first["totalPages"], first["nextPage"]) == (20, 6, True)
    assert (big["pageSize"], rest["nextPage"], rest["previousPage"]) == (100, False, True)
    assert len(ids) == first["totalResults"] == 110
    assert set(first["items"][0]) == {"user", "permission", "dateCreated"}
    assert set(first["items"][0]["user"]) == USER


async def test_members_are_found_by_name(clinked: httpx.AsyncClient) -> None:
    """A part of the name or address finds them, or how it starts; the order can be asked for."""
    part = (await clinked.get(MEMBERS, params={"name": "berg", "size": 100})).json()
    start = (await clinked.get(MEMBERS, params={"startsWith": "ada", "orderBy": "name"})).json()
    falling = {"startsWith": "ada", "orderBy": "name", "ascending": "false"}
    turned = (await clinked.get(MEMBERS, params=falling)).json()

    assert part["totalResults"] == 24
    assert [one["user"]["name"] for one in start["items"]] == [
        one["user"]["name"] for one in turned["items"]
    ][::-1]
    assert (await clinked.get(MEMBERS, params={"orderBy": "shoe"})).status_code == 400


async def test_a_member_is_created_with_groups(clinked: httpx.AsyncClient) -> None:
    """The phone becomes the telephone, and the tags show only when read again."""
    made = await clinked.post(MEMBERS, json=NEW)
    found = (await clinked.get(f"{MEMBERS}/pia")).json()
    group = (await clinked.get("/v3/groups/101/members", params={"name": "pia"})).json()

    assert (made.status_code, made.json()["tags"], found["tags"]) == (200, [], ["new"])
    assert set(found) == set(made.json()) | {"pendingUnlock"}
    assert set(made.json()["user"]) == USER
    assert (found["user"]["telephone"], found["permission"]) == ("555", 4)
    assert [one["permission"] for one in group["items"]] == [8]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"username": ""}, 400),
        ({"username": "ada.ashdown"}, 409),
        ({"permission": 2}, 400),
        ({"enabled": "yes"}, 400),
        ({"tags": "one"}, 400),
        ({"email": 1}, 400),
        ({"assignGroups": {"x": 1}}, 400),
        ({"assignGroups": {"101": 3}}, 400),
        ({"assignGroups": {"201": 1}}, 400),
        ({"assignGroups": {"999": 1}}, 404),
    ],
)
async def test_a_bad_member_is_refused(
    clinked: httpx.AsyncClient, change: dict[str, Any], status: int
) -> None:
    """Nothing is made of a member that is refused."""
    refused = await clinked.post(MEMBERS, json=NEW | change)

    assert refused.status_code == status
    assert (await clinked.get(f"{MEMBERS}/pia")).status_code == 404


async def test_a_patch_changes_only_what_it_names(clinked: httpx.AsyncClient) -> None:
    """Lock is shown as locked, a null clears the tags, and groups are joined and left."""
    await clinked.post(MEMBERS, json=NEW)
    path = f"{MEMBERS}/pia"
    locked = (await clinked.patch(path, json={"lock": True, "permission": 1})).json()
    cleared = (await clinked.patch(path, json={"tags": None})).json()
    await clinked.patch(path, json={"assignGroups": {"102": 1}, "removeGroups": [101]})
    found = [
        (await clinked.get(f"/v3/groups/{gid}/members", params={"name": "pia"})).json()
        for gid in (101, 102)
    ]

    assert (locked["user"]["locked"], locked["permission"], locked["tags"]) == (True, 1, ["new"])
    assert (cleared["user"]["locked"], cleared["tags"]) == (True, [])
    assert [one["totalResults"] for one in found] == [0, 1]


async def test_a_deleted_member_leaves_its_groups(clinked: httpx.AsyncClient) -> None:
    """The member is in no list any more, and its name is free again."""
    await clinked.post(MEMBERS, json=NEW)
    deleted = await clinked.delete(f"{MEMBERS}/pia")
    group = (await clinked.get("/v3/groups/101/members", params={"name": "pia"})).json()

    assert (deleted.status_code, deleted.content) == (200, b"")
    assert (await clinked.get(f"{MEMBERS}/pia")).status_code == 404
    assert group["totalResults"] == 0
    assert (await clinked.post(MEMBERS, json=NEW)).status_code == 200


async def test_a_member_of_two_accounts_stays_in_the_other(clinked: httpx.AsyncClient) -> None:
    """Deleting it from one account leaves it in the second."""
    before = (await clinked.get(f"{MEMBERS}/bruno.ashdown")).json()
    await clinked.delete(f"{MEMBERS}/bruno.ashdown")
    after = (await clinked.get("/v3/accounts/12/members/bruno.ashdown")).json()

    assert (before["memberOfMultipleAccounts"], after["memberOfMultipleAccounts"]) == (True, False)
