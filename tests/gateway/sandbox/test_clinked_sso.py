"""Clinked's stand-in: single sign-on."""

from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio

CERTIFICATE = {
    *("version", "subject", "signatureAlgorithm", "signatureOID", "issuer"),
    *("notAfter", "notBefore", "soonToExpire", "publicKey"),
}
CONFIGURATION = {
    *("entityId", "ssoEnabled", "userJit", "forceSso"),
    *("adminsUsePassword", "disableProfileEdit", "forceAuth"),
}
UNSET = "/v3/accounts/11/sso"
CONFIGURED = "/v3/accounts/12/sso"


async def test_nothing_is_told_of_sign_on_that_is_not_set_up(clinked: httpx.AsyncClient) -> None:
    """Not even after a change that leaves it off."""
    changed = await clinked.patch(UNSET, json={"ssoEnabled": False, "adminsUsePassword": True})

    assert changed.json() == {"enabled": False}
    assert (await clinked.get(UNSET)).json() == {"enabled": False}


async def test_sign_on_that_is_set_up_shows_its_certificate(clinked: httpx.AsyncClient) -> None:
    """Its dates are texts with their zone."""
    found = (await clinked.get(CONFIGURED)).json()

    assert set(found) == {"enabled", "configuration"} | CERTIFICATE
    assert set(found["configuration"]) == CONFIGURATION
    assert (found["notBefore"], found["soonToExpire"]) == ("2024-12-15T09:30Z[UTC]", True)
    assert found["configuration"]["entityId"] == "https://idp.example.net/tidewater"


async def test_sign_on_is_set_up_by_enabling_it(clinked: httpx.AsyncClient) -> None:
    """Settings made before are kept, and the file tells who the provider is."""
    await clinked.patch(UNSET, json={"forceSso": True})
    made = (await clinked.patch(UNSET, json={"ssoEnabled": True, "tempFile": 77})).json()
    off = (await clinked.patch(UNSET, json={"ssoEnabled": False})).json()
    deleted = await clinked.delete(UNSET)

    assert (made["enabled"], made["configuration"]["forceSso"]) == (True, True)
    assert made["configuration"]["entityId"] == "https://idp.example.com/77"
    assert (off["enabled"], off["publicKey"]) == (False, made["publicKey"])
    assert (deleted.status_code, deleted.content) == (200, b"")
    assert (await clinked.get(UNSET)).json() == {"enabled": False}


async def test_a_renewed_certificate_is_another(clinked: httpx.AsyncClient) -> None:
    """It has a new key and does not run out soon; the settings stay."""
    before = (await clinked.get(CONFIGURED)).json()
    renewed = (await clinked.patch(CONFIGURED, json={"renew": True})).json()

    assert renewed["publicKey"] != before["publicKey"]
    assert renewed["soonToExpire"] is False
    assert renewed["configuration"] == before["configuration"]


@pytest.mark.parametrize("body", [{"renew": True}, {"userJit": 1}, {"tempFile": "x"}, []])
async def test_bad_sign_on_is_refused(clinked: httpx.AsyncClient, body: Any) -> None:
    """A certificate that is not there cannot be renewed either."""
    assert (await clinked.patch(UNSET, json=body)).status_code == 400
