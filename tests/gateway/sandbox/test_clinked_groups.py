"""Clinked's stand-in: groups and their members."""

from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio

GROUP = {
    "id",
    "name",
    "friendlyName",
    "contextKey",
    "members",
    "storageConsumed",
    "blind",
    "disableChat",
    "disableComments",
    "disableEmailComments",
    "hideMemberDetails",
    "dateCreated",
    "lastModified",
    "owner",
    "mailKey",
    "hash",
    "branding",
    "components",
    "master",
    "masterConfigured",
    "masterConfiguration",
    "watermarkConfiguration",
}
LEFT_OUT = {"labels", "notificationsConfiguration", "subgroupCount"}
BRIEF_USER = {"id", "name", "username", "logo", "jobTitle", "lastModified"}
GROUPS = "/v3/accounts/11/groups"


async def ids(client: httpx.AsyncClient, **asked: str) -> list[int]:
    """List the ids of the groups that filters find."""
    page = (await client.get(GROUPS, params={"size": "100", **asked})).json()
    return [one["id"] for one in page["items"]]


async def test_the_list_of_groups_knows_no_total(clinked: httpx.AsyncClient) -> None:
    """The total is always 0, yet the next page is announced rightly."""
    first = (await clinked.get(GROUPS)).json()
    last = (await clinked.get(GROUPS, params={"page": 4})).json()

    assert (first["totalResults"], "totalPages" in first) == (0, False)
    assert (len(first["items"]), first["pageSize"], first["nextPage"]) == (5, 5, True)
    assert (len(last["items"]), last["nextPage"], last["previousPage"]) == (3, False, True)


async def test_a_listed_group_tells_its_members(clinked: httpx.AsyncClient) -> None:
    """The details come with a list but not with the group by itself."""
    listed = (await clinked.get(GROUPS)).json()["items"][1]
    alone = (await clinked.get(f"{GROUPS}/{listed['id']}")).json()
    detail = listed["memberDetails"][0]

    assert set(listed) == set(alone) == GROUP | {"memberDetails"}
    assert alone["memberDetails"] == []
    assert len(listed["memberDetails"]) == listed["members"]
    assert set(detail) == {"user", "permission", "dateCreated", "expirationDate", "group"}
    assert set(detail["user"]) == set(listed["owner"]) == BRIEF_USER


async def test_what_a_group_has_none_of_is_left_out(clinked: httpx.AsyncClient) -> None:
    """Labels, subgroups and settings for notifications are told only of a group with any."""
    full = (await clinked.get(f"{GROUPS}/101")).json()
    await clinked.delete(f"{GROUPS}/106")
    await clinked.delete("/v3/groups/101/labels")
    bare = await clinked.patch(f"{GROUPS}/101", json={"notificationsConfiguration": None})

    assert full["labels"] == [{"id": 41, "name": "On site", "order": 0}]
    assert full["subgroupCount"] == 1
    assert set(full) - set(bare.json()) == LEFT_OUT


async def test_a_patch_writes_every_field_there_is(clinked: httpx.AsyncClient) -> None:
    """What is put in comes back, and settings that are not sent stay as they are."""
    body: dict[str, Any] = {
        "name": "north_bids",
        "friendlyName": "Bids up North",
        "master": 103,
        "blind": True,
        "disableComments": True,
        "disableEmailComments": True,
        "hideMemberDetails": True,
        "components": [{"name": "tasks", "order": 7, "configuration": {"board": True}}],
    }
    settings = {"newContent": "DAILY", "disableEmailComments": False}
    marks = {"enableWatermark": True, "watermarkStyle": "TILED", "transparentWatermark": None}
    configured = {"notificationsConfiguration": settings, "watermarkConfiguration": marks}
    before = (await clinked.get(f"{GROUPS}/101")).json()
    await clinked.patch(f"{GROUPS}/101", json=body | configured)
    after = (await clinked.get(f"{GROUPS}/101")).json()

    assert {name: after[name] for name in body} == body
    assert after["masterConfigured"] is True
    for name, sent in configured.items():
        assert after[name] == before[name] | sent


async def test_head_counts_groups(clinked: httpx.AsyncClient) -> None:
    """The count is in a header and there is no body."""
    counted = await clinked.head(GROUPS)

    assert (counted.status_code, counted.headers["x-count"], counted.content) == (200, "18", b"")


async def test_groups_are_filtered(clinked: httpx.AsyncClient) -> None:
    """By a part of the name, the whole of it, ids to leave out, a label or a master."""
    await clinked.patch(f"{GROUPS}/102", json={"master": 101})

    assert await ids(clinked, name="bids") == [101, 107, 113]
    assert await ids(clinked, name="bids north", exact="true") == [101]
    assert await ids(clinked, name="bids", exclude="107,113") == [101]
    assert await ids(clinked, label="41") == [101, 107, 113]
    assert await ids(clinked, master="101") == [102, 106]
    assert len(await ids(clinked, removed="true")) == 19


