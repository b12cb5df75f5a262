"""Clinked's stand-in: the branding of accounts."""

from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio

BRANDING = {
    "logo",
    "mediumLogo",
    "largeLogo",
    "icon",
    "background",
    "darkMenu",
    "navbarColor",
    "navbarText",
    "sidebarColor",
    "sidebarText",
    "primaryColor",
    "primaryText",
    "secondaryColor",
    "secondaryText",
    "lastModified",
    "fontFamily",
}
PATH = "/v3/accounts/11/branding"


async def test_branding_changes_by_what_is_sent(clinked: httpx.AsyncClient) -> None:
    """Without its logo an account has none of any size."""
    before = (await clinked.get(PATH)).json()
    changed = (await clinked.post(PATH, json={"logo": False, "navbarText": "#ABCDEF"})).json()

    assert set(before) == BRANDING
    assert (before["logo"], before["largeLogo"], before["darkMenu"]) == (True, True, True)
    assert (changed["logo"], changed["mediumLogo"], changed["largeLogo"]) == (False, False, False)
    assert (changed["navbarText"], changed["navbarColor"]) == ("#ABCDEF", before["navbarColor"])
    assert changed["lastModified"] > before["lastModified"]
    assert (await clinked.get(PATH)).json() == changed


async def test_deleting_brings_the_defaults_back(clinked: httpx.AsyncClient) -> None:
    """They are those of an account that was never branded."""
    deleted = await clinked.delete(PATH)
    after = (await clinked.get(PATH)).json()
    never = (await clinked.get("/v3/accounts/13/branding")).json()

    assert (deleted.status_code, deleted.content) == (200, b"")
    assert after | {"lastModified": 0} == never | {"lastModified": 0}


@pytest.mark.parametrize(
    "change", [{"primaryColor": "red"}, {"primaryText": 1}, {"logo": "yes"}, {"fontFamily": []}]
)
async def test_bad_branding_is_refused(clinked: httpx.AsyncClient, change: dict[str, Any]) -> None:
    """Nothing of it is taken."""
    before = (await clinked.get(PATH)).json()
    refused = await clinked.post(PATH, json={"darkMenu": False} | change)

    assert refused.status_code == 400
    assert (await clinked.get(PATH)).json() == before
