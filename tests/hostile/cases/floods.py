"""Documents that have too much of one thing, or many mistakes."""

from tests.hostile.case import Case
from tests.hostile.texts import BAD, limited, times, wrong
from tests.hostile.writing import asked, sent


def _value(fields: str) -> str:
    return f"mutation {{ companyCreate(input: {{ codat: {{ {fields} }} }}) {{ outcome }} }}"


FLOODS = [
    limited(
        "a field has 101 directives",
        f"{{ __typename {'@include(if: true) ' * 101} }}",
        "directives",
    ),
    limited(
        "a field has 1,900 directives that there are not",
        f"{{ __typename {'@x ' * 1900} }}",
        "directives",
    ),
    limited(
        "an operation has 1,900 directives", f"query {'@x ' * 1900} {{ __typename }}", "directives"
    ),
    limited(
        "a variable has 1,000 directives",
        f"query($a: Int {'@x ' * 1000}) {{ __typename }}",
        "directives",
    ),
    limited(
        "directives stand on a fragment, its spreads and an inline one",
        f"{{ ...F {'@x ' * 40} ... {'@y ' * 40} {{ id }} }} "
        f"fragment F on Query {'@z ' * 40} {{ id }}",
        "directives",
    ),
    wrong("a directive that there is not is repeated 100 times", f"{{ __typename {'@x ' * 100} }}"),
    wrong(
        "a directive that stands once is repeated 100 times",
        f"{{ __typename {'@skip(if: false) ' * 100} }}",
    ),
    limited("a document has 900,000 commas", "{ __typename " + "," * 900_000 + "}", "tokens"),
    Case("a document has 190,000 commas", asked("{ __typename " + "," * 190_000 + "}"), 200, None),
    Case(
        "a document has 300,000 byte order marks",
        lambda _: sent({"query": "{ __typename " + "\ufeff" * 150_000 + "}"}),
        200,
        None,
    ),
    limited("a document has 90,000 comments", "{ __typename }" + "#\n" * 90_000, "tokens"),
    limited("a document has 300,000 comments", "{ __typename }" + "#\n" * 300_000, "tokens"),
    limited(
        "a document has a comment of 900,000 letters", "{ __typename } #" + "c" * 900_000, "tokens"
    ),
    limited(
        "a document has a text of 900,000 letters",
        '{ node(id: "' + "t" * 900_000 + '") { nothing } }',
        "tokens",
    ),
    wrong(
        "a document has a text of 30,000 escapes",
        '{ node(id: "' + "\\u0041" * 30_000 + '") { nothing } }',
    ),
    wrong(
        "a document has a text of 190,000 lines",
        '{ node(id: """' + "\n" * 190_000 + '""") { nothing } }',
    ),
    limited(
        "a document asks for a field of 900,000 letters", "{ " + "f" * 900_000 + " }", "tokens"
    ),
    wrong("a document asks for a field of 190,000 letters", "{ " + "f" * 190_000 + " }"),
    wrong(
        "a mistake is told of 100 times with a name of 190,000 letters",
        "query " + "q" * 190_000 + "(" + times(100, "$vN: Int") + ") { __typename }",
    ),
    wrong(
        "a value in a document has 1,200 fields that there are not", _value(times(1200, "noN: 1"))
    ),
    wrong(
        "a value in a document has many wrong fields beside a text of 180,000 letters",
        _value(f'name: "{"x" * 180_000}" {times(1000, "noN: 1")}'),
    ),
    wrong("a document has 1,900 mistakes", f"{{ {times(1900, 'noN')} }}"),
    wrong(
        "a document has an integer of 190,000 digits",
        "{ companies(filter: " + "9" * 190_000 + ") { nodes { id } } }",
    ),
    wrong("a document is a single byte that is nothing", "\x00"),
    wrong("a document has a null byte in a name", "{ __type\x00name }"),
    wrong("a document is empty", ""),
    wrong("a document is nothing but fragments", "fragment A on Query { __typename }"),
    wrong("a document defines types", "type Query { a: Int } schema { query: Query }"),
    wrong("a document subscribes", "subscription { companies { nodes { id } } }"),
    wrong("a document asks for a field that is nearly right", "{ companie { nodes { id } } }"),
    wrong(
        "a document gives an argument that is nearly right",
        "{ companies(firs: 1) { nodes { id } } }",
    ),
    wrong(
        "a document gives a value that is nearly right",
        "{ companies(platforms: [CODA]) { nodes { id } } }",
    ),
    wrong(
        "a document is of a type that is nearly right",
        "{ companies { nodes { ... on CodatCompan { id } } } }",
    ),
    Case(
        "a variable gives a value that is nearly right",
        asked("query($p: [Platform!]) { companies(platforms: $p) { nodes { id } } }", p=["CODA"]),
        400,
        BAD,
    ),
    Case(
        "a variable gives a field that is nearly right",
        asked(
            "query($f: CompanyFilter) { companies(filter: $f) { nodes { id } } }",
            f={"nameContain": "x"},
        ),
        400,
        BAD,
    ),
]

CASES = [*FLOODS]
