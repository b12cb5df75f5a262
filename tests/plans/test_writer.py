"""The documents that are compared leave out nothing that a query can ask for."""

from graphql import parse, validate

from tests.plans.routes import CORE, reached
from tests.plans.test_beside import DOCUMENTS, PARTS
from tests.plans.writer import Writer


def test_every_field_that_a_query_reaches_is_in_some_document() -> None:
    """What is never selected is never compared."""
    used = set[tuple[str, str]]()
    for seed in range(PARTS * DOCUMENTS):
        writer = Writer(seed)
        writer.document()
        used |= writer.used

    assert reached() - used == set()


def test_a_document_is_valid_and_the_same_each_time() -> None:
    """Or what was found once could not be found again."""
    for seed in range(40):
        document = str(Writer(seed).document())

        assert validate(CORE, parse(document)) == [], document
        assert document == str(Writer(seed).document())


def test_documents_have_all_that_changes_what_a_selection_means() -> None:
    """Each of these is a way of its own through whatever executes."""
    documents = "\n".join(str(Writer(seed).document()) for seed in range(400))

    for part in (
        *("fragment F", "... on Node", "... {", "@skip(if: true)", "@include(if: false)"),
        *("@include(if: $v", "@skip(if: $v", "__typename", "a: ", "edges {", "pageInfo {"),
        *("totalCount", "outages {", "= null", ": null", "query Asked", "query Other", "nodes(ids"),
        *("__schema", "Boolean! = true", "[Platform!]", "Int = "),
    ):
        assert part in documents, part
