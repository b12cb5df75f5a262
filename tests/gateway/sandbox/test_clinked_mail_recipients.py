"""Clinked's stand-in: names of addresses whose mail becomes files."""

import httpx
import pytest

pytestmark = pytest.mark.anyio

RECIPIENT = {"id", "recipient", "space", "contentContext", "dateCreated"}
RECIPIENTS = "/v3/groups/101/incoming-mail-recipients"


async def names(client: httpx.AsyncClient, **asked: str) -> list[str]:
    """List the names of a group or of one folder."""
    return [one["recipient"] for one in (await client.get(RECIPIENTS, params=asked)).json()]


async def test_recipients_are_listed_by_folder(clinked: httpx.AsyncClient) -> None:
    """A folder is told by its file id or by its context key."""
    found = (await clinked.get(RECIPIENTS)).json()

    assert [set(one) for one in found] == [RECIPIENT, RECIPIENT]
    assert found[0]["space"] == {"id": 101, "name": "bids_north", "friendlyName": "Bids North"}
    assert found[1]["contentContext"] == {"id": 30901}
    assert await names(clinked, contentContext="file_901") == ["bids-drawings"]
    assert await names(clinked, contentContext="20101") == ["bids-north"]
    assert await names(clinked, contentContext="file_904") == []
    assert (await clinked.get(RECIPIENTS, params={"contentContext": "x"})).status_code == 400


async def test_a_recipient_lives_from_post_to_delete(clinked: httpx.AsyncClient) -> None:
    """Its id is told by the list only."""
    body = {"recipient": "survey", "contentContext": 30902}
    made = (await clinked.post(RECIPIENTS, json=body)).json()
    listed = (await clinked.get(RECIPIENTS, params={"contentContext": "file_902"})).json()
    path = f"{RECIPIENTS}/{listed[0]['id']}"
    renamed = (await clinked.patch(path, json={"recipient": "survey.north"})).json()
    deleted = await clinked.delete(path)

    assert (made["id"], made["contentContext"]) == (None, {"id": 30902})
    assert listed == [made | {"id": listed[0]["id"]}]
    assert renamed == listed[0] | {"recipient": "survey.north"}
    assert (deleted.status_code, deleted.content) == (200, b"")
    assert (await clinked.patch(path, json={"recipient": "again"})).status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"recipient": "two words"}, 400),
        ({"recipient": "n", "contentContext": "30901"}, 400),
        ({"recipient": "n", "contentContext": 30904}, 404),
        ({"recipient": "n", "contentContext": 20201}, 404),
        ({"recipient": "tide-post"}, 409),
    ],
)
async def test_a_bad_recipient_is_refused(
    clinked: httpx.AsyncClient, body: dict[str, object], status: int
) -> None:
    """Mail goes to the group or to one of its folders, under a name that is nobody else's."""
    assert (await clinked.post(RECIPIENTS, json=body)).status_code == status
    assert await names(clinked) == ["bids-north", "bids-drawings"]
