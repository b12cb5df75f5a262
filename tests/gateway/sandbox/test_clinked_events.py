"""Clinked's stand-in: the events of an account and of a user."""

import httpx
import pytest

pytestmark = pytest.mark.anyio

EVENTS = "/v3/events"
EVENT = {
    *("id", "contextKey", "sharing", "memberPermission", "name", "friendlyName", "startDate"),
    *("endDate", "allDay", "location", "tags", "dateReminder", "recurrence"),
    *("dateEndRecurrence", "description", "disableMaybe", "author", "lastModified", "color"),
    "group",
}


async def ids(client: httpx.AsyncClient, **wanted: str) -> list[int]:
    """List the ids of the events that filters find."""
    return [one["id"] for one in (await client.get(EVENTS, params=wanted)).json()]


async def test_events_come_in_a_bare_array(clinked: httpx.AsyncClient) -> None:
    """Their dates are texts with a zone, of minutes, seconds or thousandths."""
    found = (await clinked.get(EVENTS, params={"account": 11})).json()
    client, site, *_ = found

    assert [one["id"] for one in found] == [6501, 6502, 6503, 6504, 6505]
    assert all(set(one) == EVENT for one in found)
    assert set(client["author"]) == {"id", "name", "username", "logo", "jobTitle", "lastModified"}
    assert client["group"] == {"id": 101, "name": "bids_north", "friendlyName": "Bids North"}
    assert client["startDate"] == "2025-03-07T14:00Z[UTC]"
    assert client["dateEndRecurrence"] == "2025-12-31T07:25:13.169Z[UTC]"
    assert site["endDate"] == "2025-03-20T11:45:30Z[UTC]"


async def test_events_of_a_user_are_found_in_all_accounts(clinked: httpx.AsyncClient) -> None:
    """They are those that the user made."""
    assert await ids(clinked, user="bruno.ashdown") == [6504, 6602]
    assert await ids(clinked, user="celia.ashdown") == []
    assert await ids(clinked, account="12") == [6601, 6602]


BOUNDS: list[tuple[dict[str, str], list[int]]] = [
    ({"dateStart": "2025-03-20", "dateEnd": "2025-04-05"}, [6501, 6502, 6503]),
    ({"dateStart": "2026-01-01"}, [6504]),
    ({"dateEnd": "2025-03-19"}, [6501]),
    ({"dateEnd": "2025-03-06"}, []),
]


@pytest.mark.parametrize(("wanted", "found"), BOUNDS)
async def test_events_are_bounded_by_days(
    clinked: httpx.AsyncClient, wanted: dict[str, str], found: list[int]
) -> None:
    """One that recurs is there for as long as it does."""
    assert await ids(clinked, account="11", **wanted) == found


async def test_events_of_a_removed_group_are_gone(clinked: httpx.AsyncClient) -> None:
    """Those of the other groups stay."""
    await clinked.delete("/v3/accounts/11/groups/101")

    assert await ids(clinked, account="11") == [6503, 6504]


BAD_LISTS: list[tuple[dict[str, str], int]] = [
    ({}, 400),
    ({"account": "99"}, 404),
    ({"user": "nobody"}, 404),
    ({"account": "11", "dateStart": "20250301"}, 400),
    ({"user": "ada.ashdown", "dateEnd": "2025-03-31T10:00Z"}, 400),
]


@pytest.mark.parametrize(("wanted", "status"), BAD_LISTS)
async def test_a_bad_list_of_events_is_refused(
    clinked: httpx.AsyncClient, wanted: dict[str, str], status: int
) -> None:
    """An account or a user must be named, and a bound be a day and nothing else."""
    assert (await clinked.get(EVENTS, params=wanted)).status_code == status
