"""Fragments that go in circles, multiply each other, or have to be compared."""

from tests.hostile.texts import fragments, limited, nested, times, wrong

CIRCULAR = [
    wrong("a fragment spreads itself", "{ ...A } fragment A on Query { __typename ...A }"),
    wrong(
        "two fragments spread each other",
        "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
    ),
    wrong(
        "a fragment spreads itself below a field",
        "{ node(id: 1) { ...A } } fragment A on Node { ... on CodatCompany { parent { ...A } } }",
    ),
    wrong(
        "a fragment spreads itself through an inline one",
        "{ ...A } fragment A on Query { ... { ... on Query { ...A } } }",
    ),
    wrong(
        "a circle of fragments is never used",
        "{ __typename } fragment A on Query { ...B } fragment B on Query { ...A }",
    ),
    limited(
        "100 fragments spread each of 16",
        "{ ...F0 } "
        + " ".join(f"fragment F{one} on Query {{ {times(16, '...FN')} }}" for one in range(100)),
        "overlaps",
    ),
    limited(
        "30 fragments spread the next one twice",
        f"{{ node(id: 1) {{ ...F0 }} }} {fragments(30, 'NEXT NEXT')}",
        "fields",
    ),
    limited(
        "30 fragments spread the next one twice below a field",
        f"{{ node(id: 1) {{ ...F0 }} }} {fragments(30, 'a: x { NEXT } b: x { NEXT }')}",
        "depth",
    ),
    limited(
        "directives are multiplied by fragments",
        f"{{ node(id: 1) {{ ...F0 }} }} {fragments(15, 'NEXT @skip(if: false) NEXT')}",
        "fields",
    ),
]

OVERLAPPING = [
    limited(
        "one field is selected 300 times in itself",
        f"{{ {times(300, 'a { b { c } }')} }}",
        "overlaps",
    ),
    limited(
        "fields of one name are nested in copies",
        "{" + "a{" * 6 + "x" + "}" * 6 + ("a{a{a{a{a{a{x}}}}}} " * 160) + "}",
        "overlaps",
    ),
    limited(
        "fields of one name have different arguments",
        f"{{ {times(200, 'a: companies(first: N) { nodes { id } }')} }}",
        "aliases",
    ),
    limited(
        "fields of one name meet in many fragments",
        "{ node(id: 1) { "
        + times(90, "...GN")
        + " } } "
        + times(90, "fragment GN on Card { a { b { c } } }"),
        "overlaps",
    ),
    limited(
        "fragments are compared with each other in nested fields",
        "{"
        + nested("a{...A ...B ", "}", "x", 12)
        + "}"
        + " fragment A on Query { "
        + times(75, "a(b: N)")
        + " } fragment B on Query { "
        + times(75, "a(b: N)")
        + " }",
        "overlaps",
    ),
]

CASES = [*CIRCULAR, *OVERLAPPING]
