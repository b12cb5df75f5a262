"""Making, changing, copying and deleting groups."""

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
COMPANY = global_id("CodatCompany", "codat", "c79d6793-46d4-4c7a-9c39-02b38963dc6e")
CODAT_GROUP = global_id("CodatGroup", "codat", "1710cf53-27ac-435a-ba97-c643656412a9")
BIDS = global_id("ClinkedGroup", "clinked", "11", "101")
CONTRACTS = global_id("ClinkedGroup", "clinked", "11", "102")
TIDEWATER = global_id("ClinkedGroup", "clinked", "12", "201")

PATH = "/v3/accounts/11/groups"
SETTINGS = (
    "slug hasMaster hidesMembersFromEachOther hasCommentsDisabled hasEmailCommentsDisabled "
    "hidesMemberDetails"
)
SHOWN = f"... on Group {{ name }} ... on ClinkedGroup {{ {SETTINGS} }}"
AS_NEW = {
    "hasMaster": False,
    "hidesMembersFromEachOther": False,
    "hasCommentsDisabled": False,
    "hasEmailCommentsDisabled": False,
    "hidesMemberDetails": False,
}
FLAGS = {
    "hidesMembersFromEachOther": "blind",
    "hasCommentsDisabled": "disableComments",
    "hasEmailCommentsDisabled": "disableEmailComments",
    "hidesMemberDetails": "hideMemberDetails",
}


def clinked(name: str, id: str | None = None, /, **given: Any) -> Write:
    """Write a mutation of Clinked's groups."""
    return Write(name, "clinked", id, {"clinked": given})


async def test_a_group_made_at_clinked_has_all_that_was_given(graph: Graph) -> None:
    """Names, master and switches arrive under Clinked's names for them."""
    flags = dict.fromkeys(FLAGS, True)
    given = {"accountId": ACCOUNT, "name": "Kestrel", "slug": "kes", "masterId": BIDS, **flags}
    made = await done(graph, clinked("groupCreate", **given), f"group {{ id {SHOWN} }}")

    id = made.pop("id")
    assert made == {"name": "Kestrel", "slug": "kes", "hasMaster": True, **flags}
    body = {"friendlyName": "Kestrel", "name": "kes", "master": 101}
    body |= dict.fromkeys(FLAGS.values(), True)
    assert await sent(graph, "clinked") == [("POST", PATH, {}, body)]
    assert await found(graph, id, SHOWN) == made


async def test_a_group_made_at_clinked_with_the_least_sends_its_name_alone(graph: Graph) -> None:
    """Clinked makes the slug, and the answer tells it."""
    write = clinked("groupCreate", accountId=ACCOUNT, name="Kestrel Mills")
    made = await done(graph, write, f"group {{ {SHOWN} }}")

    assert made == {"name": "Kestrel Mills", "slug": "kestrel_mills", **AS_NEW}
    assert await sent(graph, "clinked") == [("POST", PATH, {}, {"friendlyName": "Kestrel Mills"})]


async def test_a_group_made_at_codat_can_be_read_back(graph: Graph) -> None:
    """It has a name and no company."""
    write = Write("groupCreate", "codat", input={"codat": {"name": "K" * 50}})
    made = await done(graph, write, "group { id name platform }")

    assert made["name"] == "K" * 50
    assert made["platform"] == "CODAT"
    assert await sent(graph, "codat") == [("POST", "/groups", {}, {"name": "K" * 50})]
    again = await found(graph, made["id"], "... on CodatGroup { name companies { nodes { id } } }")
    assert again == {"name": "K" * 50, "companies": {"nodes": []}}


async def test_the_twenty_first_group_at_codat_is_a_conflict(graph: Graph) -> None:
    """A client may have twenty, and says so in its description."""
    write = Write("groupCreate", "codat", input={"codat": {"name": "One more"}})
    for _ in range(16):
        await done(graph, write)

    assert await refused(graph, write) == [("CONFLICT", None, "CODAT")]


@pytest.mark.parametrize(
    ("given", "body", "expected"),
    [
        ({"name": "Tenders"}, {"friendlyName": "Tenders"}, {"name": "Tenders"}),
        ({"slug": "tenders"}, {"name": "tenders"}, {"slug": "tenders"}),
        ({"masterId": CONTRACTS}, {"master": 102}, {"hasMaster": True}),
        *[({field: True}, {name: True}, {field: True}) for field, name in FLAGS.items()],
    ],
)
async def test_a_change_of_a_group_sends_only_what_the_caller_sent(
    graph: Graph, given: dict[str, Any], body: dict[str, Any], expected: dict[str, Any]
) -> None:
    """What is left out stays."""
    changed = await done(graph, clinked("groupUpdate", BIDS, **given), f"group {{ {SHOWN} }}")

    assert changed == {"name": "Bids North", "slug": "bids_north", **AS_NEW, **expected}
    assert await sent(graph, "clinked") == [("PATCH", f"{PATH}/101", {}, body)]
    assert await found(graph, BIDS, SHOWN) == changed


async def test_the_master_of_a_group_can_be_taken_away(graph: Graph) -> None:
    """Null clears it."""
    await done(graph, clinked("groupUpdate", BIDS, masterId=CONTRACTS))
    await graph.forget_calls()
    changed = await done(graph, clinked("groupUpdate", BIDS, masterId=None), f"group {{ {SHOWN} }}")

    assert changed["hasMaster"] is False
    assert await sent(graph, "clinked") == [("PATCH", f"{PATH}/101", {}, {"master": None})]


