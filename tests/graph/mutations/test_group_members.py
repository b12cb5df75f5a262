"""Changing and ending the memberships of groups."""

from typing import Any

import pytest

from tests.graph.conftest import Graph
from tests.graph.mutations.writing import (
    Write,
    done,
    found,
    global_id,
    nothing_was_sent,
    refused,
    sent,
)

FELIX = global_id("ClinkedGroupMember", "clinked", "11", "101", "1006")
IN_ACCOUNT = global_id("ClinkedMember", "clinked", "11", "felix.ashdown")
PATH = "/v3/groups/101/members/1006"
SHOWN = "... on Member { name role } ... on ClinkedGroupMember { expiresAt }"


def update(**given: Any) -> Write:
    """Write a change of the membership."""
    return Write("groupMemberUpdate", "clinked", FELIX, {"clinked": given})


@pytest.mark.parametrize(
    ("given", "body", "expected"),
    [
        ({"role": "GROUP_CREATOR"}, {"permission": 4}, {"role": "GROUP_CREATOR"}),
        (
            {"expiresAt": "2027-01-31T10:30:00+01:00"},
            {"expirationDate": 1801387800000},
            {"expiresAt": "2027-01-31T09:30:00Z"},
        ),
        (
            {"role": "BASIC", "expiresAt": None},
            {"permission": 1, "expirationDate": None},
            {"expiresAt": None},
        ),
    ],
)
async def test_a_change_of_a_membership_sends_only_what_the_caller_sent(
    graph: Graph, given: dict[str, Any], body: dict[str, Any], expected: dict[str, Any]
) -> None:
    """Roles go as numbers, moments as milliseconds, and null clears."""
    changed = await done(graph, update(**given), f"member {{ {SHOWN} }}")

    assert changed == {"name": "Felix Ashdown", "role": "BASIC", "expiresAt": None, **expected}
    assert await sent(graph, "clinked") == [("PATCH", PATH, {}, body)]
    assert await found(graph, FELIX, SHOWN) == changed


@pytest.mark.parametrize("millis", ["001", "057", "123", "999"])
async def test_the_end_of_a_membership_is_kept_to_the_millisecond(
    graph: Graph, millis: str
) -> None:
    """No rounding moves it on its way to Clinked and back."""
    at = f"2027-01-31T09:30:00.{millis}Z"
    changed = await done(graph, update(expiresAt=at), f"member {{ {SHOWN} }}")

    body = {"expirationDate": 1801387800000 + int(millis)}
    assert await sent(graph, "clinked") == [("PATCH", PATH, {}, body)]
    assert changed["expiresAt"] in {at, at.replace("Z", "000Z")}


async def test_an_end_can_be_taken_away(graph: Graph) -> None:
    """Null means never."""
    await done(graph, update(expiresAt="2027-01-31T09:30:00Z"))
    changed = await done(graph, update(expiresAt=None), f"member {{ {SHOWN} }}")

    assert changed["expiresAt"] is None
    assert await found(graph, FELIX, SHOWN) == changed


async def test_a_person_taken_out_of_a_group_stays_in_the_account(graph: Graph) -> None:
    """The membership is gone, and the person is not."""
    write = Write("groupMemberRemove", "clinked", FELIX)

    assert await done(graph, write) == FELIX
    assert await sent(graph, "clinked") == [("DELETE", PATH, {}, None)]
    assert await found(graph, FELIX, "id") is None
    assert await found(graph, IN_ACCOUNT, "id") == {"id": IN_ACCOUNT}
    assert await refused(graph, write) == [("NOT_FOUND", None, "CLINKED")]


@pytest.mark.parametrize("value", ["OTHER", None])
async def test_a_role_that_cannot_be_given_is_refused_before_anything_is_sent(
    graph: Graph, value: str | None
) -> None:
    """OTHER is for reading alone, and nobody is without a role."""
    told = await refused(graph, update(role=value))

    assert told == [("INVALID", ["input", "clinked", "role"], None)]
    assert await nothing_was_sent(graph)


@pytest.mark.parametrize("value", ["tomorrow", "2027-13-01T00:00:00Z", 1801387800000])
async def test_a_moment_that_is_none_is_an_error_of_the_document(
    graph: Graph, value: object
) -> None:
    """A scalar that cannot be read never reaches the mutation."""
    write = update(expiresAt=value)
    answer = await graph.answer(write.document(), **write.variables)

    assert [error["extensions"]["code"] for error in answer["errors"]] == ["BAD_USER_INPUT"]
    assert await nothing_was_sent(graph)


@pytest.mark.parametrize("keys", [("101", "9999"), ("999", "1006")])
async def test_who_is_not_in_a_group_is_not_found(graph: Graph, keys: tuple[str, str]) -> None:
    """Neither the group nor the person has to exist."""
    id = global_id("ClinkedGroupMember", "clinked", "11", *keys)
    write = Write("groupMemberUpdate", "clinked", id, {"clinked": {"role": "BASIC"}})

    assert await refused(graph, write) == [("NOT_FOUND", None, "CLINKED")]
