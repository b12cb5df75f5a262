"""Clinked's stand-in: the tasks of an account."""

import httpx
import pytest

pytestmark = pytest.mark.anyio

TASKS = "/v3/tasks"
TASK = {
    *("id", "contextKey", "sharing", "memberPermission", "following", "userAces"),
    *("userPermission", "attachmentCount", "friendlyName", "name", "status", "priority"),
    *("progress", "author", "dueDate", "tags", "description", "dateCreated", "dateReminder"),
    *("recurrence", "order", "category", "assignees", "numberOfSubTasks", "lastModified"),
    *("timeTracker", "dateCompleted", "group"),
}
BRIEF_USER = {"id", "name", "username", "logo", "jobTitle", "lastModified"}


async def ids(client: httpx.AsyncClient, **wanted: str) -> list[int]:
    """List the ids of an account's tasks that filters find."""
    page = (await client.get(TASKS, params={"account": "11", **wanted})).json()
    return [one["id"] for one in page["items"]]


async def test_tasks_come_in_pages(clinked: httpx.AsyncClient) -> None:
    """Each account has its own."""
    page = (await clinked.get(TASKS, params={"account": 11, "page": 2, "size": 3})).json()
    first = page["items"][0]

    assert set(first) == TASK
    assert set(first["author"]) == BRIEF_USER
    assert set(first["group"]) == {"id", "name", "friendlyName"}
    assert [one["id"] for one in page["items"]] == [6004, 6005, 6006]
    assert (page["totalResults"], page["totalPages"], page["nextPage"]) == (7, 3, True)
    assert await ids(clinked, account="12") == [6101, 6102]


async def test_some_tasks_tell_more(clinked: httpx.AsyncClient) -> None:
    """A sub-task names its parent, and one that is discussed its file and counts."""
    page = (await clinked.get(TASKS, params={"account": 11})).json()
    submit, measure, photograph, *_ = page["items"]

    assert set(measure) == TASK | {"file", "parent", "shareCount", "commentCount"}
    assert (measure["file"]["id"], measure["file"]["size"]) == (906, 7_516_192_769)
    assert set(photograph) == TASK | {"parent"}
    assert measure["parent"] == {
        "id": 6001,
        "name": "submit_the_bid",
        "friendlyName": "Submit the bid",
    }
    assert [one["id"] for one in measure["assignees"]] == [1006, 1008]
    assert set(measure["assignees"][0]) == BRIEF_USER
    assert (submit["numberOfSubTasks"], submit["category"], submit["assignees"]) == (2, None, None)
    assert submit["dueDate"] == "2025-03-14T16:30:05Z[UTC]"
    assert measure["order"] == 2_147_483_647


FILTERS: list[tuple[dict[str, str], list[int]]] = [
    ({"name": "CONTRACT"}, [6005, 6006]),
    ({"name": "contract", "exact": "true"}, []),
    ({"name": "sign the contract", "exact": "true"}, [6006]),
    ({"slug": "measure_the_roof"}, [6002]),
    ({"status": "COMPLETED"}, [6003]),
    ({"assignedTo": "1019"}, [6005]),
    ({"priority": "HIGH"}, [6002, 6005]),
    ({"category": "71"}, [6002, 6003]),
    ({"category": "72", "uncategorized": "true"}, [6001, 6004, 6005, 6006, 6007]),
    ({"uncategorized": "false"}, [6002, 6003, 6004]),
    ({"dateStart": "2025-03-14", "dateEnd": "2025-04-01"}, [6001, 6005]),
    ({"parent": "6001"}, [6002, 6003]),
    ({"show": "all"}, [6001, 6002, 6003, 6004, 6005, 6006, 6007]),
]


@pytest.mark.parametrize(("wanted", "found"), FILTERS)
async def test_tasks_are_filtered(
    clinked: httpx.AsyncClient, wanted: dict[str, str], found: list[int]
) -> None:
    """By everything that is documented, alone or together."""
    assert await ids(clinked, **wanted) == found


async def test_tasks_of_a_removed_group_are_gone(clinked: httpx.AsyncClient) -> None:
    """Those of the other groups stay."""
    await clinked.delete("/v3/accounts/11/groups/101")

    assert await ids(clinked) == [6005, 6006, 6007]


BAD_LISTS: list[tuple[dict[str, str], int]] = [
    ({}, 400),
    ({"account": "99"}, 404),
    ({"account": "11", "priority": "SOON"}, 400),
    ({"account": "11", "dateStart": "2025-3-14"}, 400),
    ({"account": "11", "assignedTo": "ada"}, 400),
]


@pytest.mark.parametrize(("wanted", "status"), BAD_LISTS)
async def test_a_bad_list_of_tasks_is_refused(
    clinked: httpx.AsyncClient, wanted: dict[str, str], status: int
) -> None:
    """An account must be named, and every filter be well formed."""
    assert (await clinked.get(TASKS, params=wanted)).status_code == status
