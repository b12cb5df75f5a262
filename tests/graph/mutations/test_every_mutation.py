"""The rules that every mutation keeps, on every platform."""

from dataclasses import replace
from typing import Any

import pytest

from tests.graph.conftest import Graph
from tests.graph.mutations.writing import (
    Write,
    global_id,
    nothing_was_sent,
    refused,
    sent,
    sign_in,
    tells_no_secret,
)

COMPANY = global_id("CodatCompany", "codat", "c79d6793-46d4-4c7a-9c39-02b38963dc6e")
CODAT_GROUP = global_id("CodatGroup", "codat", "1710cf53-27ac-435a-ba97-c643656412a9")
CONDUIT = global_id("ConduitCompany", "conduit-north", "tyr")
ACCOUNT = global_id("ClinkedAccount", "clinked", "11")
GROUP = global_id("ClinkedGroup", "clinked", "11", "101")
MEMBER = global_id("ClinkedMember", "clinked", "11", "celia.ashdown")
GROUP_MEMBER = global_id("ClinkedGroupMember", "clinked", "11", "101", "1006")
INVITE = global_id("ClinkedInvite", "clinked", "11", "501")
GROUP_INVITE = global_id("ClinkedGroupInvite", "clinked", "11", "101", "704")
KONDADO_INVITE = global_id("KondadoInvite", "kondado", "0123456789abcdef01234567")
LEAD_INVITE = global_id("LeadConduitInvite", "leadconduit", "65f0a11c0de3000000000001")
ENTITY = global_id("LeadConduitEntity", "leadconduit", "65f0a11c0de1000000000001")

MEMBERSHIP = {"codat": {"companyId": COMPANY, "groupId": CODAT_GROUP}}
TO_KONDADO = {
    "accountId": 7,
    "email": "new@example.com",
    "connectorTypeId": global_id("KondadoSourceType", "kondado", "101"),
    "direction": "SOURCE",
    "name": "Shop",
}
MAKING = [
    Write("companyCreate", "codat", input={"codat": {"name": "Kestrel Mills"}}),
    Write(
        "companyCreate", "conduit", input={"conduit": {"connection": "conduit-south", "id": "K"}}
    ),
    Write("groupCreate", "clinked", input={"clinked": {"accountId": ACCOUNT, "name": "Kestrel"}}),
    Write("groupCreate", "codat", input={"codat": {"name": "Kestrel"}}),
    Write("groupCompanyAdd", "codat", input=MEMBERSHIP),
    Write("groupCompanyRemove", "codat", input=MEMBERSHIP),
    Write(
        "memberCreate",
        "clinked",
        input={"clinked": {"accountId": ACCOUNT, "username": "kes", "email": "kes@example.com"}},
    ),
    Write(
        "inviteCreate",
        "clinked",
        input={"clinkedAccount": {"accountId": ACCOUNT, "emails": ["new@example.com"]}},
    ),
    Write(
        "inviteCreate",
        "clinked",
        input={"clinkedGroup": {"groupId": GROUP, "emails": ["new@example.com"]}},
    ),
    Write("inviteCreate", "kondado", input={"kondado": TO_KONDADO}),
    Write(
        "inviteCreate",
        "leadconduit",
        input={"leadconduit": {"role": "SOURCE", "email": "new@example.com"}},
    ),
    Write("entityCreate", "leadconduit", input={"leadconduit": {"name": "K", "moduleIds": []}}),
]
CHANGING = [
    Write("companyUpdate", "codat", COMPANY, {"codat": {"name": "Bexwell"}}),
    Write("companyUpdate", "conduit", CONDUIT, {"conduit": {"name": "Tyr"}}),
    Write("companyUpdate", "clinked", ACCOUNT, {"clinked": {"name": "Larkspur"}}),
    Write("groupUpdate", "clinked", GROUP, {"clinked": {"name": "Bids"}}),
    Write("groupDuplicate", "clinked", GROUP, {"clinked": {"name": "Bids again"}}),
    Write("memberUpdate", "clinked", MEMBER, {"clinked": {"role": "BASIC"}}),
    Write("memberGroupsUpdate", "clinked", MEMBER, {"clinked": {"leave": [GROUP]}}),
    Write("groupMemberUpdate", "clinked", GROUP_MEMBER, {"clinked": {"role": "BASIC"}}),
    Write("inviteUpdate", "clinked", INVITE, {"clinkedAccount": {"role": "BASIC"}}),
    Write("inviteUpdate", "clinked", GROUP_INVITE, {"clinkedGroup": {"role": "BASIC"}}),
    Write("inviteResend", "clinked", INVITE),
    Write("inviteResend", "leadconduit", LEAD_INVITE),
    Write("entityUpdate", "leadconduit", ENTITY, {"leadconduit": {"name": "Alder"}}),
]
DELETING = [
    Write("companyDelete", "codat", COMPANY),
    Write("groupDelete", "clinked", GROUP),
    Write("memberDelete", "clinked", MEMBER),
    Write("groupMemberRemove", "clinked", GROUP_MEMBER),
    Write("inviteDelete", "clinked", INVITE),
    Write("inviteDelete", "clinked", GROUP_INVITE),
    Write("entityDelete", "leadconduit", ENTITY),
]
UNABLE = [
    Write("companyDelete", "", ACCOUNT),
    Write("companyDelete", "", CONDUIT),
    Write("groupUpdate", "", CODAT_GROUP, {"clinked": {"name": "Bids"}}),
    Write("groupDuplicate", "", CODAT_GROUP, {"clinked": {"name": "Bids"}}),
    Write("groupDelete", "", CODAT_GROUP),
    Write("memberUpdate", "", GROUP_MEMBER, {"clinked": {"role": "BASIC"}}),
    Write("memberGroupsUpdate", "", GROUP_MEMBER, {"clinked": {"leave": [GROUP]}}),
    Write("memberDelete", "", GROUP_MEMBER),
    Write("groupMemberUpdate", "", MEMBER, {"clinked": {"role": "BASIC"}}),
    Write("groupMemberRemove", "", MEMBER),
    Write("inviteUpdate", "", LEAD_INVITE, {"clinkedAccount": {"role": "BASIC"}}),
    Write("inviteUpdate", "", KONDADO_INVITE, {"clinkedAccount": {"role": "BASIC"}}),
    Write("inviteResend", "", KONDADO_INVITE),
    Write("inviteResend", "", GROUP_INVITE),
    Write("inviteResend", "", ENTITY),
    Write("inviteDelete", "", KONDADO_INVITE),
    Write("inviteDelete", "", LEAD_INVITE),
    Write("entityUpdate", "", LEAD_INVITE, {"leadconduit": {"name": "Alder"}}),
    Write("entityDelete", "", LEAD_INVITE),
    *[replace(write, id=LEAD_INVITE) for write in CHANGING if write.name.startswith("company")],
]
FORGED = [
    "bm90LWFuLWlk",
    "",
    "not base64!",
    global_id("Nothing", "clinked", "11"),
    global_id("ClinkedMember", "clinked", "11"),
    global_id("ClinkedMember", "elsewhere", "11", "celia.ashdown"),
]


