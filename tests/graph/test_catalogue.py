"""Kondado's catalogue, and what can be fetched from the sources in it."""

from tests.graph.conftest import Graph
from tests.graph.lists import code_of, global_id


async def test_a_kind_of_source_has_what_can_be_fetched_from_it(graph: Graph) -> None:
    """A kind of destination has no such list, and an id that leads nowhere is null."""
    document = """query Node($id: ID!) { node(id: $id) { __typename
        ... on KondadoSourceType { pipelineTypes { totalCount } }
    } }"""
    source = await graph.data(document, id=global_id("KondadoSourceType", "kondado", "109"))
    target = await graph.data(document, id=global_id("KondadoDestinationType", "kondado", "201"))
    gone = await graph.data(document, id=global_id("KondadoSourceType", "kondado", "201"))

    assert source["node"] == {
        "__typename": "KondadoSourceType",
        "pipelineTypes": {"totalCount": 6},
    }
    assert target["node"] == {"__typename": "KondadoDestinationType"}
    assert gone["node"] is None


async def test_a_refused_token_is_no_missing_source(graph: Graph) -> None:
    """Kondado says so in the body of an answer that is well by its status."""
    await graph.fault("kondado", body='{"success": false, "error": "UNAUTHORIZED"}')
    document = """query Node($id: ID!) { node(id: $id) {
        ... on KondadoSourceType { pipelineTypes { totalCount } }
    } }"""
    answer = await graph.answer(document, id=global_id("KondadoSourceType", "kondado", "109"))

    assert answer["data"] == {"node": None}
    assert code_of(answer) == "UPSTREAM_UNAUTHORIZED"
