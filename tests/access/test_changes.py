"""What a caller may change, and what comes of its keys when its scopes are not what they were."""

from typing import Any

import pytest

from tests.access.conftest import Door
from tests.access.test_matrix import refusals
from tests.graph.lists import global_id

GUEST = global_id("ClinkedGuest", "clinked", "11", "801")
CREATE = """mutation($key: String!) {
    companyCreate(input: { codat: { name: "Twice" } }, idempotencyKey: $key) {
        outcome company { name }
    }
}"""
UPDATE = """mutation($id: ID!, $input: ClinkedGuestUpdateInput!, $key: String) {
    clinkedGuestUpdate(id: $id, input: $input, idempotencyKey: $key) {
        outcome userErrors { message } guest { name }
    }
}"""
PASSWORD: dict[str, Any] = {"id": GUEST, "input": {"name": "Ann", "password": "correct horse"}}
NAME: dict[str, Any] = {"id": GUEST, "input": {"name": "Ann"}}


def changes(door: Door) -> list[tuple[str, str, str]]:
    """Tell the writes that stand-ins received."""
    return [call for call in door.calls() if call[1] != "GET"]


async def test_who_may_only_write_is_told_what_became_of_it_and_not_shown_the_thing(
    door: Door,
) -> None:
    """The mutation is done, and one field of the payload is refused."""
    answer = await door.ask("write", UPDATE, NAME)

    payload = answer["data"]["clinkedGuestUpdate"]
    assert payload == {"outcome": "CONFIRMED", "userErrors": [], "guest": None}
    assert refusals(answer) == [("clinkedGuestUpdate", "guest")]
    # More than one where the token had to be renewed.
    assert set(changes(door)) == {("CLINKED", "PATCH", "/v3/accounts/11/guests/801")}


async def test_a_value_for_administrators_is_refused_before_anything_is_sent(door: Door) -> None:
    """All the rest of the input is not done without it."""
    refused = await door.ask("read write", UPDATE, PASSWORD)
    called = door.calls()
    done = await door.ask("read write admin", UPDATE, PASSWORD)

    assert refused["data"] == {"clinkedGuestUpdate": None}
    assert refusals(refused) == [("clinkedGuestUpdate",)]
    assert "`password`" in refused["errors"][0]["message"]
    assert called == []
    assert done["data"]["clinkedGuestUpdate"]["outcome"] == "CONFIRMED"


async def test_a_key_of_one_caller_is_not_anothers(door: Door) -> None:
    """Two callers who hit upon the same key both get what they asked for."""
    for name in ("ann", "bob", "ann"):
        answer = await door.ask("read write", CREATE, {"key": "monday"}, name=name)
        assert answer["data"]["companyCreate"]["outcome"] == "CONFIRMED"

    assert len(changes(door)) == 2


@pytest.mark.parametrize("scopes", ["read", "read admin", "read write platform:clinked", ""])
async def test_a_key_opens_nothing_to_a_caller_that_has_lost_its_scope(
    door: Door, scopes: str
) -> None:
    """What was answered before is not answered again."""
    asked = {"key": f"before {scopes}"}
    first = await door.ask("read write", CREATE, asked)
    door.forget_calls()
    again = await door.ask(scopes, CREATE, asked)

    assert first["data"]["companyCreate"]["company"] == {"name": "Twice"}
    assert again["data"] == {"companyCreate": None}
    assert refusals(again) == [("companyCreate",)]
    assert door.calls() == []
    assert (await door.ask("read write", CREATE, asked))["data"] == first["data"]
    assert changes(door) == []


async def test_a_key_shows_no_thing_to_a_caller_that_may_no_longer_read(door: Door) -> None:
    """It still tells what became of it, without doing it again."""
    asked = {"key": "no longer read"}
    await door.ask("read write", CREATE, asked)
    door.forget_calls()
    again = await door.ask("write", CREATE, asked)

    assert again["data"] == {"companyCreate": {"outcome": "CONFIRMED", "company": None}}
    assert refusals(again) == [("companyCreate", "company")]
    assert changes(door) == []


async def test_a_key_opens_no_value_to_a_caller_that_is_no_longer_administrator(door: Door) -> None:
    """Though it is the same mutation with the same arguments."""
    asked: dict[str, Any] = {**PASSWORD, "key": "no longer administrator"}
    await door.ask("read write admin", UPDATE, asked)
    door.forget_calls()
    again = await door.ask("read write", UPDATE, asked)

    assert again["data"] == {"clinkedGuestUpdate": None}
    assert door.calls() == []


async def test_a_refused_mutation_takes_no_key(door: Door) -> None:
    """Once the caller has the scope, the key is as good as new."""
    asked = {"key": "refused at first"}
    refused = await door.ask("read", CREATE, asked)
    narrowed = await door.ask("read write platform:clinked", CREATE, asked)
    done = await door.ask("read write", CREATE, asked)

    assert refused["data"] == narrowed["data"] == {"companyCreate": None}
    assert done["data"]["companyCreate"]["outcome"] == "CONFIRMED"
    assert len(changes(door)) == 1
