"""Sending invitations, changing them, sending them again and taking them back."""

import base64
from typing import Any

import pytest

from tests.graph.conftest import Graph
from tests.graph.mutations.writing import Write, done, found, global_id, refused, sent

ACCOUNT = global_id("ClinkedAccount", "clinked", "11")
BIDS = global_id("ClinkedGroup", "clinked", "11", "101")
CONTRACTS = global_id("ClinkedGroup", "clinked", "11", "102")
# To newcomer01@example.com, with a place in the group 102.
TO_ACCOUNT = global_id("ClinkedInvite", "clinked", "11", "501")
TO_GROUP = global_id("ClinkedGroupInvite", "clinked", "11", "101", "704")
TO_CONNECT = global_id("LeadConduitInvite", "leadconduit", "65f0a11c0de3000000000003")

PATH = "/v3/accounts/11/invites"
GROUP_PATH = "/v3/groups/101/invites"
OWN = "role assignedGroups { role group { id } }"
SHOWN = f"... on Invite {{ email status }} ... on ClinkedInvite {{ {OWN} }}"
IN_GROUP = "... on Invite { email status expiresAt } ... on ClinkedGroupInvite { role }"


def invite(key: str, **given: Any) -> Write:
    """Write an invitation."""
    return Write("inviteCreate", key, input={key: given})


def looked_up(email: str) -> tuple[str, str, dict[str, Any], None]:
    """Give the call that looks for the invitation to an address."""
    return ("GET", PATH, {"name": email, "page": "1", "size": "100"}, None)


async def test_invitations_to_an_account_are_found_though_clinked_answers_nothing(
    graph: Graph,
) -> None:
    """Each is looked up by its address, and its id leads to all that was given."""
    given = {
        "accountId": ACCOUNT,
        "emails": ["kes@example.com", "mills@example.com"],
        "message": "Do come",
        "role": "GROUP_CREATOR",
        "assignedGroups": [{"groupId": BIDS, "role": "BASIC"}],
        "leave": [CONTRACTS],
        "reminds": True,
    }
    made = await done(graph, invite("clinkedAccount", **given), f"invites {{ id {SHOWN} }}")

    assert [one["email"] for one in made] == ["kes@example.com", "mills@example.com"]
    body = {
        "emails": ["kes@example.com", "mills@example.com"],
        "message": "Do come",
        "permission": 4,
        "assignGroups": {"101": 1},
        "removeGroups": [102],
        "reminder": True,
    }
    first, *reads = await sent(graph, "clinked")
    assert first == ("POST", PATH, {}, body)
    assert sorted(reads, key=str) == [looked_up("kes@example.com"), looked_up("mills@example.com")]
    assert await found(graph, made[0]["id"], SHOWN) == {
        "email": "kes@example.com",
        "status": "PENDING",
        "role": "GROUP_CREATOR",
        "assignedGroups": [{"role": "BASIC", "group": {"id": BIDS}}],
    }


async def test_an_invitation_is_told_from_one_to_a_longer_address(graph: Graph) -> None:
    """Clinked finds parts of addresses too, and upper case is no other address."""
    for email in ("ann.kes@example.com", "kes@example.com.example.net"):
        await done(graph, invite("clinkedAccount", accountId=ACCOUNT, emails=[email]))
    write = invite("clinkedAccount", accountId=ACCOUNT, emails=["Kes@Example.com"])
    made = await done(graph, write, "invites { email }")

    assert made == [{"email": "Kes@Example.com"}]


async def test_an_address_given_twice_is_invited_and_told_once(graph: Graph) -> None:
    """One invitation stands in the payload for the two."""
    emails = ["kes@example.com", "kes@example.com"]
    made = await done(graph, invite("clinkedAccount", accountId=ACCOUNT, emails=emails))

    assert len(made) == 1


