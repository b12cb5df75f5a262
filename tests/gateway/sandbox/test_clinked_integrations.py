"""Clinked's stand-in: an account's own domain, DocuSign and Adobe Sign."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

pytestmark = pytest.mark.anyio

DOMAIN = "/v3/accounts/12/domain"
DOCUSIGN = "/v3/accounts/11/docusign"
TRIAL = "5a1d0c9e-0011-4c7a-9a51-larkspur0002"


async def test_a_domain_is_added_and_deleted(clinked: httpx.AsyncClient) -> None:
    """The hosts that it must point to are told by region."""
    added = await clinked.post(DOMAIN, json={"domain": "desk.example.net"})
    found = (await clinked.get(DOMAIN)).json()
    deleted = await clinked.delete(DOMAIN)
    without = (await clinked.get(DOMAIN)).json()

    assert (added.status_code, added.content) == (200, b"")
    assert set(found) == {"status", "enabled", "regions", "domain"}
    assert (found["status"], found["domain"]) == (True, "desk.example.net")
    assert found["regions"]["US-WEST-1"] == ["us1.portal.example.com"]
    assert (deleted.status_code, deleted.content) == (200, b"")
    assert (without["status"], without["domain"]) == (False, None)


@pytest.mark.parametrize("domain", [None, "", "no host", "https://desk.example.net"])
async def test_a_bad_domain_is_refused(clinked: httpx.AsyncClient, domain: str | None) -> None:
    """It must be a host name and nothing more."""
    assert (await clinked.post(DOMAIN, json={"domain": domain})).status_code == 400
    assert (await clinked.post(DOMAIN.replace("12", "99"), json={})).status_code == 404


async def test_docusign_is_connected_to_one_of_its_accounts(clinked: httpx.AsyncClient) -> None:
    """The account stays if none is named; disconnecting leaves none."""
    listed = (await clinked.get(f"{DOCUSIGN}/accounts")).json()
    moved = (await clinked.patch(DOCUSIGN, json={"account": TRIAL})).json()
    again = (await clinked.patch(DOCUSIGN, json={"connected": True})).json()
    deleted = await clinked.delete(DOCUSIGN)

    assert [one["account_name"] for one in listed] == ["Larkspur Architects", "Larkspur trial"]
    assert set(listed[0]) == {
        *("account_id", "is_default", "account_name", "base_uri", "organization")
    }
    assert set(listed[0]["organization"]["links"][0]) == {"rel", "href"}
    assert moved == again == {"connected": True, "account": TRIAL}
    assert (deleted.status_code, deleted.content) == (200, b"")
    assert (await clinked.get(DOCUSIGN)).json() == {"connected": False, "account": None}


BAD_CONNECTIONS: list[tuple[str, dict[str, Any]]] = [
    ("11", {"account": "nobody's"}),
    ("11", {"connected": "yes"}),
    ("13", {"connected": True}),
]


@pytest.mark.parametrize(("account", "body"), BAD_CONNECTIONS)
async def test_a_bad_connection_is_refused(
    clinked: httpx.AsyncClient, account: str, body: dict[str, Any]
) -> None:
    """An account of DocuSign's must be one of those listed."""
    path = DOCUSIGN.replace("11", account)

    assert (await clinked.patch(path, json=body)).status_code == 400


async def test_consent_comes_back_to_where_it_is_told(clinked: httpx.AsyncClient) -> None:
    """The way back is in the link, and a link without one is refused."""
    back = "https://desk.example.com/back?tab=2&x=1"
    found = (await clinked.get(f"{DOCUSIGN}/consent", params={"redirect": back})).json()

    link: str = found["consentUrl"]

    assert set(found) == {"consentUrl"}
    assert parse_qs(urlsplit(link).query)["redirect_uri"] == [back]
    assert (await clinked.get(f"{DOCUSIGN}/consent")).status_code == 400


async def test_adobe_sign_is_disconnected(clinked: httpx.AsyncClient) -> None:
    """The account that is connected is so no more."""
    before = (await clinked.get("/v3/accounts/11/adobe")).json()
    deleted = await clinked.delete("/v3/accounts/11/adobe")

    assert before == {"connected": True}
    assert (deleted.status_code, deleted.content) == (200, b"")
    assert (await clinked.get("/v3/accounts/11/adobe")).json() == {"connected": False}
