"""Of a list of which only the length is asked for, no more is read than tells it."""

from typing import Any

import pytest

from tests.graph.conftest import Graph
from tests.graph.lists import code_of, global_id

LARKSPUR = global_id("ClinkedAccount", "clinked", "11")
TIDEWATER = global_id("ClinkedAccount", "clinked", "12")
BIDS = global_id("ClinkedGroup", "clinked", "11", "101")
# Lists of things, and what stands beside their length so that all of a page is read.
LISTS = {
    "members of an account": ("company", LARKSPUR, "members"),
    "a page of few": ("company", LARKSPUR, "members(first: 1)"),
    "members by name": (
        "company",
        LARKSPUR,
        '... on ClinkedAccount { members(filter: {nameContains: "a"}) %s }',
    ),
    "none by name": (
        "company",
        LARKSPUR,
        '... on ClinkedAccount { members(filter: {nameContains: "zzz"}) %s }',
    ),
    "invites of an account": ("company", LARKSPUR, "invites"),
    "groups of an account": ("company", LARKSPUR, "groups"),
    "groups that fill a page": ("company", LARKSPUR, "groups(first: 18)"),
    "groups of several pages": ("company", LARKSPUR, "groups(first: 17)"),
    "groups of a master": (
        "company",
        LARKSPUR,
        '... on ClinkedAccount { groups(filter: {nameContains: "Bids"}) %s }',
    ),
    "members of a group": ("group", BIDS, "members(first: 2)"),
    "labels, all at once": ("group", BIDS, "... on ClinkedGroup { labels %s }"),
    "what is not there": ("company", global_id("ClinkedAccount", "clinked", "99"), "groups"),
}


async def lengths(graph: Graph, field: str, id: str, many: str) -> tuple[Any, Any]:
    """Ask for the length of a list alone, and beside its items."""
    many = many if "%s" in many else f"{many} %s"

    async def length(asked: str) -> Any:
        document = f"query Length($id: ID!) {{ {field}(id: $id) {{ {many % asked} }} }}"
        found = (await graph.data(document, id=id))[field]
        (page,) = found.values()
        return page and page["totalCount"]

    return await length("{ __typename totalCount }"), await length("{ totalCount nodes { id } }")


@pytest.mark.parametrize(("field", "id", "many"), LISTS.values(), ids=LISTS)
async def test_a_length_is_the_same_with_items_and_without(
    graph: Graph, field: str, id: str, many: str
) -> None:
    """Also where it is null, since a field has one value whatever stands beside it."""
    alone, beside = await lengths(graph, field, id, many)

    assert alone == beside


async def last_call(graph: Graph, platform: str) -> tuple[str, str | None]:
    """Tell by which verb, and in pages of how many, a stand-in was asked last."""
    call = (await graph.calls(platform))[-1]
    size = call["query"].get("size") or call["query"].get("pageSize")
    return call["method"], size


async def test_the_number_of_groups_is_asked_for_by_head(graph: Graph) -> None:
    """Clinked documents it, and its pages of groups do not tell how many there are."""
    document = """query Groups($id: ID!) { company(id: $id) {
        groups { totalCount } ... on ClinkedAccount { groupCount }
    } }"""
    data = await graph.data(document, id=LARKSPUR)

    assert data["company"] == {"groups": {"totalCount": 18}, "groupCount": 18}
    paths = [(call["method"], call["path"]) for call in await graph.calls("clinked")]
    assert paths[1:] == [("HEAD", "/v3/accounts/11/groups")]


async def test_the_number_of_members_is_asked_for_by_a_page_of_one(graph: Graph) -> None:
    """Each page of them tells how many there are in all."""
    document = "query Members($id: ID!) { company(id: $id) { members { totalCount } } }"

    assert (await graph.data(document, id=LARKSPUR))["company"] == {"members": {"totalCount": 110}}
    assert await last_call(graph, "clinked") == ("GET", "1")


async def test_a_list_over_platforms_is_counted_by_pages_of_one(graph: Graph) -> None:
    """Codat tells it with each page, and the others give all they have."""
    data = await graph.data("{ companies { totalCount } }")

    assert data == {"companies": {"totalCount": 48}}
    assert await last_call(graph, "codat") == ("GET", "1")


@pytest.mark.parametrize(
    ("noun", "asked"),
    [("companies(first: 5)", "{ totalCount }"), ("entities", "{ totalCount }")],
)
async def test_a_list_over_platforms_is_as_long_with_items_and_without(
    graph: Graph, noun: str, asked: str
) -> None:
    """The same sources are asked either way."""
    alone = await graph.data(f"{{ page: {noun} {asked} }}")
    beside = await graph.data(f"{{ page: {noun} {{ totalCount nodes {{ id }} }} }}")

    assert alone["page"]["totalCount"] == beside["page"]["totalCount"] is not None


async def test_chained_lists_are_counted_as_ever(graph: Graph) -> None:
    """That of the groups of several accounts is known where they fit on the page."""
    document = "{ few: groups(first: 2) { totalCount } all: groups(first: 100) { totalCount } }"

    assert await graph.data(document) == {"few": {"totalCount": None}, "all": {"totalCount": 40}}


async def test_a_platform_that_is_down_leaves_the_length_unknown(graph: Graph) -> None:
    """And is not asked a second time for it."""
    await graph.fault("codat", status=400)
    data = await graph.data("{ companies { totalCount } }")

    assert data == {"companies": {"totalCount": None}}
    assert len(await graph.calls("codat")) == 1


async def test_a_number_in_no_header_is_taken_from_the_list(graph: Graph) -> None:
    """A proxy may take headers away."""
    await graph.fault("clinked", status=200, only={"method": "HEAD"})
    document = "query Groups($id: ID!) { company(id: $id) { groups { totalCount } } }"

    assert (await graph.data(document, id=TIDEWATER))["company"] == {"groups": {"totalCount": 12}}


@pytest.mark.parametrize("many", ["members", "groups"])
@pytest.mark.parametrize("first", [0, -1])
async def test_a_page_that_cannot_be_is_refused_also_where_it_is_only_counted(
    graph: Graph, many: str, first: int
) -> None:
    """What is no length of a page is wrong, whether or not a page is read."""
    document = (
        f"query Page($id: ID!) {{ company(id: $id) {{ {many}(first: {first}) {{ totalCount }} }} }}"
    )
    answer = await graph.answer(document, id=LARKSPUR)

    assert code_of(answer) == "BAD_USER_INPUT"
    assert await graph.calls("clinked") == []
