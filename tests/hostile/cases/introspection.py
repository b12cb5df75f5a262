"""The schema, asked for in all the ways there are."""

from tests.hostile.case import Case
from tests.hostile.texts import LIMIT, times, wrong
from tests.hostile.writing import asked

_DENIED = "FORBIDDEN"


def _schema(name: str, document: str) -> Case:
    return Case(name, asked(document), 403, _DENIED)


def _endless(name: str, document: str) -> Case:
    """Ask who tells the schema."""
    return Case(name, asked(document), 400, LIMIT, "introspection_depth", "lax")


_HIDDEN = """{ __schema { types { ...T } } }
fragment T on __Type { fields { type { ...U } } }
fragment U on __Type { fields { type { ...V } } }
fragment V on __Type { fields { name } }"""

INTROSPECTION = [
    _schema("the schema is asked for", "{ __schema { types { name } } }"),
    _schema("the schema is asked for by an alias", "{ harmless: __schema { types { name } } }"),
    _schema("a type is asked for", '{ __type(name: "Query") { fields { name } } }'),
    _schema(
        "the schema is asked for in a fragment of its own name",
        "{ ...__schema } fragment __schema on Query { __schema { types { name } } }",
    ),
    _schema(
        "the schema is asked for in an inline fragment",
        "{ ... on Query { ... { __schema { types { name } } } } }",
    ),
    _schema(
        "the schema is asked for beside what is allowed",
        "{ __typename companies { nodes { id } } __schema { types { name } } }",
    ),
    _schema(
        "a type is asked for in the second operation",
        'query A { __typename } query B { __type(name: "Query") { name } }',
    ),
    _schema(
        "the schema is asked for unless a variable says so",
        "query($no: Boolean! = true) { __schema @skip(if: $no) { types { name } } }",
    ),
    _schema(
        "a fragment that is not used asks for the schema",
        "{ __typename } fragment F on Query { __schema { types { name } } }",
    ),
    wrong("the schema is asked for by a mutation", "mutation { __schema { types { name } } }"),
    wrong(
        "a fragment that is called __schema asks for nothing of it",
        "{ ...__schema } fragment __schema on Query { nothing }",
    ),
    _endless(
        "fields of types of fields are asked for without end",
        "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
    ),
    _endless("the depth of an introspection is hidden in fragments", _HIDDEN),
    _endless(
        "possible types are asked for of possible types",
        "{ __schema { types { possibleTypes { interfaces { possibleTypes { name } } } } } }",
    ),
    Case(
        "the whole schema is asked for by 101 aliases",
        asked(f"{{ {times(101, 'aN: __schema { types { name } }')} }}"),
        400,
        LIMIT,
        "aliases",
        "lax",
    ),
]

CASES = [*INTROSPECTION]