@pytest.mark.parametrize("id", FORGED)
@pytest.mark.parametrize("write", [*CHANGING, *DELETING], ids=str)
async def test_an_id_that_the_gateway_never_wrote_is_refused_before_anything_is_sent(
    graph: Graph, write: Write, id: str
) -> None:
    """Nothing can be changed by guessing."""
    told = await refused(graph, replace(write, id=id))

    assert told == [("INVALID", ["id"], None)]
    assert await nothing_was_sent(graph)


@pytest.mark.parametrize("key", ["", ".", "..", "a\nb"])
@pytest.mark.parametrize("name", ["memberDelete", "memberUpdate"])
async def test_an_id_that_leads_out_of_its_path_is_refused_before_anything_is_sent(
    graph: Graph, name: str, key: str
) -> None:
    """A forged key cannot turn the change of one thing into that of another."""
    input = {"clinked": {"role": "BASIC"}} if name == "memberUpdate" else None
    id = global_id("ClinkedMember", "clinked", "11", key)
    told = await refused(graph, Write(name, "clinked", id, input))

    assert told == [("INVALID", ["id"], None)]
    assert await nothing_was_sent(graph)


@pytest.mark.parametrize("write", UNABLE, ids=str)
async def test_what_a_platform_cannot_do_is_said_before_anything_is_sent(
    graph: Graph, write: Write
) -> None:
    """The kind of the id decides, and the message names the mutation as callers know it."""
    payload = (await graph.data(write.document(), **write.variables))[write.name]

    (error,) = payload["userErrors"]
    assert error["code"] == "NOT_SUPPORTED"
    assert error["field"] == ["id"]
    assert write.name in error["message"]
    assert await nothing_was_sent(graph)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "INVALID"),
        (402, "LIMIT_REACHED"),
        (403, "FORBIDDEN"),
        (404, "NOT_FOUND"),
        (409, "CONFLICT"),
        (410, "NOT_FOUND"),
        (422, "INVALID"),
        (451, "REFUSED"),
    ],
)
@pytest.mark.parametrize("write", [*MAKING, *CHANGING, *DELETING], ids=str)
async def test_a_refusal_is_a_user_error_that_shows_nothing_of_the_platforms_answer(
    graph: Graph, write: Write, status: int, code: str
) -> None:
    """Its code comes from the status alone, and the call is made once."""
    await sign_in(graph, write.platform)
    await graph.fault(write.platform, status=status)
    answer = await graph.answer(write.document(), **write.variables)

    assert "errors" not in answer
    payload = answer["data"][write.name]
    (error,) = payload.pop("userErrors")
    assert not any(payload.values())
    assert (error["code"], error["field"]) == (code, None)
    assert error["platform"] == write.platform.upper()
    assert tells_no_secret(graph, answer)
    assert len(await sent(graph, write.platform)) == 1


