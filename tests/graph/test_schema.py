"""The schema as it is printed: committed, described, and true to its endpoints."""

import re
from pathlib import Path

from graphql import build_schema, lexicographic_sort_schema, print_schema

import schema as schema_package
from resolvers.platform import Platform
from resolvers.rest import declared
from tests.graph.sdl import PRINTED, SCHEMA, Call, everything, fields, types, upstream

COMMITTED = Path(schema_package.__path__[0]) / "schema.graphql"


def endpoints() -> set[Call]:
    """Give the declared endpoints in the form of the directives."""
    return {(Platform(e.platform).name, e.method.value, e.path) for e in declared()}


def test_the_committed_schema_is_the_one_that_is_printed() -> None:
    """A change of the graph shows in a review as a change of a file; `make schema` writes it."""
    assert COMMITTED.read_text().rstrip() == PRINTED.rstrip()


def test_the_printed_schema_can_be_read_by_others() -> None:
    """It holds each directive once, and every tool of GraphQL takes it."""
    parsed = build_schema(PRINTED)

    names = [directive.name for directive in parsed.directives]
    assert len(names) == len(set(names))
    assert set(parsed.type_map) >= {kind.name for kind in types()}


def test_the_schema_is_sorted() -> None:
    """A new field moves nothing else in the file."""
    assert print_schema(SCHEMA) == print_schema(lexicographic_sort_schema(SCHEMA))


def test_everything_has_a_description() -> None:
    """What is not described is not finished."""
    missing = [place for place, one in everything() if not (one.description or "").strip()]

    assert missing == []


def test_descriptions_are_sentences() -> None:
    """They begin with a capital or a name in code, and end with a full stop."""
    odd = [
        place
        for place, one in everything()
        if not re.fullmatch(r"[A-Z`].*\.\)?", (one.description or "").strip(), re.DOTALL)
    ]

    assert odd == []


def test_every_upstream_directive_names_a_declared_endpoint() -> None:
    """The directive is a promise of what a field may call."""
    known = endpoints()

    assert [(field, call) for field, call in upstream() if call not in known] == []


def test_every_declared_endpoint_is_reached_by_a_field() -> None:
    """An endpoint that no field calls is dead, or a field keeps a call to itself."""
    assert endpoints() - {call for _, call in upstream()} == set()


def test_no_field_names_an_endpoint_twice() -> None:
    """Each directive on a field says something new."""
    said = list(upstream())

    assert sorted({one for one in said if said.count(one) > 1}) == []


def test_what_a_query_calls_is_read_and_no_more() -> None:
    """Only mutations change anything."""
    writes = {field for field, (_, method, _) in upstream() if method not in {"GET", "HEAD"}}

    assert {field for field in writes if not field.startswith("Mutation.")} == set()


def test_every_mutation_names_what_it_calls() -> None:
    """A change that calls nothing changes nothing."""
    calling = {field for field, _ in upstream()}
    mutations = {place for place, _ in fields() if place.startswith("Mutation.")}

    assert mutations - calling == set()
