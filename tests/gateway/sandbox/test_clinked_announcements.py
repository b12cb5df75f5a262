"""Clinked's stand-in: the announcements of accounts and of groups."""

import httpx
import pytest

pytestmark = pytest.mark.anyio

FIELDS = {"title", "body", "colour", "propagate", "inherit"}
ACCOUNT = "/v3/accounts/11/announcements"
GROUP = "/v3/groups/101/announcements"
BOTH = pytest.mark.parametrize("path", [ACCOUNT, GROUP])


async def test_accounts_and_groups_announce_apart(clinked: httpx.AsyncClient) -> None:
    """What the account passes on, the group has inherited."""
    account = (await clinked.get(ACCOUNT)).json()
    group = (await clinked.get(GROUP)).json()

    assert [one["id"] for one in account] == ["main", "welcome"]
    assert [one["id"] for one in group] == ["main", "bids"]
    assert all(set(one) == {"id", *FIELDS} for one in [*account, *group])
    assert (account[0]["propagate"], account[0]["inherit"]) == (True, False)
    assert (group[0]["propagate"], group[0]["inherit"]) == (False, True)


@BOTH
async def test_an_announcement_is_made_with_an_id_or_without(
    clinked: httpx.AsyncClient, path: str
) -> None:
    """One that is read by its id keeps the id to itself."""
    body = {"title": "Roof done", "body": "At last", "colour": "success"}
    named = await clinked.post(path, json={"id": "roof", **body})
    nameless = (await clinked.post(path, json=body)).json()
    one = (await clinked.get(path, params={"id": "roof"})).json()
    again = await clinked.post(path, json={"id": "roof", **body})

    assert (named.status_code, set(named.json())) == (200, {"id", *FIELDS})
    assert one == {**body, "propagate": False, "inherit": False}
    assert nameless["id"] in [item["id"] for item in (await clinked.get(path)).json()]
    assert again.status_code == 409


@BOTH
async def test_an_announcement_changes_by_what_is_sent(
    clinked: httpx.AsyncClient, path: str
) -> None:
    """A null clears its field; only an account's announcement can be passed on."""
    before = (await clinked.get(path, params={"id": "main"})).json()
    change = {"body": None, "colour": "info", "propagate": not before["propagate"]}
    changed = (await clinked.post(path, params={"id": "main"}, json=change)).json()
    after = (await clinked.get(path, params={"id": "main"})).json()

    assert changed == {"id": "main", **after}
    assert (after["title"], after["body"], after["colour"]) == (before["title"], None, "info")
    assert (before["propagate"], after["propagate"]) == (path == ACCOUNT, False)


@BOTH
async def test_deleting_without_an_id_takes_the_main_one(
    clinked: httpx.AsyncClient, path: str
) -> None:
    """When all are gone, there is no main announcement to delete."""
    first = await clinked.delete(path)
    (left,) = (await clinked.get(path)).json()
    second = await clinked.delete(path, params={"id": left["id"]})
    third = await clinked.delete(path)

    assert left["id"] != "main"
    assert (first.status_code, first.content, second.status_code) == (200, b"", 200)
    assert third.status_code == 404


@BOTH
async def test_a_bad_announcement_is_refused(clinked: httpx.AsyncClient, path: str) -> None:
    """It has a title, its texts are texts, and the one to change is there."""
    before = (await clinked.get(path)).json()
    refused = [
        await clinked.post(path, json={"body": "No title"}),
        await clinked.post(path, params={"id": "main"}, json={"title": None}),
        await clinked.post(path, params={"id": "main"}, json={"colour": 7}),
        await clinked.post(path, params={"id": "ghost"}, json={"title": "Boo"}),
    ]

    assert [one.status_code for one in refused] == [400, 400, 400, 404]
    assert (await clinked.get(path)).json() == before


async def test_a_removed_group_announces_nothing(clinked: httpx.AsyncClient) -> None:
    """The group is what does not exist."""
    refused = await clinked.get("/v3/groups/119/announcements")

    assert (refused.status_code, refused.json()["message"]) == (404, "Group 119 does not exist")