async def down(graph: Graph, write: Write, code: str, **faults: object) -> None:
    """Check what a mutation answers while its platform is down."""
    await sign_in(graph, write.platform)
    await graph.fault(write.platform, **faults)
    answer = await graph.answer(write.document(), **write.variables)

    assert answer["data"] == {write.name: None}
    (error,) = answer["errors"]
    assert error["path"] == [write.name]
    assert error["extensions"]["code"] == code
    assert error["extensions"]["platform"] == write.platform.upper()
    assert tells_no_secret(graph, answer)


@pytest.mark.parametrize(
    ("faults", "code"),
    [
        ({"status": 500}, "UPSTREAM_UNAVAILABLE"),
        ({"status": 429, "headers": {"Retry-After": "77"}}, "UPSTREAM_RATE_LIMITED"),
        ({"status": 401}, "UPSTREAM_UNAUTHORIZED"),
    ],
)
@pytest.mark.parametrize("write", [*MAKING, *CHANGING, *DELETING], ids=str)
async def test_a_platform_that_is_down_nulls_the_mutation_and_is_tried_once(
    graph: Graph, write: Write, faults: dict[str, Any], code: str
) -> None:
    """The error is one of the whole field, with its code and platform.

    What is read for a change may be read once more; what changes something is sent once at most.
    """
    await down(graph, write, code, **faults)

    methods = [call[0] for call in await sent(graph, write.platform)]
    assert methods in (["GET"], ["GET", "GET"], ["POST"], ["PUT"], ["PATCH"], ["DELETE"])


@pytest.mark.parametrize("write", [w for w in CHANGING if w.input], ids=str)
async def test_a_change_of_nothing_is_refused_before_anything_is_sent(
    graph: Graph, write: Write
) -> None:
    """Rather than a call that changes when the thing was last changed."""
    (key,) = write.input or {}
    nothing = replace(write, input={key: {}})
    answer = await graph.answer(nothing.document(), **nothing.variables)

    required = "errors" in answer
    if not required:
        (error,) = answer["data"][write.name]["userErrors"]
        assert (error["code"], error["field"]) == ("INVALID", ["input", key])
    assert await nothing_was_sent(graph)


# Their answers are empty, so the gateway reads what they made by a call of its own.
READING_BACK = {"groupCompanyRemove-codat", "inviteCreate-clinkedAccount"}
# What they leave as it is has to be sent again.
READING_FIRST = {
    "companyUpdate-ConduitCompany-conduit",
    "entityUpdate-LeadConduitEntity-leadconduit",
}


@pytest.mark.parametrize(
    "write", [w for w in [*MAKING, *CHANGING] if str(w) in READING_BACK], ids=str
)
async def test_what_cannot_be_read_back_is_left_out_and_no_error(
    graph: Graph, write: Write
) -> None:
    """The write is done, and an error would make callers repeat it."""
    await sign_in(graph, write.platform)
    await graph.fault(write.platform, body='{"stand-in-secret-marker": [')
    answer = await graph.answer(write.document(), **write.variables)

    assert "errors" not in answer
    payload = answer["data"][write.name]
    assert not any(payload.values())
    assert len(await sent(graph, write.platform)) == 2
    assert tells_no_secret(graph, answer)


@pytest.mark.parametrize(
    "write",
    [w for w in [*MAKING, *CHANGING] if str(w) not in READING_BACK | READING_FIRST],
    ids=str,
)
async def test_an_answer_that_cannot_be_read_is_no_error_and_not_quoted(
    graph: Graph, write: Write
) -> None:
    """The platform said yes to something; at Kondado alone that is not in the status."""
    await sign_in(graph, write.platform)
    await graph.fault(write.platform, body='{"stand-in-secret-marker": [')
    answer = await graph.answer(write.document("outcome " + write.result), **write.variables)

    assert "errors" not in answer
    payload = answer["data"][write.name]
    outcome = "UNKNOWN" if write.platform == "kondado" else "CONFIRMED"
    assert payload.pop("outcome") == outcome
    assert not any(payload.values())
    assert tells_no_secret(graph, answer)


@pytest.mark.parametrize("write", [w for w in CHANGING if str(w) in READING_FIRST], ids=str)
async def test_what_has_to_be_read_first_and_cannot_is_not_changed(
    graph: Graph, write: Write
) -> None:
    """Nothing is written over what is not known."""
    await down(graph, write, "UPSTREAM_MALFORMED", body='{"stand-in-secret-marker": [')

    assert {method for method, *_ in await sent(graph, write.platform)} == {"GET"}


async def test_other_mutations_of_a_document_keep_their_results(graph: Graph) -> None:
    """What was done on one platform is told although another is down."""
    await graph.fault("codat", status=503)
    document = (
        "mutation($codat: ID!, $conduit: ID!) {"
        ' first: companyUpdate(id: $conduit, input: {conduit: {name: "One"}}) { company { name } }'
        " second: companyDelete(id: $codat) { deletedId }"
        ' third: companyUpdate(id: $conduit, input: {conduit: {name: "Two"}}) { company { name } }'
        " }"
    )
    answer = await graph.answer(document, codat=COMPANY, conduit=CONDUIT)

    assert answer["data"] == {
        "first": {"company": {"name": "One"}},
        "second": None,
        "third": {"company": {"name": "Two"}},
    }
    assert [error["path"] for error in answer["errors"]] == [["second"]]