async def test_invitations_to_a_group_come_with_the_answer(graph: Graph) -> None:
    """The span goes as milliseconds from now, and each address gets an invitation."""
    emails = ["kes@example.com", "mills@example.com"]
    given = {
        "groupId": BIDS,
        "emails": emails,
        "message": "Do come",
        "expiresInSeconds": 3600,
        "role": "MEMBER_MANAGER",
    }
    made = await done(graph, invite("clinkedGroup", **given), f"invites {{ id {IN_GROUP} }}")

    assert [one["email"] for one in made] == emails
    assert {one["role"] for one in made} == {"MEMBER_MANAGER"}
    body = {
        "emails": emails,
        "message": "Do come",
        "expirationTime": 3600000,
        "permission": 8,
    }
    assert await sent(graph, "clinked") == [("POST", GROUP_PATH, {}, body)]
    for one in made:
        assert await found(graph, one.pop("id"), IN_GROUP) == one


async def test_an_invitation_to_a_group_without_a_span_does_not_end(graph: Graph) -> None:
    """What a caller leaves out is left to the platform."""
    write = invite("clinkedGroup", groupId=BIDS, emails=["kes@example.com"])
    (made,) = await done(graph, write, f"invites {{ {IN_GROUP} }}")

    assert made["expiresAt"] is None
    body = {"emails": ["kes@example.com"]}
    assert await sent(graph, "clinked") == [("POST", GROUP_PATH, {}, body)]


@pytest.mark.parametrize(
    ("direction", "wire", "kind", "key"),
    [
        ("SOURCE", "src", "KondadoSourceType", 101),
        ("DESTINATION", "dest", "KondadoDestinationType", 201),
    ],
)
async def test_an_invitation_by_kondado_comes_with_its_link(
    graph: Graph, direction: str, wire: str, kind: str, key: int
) -> None:
    """The credentials stay in the query, and the id does not hold the link."""
    write = invite(
        "kondado",
        accountId=123456789,
        email="kes@example.com",
        connectorTypeId=global_id(kind, "kondado", str(key)),
        direction=direction,
        name="Shop",
    )
    selection = "invites { id platformId status email ... on KondadoInvite { link } }"
    (made,) = await done(graph, write, selection)

    secret = made["link"].removeprefix("https://app.kondado.example/collection_guest/")
    assert secret
    padded = made["id"] + "=" * (-len(made["id"]) % 4)
    assert secret not in base64.urlsafe_b64decode(padded).decode() + made["platformId"]
    assert made["status"] == "UNKNOWN"
    body = {
        "client_id": 123456789,
        "recipient_email": "kes@example.com",
        "parent_collection_id": key,
        "parent_collection_direction": wire,
        "assigned_collection_name": "Shop",
    }
    assert await sent(graph, "kondado") == [("POST", "/collection_guests", {}, body)]


async def test_an_invitation_by_kondado_cannot_be_read_back(graph: Graph) -> None:
    """Its id is good for nothing but telling it apart, and the error says so."""
    id = global_id("KondadoInvite", "kondado", "0123456789abcdef01234567")
    answer = await graph.answer("query($id: ID!) { node(id: $id) { id } }", id=id)

    assert answer["data"] == {"node": None}
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["NOT_SUPPORTED"]


@pytest.mark.parametrize(
    ("role", "path", "source", "recipient"),
    [
        ("SOURCE", "/invitations/source", "SELLER", None),
        ("RECIPIENT", "/invitations/recipient", None, "BUYER"),
    ],
)
async def test_an_invitation_by_leadconduit_stands_for_a_pending_entity(
    graph: Graph, role: str, path: str, source: str | None, recipient: str | None
) -> None:
    """The role chooses the endpoint and stays out of the body."""
    entity = "entity { ... on LeadConduitEntity { source recipient isPending description } }"
    shown = f"... on Invite {{ status }} ... on LeadConduitInvite {{ name {entity} }}"
    write = invite("leadconduit", role=role, email="kes@example.com", description="Do come")
    (made,) = await done(graph, write, f"invites {{ id {shown} }}")

    id = made.pop("id")
    assert made["status"] == "PENDING"
    assert made["entity"] == {
        "source": source,
        "recipient": recipient,
        "isPending": True,
        "description": "Do come",
    }
    body = {"email": "kes@example.com", "description": "Do come"}
    assert await sent(graph, "leadconduit") == [("POST", path, {}, body)]
    assert await found(graph, id, shown) == made


async def test_who_is_invited_by_leadconduit_already_keeps_the_invitation(graph: Graph) -> None:
    """The second answer has the same id as the first."""
    write = invite("leadconduit", role="SOURCE", email="amira.stone@example.com")
    (made,) = await done(graph, write)

    assert made["id"] == global_id("LeadConduitInvite", "leadconduit", "65f0a11c0de3000000000001")


