"""The operations with which GraphiQL opens."""

import json

import pytest

from gateway.explorer.operations import Example, examples
from tests.explorer.browser import title
from tests.graph.conftest import Graph

NOUNS = ("companies", "members", "groups", "invites", "entities")


@pytest.mark.parametrize("example", examples(), ids=title)
async def test_an_example_runs_as_it_stands(graph: Graph, example: Example) -> None:
    """Over the stand-ins as they are, without a word changed."""
    data = await graph.data(example.query, **json.loads(example.variables or "{}"))

    (answered,) = data.values()
    assert answered
    if "nodes" in answered:
        assert answered["nodes"]
    if "userErrors" in answered:
        assert (answered["outcome"], answered["userErrors"]) == ("CONFIRMED", [])


@pytest.mark.parametrize("noun", NOUNS)
def test_there_is_an_example_for_each_type(noun: str) -> None:
    """Of the five that the platforms have in common."""
    assert [one for one in examples() if f" {noun}(" in one.query]
