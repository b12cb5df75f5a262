"""Clinked's stand-in: the devices of members."""

import httpx
import pytest

pytestmark = pytest.mark.anyio

DEVICE = {
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
PHONE, TABLET, BROWSER = "device-ada-phone", "device-bruno-tablet", "device-edda-browser"


async def ids(client: httpx.AsyncClient, account: int, **asked: str) -> list[str]:
    """List the ids of an account's devices."""
    found = await client.get(f"/v3/accounts/{account}/devices", params=asked)
    return [one["clientId"] for one in found.json()]


async def test_devices_are_those_of_an_accounts_members(clinked: httpx.AsyncClient) -> None:
    """A member of two accounts has the same device in both."""
    first = (await clinked.get("/v3/accounts/11/devices")).json()[0]

    assert set(first) == DEVICE
    assert set(first["owner"]) == {"id", "name", "username", "logo", "jobTitle", "lastModified"}
    assert await ids(clinked, 11) == [PHONE, TABLET, BROWSER]
    assert await ids(clinked, 12) == [TABLET, "device-tidewater-watch"]


async def test_devices_are_found_and_ordered(clinked: httpx.AsyncClient) -> None:
    """An order that is not known is refused."""
    refused = await clinked.get("/v3/accounts/11/devices", params={"orderBy": "shoe"})

    assert await ids(clinked, 11, name="phone") == [PHONE]
    assert await ids(clinked, 11, orderBy="name") == [PHONE, BROWSER, TABLET]
    assert await ids(clinked, 11, orderBy="lastActivity") == [BROWSER, TABLET, PHONE]
    assert refused.status_code == 400


async def test_a_device_is_removed_everywhere(clinked: httpx.AsyncClient) -> None:
    """A device is removed once, and only through an account that it is in."""
    astray = await clinked.delete(f"/v3/accounts/12/devices/{PHONE}")
    removed = await clinked.delete(f"/v3/accounts/11/devices/{TABLET}")
    again = await clinked.delete(f"/v3/accounts/11/devices/{TABLET}")

    assert (removed.status_code, removed.content) == (200, b"")
    assert (astray.status_code, again.status_code) == (404, 404)
    assert await ids(clinked, 11) == [PHONE, BROWSER]
    assert await ids(clinked, 12) == ["device-tidewater-watch"]
