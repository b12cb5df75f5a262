"""Documents that are deep or wide."""

from tests.graph.lists import global_id
from tests.hostile.case import Case
from tests.hostile.texts import BAD, LIMIT, fragments, limited, nested, times, wrong
from tests.hostile.writing import asked

_DELETE = 'companyDelete(id: "x") { deletedId }'
_PAGES = """{ companies(first: 100) { nodes { ... on ClinkedAccount {
    groups(first: 100) { nodes { ... on ClinkedGroup { members(first: 100) { nodes { id } } } } }
} } } }"""

DEEP = [
    limited("fields are nested 10,000 deep", nested("{a", "}"), "tokens"),
    limited("fields are nested 60 deep", nested("{a", "}", times=60), "depth"),
    limited("fields are nested 1,000 deep", nested("{a", "}", times=1000), "depth"),
    limited(
        "inline fragments are nested 1,000 deep",
        "{" + nested("...{", "}", "id", 1000) + "}",
        "depth",
    ),
    limited(
        "a list is nested 10,000 deep in an argument", f"{{ a(b: {nested('[', ']')}) }}", "tokens"
    ),
    limited(
        "a list is nested 1,500 deep in an argument",
        f"{{ a(b: {nested('[', ']', times=1500)}) }}",
        "depth",
    ),
    limited(
        "an object is nested 10,000 deep in an argument",
        f"{{ a(b: {nested('{c:', '}', '1')}) }}",
        "tokens",
    ),
    limited(
        "an object is nested 900 deep in an argument",
        f"{{ a(b: {nested('{c:', '}', '1', 900)}) }}",
        "depth",
    ),
    limited(
        "a type is nested 10,000 lists deep",
        f"query($a: {nested('[', ']', 'Int')}) {{ id }}",
        "tokens",
    ),
    limited(
        "a type is nested 1,500 lists deep",
        f"query($a: {nested('[', ']', 'Int', 1500)}) {{ id }}",
        "depth",
    ),
    limited("brackets are opened and never closed", "{" * 1000, "depth"),
    limited(
        "300 fragments lead into each other",
        f"{{ node(id: 1) {{ ...F0 }} }} {fragments(300, 'NEXT')}",
        "overlaps",
    ),
    limited(
        "fragments lead 100 fields deep",
        f"{{ node(id: 1) {{ ...F0 }} }} {fragments(100, 'a { NEXT }')}",
        "depth",
    ),
    limited(
        "fragments hide a deep query in a fragment that is not used",
        "{ id } " + fragments(100, "a { NEXT }"),
        "depth",
    ),
    wrong("a document closes what it has not opened", "}" * 3000),
]

WIDE = [
    limited(
        "one field is asked for by 1,000 aliases",
        f"{{ {times(1000, 'aN: __typename')} }}",
        "aliases",
    ),
    limited(
        "a list is asked for by 101 aliases",
        f"{{ {times(101, 'aN: companies { nodes { id } }')} }}",
        "aliases",
    ),
    limited(
        "aliases are multiplied by fragments",
        f"{{ {times(20, '...F')} }} fragment F on Query {{ {times(20, 'aN: __typename')} }}",
        "aliases",
    ),
    limited(
        "a mutation is sent 101 times by aliases",
        f"mutation {{ {times(101, f'aN: {_DELETE}')} }}",
        "aliases",
    ),
    limited("one field is asked for 3,000 times", f"{{ {'__typename ' * 3000} }}", "fields"),
    limited("3,000 different fields are asked for", f"{{ {times(3000, 'fN')} }}", "fields"),
    limited("a document has 10,000 names", f"{{ {'a ' * 10_000} }}", "tokens"),
    limited("a document has 400,000 names", f"{{ {'a ' * 400_000} }}", "tokens"),
    limited("a document has 1,000 operations", times(1000, "query QN { a }"), "tokens"),
    wrong("a document has 700 operations, and which is not said", times(700, "query QN{id}")),
    limited(
        "100 pages of 100 are asked for in each other",
        _PAGES,
        "calls",
    ),
    limited(
        "a page of 10,000 is asked for", "{ companies(first: 10000) { nodes { id } } }", "first"
    ),
    wrong(
        "a page of ten to the 200 is asked for",
        f"{{ companies(first: 1{'0' * 200}) {{ nodes {{ id }} }} }}",
    ),
    wrong(
        "a page of ten to the 100,000 is asked for",
        f"{{ companies(first: 1{'0' * 100_000}) {{ nodes {{ id }} }} }}",
    ),
    Case(
        "a page of 10,000 is asked for by a variable",
        asked("query($n: Int!) { companies(first: $n) { nodes { id } } }", n=10_000),
        400,
        LIMIT,
        "first",
    ),
    limited(
        "a page of 10,000 is asked for by a default",
        "query($n: Int = 10000) { companies(first: $n) { nodes { id } } }",
        "first",
    ),
    limited(
        "a page of 10,000 is asked for in a fragment",
        "{ ...F } fragment F on Query { companies(first: 10000) { nodes { id } } }",
        "first",
    ),
    Case(
        "1,001 ids are asked for at once",
        asked("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=["x"] * 1001),
        400,
        LIMIT,
        "list_length",
    ),
    Case(
        "1,000 ids are asked for at once",
        asked("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=["x"] * 1000),
        200,
        BAD,
    ),
    Case(
        "100 ids are asked for by each of 50 aliases",
        asked(
            f"query($ids: [ID!]!) {{ {times(50, 'aN: nodes(ids: $ids) { id }')} }}",
            ids=[global_id("CodatCompany", "codat", str(one)) for one in range(100)],
        ),
        400,
        LIMIT,
        "calls",
    ),
    Case(
        "a variable is a list of 100,000",
        asked("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=[1] * 100_000),
        400,
        LIMIT,
        "list_length",
    ),
    Case(
        "a variable that is not used is a list of 100,000",
        asked("{ __typename }", ids=[1] * 100_000),
        400,
        LIMIT,
        "list_length",
    ),
    Case(
        "a list of 100,000 is hidden deep in a variable",
        asked("query($i: ID!) { node(id: $i) { id } }", i={"a": [{"b": [1] * 100_000}]}),
        400,
        LIMIT,
        "list_length",
    ),
    limited(
        "a list of 1,500 is written in the document",
        f"{{ nodes(ids: [{'1 ' * 1500}]) {{ id }} }}",
        "list_length",
    ),
]

DEFERRED = [
    limited(
        "101 fragments are deferred", f"{{ {'... @defer { __typename } ' * 101} }}", "directives"
    ),
    limited(
        "deferred fragments are multiplied by fragments",
        f"{{ {times(20, '...F')} }} fragment F on Query {{ {'...{...@defer{id}} ' * 20} }}",
        "directives",
    ),
]

CASES = [*DEEP, *WIDE, *DEFERRED]