async def test_a_group_lives_from_post_to_delete(clinked: httpx.AsyncClient) -> None:
    """A patch changes only what it names; a deleted group is only listed as removed."""
    body: dict[str, Any] = {
        "name": "roof",
        "friendlyName": "Roof",
        "blind": True,
        "components": [{"name": "files", "order": 1, "configuration": {}}],
        "watermarkConfiguration": {"enableWatermark": True},
    }
    made = (await clinked.post(GROUPS, json=body)).json()
    path = f"{GROUPS}/{made['id']}"
    patched = (await clinked.patch(path, json={"friendlyName": "Roofs", "blind": None})).json()
    deleted = await clinked.delete(path)

    assert set(made) == GROUP | {"memberDetails"}
    assert (made["owner"], made["components"]) == (None, body["components"])
    assert made["watermarkConfiguration"]["enableWatermark"] is True
    assert (patched["friendlyName"], patched["name"], patched["blind"]) == ("Roofs", "roof", False)
    assert (deleted.status_code, deleted.content) == (200, b"")
    assert (await clinked.get(path)).status_code == 404
    assert made["id"] not in await ids(clinked)
    assert made["id"] in await ids(clinked, removed="true")


BAD_GROUPS: list[tuple[dict[str, Any], int]] = [
    ({}, 400),
    ({"name": "bids_north"}, 409),
    ({"name": "n", "components": [{}]}, 400),
    ({"name": "n", "blind": 1}, 400),
    ({"name": "n", "master": 999}, 404),
    ({"name": "n", "watermarkConfiguration": {"colour": 1}}, 400),
    ({"name": "n", "watermarkConfiguration": {"enableWatermark": "yes"}}, 400),
    ({"name": "n", "notificationsConfiguration": {"newContent": 1}}, 400),
    ({"name": "n", "notificationsConfiguration": []}, 400),
    ({"name": "n", "copyFrom": 201}, 400),
]


@pytest.mark.parametrize(("body", "status"), BAD_GROUPS)
async def test_a_bad_group_is_refused(
    clinked: httpx.AsyncClient, body: dict[str, Any], status: int
) -> None:
    """Nothing is made of a group that is refused."""
    assert (await clinked.post(GROUPS, json=body)).status_code == status
    assert len(await ids(clinked)) == 18


async def test_a_duplicate_takes_settings_but_no_members(clinked: httpx.AsyncClient) -> None:
    """It has the original's settings under a name of its own."""
    await clinked.patch(f"{GROUPS}/101", json={"hideMemberDetails": True})
    body = {"friendlyName": "Bids North", "copyFrom": 101}
    made = (await clinked.post(GROUPS, json=body)).json()

    assert (made["hideMemberDetails"], made["members"]) == (True, 0)
    assert made["name"] == "bids_north_2"


async def test_groups_can_be_reordered(clinked: httpx.AsyncClient) -> None:
    """Those that are given no place stand behind, in the order in which they were."""
    moved = await clinked.put(f"{GROUPS}/order", json={"items": {"101": "2", "102": "1"}})

    assert moved.status_code == 200
    assert (await ids(clinked))[:3] == [102, 101, 103]
    assert (await clinked.put(f"{GROUPS}/order", json={"items": {"101": "x"}})).status_code == 400


async def test_group_members_are_addressed_by_id(clinked: httpx.AsyncClient) -> None:
    """A member of a group is listed, read, changed and taken out."""
    page = (await clinked.get("/v3/groups/101/members")).json()
    owner = (await clinked.get("/v3/groups/101/members/1001")).json()
    uid = page["items"][1]["user"]["id"]
    path = f"/v3/groups/101/members/{uid}"
    alone = (await clinked.get(path)).json()
    changed = (await clinked.patch(path, json={"permission": 8, "expirationDate": 9})).json()
    cleared = (await clinked.patch(path, json={"expirationDate": None})).json()
    without = (await clinked.get("/v3/groups/101/members", params={"exclude": str(uid)})).json()
    removed = await clinked.delete(path)

    assert page["pageSize"] == 25
    assert set(alone) == set(page["items"][1]) | {"restrictedApps"}
    assert set(alone["group"]) == GROUP | LEFT_OUT
    assert "realName" not in alone["user"]
    assert owner["restrictedApps"] == ["sandbox-clinked-calendar"]
    assert set(changed) == set(page["items"][1])
    assert (changed["permission"], changed["expirationDate"]) == (8, 9)
    assert (cleared["permission"], cleared["expirationDate"]) == (8, None)
    assert without["totalResults"] == page["totalResults"] - 1
    assert removed.status_code == 200
    assert (await clinked.get(path)).status_code == 404


async def test_every_seeded_group_has_members(clinked: httpx.AsyncClient) -> None:
    """Each group of the seed has between 5 and 20 members."""
    sizes = [
        one["members"]
        for account in (11, 12, 13)
        for one in (
            await clinked.get(f"/v3/accounts/{account}/groups", params={"size": 100})
        ).json()["items"]
    ]

    assert len(sizes) == 36
    assert all(5 <= size <= 20 for size in sizes)
