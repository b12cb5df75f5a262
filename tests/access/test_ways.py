"""Whichever way a thing is asked for, a caller gets there or not by its scopes alone."""

import asyncio
from typing import Any

import pytest

from tests.access.conftest import ALL, Door
from tests.access.test_matrix import refusals
from tests.graph.lists import global_id

ACCOUNT = global_id("ClinkedAccount", "clinked", "11")
COMPANY = global_id("CodatCompany", "codat", "8534f457-38d0-48ec-8f10-99c6c3e1b258")
APPLICATION = global_id("ClinkedApplication", "clinked", "tidewater-tide-table")
INVITE = global_id("KondadoInvite", "kondado", "0123456789abcdef01234567")

FRAGMENT = "fragment f on PlatformConnection { name budget { limit } }"
NODES = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
COMPANIES = """query($after: String, $platforms: [Platform!]) {
    companies(first: 2, after: $after, platforms: $platforms) {
        totalCount nodes { platform } outages { platform connection code message }
        pageInfo { hasNextPage endCursor }
    }
}"""


async def test_of_several_ids_only_the_closed_ones_are_refused(door: Door) -> None:
    """Each in its own place, and the others are there."""
    ids = [COMPANY, ACCOUNT, APPLICATION, INVITE]
    answer = await door.ask("read platform:codat", NODES, {"ids": ids})

    assert answer["data"] == {"nodes": [{"id": COMPANY}, None, None, None]}
    assert refusals(answer) == [("nodes", 1), ("nodes", 2), ("nodes", 3)]
    assert {one[0] for one in door.calls()} == {"CODAT"}


async def test_a_thing_for_administrators_is_closed_to_others_by_its_id_too(door: Door) -> None:
    """A list that is closed would be of no use if its items were open."""
    document = "query($id: ID!) { node(id: $id) { id } }"
    refused = await door.ask("read write", document, {"id": APPLICATION})
    called = door.calls()

    assert (refused["data"], refusals(refused)) == ({"node": None}, [("node",)])
    assert called == []
    assert (await door.data(document, {"id": APPLICATION}, "read admin"))["node"] is not None


@pytest.mark.parametrize(
    ("document", "paths"),
    [
        ("{ x: connection(name: $n) { y: budget { limit } name } }", [("x", "y")]),
        (f"{{ connection(name: $n) {{ ...f }} }} {FRAGMENT}", 0),
        ("{ connection(name: $n) { ... on CodatConnection { budget { limit } } } }", 0),
        ("{ connection(name: $n) { ... { ... { budget { limit } } } } }", 0),
        ("{ connection(name: $n) { budget @include(if: true) { limit } } }", 0),
        ("{ connection(name: $n) { name budget @include(if: false) { limit } } }", []),
        ("{ connection(name: $n) { name ... @skip(if: true) { budget { limit } } } }", []),
        ("{ connection(name: $n) { __typename name status rateLimits { calls } } }", []),
    ],
)
async def test_a_field_is_refused_however_it_is_written(
    door: Door, document: str, paths: list[tuple[str, ...]] | int
) -> None:
    """Under another name, in a fragment, or behind a directive; and not where it is not asked."""
    wanted = [("connection", "budget")] if paths == 0 else paths
    answer = await door.ask("read", f"query($n: String!) {document}", {"n": "codat"})

    assert refusals(answer) == wanted
    assert all(root is not None for root in answer["data"].values())


@pytest.mark.parametrize("document", ["{ __typename }", "mutation { __typename }"])
async def test_what_a_root_is_called_needs_no_scope(door: Door, document: str) -> None:
    """It says nothing that is not in every description of GraphQL."""
    answer = await door.ask("", document)

    assert "errors" not in answer
    assert list(answer["data"]) == ["__typename"]


async def test_a_caller_sees_the_connections_that_it_reaches(door: Door) -> None:
    """The others are not listed, and by their names they are refused."""
    document = """{
        connections { name } clinked: connection(name: "clinked") { name }
        nothing: connection(name: "nothing") { name }
    }"""
    answer = await door.ask("read platform:conduit platform:codat", document)
    (error,) = answer["errors"]

    assert {one["name"] for one in answer["data"]["connections"]} == {
        "codat",
        "conduit-north",
        "conduit-south",
    }
    assert (answer["data"]["clinked"], answer["data"]["nothing"]) == (None, None)
    assert error["path"] == ["clinked"]
    told = {name: error["extensions"][name] for name in ("code", "platform", "connection")}
    assert told == {"code": "FORBIDDEN", "platform": "CLINKED", "connection": "clinked"}


