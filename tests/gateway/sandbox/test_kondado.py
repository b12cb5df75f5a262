"""Kondado's stand-in: a catalogue and invitations, with 200 for everything."""

import httpx
import pytest

pytestmark = pytest.mark.anyio

GUEST = {
    "client_id": "4711",
    "recipient_email": "guest@example.com",
    "parent_collection_id": 130,
    "parent_collection_direction": "src",
    "assigned_collection_name": "Our forms",
}
KIND = {
    "id",
    "createdAt",
    "updatedAt",
    "parent_collection_name",
    "parent_collection_image",
    "_links",
}


async def test_the_catalogue_has_sources_and_destinations(kondado: httpx.AsyncClient) -> None:
    """Both lists have the same shape."""
    sources = (await kondado.get("/parent_collections/src")).json()
    destinations = (await kondado.get("/parent_collections/dest")).json()

    assert (len(sources["data"]), len(destinations["data"])) == (12, 5)
    assert all(set(one) == KIND for one in [*sources["data"], *destinations["data"]])


async def test_a_source_type_lists_its_pipelines(kondado: httpx.AsyncClient) -> None:
    """The pipelines come inside the source type, which comes inside a list."""
    path = "/parent_collections/src/101/parent_pipelines"
    (source,) = (await kondado.get(path)).json()["data"]
    missing = await kondado.get("/parent_collections/src/1/parent_pipelines")

    assert set(source) == {"id", "parent_collection_name", "parent_pipelines"}
    assert set(source["parent_pipelines"][0]) == {
        "id",
        "createdAt",
        "updatedAt",
        "parent_pipeline_name",
        "is_billable",
    }
    assert (missing.status_code, missing.json()["error"]) == (200, "NOT_FOUND")


async def test_an_invitation_answers_a_link_wrapped_twice(kondado: httpx.AsyncClient) -> None:
    """Each invitation has a link of its own."""
    first = (await kondado.post("/collection_guests", json=GUEST)).json()
    second = (await kondado.post("/collection_guests", json=GUEST)).json()

    assert first["success"] is first["data"]["success"] is True
    assert first["data"]["data"]["link"] != second["data"]["data"]["link"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("client_id", None),
        ("client_id", "47x"),
        ("recipient_email", "nobody"),
        ("parent_collection_id", "x"),
        ("parent_collection_id", True),
        ("parent_collection_id", 999),
        ("parent_collection_direction", "both"),
        ("assigned_collection_name", ""),
    ],
)
async def test_a_bad_invitation_fails_with_200(
    kondado: httpx.AsyncClient, name: str, value: object
) -> None:
    """The status says nothing; success, error and message do."""
    refused = await kondado.post("/collection_guests", json=GUEST | {name: value})

    assert refused.status_code == 200
    assert refused.json()["success"] is False
    assert set(refused.json()) == {"success", "error", "message"}


async def test_wrong_credentials_fail_with_200(kondado: httpx.AsyncClient) -> None:
    """Half of the access token is not enough."""
    refused = await kondado.get("/parent_collections/src", params={"token": "wrong"})

    assert (refused.status_code, refused.json()["error"]) == (200, "UNAUTHORIZED")


async def test_an_unknown_path_is_not_found(kondado: httpx.AsyncClient) -> None:
    """There is nothing to list invitations with."""
    assert (await kondado.get("/elsewhere")).status_code == 404
