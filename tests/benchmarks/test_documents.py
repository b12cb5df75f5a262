"""The benchmark's documents fit the schemas that they are asked of."""

import re
from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_schema, parse, validate

from benchmarks.asked import in_plain_words, in_the_graph
from benchmarks.workloads import WORKLOADS

ROOT = Path(__file__).parent.parent.parent
BENCHMARKS = ROOT / "benchmarks"
# A test of its own holds it to the code.
PRINTED = ROOT / "schema/schema.graphql"
# What describes the platforms to a gateway, instead of code.
DESCRIPTIONS = ("hive/supergraph.graphql", "tailcall/gateway.graphql")


def _described(name: str) -> GraphQLSchema:
    # Their directives are the gateway's own business.
    return build_schema((BENCHMARKS / name).read_text(), assume_valid=True)


def _shared_by_node() -> GraphQLSchema:
    source = (BENCHMARKS / "node/platforms.js").read_text()
    written = re.search(r"export const schema = `(.+?)`", source, re.DOTALL)
    assert written is not None
    return build_schema(written[1])


def test_each_document_fits_the_graph_and_what_the_others_have_of_it() -> None:
    """Else a gateway would be measured at refusing it."""
    for schema in (build_schema(PRINTED.read_text()), _shared_by_node()):
        for workload in WORKLOADS.values():
            assert validate(schema, parse(in_the_graph(workload).document)) == []


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_each_plain_document_fits_what_a_gateway_is_told(name: str) -> None:
    """Also of a gateway that does not run on every machine."""
    schema = _described(name)
    every = [in_plain_words(workload) for workload in WORKLOADS.values()]
    asked = [one for one in every if one is not None]

    assert len(asked) == len(every) - 1, "all but the list over several platforms"
    assert [validate(schema, parse(one.document)) for one in asked] == [[]] * len(asked)


def test_people_keep_their_own_fields_where_the_platforms_have_them() -> None:
    """What a gateway without code of its own answers is the same, in another structure."""
    asked = in_plain_words(WORKLOADS["w3"])

    assert asked is not None
    group = asked.expected["data"]["groups"]["nodes"][0]
    assert group["members"]["nodes"][1] == {
        "rawRole": 2,
        "user": {
            "platformId": "10001",
            "name": "First1 Lastname1",
            "email": "user0001@example.org",
        },
    }
    assert asked.variables == [{"account": "1"}]


def test_no_two_requests_are_equal_where_they_should_differ() -> None:
    """Or they would share their calls while they are in flight together."""
    for name in ("w4a", "w4b", "w4c"):
        bodies = in_the_graph(WORKLOADS[name]).bodies
        assert len(set(bodies)) == len(bodies) > 1000
