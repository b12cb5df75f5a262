"""What is counted of a document, by example."""

import pytest
from graphql import get_introspection_query, parse

from schema.limits.overlaps import MOST
from schema.limits.shape import Shape, shape_of


def shape(text: str) -> Shape:
    """Measure a document."""
    return shape_of(parse(text))


INNER = " fragment G on T { interfaces { name } }"


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("{ a }", 1),
        ("{ a { b { c } } d { e } }", 3),
        ("{ ... { ... on Query { a { ... { b } } } } }", 2),
        ("{ a { ...F } } fragment F on A { b { c } }", 3),
        ("{ a } query Deeper { a { b } }", 2),
        ("{ a } fragment Unused on A { a { b { c { d } } } }", 4),
        ("{ a { ...None } }", 1),
    ],
)
def test_depth_is_how_deep_fields_stand_in_each_other(text: str, depth: int) -> None:
    """Fragments of either kind are no level of their own."""
    assert shape(text).depth == depth


@pytest.mark.parametrize(
    ("text", "fields", "aliases"),
    [
        ("{ a x: b { y: c } }", 3, 2),
        ("{ ...F ...F a { ...F } } fragment F on A { x: a b }", 7, 3),
        ("query A { ...F } query B { ...F } fragment F on A { x: a }", 2, 2),
        ("{ a } fragment F on A { x: a }", 2, 1),
        ("{ a } fragment F on A { ...G } fragment G on A { x: a }", 2, 1),
        ("subscription { a } mutation { b }", 2, 0),
    ],
)
def test_fields_and_aliases_count_wherever_they_are_spread(
    text: str, fields: int, aliases: int
) -> None:
    """A fragment that is not used counts once, by itself or in another."""
    assert (shape(text).fields, shape(text).aliases) == (fields, aliases)


@pytest.mark.parametrize(
    ("text", "directives"),
    [
        ("{ a @x @x b @y }", 3),
        ("query A ($v: Int @y) @x { a }", 2),
        ("{ ...F @x ... @x { a } } fragment F on A @y { a @z }", 4),
        ("{ ...F ...F } fragment F on A @y { a @z }", 4),
    ],
)
def test_directives_count_wherever_they_may_be(text: str, directives: int) -> None:
    """On operations, variables, fields and fragments."""
    assert shape(text).directives == directives


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("{ __schema { types { name } } }", 0),
        ("{ __schema { types { fields { type { fields { name } } } } } }", 2),
        ("{ __schema { types { fields { args { type { inputFields { name } } } } } } }", 2),
        ('{ __type(name: "A") { possibleTypes { interfaces { fields { name } } } } }', 3),
        ("{ s: __schema { t: types { f: fields { name } } } }", 1),
        ("{ __schema { ... { types { ...F } } } } fragment F on T { fields { ...G } }" + INNER, 2),
        ("{ ...S } fragment S on Query { __schema { types { fields { name } } } }", 1),
        ("{ a { fields { interfaces { fields { x } } } } }", 0),
        ("{ ...__schema } fragment __schema on Query { fields { fields { x } } }", 0),
        ("{ __typename { fields { x } } }", 0),
    ],
)
def test_only_lists_below_a_meta_field_are_introspection(text: str, depth: int) -> None:
    """Whoever names a field or a fragment so has not asked for the schema."""
    assert shape(text).introspection_depth == depth


def test_a_full_introspection_query_is_not_deep() -> None:
    """What every explorer and generator asks first: a chain of `ofType` is no list."""
    text = get_introspection_query(
        descriptions=True, specified_by_url=True, input_value_deprecation=True
    )

    assert shape(text).introspection_depth == 1


@pytest.mark.parametrize("second", [1, 2])
def test_fragments_that_stand_for_very_much_are_counted_as_quickly_as_they_are_written(
    second: int,
) -> None:
    """Written out, it would be more fields than there are atoms."""
    links = [f"fragment F{n} on A {{ x: a @d ...F{n + 1} ...F{n + second} }}" for n in range(500)]
    last = "fragment F500 on A { a { b } } fragment F501 on A { a }"
    measured = shape(f"{{ ...F0 }} {' '.join(links)} {last}")

    assert (measured.fields, measured.aliases, measured.directives) == (MOST, MOST, MOST)
    assert measured.depth == 2


def test_a_long_chain_of_fragments_is_deep() -> None:
    """Each is one level only, but they add up, and do so without recursion."""
    links = [f"fragment F{n} on A {{ a {{ ...F{n + 1} }} }}" for n in range(1_500)]

    assert shape(f"{{ ...F0 }} {' '.join(links)} fragment F1500 on A {{ a }}").depth == 1_501


@pytest.mark.parametrize(
    "text",
    [
        "{ ...F } fragment F on A { a ...F }",
        "{ ...F } fragment F on A { a { ...G } } fragment G on A { ...F }",
        "{ a } fragment F on A { ...G } fragment G on A { ...F }",
        "{ ...H a } fragment H on A { ...F } fragment F on A { ...F }",
    ],
)
def test_fragments_in_a_circle_end(text: str) -> None:
    """They count once at most; validation refuses them, and says why."""
    assert shape(text).fields == 1
