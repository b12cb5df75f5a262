"""Clinked's stand-in: the files of groups."""

from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio

LISTED = {
    "id",
    "contextKey",
    "sharing",
    "memberPermission",
    "following",
    "userAces",
    "userPermission",
    "name",
    "friendlyName",
    "contentType",
    "size",
    "uploaded",
    "tags",
    "locked",
    "locker",
    "lastModified",
    "summary",
    "path",
    "versions",
    "previewInfo",
    "watermark",
    "group",
}
ASKED_FOR = {"approvalSummary", "shareCount", "commentCount", "tasksCount", "jobs", "parent"}
LIST = "/v3/groups/101/filesList"
FIND = "/v3/groups/101/files"


async def ids(client: httpx.AsyncClient, **asked: str) -> list[int]:
    """List the ids of the files that filters find."""
    page = (await client.get(LIST, params=asked)).json()
    return [one["id"] for one in page["items"]]


async def test_the_list_of_files_knows_no_total(clinked: httpx.AsyncClient) -> None:
    """The envelope is that of groups, and files and folders have the same fields."""
    page = (await clinked.get(LIST, params={"size": "2"})).json()
    every = (await clinked.get(LIST, params={"flat": "true"})).json()["items"]

    assert (page["totalResults"], page["nextPage"], "totalPages" in page) == (0, True, False)
    assert all(set(one) == LISTED and one["path"] == [] for one in every)
    assert page["items"][0]["contentType"] == "@folder"
    assert max(one["size"] for one in every) > 1 << 32


async def test_the_uploader_outlives_the_user(clinked: httpx.AsyncClient) -> None:
    """Somebody who is gone is still told by name; a lock tells who locked."""
    old = (await clinked.get(FIND, params={"path": "drawings/archive_2019/old_plan.tiff"})).json()
    locked = (await clinked.get(FIND, params={"path": "drawings/ground_floor.dwg"})).json()

    assert old["uploaded"] == {"user": None, "name": "Otto Ravn", "username": None}
    assert locked["uploaded"]["username"] == locked["uploaded"]["user"]["username"]
    assert (locked["locked"], locked["locker"]["username"]) == (True, "bruno.ashdown")


async def test_files_are_found_in_folders(clinked: httpx.AsyncClient) -> None:
    """At the top, in a folder, in the folders beside it too, or anywhere; and by name."""
    assert await ids(clinked) == [901, 902, 904]
    assert await ids(clinked, parent="901") == [903, 905]
    assert await ids(clinked, parent="901", siblings="true") == [903, 905, 906, 908]
    assert len(await ids(clinked, flat="true")) == 8
    assert await ids(clinked, flat="true", name="plan") == [907]
    assert await ids(clinked, name="plan") == []
    assert await ids(clinked, flat="true", orderBy="size", ascending="false", size="2") == [
        906,
        908,
    ]
    assert (await clinked.get(LIST, params={"parent": "904"})).status_code == 404
    assert (await clinked.get(LIST, params={"parent": "921"})).status_code == 404


async def test_columns_add_to_the_list(clinked: httpx.AsyncClient) -> None:
    """A list tells no counts, no parent and no path unless it is asked for them."""
    asked = {"parent": "901", "columns": ",".join([*ASKED_FOR, "path"])}
    found: dict[str, Any] = (await clinked.get(LIST, params=asked)).json()["items"][1]

    assert set(found) == LISTED | ASKED_FOR
    assert [one["id"] for one in found["path"]] == [901, 905]
    assert (found["parent"]["id"], set(found["parent"])) == (901, LISTED)
    assert found["approvalSummary"]["count"] == 6
    assert (await clinked.get(LIST, params={"columns": "colour"})).status_code == 400


@pytest.mark.parametrize("path", ["drawings-ground_floor_dwg", "/drawings/ground_floor.dwg"])
async def test_a_file_is_found_by_its_path(clinked: httpx.AsyncClient, path: str) -> None:
    """It is told with all its fields, and cannot be found if it is excluded."""
    found = (await clinked.get(FIND, params={"path": path})).json()
    excluded = await clinked.get(FIND, params={"path": path, "exclude": "904,905"})

    assert (found["id"], set(found)) == (905, LISTED | ASKED_FOR)
    assert excluded.status_code == 404
    assert (await clinked.get("/v3/groups/102/files", params={"path": path})).status_code == 404
    assert (await clinked.get(FIND)).status_code == 400
