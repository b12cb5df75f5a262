"""Putting companies into groups and taking them out."""

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

BEXWELL = "c79d6793-46d4-4c7a-9c39-02b38963dc6e"
NORTHERN = "1710cf53-27ac-435a-ba97-c643656412a9"
PILOT = "b8a1abcd-1a69-46c7-8da4-f9fc3c6da5d7"
COMPANY = global_id("CodatCompany", "codat", BEXWELL)
JOINED = global_id("CodatGroup", "codat", NORTHERN)
OTHER = global_id("CodatGroup", "codat", PILOT)
PATH = f"/companies/{BEXWELL}/groups"
GROUPS = "... on CodatCompany { name groups { nodes { name } } }"


def membership(name: str, group: str, company: str = COMPANY) -> Write:
    """Write a mutation of a company's place in a group."""
    return Write(name, "codat", input={"codat": {"companyId": company, "groupId": group}})


def in_groups(*names: str) -> dict[str, Any]:
    """Give the company as it reads while it is in groups of these names."""
    return {"name": "Bexwell Foods", "groups": {"nodes": [{"name": name} for name in names]}}


async def test_a_company_put_into_a_group_is_in_it_beside_its_others(graph: Graph) -> None:
    """Codat answers with the company, which reads the same afterwards."""
    changed = await done(graph, membership("groupCompanyAdd", OTHER), f"company {{ {GROUPS} }}")

    assert changed == in_groups("Lending pilot", "Northern region")
    assert (await sent(graph, "codat"))[0] == ("PATCH", PATH, {}, {"groupId": PILOT})
    assert await found(graph, COMPANY, GROUPS) == changed
    companies = "... on CodatGroup { companies(first: 100) { nodes { id } } }"
    group = await found(graph, OTHER, companies)
    assert group is not None
    assert {"id": COMPANY} in group["companies"]["nodes"]


async def test_a_company_put_into_a_group_twice_is_in_it_once(graph: Graph) -> None:
    """Codat takes it as done already."""
    changed = await done(graph, membership("groupCompanyAdd", JOINED), f"company {{ {GROUPS} }}")

    assert changed == in_groups("Northern region")


async def test_a_company_taken_out_of_a_group_is_read_again(graph: Graph) -> None:
    """Codat answers with nothing, so the company costs a call of its own."""
    write = membership("groupCompanyRemove", JOINED)
    changed = await done(graph, write, f"company {{ {GROUPS} }}")

    assert changed == in_groups()
    assert await sent(graph, "codat") == [
        ("DELETE", f"{PATH}/{NORTHERN}", {}, None),
        ("GET", f"/companies/{BEXWELL}", {}, None),
    ]
    assert await found(graph, COMPANY, GROUPS) == changed


@pytest.mark.parametrize(
    "write",
    [
        membership("groupCompanyRemove", OTHER),
        membership("groupCompanyAdd", global_id("CodatGroup", "codat", "nowhere")),
        membership("groupCompanyAdd", OTHER, global_id("CodatCompany", "codat", "nowhere")),
    ],
    ids=["not-in-it", "no-group", "no-company"],
)
async def test_what_codat_does_not_find_is_a_user_error(graph: Graph, write: Write) -> None:
    """A company that is in no such group cannot be taken out."""
    assert await refused(graph, write) == [("NOT_FOUND", None, "CODAT")]


@pytest.mark.parametrize("name", ["groupCompanyAdd", "groupCompanyRemove"])
@pytest.mark.parametrize(
    ("company", "group", "field"),
    [
        ("nonsense", OTHER, "companyId"),
        (COMPANY, "nonsense", "groupId"),
        (OTHER, OTHER, "companyId"),
        (COMPANY, COMPANY, "groupId"),
        (global_id("ClinkedAccount", "clinked", "11"), OTHER, "companyId"),
        (COMPANY, global_id("ClinkedGroup", "clinked", "11", "101"), "groupId"),
        (global_id("CodatCompany", "elsewhere", BEXWELL), OTHER, "companyId"),
        (COMPANY, global_id("CodatGroup", "elsewhere", PILOT), "groupId"),
        (COMPANY, global_id("CodatGroup", "codat", ".."), "groupId"),
    ],
)
async def test_ids_of_anything_else_are_refused_before_anything_is_sent(
    graph: Graph, name: str, company: str, group: str, field: str
) -> None:
    """The error points at the id that does not fit."""
    told = await refused(graph, membership(name, group, company))

    assert told == [("INVALID", ["input", "codat", field], None)]
    assert await nothing_was_sent(graph)
