"""Clinked's stand-in: the components of accounts."""

import httpx
import pytest

pytestmark = pytest.mark.anyio


async def test_components_depend_on_the_subscription(clinked: httpx.AsyncClient) -> None:
    """One account has everything, one of them in trial; another has less."""
    everything = (await clinked.get("/v3/accounts/11/components")).json()
    fewer = (await clinked.get("/v3/accounts/12/components")).json()

    assert set(everything[0]) == {"name", "beta", "title", "description", "iconName"}
    assert [one["name"] for one in everything if one["beta"]] == ["discussions"]
    assert len(everything) == 5
    assert [one["name"] for one in fewer] == ["files", "tasks"]


async def test_an_unknown_account_has_no_components(clinked: httpx.AsyncClient) -> None:
    """The account is what does not exist."""
    refused = await clinked.get("/v3/accounts/99/components")

    assert (refused.status_code, refused.json()["message"]) == (404, "Account 99 does not exist")
