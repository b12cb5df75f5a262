"""LeadConduit's stand-in: entities, their history, invitations and connections."""

from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio

BODY: dict[str, Any] = {
    "name": "Verdant Loans",
    "module_ids": ["leadconduit-sample.outbound.standard"],
    "source": None,
    "recipient": "buyer",
    "description": "Takes leads",
    "website": "https://verdant.example.com",
    "field_suffix": "verd",
}
ALWAYS = {
    "id",
    "name",
    "standard",
    "account",
    "pending",
    "deprecated",
    "field_suffix",
    "invitation_id",
    "flow_ids",
    "logo_url",
    "module_ids",
    "source",
    "recipient",
    "trustedform_certified_vendor",
    "invitation_expires_at",
    "expired",
    "created_at",
    "updated_at",
}
CONNECTION = {
    "id",
    "connected_account",
    "external_id",
    "invitation_id",
    "relationship_type",
    "created_at",
    "updated_at",
    "created_by",
}
SOMETIMES = {"description", "connected", "connected_account_id", "see", "time_zone", "website"}


async def entities(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    """List the entities."""
    found: list[dict[str, Any]] = (await client.get("/entities")).json()
    return found


async def test_the_list_has_entities_of_every_kind(leadconduit: httpx.AsyncClient) -> None:
    """Between them the seed's entities show every field there is."""
    found = await entities(leadconduit)

    assert len(found) == 25
    assert set[str]().union(*found) == ALWAYS | SOMETIMES
    assert sum(one["standard"] for one in found) == 8
    assert sum(one["pending"] for one in found) == 6
    assert sum(one["expired"] for one in found) == 2


async def test_an_entity_lives_from_post_to_delete(leadconduit: httpx.AsyncClient) -> None:
    """A put replaces: what it leaves out is cleared; a delete answers what was deleted."""
    made = await leadconduit.post("/entities", json=BODY)
    path = f"/entities/{made.json()['id']}"
    short = {name: BODY[name] for name in ("module_ids", "source", "recipient")}
    put = (await leadconduit.put(path, json=short | {"name": "Verdant", "pending": True})).json()
    deleted = await leadconduit.delete(path)

    assert made.status_code == 201
    assert set(made.json()) >= ALWAYS
    assert (put["name"], put["pending"], put["field_suffix"]) == ("Verdant", False, None)
    assert "website" not in put
    assert (deleted.status_code, deleted.json()) == (200, put)
    assert (await leadconduit.get(path)).status_code == 404


async def test_changes_are_kept_as_history(leadconduit: httpx.AsyncClient) -> None:
    """The latest change comes first and tells what changed."""
    made = (await leadconduit.post("/entities", json=BODY)).json()
    path = f"/entities/{made['id']}"
    await leadconduit.put(path, json=BODY | {"name": "Verdant"})
    latest, first = (await leadconduit.get(f"{path}/changelogs")).json()
    renamed = next(one for one in latest["changes"] if one["target"] == "name")

    assert (latest["action"], first["action"]) == ("update", "create")
    assert renamed["previous"] == {"value": "Verdant Loans"}
    assert renamed["current"] == {"value": "Verdant"}
    assert "api_key" in latest["user"]


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"source": "web"},
        {"recipient": 1},
        {"module_ids": "one"},
        {"field_suffix": "x"},
        {"invitation_id": "123"},
        {"deprecated": "no"},
        {"colour": "red"},
    ],
)
async def test_a_bad_entity_is_refused(
    leadconduit: httpx.AsyncClient, change: dict[str, object]
) -> None:
    """A bad value or an unknown field gets 422 with an error."""
    refused = await leadconduit.post("/entities", json=BODY | change)

    assert refused.status_code == 422
    assert next(iter(change)) in refused.json()["error"]


@pytest.mark.parametrize("name", ["name", "module_ids", "source", "recipient"])
async def test_required_fields_are_required(leadconduit: httpx.AsyncClient, name: str) -> None:
    """Each of the four must be there, even if it is null."""
    body = {key: value for key, value in BODY.items() if key != name}

    assert (await leadconduit.post("/entities", json=body)).status_code == 422


async def test_standard_entities_stay_as_they_are(leadconduit: httpx.AsyncClient) -> None:
    """They can neither be changed nor deleted, and nobody is told to have made them."""
    standard = next(one for one in await entities(leadconduit) if one["standard"])
    path = f"/entities/{standard['id']}"
    history = (await leadconduit.get(f"{path}/changelogs")).json()

    assert [(one["action"], "user" in one) for one in history] == [("create", False)]
    assert (await leadconduit.put(path, json=BODY)).status_code == 403
    assert (await leadconduit.delete(path)).status_code == 403


async def test_an_invitation_makes_a_pending_entity_once(leadconduit: httpx.AsyncClient) -> None:
    """The second invitation of an address answers the entity of the first."""
    body = {"email": "new@example.com"}
    first = await leadconduit.post("/invitations/recipient", json=body)
    second = await leadconduit.post("/invitations/source", json=body)
    entity = first.json()["entity"]

    assert (first.status_code, second.status_code) == (201, 200)
    assert (entity["pending"], entity["recipient"], entity["source"]) == (True, "buyer", None)
    assert second.json()["entity"] == entity
    assert entity in await entities(leadconduit)


async def test_resending_renews_an_invitation(leadconduit: httpx.AsyncClient) -> None:
    """An expired invitation is good again; what is not pending cannot be resent."""
    found = await entities(leadconduit)
    expired = next(one for one in found if one["expired"])
    resent = (await leadconduit.put(f"/invitations/{expired['id']}/resend")).json()["entity"]
    refused = await leadconduit.put(f"/invitations/{found[1]['id']}/resend")

    assert (resent["id"], resent["expired"]) == (expired["id"], False)
    assert resent["invitation_expires_at"] > expired["invitation_expires_at"]
    assert refused.status_code == 400


async def test_a_connection_is_found_by_any_of_its_ids(leadconduit: httpx.AsyncClient) -> None:
    """By its own, by that of the sign-on, or by that of the invitation that made it."""
    own, entity = (one for one in await entities(leadconduit) if "connected" in one)
    found = (await leadconduit.get(f"/connections/{entity['invitation_id']}")).json()
    again = [
        (await leadconduit.get(f"/connections/{found[name]}")).json()
        for name in ("id", "external_id")
    ]

    assert set(found) == CONNECTION
    assert set(found["connected_account"]) == {"id", "sso_id", "name"}
    assert found["connected_account"]["id"] == entity["connected_account_id"]
    assert found["relationship_type"] == entity["connected"]
    assert again == [found, found]
    assert own["invitation_id"] is None
    assert (await leadconduit.get(f"/connections/{own['id']}")).status_code == 404


async def test_a_bad_invitation_is_refused(leadconduit: httpx.AsyncClient) -> None:
    """An invitation without a good address gets 400."""
    assert (await leadconduit.post("/invitations/source", json={})).status_code == 400


async def test_the_user_name_does_not_matter_but_the_key_does(
    leadconduit: httpx.AsyncClient, described: dict[str, dict[str, Any]]
) -> None:
    """Any user with the key gets in, and nobody with another."""
    key = described["leadconduit"]["credentials"]["api_key"]
    good = await leadconduit.get("/entities", auth=("x", key))
    bad = await leadconduit.get("/entities", auth=("API", "wrong"))
    ugly = await leadconduit.get("/entities", auth=None, headers={"Authorization": "Basic ???"})

    assert [one.status_code for one in (good, bad, ugly)] == [200, 401, 401]
    assert bad.json() == {"error": "authentication failed"}
