"""Clinked's stand-in: who calls."""

import httpx
import pytest

from gateway.sandbox import Sandbox

pytestmark = pytest.mark.anyio

PRINCIPAL = {
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
}
PLACE = {
    "account",
    "subscription",
    "permission",
    "memberOfSpaces",
    "adminInSpaces",
    "features",
    "mailDomain",
    "metadata",
}


async def test_an_application_calls_as_its_owner(clinked: httpx.AsyncClient) -> None:
    """The owner's accounts are all that the application reaches."""
    found = (await clinked.get("/v3/userinfo")).json()
    here, there, _ = found["accounts"]

    assert set(found) == {"name", "principal", "authorities", "accounts"}
    assert (found["name"], found["authorities"]) == ("ada.ashdown", ["ROLE_USER"])
    assert set(found["principal"]) == PRINCIPAL
    assert [one["account"]["id"] for one in found["accounts"]] == [11, 12, 13]
    assert set(here) == PLACE
    assert (here["memberOfSpaces"], here["adminInSpaces"], there["memberOfSpaces"]) == (18, 18, 0)
    assert (here["metadata"], there["metadata"]["region"]) == (
        {"region": "north", "tier": "gold"},
        "coast",
    )


async def test_the_package_is_shown_in_part(clinked: httpx.AsyncClient) -> None:
    """The plan and the storage are null here, whatever the subscription says of them."""
    first = (await clinked.get("/v3/userinfo")).json()["accounts"][0]["subscription"]
    whole = (await clinked.get("/v3/accounts/11/subscription")).json()["accountPackage"]

    assert first == whole | {"planDetails": None, "storage": None}
    assert whole["storage"] == 9_000_000_000_000


async def test_a_user_sees_only_accounts_with_a_place_in_them(
    clinked: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    """Groups that were removed or left are not counted."""
    form = sandbox.stand_ins[0].other_credentials["clinked-user"] | {"grant_type": "password"}
    token = (await clinked.post("/oauth/token", data=form)).json()["access_token"]
    signed = {"Authorization": f"Bearer {token}"}
    await clinked.delete("/v3/accounts/11/groups/101")
    await clinked.delete("/v3/groups/102/members/1001")
    (place,) = (await clinked.get("/v3/userinfo", headers=signed)).json()["accounts"]

    assert (place["account"]["id"], place["permission"], place["memberOfSpaces"]) == (11, 16, 16)
