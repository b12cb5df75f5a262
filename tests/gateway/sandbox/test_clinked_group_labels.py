"""Clinked's stand-in: the labels of groups."""

import httpx
import pytest

pytestmark = pytest.mark.anyio

LABELS = "/v3/groups/101/labels"


async def test_labels_come_in_a_bare_array(clinked: httpx.AsyncClient) -> None:
    """Each has an id, a name and its place."""
    assert (await clinked.get(LABELS)).json() == [{"id": 41, "name": "On site", "order": 0}]
    assert (await clinked.get("/v3/groups/102/labels")).json() == []
    assert (await clinked.get("/v3/groups/119/labels")).status_code == 404


async def test_labels_are_attached_in_their_places(clinked: httpx.AsyncClient) -> None:
    """A label without a place comes after the others, and a group is found by its new label."""
    body = {"items": [{"label": 43, "order": None}, {"label": 42, "order": 5}]}
    answer = (await clinked.post(LABELS, json=body)).json()
    listed = (await clinked.get(LABELS)).json()
    found = await clinked.get("/v3/accounts/11/groups", params={"label": 43})

    assert answer["failures"] == []
    assert [(one["id"], one["order"]) for one in answer["attached"]] == [(43, 1), (42, 5)]
    assert [one["id"] for one in listed] == [41, 43, 42]
    assert [one["id"] for one in found.json()["items"]] == [101]
    assert found.json()["items"][0]["labels"] == listed


async def test_labels_of_other_accounts_are_failures(clinked: httpx.AsyncClient) -> None:
    """They are told beside those that were attached."""
    body = {"items": [{"label": 51, "order": 2}, {"label": 42}]}
    answer = (await clinked.post(LABELS, json=body)).json()

    assert [one["id"] for one in answer["attached"]] == [42]
    assert answer["failures"] == [{"id": 51, "name": None, "order": 2}]


async def test_labels_are_taken_off(clinked: httpx.AsyncClient) -> None:
    """One by its id, or all at once."""
    await clinked.post(LABELS, json={"items": [{"label": 42}, {"label": 43}]})
    one = await clinked.delete(f"{LABELS}/42")
    left = (await clinked.get(LABELS)).json()
    every = await clinked.delete(LABELS)

    assert (one.status_code, one.content) == (every.status_code, every.content) == (200, b"")
    assert [one["id"] for one in left] == [41, 43]
    assert (await clinked.get(LABELS)).json() == []
    assert (await clinked.delete(f"{LABELS}/42")).status_code == 404


@pytest.mark.parametrize("body", [{}, {"items": [{"order": 1}]}, {"items": [{"label": "41"}]}])
async def test_a_label_must_be_named(clinked: httpx.AsyncClient, body: dict[str, object]) -> None:
    """Nothing is attached by a body that names no label."""
    assert (await clinked.post(LABELS, json=body)).status_code == 400
