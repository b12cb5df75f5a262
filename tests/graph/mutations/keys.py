"""What the tests of idempotency keys and outcomes share: writes of every kind on every platform."""

from dataclasses import replace
from typing import Any

from tests.graph.conftest import Graph
from tests.graph.mutations.writing import Write, global_id

COMPANY = global_id("CodatCompany", "codat", "c79d6793-46d4-4c7a-9c39-02b38963dc6e")
CODAT_GROUP = global_id("CodatGroup", "codat", "1710cf53-27ac-435a-ba97-c643656412a9")
CONDUIT = global_id("ConduitCompany", "conduit-north", "tyr")
ACCOUNT = global_id("ClinkedAccount", "clinked", "11")
GROUP = global_id("ClinkedGroup", "clinked", "11", "101")
MEMBER = global_id("ClinkedMember", "clinked", "11", "celia.ashdown")
GROUP_MEMBER = global_id("ClinkedGroupMember", "clinked", "11", "101", "1006")
INVITE = global_id("ClinkedInvite", "clinked", "11", "501")
GROUP_INVITE = global_id("ClinkedGroupInvite", "clinked", "11", "101", "704")
LEAD_INVITE = global_id("LeadConduitInvite", "leadconduit", "65f0a11c0de3000000000001")
ENTITY = global_id("LeadConduitEntity", "leadconduit", "65f0a11c0de1000000000001")

KEY = "d1a2-order-17"
MEMBERSHIP = {"codat": {"companyId": COMPANY, "groupId": CODAT_GROUP}}
SOURCE_TYPE = global_id("KondadoSourceType", "kondado", "101")
TO_KONDADO = {
    "accountId": 7,
    "email": "new@example.com",
    "connectorTypeId": SOURCE_TYPE,
    "direction": "SOURCE",
    "name": "Shop",
}

CODAT_CREATE = Write("companyCreate", "codat", input={"codat": {"name": "Kestrel Mills"}})
CONDUIT_CREATE = Write(
    "companyCreate", "conduit", input={"conduit": {"connection": "conduit-south", "id": "K7"}}
)
GROUP_CREATE = Write(
    "groupCreate", "clinked", input={"clinked": {"accountId": ACCOUNT, "name": "Kestrel"}}
)
CODAT_GROUP_CREATE = Write("groupCreate", "codat", input={"codat": {"name": "Kestrel"}})
MEMBER_CREATE = Write(
    "memberCreate",
    "clinked",
    input={"clinked": {"accountId": ACCOUNT, "username": "kes", "email": "kes@example.com"}},
)
TO_ACCOUNT = Write(
    "inviteCreate",
    "clinked",
    input={"clinkedAccount": {"accountId": ACCOUNT, "emails": ["new@example.com"]}},
)
TO_GROUP = Write(
    "inviteCreate",
    "clinked",
    input={"clinkedGroup": {"groupId": GROUP, "emails": ["new@example.com"]}},
)
KONDADO_CREATE = Write("inviteCreate", "kondado", input={"kondado": TO_KONDADO})
LEAD_CREATE = Write(
    "inviteCreate",
    "leadconduit",
    input={"leadconduit": {"role": "SOURCE", "email": "new@example.com"}},
)
ENTITY_CREATE = Write(
    "entityCreate", "leadconduit", input={"leadconduit": {"name": "Kestrel", "moduleIds": []}}
)
MAKING = [
    CODAT_CREATE,
    CONDUIT_CREATE,
    GROUP_CREATE,
    MEMBER_CREATE,
    TO_ACCOUNT,
    TO_GROUP,
    LEAD_CREATE,
    ENTITY_CREATE,
]
CHANGING = [
    Write("companyUpdate", "codat", COMPANY, {"codat": {"name": "Bexwell"}}),
    Write("companyUpdate", "conduit", CONDUIT, {"conduit": {"isPageEnabled": True}}),
    Write("companyUpdate", "clinked", ACCOUNT, {"clinked": {"name": "Larks"}}),
    Write("groupUpdate", "clinked", GROUP, {"clinked": {"name": "Bids"}}),
    Write("memberUpdate", "clinked", MEMBER, {"clinked": {"role": "GROUP_CREATOR"}}),
    Write("groupMemberUpdate", "clinked", GROUP_MEMBER, {"clinked": {"role": "GROUP_CREATOR"}}),
    Write("inviteUpdate", "clinked", INVITE, {"clinkedAccount": {"role": "GROUP_CREATOR"}}),
    Write("inviteUpdate", "clinked", GROUP_INVITE, {"clinkedGroup": {"role": "GROUP_CREATOR"}}),
    Write("entityUpdate", "leadconduit", ENTITY, {"leadconduit": {"name": "Alder Two"}}),
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
# What a mutation's write is sent with, for faults that are to hit nothing else.
METHODS = {
    "create": "POST",
    "delete": "DELETE",
    "remove": "DELETE",
    "clinked": "PATCH",
    "codat": "PATCH",
    "conduit": "POST",
    "leadconduit": "PUT",
}


def method(write: Write) -> str:
    """Tell the method that a mutation writes with."""
    way = next((way for way in ("create", "delete", "remove") if way in write.name.lower()), None)
    return METHODS[way or write.platform]


def keyed(write: Write, key: str = KEY) -> Write:
    """Ask for a mutation under a key."""
    return replace(write, key=key)


async def told(
    graph: Graph, write: Write, selection: str | None = None, *, caller: str = "", within: str = ""
) -> dict[str, Any]:
    """Run a mutation, and give its payload with the outcome; it may not be an error."""
    answer = await asked(graph, write, selection, caller=caller, within=within)

    assert "errors" not in answer, answer["errors"]
    return answer["data"][write.name]


async def asked(
    graph: Graph, write: Write, selection: str | None = None, *, caller: str = "", within: str = ""
) -> dict[str, Any]:
    """Run a mutation for a caller within so many seconds, and give the whole answer."""
    document = write.document(f"outcome {selection or write.result}")
    headers = {"Authorization": caller, "Manifold-Deadline": within}
    response = await graph.gateway.post(
        "/graphql",
        json={"query": document, "variables": write.variables},
        headers={name: value for name, value in headers.items() if value},
    )
    return response.json()


async def writes(graph: Graph, platform: str) -> list[dict[str, Any]]:
    """Tell what a stand-in was asked to change."""
    return [
        call
        for call in await graph.calls(platform)
        if call["method"] != "GET" and call["path"] != "/oauth/token"
    ]


async def lose(graph: Graph, write: Write, *, done: bool) -> None:
    """Let the answer to a mutation's write be lost, with the work done or not."""
    fault = {"drop": True} if done else {"drop_before": True}
    await graph.fault(write.platform, **fault, only={"method": method(write)})
