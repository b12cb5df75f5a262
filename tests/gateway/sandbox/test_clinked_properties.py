"""Clinked's stand-in: the properties of accounts and of groups."""

import httpx
import pytest

pytestmark = pytest.mark.anyio

BOTH = pytest.mark.parametrize("owner", ["/v3/accounts/11", "/v3/groups/101"])


async def test_accounts_and_groups_keep_their_own(clinked: httpx.AsyncClient) -> None:
    """The same name has a value in each; a prefix chooses among them."""
    account = (await clinked.get("/v3/accounts/11/properties", params={"startsWith": "t"})).json()
    group = (await clinked.get("/v3/groups/101/properties", params={"startsWith": "t"})).json()
    several = (await clinked.get("/v3/accounts/11/properties")).json()

    assert account == [{"name": "theme", "value": "dusk"}]
    assert group == [{"name": "theme", "value": "dawn"}]
    assert [one["name"] for one in several] == ["crm.id", "crm.stage", "note", "theme"]


@BOTH
async def test_a_property_is_set_and_deleted(clinked: httpx.AsyncClient, owner: str) -> None:
    """Setting it a second time changes its value."""
    many = f"{owner}/properties"
    made = await clinked.post(many, json={"name": "shade", "value": "oak"})
    await clinked.post(many, json={"name": "shade", "value": "elm"})
    found = (await clinked.get(many, params={"startsWith": "shade"})).json()
    deleted = await clinked.delete(f"{many}/shade")

    assert (made.status_code, made.json()) == (200, {"name": "shade", "value": "oak"})
    assert found == [{"name": "shade", "value": "elm"}]
    assert (deleted.status_code, deleted.content) == (200, b"")
    assert (await clinked.get(many, params={"startsWith": "shade"})).json() == []


@BOTH
async def test_bad_properties_are_refused(clinked: httpx.AsyncClient, owner: str) -> None:
    """A property has a name and a text, and is there before it is deleted."""
    many = f"{owner}/properties"
    bodies: list[object] = [
        {"value": "oak"},
        {"name": "", "value": "oak"},
        {"name": "shade", "value": 7},
        [],
    ]
    refused = [(await clinked.post(many, json=body)).status_code for body in bodies]

    assert refused == [400, 400, 400, 400]
    assert (await clinked.delete(f"{many}/shade")).status_code == 404


async def test_a_removed_group_has_no_properties(clinked: httpx.AsyncClient) -> None:
    """The group is what does not exist."""
    refused = await clinked.get("/v3/groups/119/properties")

    assert (refused.status_code, refused.json()["message"]) == (404, "Group 119 does not exist")
