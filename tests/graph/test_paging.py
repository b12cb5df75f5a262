"""Reading a list page by page."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.graph.conftest import Graph
from tests.graph.lists import SEEDED, flat, page, walk

NOUNS = sorted(SEEDED)


@pytest.mark.parametrize("noun", NOUNS)
async def test_a_walk_sees_every_item_once(graph: Graph, noun: str) -> None:
    """Nothing is lost and nothing comes twice between pages."""
    seen = flat(await walk(graph, noun))

    assert len(seen) == SEEDED[noun]
    assert len(set(seen)) == SEEDED[noun]


@given(noun=st.sampled_from(NOUNS), first=st.integers(min_value=1, max_value=100))
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_the_order_is_the_same_whatever_the_page_size(
    graph: Graph, noun: str, first: int
) -> None:
    """A client may change the size of its pages on the way."""
    pages = await walk(graph, noun, first=first)

    assert flat(pages) == flat(await walk(graph, noun, first=100))
    assert all(len(one) == first for one in pages[:-1])


@given(
    noun=st.sampled_from(NOUNS),
    sizes=st.lists(st.integers(min_value=1, max_value=100), min_size=1, max_size=4),
)
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_pages_of_changing_sizes_fit_together(
    graph: Graph, noun: str, sizes: list[int]
) -> None:
    """A cursor does not depend on the size of the page that it came with."""
    seen: list[str] = []
    after: str | None = None
    for first in sizes:
        read = await page(graph, noun, first=first, after=after)
        seen += [node["id"] for node in read["nodes"]]
        after = read["pageInfo"]["endCursor"]

    assert seen == flat(await walk(graph, noun, first=100))[: sum(sizes)]


@pytest.mark.parametrize("noun", NOUNS)
async def test_reading_goes_on_from_any_edge(graph: Graph, noun: str) -> None:
    """The cursor of each edge stands right behind its node."""
    whole = flat(await walk(graph, noun, first=100))
    read = await page(graph, noun, first=9)
    for place, edge in enumerate(read["edges"], 1):
        following = await page(graph, noun, first=9, after=edge["cursor"])

        assert edge["node"] == read["nodes"][place - 1]
        assert [node["id"] for node in following["nodes"]] == whole[place : place + 9]


async def test_a_page_tells_where_it_stands(graph: Graph) -> None:
    """The first and the last page know that they are."""
    first = (await page(graph, "entities", first=20))["pageInfo"]
    last = (await page(graph, "entities", first=20, after=first["endCursor"]))["pageInfo"]

    assert (first["hasPreviousPage"], first["hasNextPage"]) == (False, True)
    assert (last["hasPreviousPage"], last["hasNextPage"]) == (True, False)
    assert first["startCursor"] != first["endCursor"]


@pytest.mark.parametrize("first", [25, 5])
async def test_a_page_that_ends_with_the_list_is_the_last(graph: Graph, first: int) -> None:
    """A client is not sent to an empty page where the last one is full."""
    pages = await walk(graph, "entities", first=first)

    assert [len(one) for one in pages] == [first] * (SEEDED["entities"] // first)


async def test_the_first_item_of_each_source_comes_before_the_second_of_any(graph: Graph) -> None:
    """A page shows something of every platform, not the first platform alone."""
    document = "{ companies(first: 8) { nodes { connection } } }"
    nodes = (await graph.data(document))["companies"]["nodes"]

    sources = ["clinked", "codat", "conduit-north", "conduit-south"]
    assert [node["connection"] for node in nodes] == sources * 2


@pytest.mark.parametrize("noun", ["companies", "entities"])
async def test_a_list_that_every_platform_counts_has_a_total(graph: Graph, noun: str) -> None:
    """The total is there where it costs no call."""
    data = await graph.data(f"{{ {noun}(first: 1) {{ totalCount }} }}")

    assert data[noun]["totalCount"] == SEEDED[noun]


async def test_an_item_added_behind_the_cursor_does_not_disturb_what_follows(graph: Graph) -> None:
    """A new company at the end of one platform comes once, with the rest of its platform."""
    before = flat(await walk(graph, "companies"))
    begun = await page(graph, "companies", first=10)
    made: dict[str, Any] = await graph.data(
        'mutation { companyCreate(input: { conduit: { connection: "conduit-south", id: "NEW1" } })'
        " { company { id } } }"
    )
    rest = flat(await walk(graph, "companies", after=begun["pageInfo"]["endCursor"]))
    seen = [node["id"] for node in begun["nodes"]] + rest

    assert sorted(seen) == sorted([*before, made["companyCreate"]["company"]["id"]])


@pytest.mark.parametrize("noun", NOUNS)
async def test_the_end_of_a_list_stays_the_end(graph: Graph, noun: str) -> None:
    """Asking on from the last cursor gives an empty page and no error."""
    last = await page(graph, noun, first=100)
    while last["pageInfo"]["hasNextPage"]:
        last = await page(graph, noun, first=100, after=last["pageInfo"]["endCursor"])
    beyond = await page(graph, noun, first=100, after=last["pageInfo"]["endCursor"])

    assert beyond["nodes"] == []
    assert beyond["pageInfo"]["hasNextPage"] is False
