"""Nothing comes into the graph without somebody having thought of who may ask for it."""

from graphql import GraphQLNonNull

from tests.access.rules import FILE, in_schema, written
from tests.graph.sdl import fields

RULES = in_schema()

ADVICE = f"""
Think of who may ask for it, by docs/scopes.md, and mark it if it needs `admin`. Then write it in
{FILE.relative_to(FILE.parents[2])} as above; what is no longer in the schema, take out there."""


def test_every_field_and_mutation_has_its_line_in_the_table() -> None:
    """A new one without is a hole until somebody has looked."""
    rules = written()
    new = [rule.line(place) for place, rule in sorted(RULES.items()) if rules.get(place) != rule]
    gone = sorted(rules.keys() - RULES.keys())

    assert (new, gone) == ([], []), "\n".join([*new, *gone, ADVICE])


def test_the_table_is_in_order_and_names_nothing_twice() -> None:
    """So that two people who add to it see each other."""
    lines = [line for line in FILE.read_text().splitlines() if not line.startswith("#")]
    named = [line.partition("  ")[0] for line in lines]

    assert named == sorted(set(named))


def test_a_field_that_needs_a_scope_may_be_null() -> None:
    """Or a caller without it would lose more than the field."""
    needing = {place for place, rule in RULES.items() if rule.scopes}
    strict = [p for p, one in fields() if p in needing and isinstance(one.type, GraphQLNonNull)]

    assert strict == []


def test_every_query_needs_read_and_every_mutation_write() -> None:
    """Whatever else they need."""
    roots = [place for place, _ in fields() if place.startswith(("Query.", "Mutation."))]
    wanted = {"Query": "read", "Mutation": "write"}

    assert roots != []
    for place in roots:
        assert wanted[place.partition(".")[0]] in RULES[place].scopes, place