async def listed(door: Door, scopes: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Read all pages of the companies; give the pages, and the platforms in their order."""
    pages: list[dict[str, Any]] = []
    after = None
    while not pages or pages[-1]["pageInfo"]["hasNextPage"]:
        pages.append((await door.data(COMPANIES, {"after": after}, scopes))["companies"])
        after = pages[-1]["pageInfo"]["endCursor"]
    return pages, [node["platform"] for page in pages for node in page["nodes"]]


async def test_a_list_goes_on_without_the_platforms_that_are_closed(door: Door) -> None:
    """They are told on every page, keep no page coming, and count for nothing."""
    pages, platforms = await listed(door, "read platform:codat")
    called = {platform for platform, _, _ in door.calls()}

    assert set(platforms) == called == {"CODAT"}
    assert pages[0]["totalCount"] == len(platforms) > 2
    for page in pages:
        told = [(one["connection"], one["code"]) for one in page["outages"]]
        assert told == [
            ("clinked", "FORBIDDEN"),
            ("conduit-north", "FORBIDDEN"),
            ("conduit-south", "FORBIDDEN"),
        ]


async def test_a_cursor_of_a_caller_that_reached_more_goes_on_with_what_is_open(door: Door) -> None:
    """A cursor opens nothing."""
    first = (await door.data(COMPANIES))["companies"]
    door.forget_calls()
    after = {"after": first["pageInfo"]["endCursor"]}
    second = (await door.data(COMPANIES, after, "read platform:codat"))["companies"]

    assert {node["platform"] for node in second["nodes"]} == {"CODAT"}
    assert {platform for platform, _, _ in door.calls()} == {"CODAT"}


async def test_a_list_of_nothing_but_closed_platforms_is_refused(door: Door) -> None:
    """An empty list would look as if there were none."""
    asked = {"platforms": ["CLINKED"]}
    answer = await door.ask("read platform:codat", COMPANIES, asked)
    (error,) = answer["errors"]

    assert answer["data"] == {"companies": None}
    assert (error["path"], error["extensions"]["code"]) == (["companies"], "FORBIDDEN")
    assert (error["extensions"]["platform"], door.calls()) == ("CLINKED", [])


async def test_callers_who_ask_at_once_share_no_more_than_they_may_see(door: Door) -> None:
    """An equal read in flight is one call, of those who may make it."""
    document = "query($id: ID!) { company(id: $id) { id } }"
    callers = ["read", "write admin", "read platform:clinked", "", "read platform:codat", "read"]
    asked = [door.ask(scopes, document, {"id": COMPANY}) for scopes in callers]
    answers = await asyncio.gather(*asked)

    seen = [one["data"]["company"] is not None for one in answers]
    assert seen == [True, False, False, False, True, True]
    assert [refusals(one) for one, is_seen in zip(answers, seen, strict=True) if not is_seen] == [
        [("company",)]
    ] * 3
    assert set(door.calls()) == {
        ("CODAT", "GET", "/companies/8534f457-38d0-48ec-8f10-99c6c3e1b258")
    }


async def test_what_is_refused_costs_nothing(door: Door) -> None:
    """What it might have cost is told, and that nothing was asked."""
    headers = {"Manifold-Cost": "include"}
    answer = await door.ask("read platform:codat", NODES, {"ids": [ACCOUNT]}, **headers)

    assert answer["extensions"]["cost"]["made"] == 0
    assert door.calls() == []


async def test_who_may_not_reach_a_platform_is_not_told_what_is_there(door: Door) -> None:
    """With several connections to it, others are told their names to choose from."""
    document = """mutation($input: CompanyCreateInput!) {
        companyCreate(input: $input) { userErrors { message } }
    }"""
    given = {"input": {"conduit": {"id": "new"}}}
    told = await door.ask(ALL, document, given)
    refused = await door.ask(f"{ALL} platform:codat", document, given)

    assert "conduit-north" in str(told)
    assert refused["data"] == {"companyCreate": None}
    assert refusals(refused) == [("companyCreate",)]
    assert "conduit-north" not in str(refused)
    assert door.calls() == []
