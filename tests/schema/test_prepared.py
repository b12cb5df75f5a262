"""What is kept of documents that are sent again and again."""

import pytest
from graphql import GraphQLSchema, GraphQLSyntaxError, build_schema

from resolvers.upstream.errors import BadInput
from schema.limits.limit import Limit, LimitExceeded, Mode
from schema.limits.limits import NO_LIMITS, Limits
from schema.prepared import Prepared, Shelf

FIELDS = 2_000


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    """A schema with one field."""
    return build_schema("type Query { company(id: ID): String }")


@pytest.fixture
def shelf(schema: GraphQLSchema) -> Shelf:
    """An empty shelf."""
    return Shelf(schema, suggestions=False)


def quiet(_limit: str, _mode: Mode) -> None:
    """Keep nothing of what is told."""


def find(shelf: Shelf, text: str, limits: Limits = NO_LIMITS) -> Prepared:
    """Find a document."""
    return shelf.find(text, limits, quiet)


def kept(shelf: Shelf, text: str) -> Prepared:
    """Find a document, and keep it."""
    prepared = find(shelf, text)
    shelf.keep(text, prepared)
    return prepared


def numbered(number: int, fields: int = FIELDS) -> str:
    """Write a document of so many fields that is equal to no other."""
    return f"query Q{number} {{{' company' * fields}}}"


def test_a_document_that_is_kept_is_read_once(shelf: Shelf) -> None:
    """Found again, it is the same: parsed, measured and validated."""
    text = "{ company }"
    first = kept(shelf, text)

    assert find(shelf, text) is first
    assert find(shelf, text + " ") is not first
    assert (first.tokens, first.shape.depth, first.errors) == (3, 1, [])
    assert [operation.operation.value for operation in first.operations] == ["query"]


def test_a_document_that_was_not_kept_is_read_again(shelf: Shelf) -> None:
    """Only what has shown itself valid is kept, so nobody fills the room with nonsense."""
    first = find(shelf, "{ nothing }")

    assert find(shelf, "{ nothing }") is not first
    assert len(first.errors) == 1


def test_the_room_is_bounded_and_what_was_asked_for_longest_ago_goes(shelf: Shelf) -> None:
    """However many documents there are, the kept ones take 100 MB at most."""
    texts = [numbered(number) for number in range(50)]
    first, second = kept(shelf, texts[0]), kept(shelf, texts[1])
    for number, text in enumerate(texts[2:]):
        kept(shelf, text)
        if number % 20 == 0:
            # What is asked for again stays for longer.
            assert find(shelf, texts[0]) is first

    found = [find(shelf, text) for text in texts]
    assert found[0] is first
    assert found[1] is not second
    # One is 2,004 tokens, of two kilobytes each, and a text of 16 kB, so there is room for 24.
    assert [find(shelf, text) is one for text, one in zip(texts, found, strict=True)].count(
        True
    ) == 24


def test_a_document_that_is_very_long_is_not_kept(shelf: Shelf) -> None:
    """It would push out many that are asked for often."""
    text = numbered(0, 10_001)
    first = kept(shelf, text)

    assert find(shelf, text) is not first


@pytest.mark.parametrize(
    "more", ["#" + "x" * 400_000, "#\U0001f600" + "x" * 100_000, "," * 400_000]
)
def test_a_text_takes_room_whatever_its_tokens_are(shelf: Shelf, more: str) -> None:
    """Or 25,000 documents of a megabyte would be as good as one of 100,000 tokens."""
    texts = [f"query Q{number} {{ company }} {more}" for number in range(150)]
    prepared = find(shelf, texts[0])
    for text in texts:
        shelf.keep(text, prepared)

    assert find(shelf, texts[50]) is prepared
    assert find(shelf, texts[0]) is not prepared


def test_comments_take_room_as_tokens_do(shelf: Shelf) -> None:
    """The parser holds them as well."""
    text = "{ company }" + "#\n" * 10_001
    first = kept(shelf, text)

    assert find(shelf, text) is not first


def test_what_is_kept_twice_takes_its_room_once(shelf: Shelf) -> None:
    """As when several clients ask for it for the first time at once."""
    first = kept(shelf, numbered(0))
    for _ in range(60):
        shelf.keep(numbered(0), first)
    second = kept(shelf, numbered(1))

    assert find(shelf, numbered(0)) is first
    assert find(shelf, numbered(1)) is second


def test_a_kept_document_is_held_against_the_limits_again(shelf: Shelf) -> None:
    """They are those of who asks now."""
    kept(shelf, "{ company }")

    with pytest.raises(LimitExceeded) as over:
        find(shelf, "{ company }", Limits.model_validate({"tokens": 2}))
    assert over.value.value == 3


@pytest.mark.parametrize("text", ["", "{", "{ company", "company", "{ company } }", "\0", "{ a: }"])
def test_what_is_no_document_is_a_syntax_error(shelf: Shelf, text: str) -> None:
    """With its place, as GraphQL tells it."""
    with pytest.raises(GraphQLSyntaxError):
        find(shelf, text)


def test_a_name_that_is_very_long_is_refused(shelf: Shelf) -> None:
    """It would stand in errors again and again."""
    with pytest.raises(BadInput):
        find(shelf, "{" + "a" * 100_000 + "}")


@pytest.mark.parametrize("suggestions", [True, False])
def test_suggestions_are_made_where_they_are_let(schema: GraphQLSchema, suggestions: bool) -> None:
    """They give a schema away, name by name."""
    shelf = Shelf(schema, suggestions=suggestions)
    (error,) = find(shelf, "{ compani }").errors

    assert ("Did you mean 'company'?" in error.message) is suggestions


@pytest.mark.parametrize(
    ("text", "introspects"),
    [
        ("{ company }", False),
        ("{ __typename }", False),
        ("{ ...__schema } fragment __schema on Query { company }", False),
        ("{ __schema: company }", False),
        ("{ __schema { description } }", True),
        ("{ company: __schema { description } }", True),
        ('{ ...F } fragment F on Query { a: __type(name: "Query") { name } }', True),
        ("query A { company } query B { __schema { description } }", True),
    ],
)
def test_what_asks_for_the_schema_is_seen(shelf: Shelf, text: str, introspects: bool) -> None:
    """Under whatever name."""
    assert find(shelf, text).introspects is introspects


@pytest.mark.parametrize("more", ["," * 5_000, "#" + "x" * 5_000, " " * 5_000])
def test_what_is_long_counts_though_it_has_few_tokens(shelf: Shelf, more: str) -> None:
    """To read it takes as long, found again or not."""
    text, limits = "{ company }" + more, Limits(tokens=Limit(100))

    assert find(shelf, text[:5_000], limits).tokens == 100
    with pytest.raises(LimitExceeded):
        find(shelf, text + more[:100], limits)
    kept(shelf, text + more[:100])
    with pytest.raises(LimitExceeded):
        find(shelf, text + more[:100], limits)
