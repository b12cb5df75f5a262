"""Clinked's stand-in: an account's passwords, second factor, profile fields and storage."""

import httpx
import pytest

pytestmark = pytest.mark.anyio

ACCOUNT = "/v3/accounts/11"
STRENGTH = f"{ACCOUNT}/password-strength"
FIELDS = f"{ACCOUNT}/profile-fields"
TWO_FACTOR = f"{ACCOUNT}/two-factor-authentication-enforce"
STORAGE = f"{ACCOUNT}/storage"


async def test_what_passwords_need_is_changed_piece_by_piece(clinked: httpx.AsyncClient) -> None:
    """What is not sent stays as it is, and another account's passwords too."""
    before = (await clinked.get(STRENGTH)).json()
    changed = (await clinked.post(STRENGTH, json={"size": 12, "special": True})).json()
    other = (await clinked.get("/v3/accounts/12/password-strength")).json()

    assert before == {"size": 8, "uppercase": True, "digits": True, "special": False}
    assert changed == {"size": 12, "uppercase": True, "digits": True, "special": True}
    assert (await clinked.get(STRENGTH)).json() == changed
    assert other["size"] == 14


async def test_profile_fields_are_replaced_together(clinked: httpx.AsyncClient) -> None:
    """Those not sent again are gone, and the rest come in their order."""
    before = (await clinked.get(FIELDS)).json()
    sent = [{"name": "Tie", "order": 7}, {"name": "Hat", "order": 3}]
    posted = await clinked.post(FIELDS, json=sent)

    assert [one["order"] for one in before] == [0, 1, 2]
    assert (posted.status_code, posted.content) == (200, b"")
    assert (await clinked.get(FIELDS)).json() == sent[::-1]


async def test_the_second_factor_is_a_bare_boolean(clinked: httpx.AsyncClient) -> None:
    """It goes in without an object around it, and comes out with one."""
    before = (await clinked.get(TWO_FACTOR)).json()
    posted = await clinked.post(TWO_FACTOR, json=True)

    assert before == {"status": False}
    assert (posted.status_code, posted.content) == (200, b"")
    assert (await clinked.get(TWO_FACTOR)).json() == {"status": True}


async def test_files_move_to_a_region_that_is_available(clinked: httpx.AsyncClient) -> None:
    """An account that may not choose has neither a region nor others to go to."""
    moved = (await clinked.post(STORAGE, json={"region": "US-WEST-1"})).json()
    none = (await clinked.get("/v3/accounts/13/storage")).json()

    assert moved == {
        "enabled": True,
        "region": "US-WEST-1",
        "availableRegions": ["EU-WEST-1", "US-WEST-1", "AP-SOUTH-1"],
    }
    assert (await clinked.get(STORAGE)).json() == moved
    assert none == {"enabled": False, "region": None, "availableRegions": []}


BAD_SETTINGS: list[tuple[str, object]] = [
    (STRENGTH, {"size": 0}),
    (STRENGTH, {"digits": "yes"}),
    (FIELDS, {"name": "Tie"}),
    (FIELDS, [{"order": 1}]),
    (TWO_FACTOR, {"status": True}),
    (TWO_FACTOR, "true"),
    (STORAGE, {"region": "MOON-1"}),
]


@pytest.mark.parametrize(("path", "body"), BAD_SETTINGS)
async def test_a_bad_setting_is_refused(
    clinked: httpx.AsyncClient, path: str, body: object
) -> None:
    """Nothing is changed by it."""
    before = (await clinked.get(path)).json()

    assert (await clinked.post(path, json=body)).status_code == 400
    assert (await clinked.get(path)).json() == before
    assert (await clinked.post(path.replace("11", "99"), json=body)).status_code == 404
