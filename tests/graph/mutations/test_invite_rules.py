"""What is refused when invitations are sent and changed."""

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

ACCOUNT = global_id("ClinkedAccount", "clinked", "11")
BIDS = global_id("ClinkedGroup", "clinked", "11", "101")
ELSEWHERE = global_id("ClinkedGroup", "elsewhere", "11", "101")
CODAT_COMPANY = global_id("CodatCompany", "codat", "c79d6793-46d4-4c7a-9c39-02b38963dc6e")
CODAT_GROUP = global_id("CodatGroup", "codat", "1710cf53-27ac-435a-ba97-c643656412a9")
TO_ACCOUNT = global_id("ClinkedInvite", "clinked", "11", "501")
TO_GROUP = global_id("ClinkedGroupInvite", "clinked", "11", "101", "704")

BRIGHT_LEDGER = global_id("KondadoSourceType", "kondado", "101")
OAKBASE = global_id("KondadoDestinationType", "kondado", "205")
NOWHERE = global_id("KondadoSourceType", "kondado", "999")

EMAILS = ["kes@example.com"]
GOOD = {
    "clinkedAccount": {"accountId": ACCOUNT, "emails": EMAILS},
    "clinkedGroup": {"groupId": BIDS, "emails": EMAILS},
    "kondado": {
        "accountId": 1,
        "email": "kes@example.com",
        "connectorTypeId": BRIGHT_LEDGER,
        "direction": "SOURCE",
        "name": "Shop",
    },
    "leadconduit": {"role": "SOURCE", "email": "kes@example.com"},
}


def invite(key: str, **given: Any) -> Write:
    """Write an invitation that would do but for what is given."""
    return Write("inviteCreate", key, input={key: {**GOOD[key], **given}})


@pytest.mark.parametrize(
    ("key", "field", "value", "where"),
    [
        ("clinkedAccount", "emails", [], []),
        ("clinkedAccount", "emails", ["kes@example.com"] * 101, []),
        ("clinkedAccount", "role", "OTHER", []),
        ("clinkedAccount", "role", None, []),
        ("clinkedAccount", "message", None, []),
        ("clinkedAccount", "assignedGroups", [{"groupId": BIDS, "role": "OTHER"}], ["0", "role"]),
        (
            "clinkedAccount",
            "assignedGroups",
            [{"groupId": ACCOUNT, "role": "BASIC"}],
            ["0", "groupId"],
        ),
        (
            "clinkedAccount",
            "assignedGroups",
            [{"groupId": ELSEWHERE, "role": "BASIC"}],
            ["0", "groupId"],
        ),
        ("clinkedAccount", "leave", [BIDS, CODAT_GROUP], ["1"]),
        ("clinkedAccount", "leave", [ELSEWHERE], ["0"]),
        ("clinkedAccount", "accountId", "nonsense", []),
        ("clinkedAccount", "accountId", BIDS, []),
        ("clinkedAccount", "accountId", CODAT_COMPANY, []),
        ("clinkedGroup", "emails", [], []),
        ("clinkedGroup", "emails", ["kes@example.com"] * 101, []),
        ("clinkedGroup", "role", "OTHER", []),
        ("clinkedGroup", "expiresInSeconds", 0, []),
        ("clinkedGroup", "expiresInSeconds", -1, []),
        ("clinkedGroup", "expiresInSeconds", None, []),
        ("clinkedGroup", "groupId", "nonsense", []),
        ("clinkedGroup", "groupId", ACCOUNT, []),
        ("clinkedGroup", "groupId", CODAT_GROUP, []),
        ("clinkedGroup", "groupId", ELSEWHERE, []),
        ("kondado", "accountId", 0, []),
        ("kondado", "connectorTypeId", "101", []),
        ("kondado", "connectorTypeId", BIDS, []),
        ("kondado", "connectorTypeId", OAKBASE, []),
        ("kondado", "connectorTypeId", global_id("KondadoSourceType", "kondado", "abc"), []),
        ("kondado", "connectorTypeId", global_id("KondadoSourceType", "kondado", "-1"), []),
        ("kondado", "connectorTypeId", global_id("KondadoSourceType", "kondado", "\u0661"), []),
        ("kondado", "connectorTypeId", global_id("KondadoSourceType", "kondado", "9" * 5000), []),
        ("clinkedAccount", "leave", [global_id("ClinkedGroup", "clinked", "11", "abc")], ["0"]),
        (
            "kondado",
            "connectorTypeId",
            global_id("KondadoSourceType", "elsewhere", "101"),
            [],
        ),
        ("kondado", "email", "", []),
        ("kondado", "name", "", []),
        ("leadconduit", "email", "", []),
        ("leadconduit", "description", None, []),
        ("leadconduit", "connection", "nowhere", []),
    ],
)
async def test_an_invitation_that_cannot_be_is_refused_before_anything_is_sent(
    graph: Graph, key: str, field: str, value: object, where: list[str]
) -> None:
    """A wrong invitation is an e-mail that nobody can take back."""
    told = await refused(graph, invite(key, **{field: value}))

    assert told == [("INVALID", ["input", key, field, *where], None)]
    assert await nothing_was_sent(graph)


