"""Making, changing and deleting the members of accounts."""

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

ACCOUNT = global_id("ClinkedAccount", "clinked", "11")
BIDS = global_id("ClinkedGroup", "clinked", "11", "101")
CONTRACTS = global_id("ClinkedGroup", "clinked", "11", "102")
OTHERS = global_id("ClinkedGroup", "clinked", "12", "201")
CODAT_GROUP = global_id("CodatGroup", "codat", "1710cf53-27ac-435a-ba97-c643656412a9")
ELSEWHERE = global_id("ClinkedGroup", "elsewhere", "11", "101")
# Number 1006, who is a member of the group 101 too.
FELIX = global_id("ClinkedMember", "clinked", "11", "felix.ashdown")

PATH = "/v3/accounts/11/members"
OWN = "username memberTags user { isEnabled isLocked telephone realName }"
SHOWN = f"... on Member {{ name email role }} ... on ClinkedMember {{ {OWN} }}"
NEW = {"accountId": ACCOUNT, "username": "kes", "email": "kes@example.com"}


def clinked(name: str, id: str | None = None, /, **given: Any) -> Write:
    """Write a mutation of Clinked's members."""
    return Write(name, "clinked", id, {"clinked": given})


def in_group(group: str, number: str) -> str:
    """Give the id of a person's place in a group of the first account."""
    return global_id("ClinkedGroupMember", "clinked", "11", group, number)


async def test_a_member_made_has_all_that_was_given(graph: Graph) -> None:
    """Roles go as numbers and groups as a map, and the password is nowhere in the answer."""
    given = {
        **NEW,
        "name": "Kes Mills",
        "phone": "+44 20 7946 0001",
        "password": "a long one",
        "role": "GROUP_CREATOR",
        "newGroupsRole": "BASIC",
        "isEnabled": False,
        "assignedGroups": [
            {"groupId": BIDS, "role": "BASIC"},
            {"groupId": CONTRACTS, "role": "ADMINISTRATOR"},
        ],
        "memberTags": ["office"],
        "realName": "Kestrel Mills",
    }
    selection = f"member {{ id platformId {SHOWN} }}"
    made = await done(graph, clinked("memberCreate", **given), selection)

    id, number = made.pop("id"), made.pop("platformId")
    assert made == {
        "name": "Kes Mills",
        "email": "kes@example.com",
        "role": "GROUP_CREATOR",
        "username": "kes",
        "memberTags": [],
        "user": {
            "isEnabled": False,
            "isLocked": False,
            "telephone": "+44 20 7946 0001",
            "realName": "Kestrel Mills",
        },
    }
    body = {
        "username": "kes",
        "email": "kes@example.com",
        "name": "Kes Mills",
        "phone": "+44 20 7946 0001",
        "password": "***",
        "permission": 4,
        "assignToNewGroupsPermission": 1,
        "enabled": False,
        "assignGroups": {"101": 1, "102": 16},
        "tags": ["office"],
        "realName": "Kestrel Mills",
    }
    assert await sent(graph, "clinked") == [("POST", PATH, {}, body)]
    assert await found(graph, id, SHOWN) == {**made, "memberTags": ["office"]}
    role = "... on Member { role }"
    assert await found(graph, in_group("102", number), role) == {"role": "ADMINISTRATOR"}


async def test_a_member_made_with_the_least_sends_the_least(graph: Graph) -> None:
    """A user name and an e-mail address are enough."""
    await done(graph, clinked("memberCreate", **NEW))

    body = {"username": "kes", "email": "kes@example.com"}
    assert await sent(graph, "clinked") == [("POST", PATH, {}, body)]


async def test_a_user_name_like_an_address_leads_back_to_its_member(graph: Graph) -> None:
    """What a path cannot hold as it is goes encoded."""
    write = clinked("memberCreate", **{**NEW, "username": "kes mills+1@example.com"})
    made = await done(graph, write, "member { id }")
    await graph.forget_calls()

    assert await done(graph, Write("memberDelete", "clinked", made["id"])) == made["id"]
    path = f"{PATH}/kes%20mills%2B1@example.com"
    assert await sent(graph, "clinked") == [("DELETE", path, {}, None)]