@pytest.mark.parametrize(
    ("given", "body", "expected"),
    [
        ({"role": "MEMBER_MANAGER"}, {"permission": 8}, {"role": "MEMBER_MANAGER"}),
        ({"message": "Do come"}, {"message": "Do come"}, {}),
        ({"message": None}, {"message": None}, {}),
        (
            {"assignedGroups": [{"groupId": BIDS, "role": "GROUP_CREATOR"}]},
            {"groups": {"101": 4}},
            {"assignedGroups": [{"role": "GROUP_CREATOR", "group": {"id": BIDS}}]},
        ),
        ({"assignedGroups": []}, {"groups": {}}, {"assignedGroups": []}),
    ],
)
async def test_a_change_of_an_invitation_sends_only_what_the_caller_sent(
    graph: Graph, given: dict[str, Any], body: dict[str, Any], expected: dict[str, Any]
) -> None:
    """What is left out stays, and null clears."""
    write = Write("inviteUpdate", "clinked", TO_ACCOUNT, {"clinkedAccount": given})
    changed = await done(graph, write, f"invite {{ {SHOWN} }}")

    before = {
        "email": "newcomer01@example.com",
        "status": "PENDING",
        "role": "BASIC",
        "assignedGroups": [{"role": "BASIC", "group": {"id": CONTRACTS}}],
    }
    assert changed == {**before, **expected}
    assert await sent(graph, "clinked") == [("PATCH", f"{PATH}/501", {}, body)]
    assert await found(graph, TO_ACCOUNT, SHOWN) == changed


async def test_the_role_of_an_invitation_to_a_group_can_be_changed(graph: Graph) -> None:
    """It is all that Clinked changes of one."""
    write = Write("inviteUpdate", "clinked", TO_GROUP, {"clinkedGroup": {"role": "ADMINISTRATOR"}})
    changed = await done(graph, write, f"invite {{ {IN_GROUP} }}")

    assert changed["email"] == "guest04@example.com"
    assert changed["role"] == "ADMINISTRATOR"
    assert await sent(graph, "clinked") == [("PATCH", f"{GROUP_PATH}/704", {}, {"permission": 16})]
    assert await found(graph, TO_GROUP, IN_GROUP) == changed


async def test_an_invitation_by_clinked_is_sent_again_as_it_is(graph: Graph) -> None:
    """Nothing of it changes."""
    before = await found(graph, TO_ACCOUNT, SHOWN)
    await graph.forget_calls()
    again = await done(graph, Write("inviteResend", "clinked", TO_ACCOUNT), f"invite {{ {SHOWN} }}")

    assert again == before
    assert await sent(graph, "clinked") == [("PATCH", f"{PATH}/501", {}, {"resend": True})]


async def test_an_invitation_by_leadconduit_that_has_ended_is_open_again(graph: Graph) -> None:
    """Sending it again gives it a new end."""
    shown = "... on Invite { status expiresAt }"
    before = await found(graph, TO_CONNECT, shown)
    await graph.forget_calls()
    write = Write("inviteResend", "leadconduit", TO_CONNECT)
    again = await done(graph, write, f"invite {{ {shown} }}")

    assert before is not None
    assert (before["status"], again["status"]) == ("EXPIRED", "PENDING")
    assert again["expiresAt"] > before["expiresAt"]
    path = "/invitations/65f0a11c0de3000000000003/resend"
    assert await sent(graph, "leadconduit") == [("PUT", path, {}, None)]
    assert await found(graph, TO_CONNECT, shown) == again


@pytest.mark.parametrize(
    ("id", "path"), [(TO_ACCOUNT, f"{PATH}/501"), (TO_GROUP, f"{GROUP_PATH}/704")]
)
async def test_an_invitation_taken_back_is_gone(graph: Graph, id: str, path: str) -> None:
    """The payload has its id, and the id leads nowhere any more."""
    write = Write("inviteDelete", "clinked", id)

    assert await done(graph, write) == id
    assert await sent(graph, "clinked") == [("DELETE", path, {}, None)]
    assert await found(graph, id, "id") is None
    assert await refused(graph, write) == [("NOT_FOUND", None, "CLINKED")]