@pytest.mark.parametrize(
    ("id", "key", "given", "where"),
    [
        (TO_ACCOUNT, "clinkedAccount", {"role": "OTHER"}, ["role"]),
        (TO_ACCOUNT, "clinkedAccount", {"role": None}, ["role"]),
        (TO_ACCOUNT, "clinkedAccount", {"assignedGroups": None}, ["assignedGroups"]),
        (
            TO_ACCOUNT,
            "clinkedAccount",
            {"assignedGroups": [{"groupId": ELSEWHERE, "role": "BASIC"}]},
            ["assignedGroups", "0", "groupId"],
        ),
        (TO_GROUP, "clinkedGroup", {"role": "OTHER"}, ["role"]),
        (TO_GROUP, "clinkedAccount", {"role": "BASIC"}, []),
        (TO_ACCOUNT, "clinkedGroup", {"role": "BASIC"}, []),
    ],
)
async def test_a_change_that_cannot_be_is_refused_before_anything_is_sent(
    graph: Graph, id: str, key: str, given: dict[str, Any], where: list[str]
) -> None:
    """An invitation to a group takes no input for one to an account."""
    told = await refused(graph, Write("inviteUpdate", "", id, {key: given}))

    assert told == [("INVALID", ["input", key, *where], None)]
    assert await nothing_was_sent(graph)


@pytest.mark.parametrize(
    ("write", "code", "platform"),
    [
        (invite("clinkedAccount", emails=["nonsense"]), "INVALID", "CLINKED"),
        (invite("clinkedGroup", emails=["nonsense"]), "INVALID", "CLINKED"),
        (invite("kondado", email="nonsense"), "REFUSED", "KONDADO"),
        (invite("kondado", connectorTypeId=NOWHERE), "NOT_FOUND", "KONDADO"),
        (invite("leadconduit", email="nonsense"), "INVALID", "LEADCONDUIT"),
        (
            Write(
                "inviteResend",
                "",
                global_id("LeadConduitInvite", "leadconduit", "65f0a11c0de1000000000001"),
            ),
            "INVALID",
            "LEADCONDUIT",
        ),
    ],
    ids=["account", "group", "kondado", "kondado-type", "leadconduit", "not-pending"],
)
async def test_what_a_platform_refuses_of_an_invitation_is_a_user_error(
    graph: Graph, write: Write, code: str, platform: str
) -> None:
    """The platform checks addresses better than the gateway could."""
    assert await refused(graph, write) == [(code, None, platform)]


@pytest.mark.parametrize(
    ("error", "code"),
    [("VALIDATION_ERROR", "REFUSED"), ("FORBIDDEN", "FORBIDDEN"), ("NOT_FOUND", "NOT_FOUND")],
)
@pytest.mark.parametrize("is_nested", [False, True])
async def test_a_success_of_false_is_a_user_error_though_the_status_is_200(
    graph: Graph, error: str, code: str, is_nested: bool
) -> None:
    """Kondado says no in the body, at either of its levels."""
    no = f'{{"success":false,"error":"{error}","message":"stand-in-secret-marker"}}'
    await graph.fault("kondado", body=f'{{"success":true,"data":{no}}}' if is_nested else no)
    write = invite("kondado")
    answer = await graph.answer(write.document(), **write.variables)

    (told,) = answer["data"]["inviteCreate"]["userErrors"]
    assert (told["code"], told["field"], told["platform"]) == (code, None, "KONDADO")
    assert tells_no_secret(graph, answer)
    assert len(await sent(graph, "kondado")) == 1


async def test_a_limit_of_kondado_is_an_outage_though_the_status_is_200(graph: Graph) -> None:
    """The error has the wait that Kondado documents, and the invitation is not sent again."""
    await graph.fault("kondado", body='{"success":false,"error":"RATE_LIMIT_EXCEEDED"}')
    write = invite("kondado")
    answer = await graph.answer(write.document(), **write.variables)

    assert answer["data"] == {"inviteCreate": None}
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "UPSTREAM_RATE_LIMITED"
    assert error["extensions"]["retryAfterSeconds"] == 60
    assert len(await sent(graph, "kondado")) == 1


async def test_an_invitation_that_was_sent_is_no_failure_though_it_cannot_be_looked_up(
    graph: Graph,
) -> None:
    """Who is told that it failed tries again, and that is a second e-mail."""
    await sign_in(graph, "clinked")
    await graph.fault("clinked", status=503, only={"method": "GET"})
    write = invite("clinkedAccount")
    answer = await graph.answer(write.document(), **write.variables)

    statuses = [call["status"] for call in await graph.calls("clinked")]
    assert statuses == [202, 503, 503]
    assert answer["data"]["inviteCreate"] is not None


async def test_an_invitation_whose_number_is_none_is_told_all_the_same(graph: Graph) -> None:
    """Which of several is the new one cannot be said then, and the e-mail is on its way."""
    await sign_in(graph, "clinked")
    one = '{"request": {"id": "first", "targetName": "kes@example.com"}}'
    await graph.fault("clinked", body=f'{{"items": [{one}]}}')
    write = invite("clinkedAccount")
    answer = await graph.answer(write.document("invites { platformId }"), **write.variables)

    assert answer["data"]["inviteCreate"]["invites"] == [{"platformId": "first"}]