@pytest.mark.parametrize(
    ("given", "body", "expected"),
    [
        ({"role": "MEMBER_MANAGER"}, {"permission": 8}, {"role": "MEMBER_MANAGER"}),
        ({"memberTags": ["a", "b"]}, {"tags": ["a", "b"]}, {"memberTags": ["a", "b"]}),
        ({"memberTags": None}, {"tags": []}, {"memberTags": []}),
        ({"memberTags": []}, {"tags": []}, {"memberTags": []}),
        ({"isEnabled": False}, {"enabled": False}, {"isEnabled": False}),
        ({"isLocked": True}, {"lock": True}, {"isLocked": True}),
        ({"password": "a new one"}, {"password": "***"}, {}),
        ({"notifies": False}, {"assignmentNotification": False}, {}),
        (
            {"activation": {"message": "Hi", "sendsAt": "2027-01-31T09:30:00.123Z"}},
            {"activation": {"message": "Hi", "date": 1801387800123}},
            {},
        ),
        ({"activation": {}}, {"activation": {}}, {}),
    ],
)
async def test_a_change_of_a_member_sends_only_what_the_caller_sent(
    graph: Graph, given: dict[str, Any], body: dict[str, Any], expected: dict[str, Any]
) -> None:
    """Roles go as numbers, moments as milliseconds, and null clears."""
    await done(graph, clinked("memberUpdate", FELIX, memberTags=["board"]))
    await graph.forget_calls()
    write = clinked("memberUpdate", FELIX, **given)
    changed = await done(graph, write, f"member {{ {SHOWN} }}")

    assert await sent(graph, "clinked") == [("PATCH", f"{PATH}/felix.ashdown", {}, body)]
    state = {**changed, **changed["user"]}
    before = {
        "role": "MEMBER_MANAGER",
        "memberTags": ["board"],
        "isEnabled": True,
        "isLocked": False,
    }
    assert {name: state[name] for name in before} == {**before, **expected}
    assert await found(graph, FELIX, SHOWN) == changed


async def test_a_member_joins_and_leaves_groups_in_one_call(graph: Graph) -> None:
    """Groups to join go as a map, groups to leave as a list."""
    join = [{"groupId": CONTRACTS, "role": "GROUP_CREATOR"}]
    write = clinked("memberGroupsUpdate", FELIX, join=join, leave=[BIDS], notifies=True)
    changed = await done(graph, write, f"member {{ id {SHOWN} }}")

    assert changed["id"] == FELIX
    body = {"assignGroups": {"102": 4}, "removeGroups": [101], "assignmentNotification": True}
    assert await sent(graph, "clinked") == [("PATCH", f"{PATH}/felix.ashdown", {}, body)]
    assert await found(graph, in_group("101", "1006"), "id") is None
    role = "... on Member { role }"
    assert await found(graph, in_group("102", "1006"), role) == {"role": "GROUP_CREATOR"}


