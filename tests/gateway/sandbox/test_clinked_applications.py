"""Clinked's stand-in: applications."""

from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio

APPLICATION = {
    "clientId",
    "owner",
    "name",
    "description",
    "platform",
    "deviceType",
    "deviceModel",
    "deviceOs",
    "appVersion",
    "bundleId",
    "lastActivity",
    "ip",
    "scope",
    "redirectURIs",
    "grantTypes",
}
OWNER = {"id", "name", "username", "logo", "jobTitle", "lastModified"}
MANY = "/v3/applications"
NEW = {"name": "Snag List", "description": "What is left to do", "platform": "LINUX"}


async def test_applications_are_listed_without_their_secrets(clinked: httpx.AsyncClient) -> None:
    """Each tells its owner; one has all of its fields."""
    found = (await clinked.get(MANY)).json()
    one = (await clinked.get(f"{MANY}/larkspur-plan-viewer")).json()

    assert [item["owner"]["id"] for item in found] == [1001, 1002, 1111]
    assert all(set(item) == APPLICATION and set(item["owner"]) == OWNER for item in found)
    assert one == found[0]
    assert one["redirectURIs"] == [
        "https://plans.example.com/signed-in",
        "com.example.planviewer:/signed-in",
    ]


async def test_a_secret_is_told_once(clinked: httpx.AsyncClient) -> None:
    """It comes with the new application, and never again."""
    answer = await clinked.post(MANY, json=NEW)
    made = answer.json()
    secret = made.pop("clientSecret")

    assert (answer.status_code, set(made)) == (201, APPLICATION)
    assert secret.startswith("sandbox-clinked-application-")
    assert (made["name"], made["platform"], made["deviceType"]) == ("Snag List", "LINUX", "Other")
    assert (made["owner"]["username"], made["lastActivity"]) == ("ada.ashdown", None)
    assert (await clinked.get(f"{MANY}/{made['clientId']}")).json() == made


async def test_an_application_changes_and_goes(clinked: httpx.AsyncClient) -> None:
    """A null clears its field, and what is not named stays."""
    path = f"{MANY}/larkspur-plan-viewer"
    change = {"description": None, "deviceType": "Phone"}
    changed = (await clinked.patch(path, json=change)).json()
    deleted = await clinked.delete(path)

    assert (changed["description"], changed["deviceType"]) == (None, "Phone")
    assert (changed["name"], changed["appVersion"]) == ("Plan Viewer", "2.4.1")
    assert (deleted.status_code, deleted.content) == (200, b"")
    assert (await clinked.get(path)).status_code == 404


@pytest.mark.parametrize(
    "change", [{"name": ""}, {"name": 7}, {"platform": "AMIGA"}, {"deviceType": ["Phone"]}]
)
async def test_a_bad_application_is_refused(
    clinked: httpx.AsyncClient, change: dict[str, Any]
) -> None:
    """Neither a new application nor one that is there takes a wrong value."""
    before = (await clinked.get(MANY)).json()
    refused = [
        await clinked.post(MANY, json=NEW | change),
        await clinked.patch(f"{MANY}/larkspur-site-diary", json=change),
    ]

    assert [one.status_code for one in refused] == [400, 400]
    assert (await clinked.get(MANY)).json() == before
