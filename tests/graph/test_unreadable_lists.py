"""A list in which nothing can be read is no list: it is not shown as an empty one."""

import json

import pytest

from tests.graph.conftest import Graph
from tests.graph.lists import page, walk

UNREADABLE = ["[[[]]]", '["x"]', "[null]", "[7, {}]", json.dumps([{"error": "x"}] * 3)]


@pytest.mark.parametrize("body", UNREADABLE)
@pytest.mark.parametrize(
    ("platform", "noun"),
    [("clinked", "companies"), ("conduit", "companies"), ("leadconduit", "entities")],
)
async def test_a_list_of_which_nothing_can_be_read_is_an_outage(
    graph: Graph, platform: str, noun: str, body: str
) -> None:
    """Callers would take it for the news that everything is gone."""
    await graph.data("{ companies { nodes { id } } }")
    await graph.fault(platform, body=body)
    read = await page(graph, noun, first=100)

    down = {(one["platform"], one["code"]) for one in read["outages"]}
    assert down == {(platform.upper(), "UPSTREAM_MALFORMED")}


@pytest.mark.parametrize("body", UNREADABLE)
async def test_a_walk_goes_on_after_a_list_of_which_nothing_could_be_read(
    graph: Graph, body: str
) -> None:
    """A source keeps its place, also where it is a chain of lists that hang on another."""
    whole = [id for read in await walk(graph, "members") for id in read]
    first = await page(graph, "members", first=30)
    await graph.fault("clinked", body=body, only={"path": "/v3/accounts"})
    second = await page(graph, "members", first=30, after=first["pageInfo"]["endCursor"])
    await graph.fault("clinked")
    rest = await walk(graph, "members", after=second["pageInfo"]["endCursor"])

    seen = [node["id"] for node in first["nodes"]] + [id for read in rest for id in read]
    assert second["nodes"] == []
    assert seen == whole