async def test_a_member_deleted_is_gone_from_the_account_and_its_groups(graph: Graph) -> None:
    """The payload has the id, and the id leads nowhere any more."""
    write = Write("memberDelete", "clinked", FELIX)

    assert await done(graph, write) == FELIX
    assert await sent(graph, "clinked") == [("DELETE", f"{PATH}/felix.ashdown", {}, None)]
    assert await found(graph, FELIX, "id") is None
    assert await found(graph, in_group("101", "1006"), "id") is None
    assert await refused(graph, write) == [("NOT_FOUND", None, "CLINKED")]


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"username": ""}, ["username"]),
        ({"username": ".."}, ["username"]),
        ({"username": "felix\n"}, ["username"]),
        ({"email": ""}, ["email"]),
        ({"role": "OTHER"}, ["role"]),
        ({"newGroupsRole": "OTHER"}, ["newGroupsRole"]),
        ({"role": None}, ["role"]),
        ({"memberTags": None}, ["memberTags"]),
        ({"assignedGroups": [{"groupId": BIDS, "role": "OTHER"}]}, ["assignedGroups", "0", "role"]),
        (
            {"assignedGroups": [{"groupId": "nonsense", "role": "BASIC"}]},
            ["assignedGroups", "0", "groupId"],
        ),
        (
            {"assignedGroups": [{"groupId": CODAT_GROUP, "role": "BASIC"}]},
            ["assignedGroups", "0", "groupId"],
        ),
        (
            {"assignedGroups": [{"groupId": ELSEWHERE, "role": "BASIC"}]},
            ["assignedGroups", "0", "groupId"],
        ),
        ({"accountId": "nonsense"}, ["accountId"]),
        ({"accountId": CODAT_GROUP}, ["accountId"]),
        ({"accountId": global_id("CodatCompany", "codat", "x")}, ["accountId"]),
        ({"accountId": global_id("ClinkedAccount", "elsewhere", "11")}, ["accountId"]),
    ],
)
async def test_a_member_that_cannot_be_is_refused_before_anything_is_sent(
    graph: Graph, given: dict[str, Any], where: list[str]
) -> None:
    """Roles are known ones, and ids are those of an account and of groups at Clinked."""
    told = await refused(graph, clinked("memberCreate", **{**NEW, **given}))

    assert told == [("INVALID", ["input", "clinked", *where], None)]
    assert await nothing_was_sent(graph)


@pytest.mark.parametrize(
    ("name", "given", "where"),
    [
        ("memberUpdate", {"role": "OTHER"}, ["role"]),
        ("memberUpdate", {"role": None}, ["role"]),
        ("memberUpdate", {"password": None}, ["password"]),
        ("memberUpdate", {"activation": {"sendsAt": None}}, ["activation", "sendsAt"]),
        ("memberGroupsUpdate", {"leave": [FELIX]}, ["leave", "0"]),
        ("memberGroupsUpdate", {"leave": [BIDS, "nonsense"]}, ["leave", "1"]),
        ("memberGroupsUpdate", {"leave": [ELSEWHERE]}, ["leave", "0"]),
        (
            "memberGroupsUpdate",
            {"join": [{"groupId": FELIX, "role": "BASIC"}]},
            ["join", "0", "groupId"],
        ),
        (
            "memberGroupsUpdate",
            {"join": [{"groupId": BIDS, "role": "OTHER"}]},
            ["join", "0", "role"],
        ),
        ("memberGroupsUpdate", {"join": [{"groupId": BIDS, "role": "BASIC"}] * 2}, ["join"]),
        ("memberGroupsUpdate", {"leave": [OTHERS]}, ["leave", "0"]),
        (
            "memberGroupsUpdate",
            {"join": [{"groupId": OTHERS, "role": "BASIC"}]},
            ["join", "0", "groupId"],
        ),
    ],
)
async def test_a_change_that_cannot_be_is_refused_before_anything_is_sent(
    graph: Graph, name: str, given: dict[str, Any], where: list[str]
) -> None:
    """The error points at the value, in lists by its place."""
    told = await refused(graph, clinked(name, FELIX, **given))

    assert told == [("INVALID", ["input", "clinked", *where], None)]
    assert await nothing_was_sent(graph)


@pytest.mark.parametrize(
    ("write", "code"),
    [
        (clinked("memberCreate", **{**NEW, "username": "felix.ashdown"}), "CONFLICT"),
        (
            clinked(
                "memberUpdate",
                global_id("ClinkedMember", "clinked", "11", "nobody"),
                isEnabled=True,
            ),
            "NOT_FOUND",
        ),
    ],
    ids=["name-taken", "nobody"],
)
async def test_what_clinked_refuses_of_a_member_is_a_user_error(
    graph: Graph, write: Write, code: str
) -> None:
    """User names are unique at Clinked, and somebody may be gone by now."""
    assert await refused(graph, write) == [(code, None, "CLINKED")]
