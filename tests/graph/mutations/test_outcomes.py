"""What a mutation answers when its platform's answer never came."""

from dataclasses import replace
from typing import Any

import pytest

from tests.graph.conftest import Graph
from tests.graph.mutations.keys import (
    CHANGING,
    CODAT_CREATE,
    CODAT_GROUP_CREATE,
    COMPANY,
    CONDUIT_CREATE,
    DELETING,
    ENTITY,
    ENTITY_CREATE,
    GROUP,
    GROUP_CREATE,
    KONDADO_CREATE,
    LEAD_INVITE,
    MAKING,
    MEMBER,
    MEMBERSHIP,
    TO_ACCOUNT,
    asked,
    lose,
    told,
    writes,
)
from tests.graph.mutations.writing import Write, found, sign_in


def result(payload: dict[str, Any]) -> Any:
    """Give what a payload shows beside its outcome and user errors."""
    (one,) = (payload[name] for name in payload if name not in {"outcome", "userErrors"})
    return one


@pytest.mark.parametrize("write", [*MAKING, *CHANGING, *DELETING], ids=str)
async def test_what_was_done_and_not_answered_is_found(graph: Graph, write: Write) -> None:
    """The platform is asked, and its answer is as good as the one that was lost."""
    await sign_in(graph, write.platform)
    await lose(graph, write, done=True)
    payload = await told(graph, write)

    assert payload["outcome"] == "CONFIRMED"
    assert payload["userErrors"] == []
    assert result(payload)
    assert len({str(call["body"]) for call in await writes(graph, write.platform)}) == 1


@pytest.mark.parametrize(
    "write", [w for w in [*MAKING, *CHANGING, *DELETING] if w != TO_ACCOUNT], ids=str
)
async def test_what_was_not_done_is_told_as_not_done(graph: Graph, write: Write) -> None:
    """It may be asked for again without doing it twice."""
    await sign_in(graph, write.platform)
    await lose(graph, write, done=False)
    payload = await told(graph, write)

    assert (payload["outcome"], payload["userErrors"]) == ("NOT_APPLIED", [])
    assert bool(result(payload)) == (write in CHANGING)


async def test_clinked_may_still_be_making_an_invitation_that_is_not_there(graph: Graph) -> None:
    """It takes the addresses in, and makes the invitations when it comes to it."""
    await sign_in(graph, "clinked")
    await lose(graph, TO_ACCOUNT, done=False)

    assert (await told(graph, TO_ACCOUNT))["outcome"] == "UNKNOWN"


async def test_kondado_cannot_be_asked(graph: Graph) -> None:
    """Whether the e-mail is out is for people to find out, and it is sent once."""
    await lose(graph, KONDADO_CREATE, done=True)
    payload = await told(graph, KONDADO_CREATE)

    assert payload == {"invites": [], "outcome": "UNKNOWN", "userErrors": []}
    assert len(await writes(graph, "kondado")) == 1


PASSWORD = {"password": "new-and-long-1"}
# What leaves nothing behind that could be looked at, or nothing that shows it.
SILENT = {
    "sent once more": Write("inviteResend", "leadconduit", LEAD_INVITE),
    "a password": Write("memberUpdate", "clinked", MEMBER, {"clinked": PASSWORD}),
    "a password and more": Write(
        "memberUpdate", "clinked", MEMBER, {"clinked": {**PASSWORD, "role": "GROUP_CREATOR"}}
    ),
    "groups": Write("memberGroupsUpdate", "clinked", MEMBER, {"clinked": {"leave": [GROUP]}}),
}


@pytest.mark.parametrize("write", SILENT.values(), ids=SILENT)
async def test_what_nothing_shows_is_unknown(graph: Graph, write: Write) -> None:
    """That the rest of an input is as asked for says nothing of a password."""
    await sign_in(graph, write.platform)
    await lose(graph, write, done=True)

    assert (await told(graph, write))["outcome"] == "UNKNOWN"


@pytest.mark.parametrize(
    ("write", "id"),
    [(CODAT_CREATE, COMPANY), (GROUP_CREATE, GROUP), (ENTITY_CREATE, ENTITY)],
    ids=str,
)
async def test_an_older_thing_of_the_same_name_is_not_taken_for_the_new_one(
    graph: Graph, write: Write, id: str
) -> None:
    """Names are not unique, and only what was made since the write began can be its work."""
    noun = write.name.removesuffix("Create").capitalize()
    older = await found(graph, id, f"... on {noun} {{ name }}")
    ((key, input),) = (write.input or {}).items()
    same = replace(write, input={key: {**input, "name": (older or {})["name"]}})
    await lose(graph, same, done=False)

    assert (await told(graph, same))["outcome"] == "NOT_APPLIED"


async def test_an_older_company_at_conduit_of_the_same_id_leaves_it_open(graph: Graph) -> None:
    """Conduit knows an id once, so it cannot be new; and what is not new is nobody's proof."""
    await told(graph, CONDUIT_CREATE)
    await graph.fault("conduit", drop_before=True, only={"method": "POST"})
    seeded = replace(CONDUIT_CREATE, input={"conduit": {"connection": "conduit-south", "id": "1"}})

    assert (await told(graph, seeded))["outcome"] == "UNKNOWN"


async def test_of_two_new_things_of_one_name_neither_is_taken(graph: Graph) -> None:
    """One of them may be somebody else's."""
    await told(graph, ENTITY_CREATE)
    await lose(graph, ENTITY_CREATE, done=True)
    payload = await told(graph, ENTITY_CREATE)

    assert (payload["outcome"], payload["entity"]) == ("UNKNOWN", None)


async def test_codat_does_not_tell_when_a_group_was_made(graph: Graph) -> None:
    """So that one of the name may have been there before."""
    await lose(graph, CODAT_GROUP_CREATE, done=False)
    assert (await told(graph, CODAT_GROUP_CREATE))["outcome"] == "NOT_APPLIED"

    await lose(graph, CODAT_GROUP_CREATE, done=True)
    assert (await told(graph, CODAT_GROUP_CREATE))["outcome"] == "UNKNOWN"


@pytest.mark.parametrize("done", [True, False])
@pytest.mark.parametrize("name", ["groupCompanyAdd", "groupCompanyRemove"])
async def test_whether_a_company_is_in_a_group_shows(graph: Graph, name: str, done: bool) -> None:
    """The company names its groups."""
    write = Write(name, "codat", input=MEMBERSHIP)
    other = {"groupCompanyAdd": "groupCompanyRemove", "groupCompanyRemove": "groupCompanyAdd"}
    await asked(graph, Write(other[name], "codat", input=MEMBERSHIP))
    verb = "PATCH" if name == "groupCompanyAdd" else "DELETE"
    await graph.fault("codat", only={"method": verb}, **{"drop" if done else "drop_before": True})
    payload = await told(graph, write)

    assert payload["outcome"] == ("CONFIRMED" if done else "NOT_APPLIED")
    assert payload["company"] == {"id": COMPANY}