async def test_a_copy_of_a_group_takes_over_its_settings_under_another_name(graph: Graph) -> None:
    """The group that was copied stays as it was, and the copy has an id of its own."""
    await done(graph, clinked("groupUpdate", BIDS, hidesMemberDetails=True))
    await graph.forget_calls()
    write = clinked("groupDuplicate", BIDS, name="Bids again")
    copy = await done(graph, write, f"group {{ id {SHOWN} }}")

    id = copy.pop("id")
    assert id != BIDS
    settings = {**AS_NEW, "hidesMemberDetails": True}
    assert copy == {"name": "Bids again", "slug": "bids_again", **settings}
    body = {"friendlyName": "Bids again", "copyFrom": 101}
    assert await sent(graph, "clinked") == [("POST", PATH, {}, body)]
    assert await found(graph, id, SHOWN) == copy
    first = await found(graph, BIDS, SHOWN)
    assert first == {"name": "Bids North", "slug": "bids_north", **settings}


async def test_a_group_deleted_at_clinked_is_gone(graph: Graph) -> None:
    """The payload has its id, and the id leads nowhere any more."""
    write = Write("groupDelete", "clinked", BIDS)

    assert await done(graph, write) == BIDS
    assert await sent(graph, "clinked") == [("DELETE", f"{PATH}/101", {}, None)]
    assert await found(graph, BIDS, "id") is None
    assert await refused(graph, write) == [("NOT_FOUND", None, "CLINKED")]


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"codat": {"name": ""}}, ["codat", "name"]),
        ({"codat": {"name": "K" * 51}}, ["codat", "name"]),
        ({"codat": {"name": "K", "connection": "clinked"}}, ["codat", "connection"]),
        ({"clinked": {"name": ""}}, ["clinked", "name"]),
        ({"clinked": {"slug": ""}}, ["clinked", "slug"]),
        ({"clinked": {"slug": None}}, ["clinked", "slug"]),
        ({"clinked": {"hidesMemberDetails": None}}, ["clinked", "hidesMemberDetails"]),
        ({"clinked": {"masterId": "nonsense"}}, ["clinked", "masterId"]),
        ({"clinked": {"masterId": ACCOUNT}}, ["clinked", "masterId"]),
        ({"clinked": {"masterId": CODAT_GROUP}}, ["clinked", "masterId"]),
        (
            {"clinked": {"masterId": global_id("ClinkedGroup", "elsewhere", "11", "102")}},
            ["clinked", "masterId"],
        ),
        ({"clinked": {"accountId": "nonsense"}}, ["clinked", "accountId"]),
        ({"clinked": {"accountId": BIDS}}, ["clinked", "accountId"]),
        ({"clinked": {"accountId": COMPANY}}, ["clinked", "accountId"]),
        (
            {"clinked": {"accountId": global_id("ClinkedAccount", "elsewhere", "11")}},
            ["clinked", "accountId"],
        ),
        (
            {"clinked": {"accountId": global_id("ClinkedAccount", "clinked", "..")}},
            ["clinked", "accountId"],
        ),
    ],
)
async def test_a_group_that_cannot_be_is_refused_before_anything_is_sent(
    graph: Graph, given: dict[str, Any], where: list[str]
) -> None:
    """Names have lengths, and ids are those of an account and a group at Clinked."""
    if "clinked" in given:
        given = {"clinked": {"accountId": ACCOUNT, "name": "Kestrel", **given["clinked"]}}
    told = await refused(graph, Write("groupCreate", "", input=given))

    assert told == [("INVALID", ["input", *where], None)]
    assert await nothing_was_sent(graph)


@pytest.mark.parametrize("name", ["groupUpdate", "groupDuplicate"])
@pytest.mark.parametrize("value", ["", None])
async def test_a_group_cannot_lose_its_name(graph: Graph, name: str, value: str | None) -> None:
    """An empty name, or null, is refused before anything is sent."""
    if (name, value) == ("groupDuplicate", None):
        write = clinked(name, BIDS, name=None)
        answer = await graph.answer(write.document(), **write.variables)

        assert [one["extensions"]["code"] for one in answer["errors"]] == ["BAD_USER_INPUT"]
    else:
        told = await refused(graph, clinked(name, BIDS, name=value))

        assert told == [("INVALID", ["input", "clinked", "name"], None)]
    assert await nothing_was_sent(graph)


@pytest.mark.parametrize(
    ("write", "code"),
    [
        (clinked("groupCreate", accountId=ACCOUNT, name="B", slug="bids_north"), "CONFLICT"),
        (clinked("groupUpdate", BIDS, slug="contracts_north"), "CONFLICT"),
        (
            clinked(
                "groupCreate", accountId=global_id("ClinkedAccount", "clinked", "99"), name="B"
            ),
            "NOT_FOUND",
        ),
        (
            clinked("groupUpdate", global_id("ClinkedGroup", "clinked", "11", "201"), name="New"),
            "NOT_FOUND",
        ),
        (
            clinked("groupDuplicate", global_id("ClinkedGroup", "clinked", "11", "201"), name="B"),
            "INVALID",
        ),
    ],
    ids=["create-taken", "update-taken", "no-account", "no-group", "copy-of-another-account"],
)
async def test_what_clinked_refuses_of_a_group_is_a_user_error(
    graph: Graph, write: Write, code: str
) -> None:
    """Slugs are unique in an account, and ids have to lead somewhere."""
    assert await refused(graph, write) == [(code, None, "CLINKED")]
