"""Clinked's stand-in: the trash of groups."""

from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio

TRASH = "/v3/groups/101/trash"
ITEM = {"id", "type", "friendlyName", "user", "dateDeleted"}


async def ids(client: httpx.AsyncClient, **asked: str) -> list[int]:
    """List the ids of what is in the trash."""
    page = (await client.get(TRASH, params=asked)).json()
    return [one["id"] for one in page["items"]]


async def test_the_trash_comes_in_pages(clinked: httpx.AsyncClient) -> None:
    """In any order, and without the user if nobody is left who deleted it."""
    page = (await clinked.get(TRASH)).json()

    assert (page["pageSize"], page["totalPages"], page["totalResults"]) == (25, 1, 4)
    assert all(set(one) == ITEM for one in page["items"])
    assert [one["user"] is None for one in page["items"]] == [False, False, True, False]
    assert await ids(clinked, orderBy="dateDeleted") == [931, 933, 932, 934]
    assert await ids(clinked, orderBy="friendlyName", ascending="false") == [934, 931, 933, 932]


async def test_one_thing_is_deleted_for_good(clinked: httpx.AsyncClient) -> None:
    """It can be deleted once, and only out of its own group."""
    deleted = await clinked.delete(f"{TRASH}/931")

    assert (deleted.status_code, deleted.content) == (200, b"")
    assert await ids(clinked) == [932, 933, 934]
    assert (await clinked.delete(f"{TRASH}/931")).status_code == 404
    assert (await clinked.delete(f"{TRASH}/936")).status_code == 404


async def test_a_restored_file_is_back_in_its_folder(clinked: httpx.AsyncClient) -> None:
    """What is not in the trash of the group is told as an error."""
    body = {"action": "restore", "items": [932, 933, 936, 5]}
    answer = (await clinked.post(TRASH, json=body)).json()
    files = (await clinked.get("/v3/groups/101/filesList", params={"parent": "901"})).json()

    assert [one["id"] for one in answer["success"]] == [932, 933]
    assert answer["error"] == [936, 5]
    assert all(set(one) == ITEM for one in answer["success"])
    assert await ids(clinked) == [931, 934]
    assert "Old Brief.pdf" in [one["friendlyName"] for one in files["items"]]


async def test_several_things_are_deleted(clinked: httpx.AsyncClient) -> None:
    """A deleted file does not come back."""
    body = {"action": "delete", "items": [932, 934], "processAll": False}
    answer = (await clinked.post(TRASH, json=body)).json()
    files = await clinked.get("/v3/groups/101/filesList", params={"flat": "true"})

    assert ([one["id"] for one in answer["success"]], answer["error"]) == ([932, 934], [])
    assert await ids(clinked) == [931, 933]
    assert 909 not in [one["id"] for one in files.json()["items"]]


async def test_the_trash_is_emptied_by_and_by(clinked: httpx.AsyncClient) -> None:
    """Progress rises with each look at it, from nothing to done."""
    idle = (await clinked.get(f"{TRASH}/progress")).json()
    answer = (await clinked.post(TRASH, json={"action": "delete", "processAll": True})).json()
    told = [(await clinked.get(f"{TRASH}/progress")).json()["progress"] for _ in range(7)]

    assert idle == {"progress": 100}
    assert len(answer["success"]) == 4
    assert await ids(clinked) == []
    assert told == [18.18, 36.36, 54.55, 72.73, 90.91, 100, 100]


BAD: list[dict[str, Any]] = [
    {},
    {"action": "burn", "items": [931]},
    {"action": "delete"},
    {"action": "delete", "items": ["931"]},
    {"action": "delete", "items": [931], "processAll": "yes"},
]


@pytest.mark.parametrize("body", BAD)
async def test_a_bad_request_deletes_nothing(
    clinked: httpx.AsyncClient, body: dict[str, Any]
) -> None:
    """The action must be known and the things be named."""
    assert (await clinked.post(TRASH, json=body)).status_code == 400
    assert await ids(clinked) == [931, 932, 933, 934]
