"""Clinked's stand-in: the branding, the components and the export of groups."""

import httpx
import pytest

pytestmark = pytest.mark.anyio

BRANDING = {
    "headerColor",
    "textColor",
    "logo",
    "background",
    "alignment",
    "backgroundPositionX",
    "backgroundPositionY",
    "hideBackgroundGradient",
    "hideLogoBackground",
    "hideGroupName",
}
GROUP = "/v3/accounts/11/groups/101"
EXPORT = "/v3/groups/101/export"


async def test_a_group_shows_the_branding_that_it_is_given(clinked: httpx.AsyncClient) -> None:
    """A file makes its picture be there, and a null brings back what a new group has."""
    body = {"headerColor": "#123abc", "alignment": "center", "backgroundPositionX": 10}
    path = "/v3/groups/101/branding"
    made = (await clinked.post(path, json=body | {"logoFile": 77, "backgroundFile": None})).json()
    shown = (await clinked.get(GROUP)).json()["branding"]
    cleared = (await clinked.post(path, json={"headerColor": None, "hideGroupName": True})).json()

    assert set(made) == BRANDING
    assert shown == made
    assert {name: made[name] for name in body} == body
    assert (made["logo"], made["background"]) == (True, False)
    assert cleared == made | {"headerColor": "#f4f1ea", "hideGroupName": True}


@pytest.mark.parametrize(
    "body",
    [{"headerColor": "red"}, {"logo": "yes"}, {"backgroundPositionY": "top"}, {"alignment": 1}],
)
async def test_a_bad_branding_is_refused(
    clinked: httpx.AsyncClient, body: dict[str, object]
) -> None:
    """The group looks as before."""
    before = (await clinked.get(GROUP)).json()
    refused = await clinked.post("/v3/groups/101/branding", json=body)

    assert refused.status_code == 400
    assert (await clinked.get(GROUP)).json() == before


async def test_components_are_described_in_their_order(clinked: httpx.AsyncClient) -> None:
    """A group of an account that may have fewer shows fewer."""
    full = (await clinked.get("/v3/accounts/11/groups/103/components")).json()
    fewer = (await clinked.get("/v3/accounts/12/groups/201/components")).json()
    mixed = await clinked.get("/v3/accounts/12/groups/101/components")

    assert [(one["name"], one["beta"]) for one in full] == [
        ("files", False),
        ("discussions", True),
        ("tasks", False),
    ]
    assert set(full[0]) == {"name", "beta", "title", "description", "iconName"}
    assert [one["name"] for one in fewer] == ["files", "tasks"]
    assert mixed.status_code == 404


async def test_an_export_is_taken_without_a_word(clinked: httpx.AsyncClient) -> None:
    """Only parts that exist can be exported, and only of a group that exists."""
    body = {"components": ["pages", "files", "discussions", "tasks", "events"]}
    taken = await clinked.post(EXPORT, json=body)
    calls = (await clinked.get("/__calls")).json()
    refused = [
        (await clinked.post(EXPORT, json={"components": given})).status_code
        for given in ([], ["chat"], "files")
    ]

    assert (taken.status_code, taken.content) == (200, b"")
    assert calls[-1]["body"] == body
    assert refused == [400, 400, 400]
    assert (await clinked.post("/v3/groups/119/export", json=body)).status_code == 404
