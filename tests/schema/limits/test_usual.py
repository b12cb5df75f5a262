"""Whether the usual limits let through what people ask in earnest."""

import re
from pathlib import Path

import pytest
from graphql import GraphQLSyntaxError, OperationDefinitionNode, get_introspection_query, parse

from schema.limits.lexed import DEEPEST_NESTING, lexed
from schema.limits.limit import Limit
from schema.limits.limits import Limits
from schema.limits.shape import shape_of
from schema.limits.values import greatest_first, longest_list
from tests.soak import documents as soak

ROOT = Path(__file__).parents[3]
FOLDERS = ("tests/operations", "gateway/explorer/examples", "examples")
WRITTEN = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
INTROSPECTION = get_introspection_query(
    specified_by_url=True,
    directive_is_repeatable=True,
    schema_description=True,
    input_value_deprecation=True,
)
SHAPE = ("depth", "fields", "aliases", "directives", "overlaps", "introspection_depth")


def read() -> list[str]:
    """Read the operations of the tests, of the examples and of the documentation."""
    texts = [path.read_text() for folder in FOLDERS for path in _documents(folder)]
    for page in WRITTEN:
        texts += re.findall(r"^```graphql\n(.*?)^```", page.read_text(), re.DOTALL | re.MULTILINE)
    texts += [soak.NODES, soak.NESTED, soak.CATALOGUE, soak.CONNECTIONS, soak.WELL]
    return [text for text in texts if _is_asked(text)]


def _documents(folder: str) -> list[Path]:
    found = (ROOT / folder).rglob("*.graphql")
    return sorted(path for path in found if "node_modules" not in path.parts)


def _is_asked(text: str) -> bool:
    """Whether it is something to be asked, and no part of a schema."""
    try:
        document = parse(text)
    except GraphQLSyntaxError:
        return False
    return any(isinstance(found, OperationDefinitionNode) for found in document.definitions)


def numbers_of(text: str) -> dict[str, int]:
    """Measure a document by each limit."""
    document = parse(text)
    shape = shape_of(document)
    counted = {name: getattr(shape, name) for name in SHAPE}
    values = {
        "list_length": longest_list(document, {}),
        "first": greatest_first(document, {}),
    }
    return {**counted, **values, "tokens": lexed(text, 100_000).tokens}


@pytest.fixture(scope="module")
def measured() -> list[dict[str, int]]:
    """All documents, measured."""
    return [numbers_of(text) for text in read()]


def usual(name: str) -> float:
    """Give the usual limit of a name."""
    limit: Limit = getattr(Limits(), name)
    return limit.most


@pytest.mark.parametrize("name", ["tokens", "list_length", *SHAPE])
def test_real_documents_stay_within_half_of_a_limit(
    name: str, measured: list[dict[str, int]]
) -> None:
    """So nobody meets a limit by asking a little more than is shown."""
    greatest = max(numbers[name] for numbers in measured)

    assert len(measured) > 180
    assert 2 * greatest <= usual(name), greatest


@pytest.mark.parametrize("name", ["tokens", "list_length", *SHAPE])
def test_a_full_introspection_query_stays_within_a_limit(name: str) -> None:
    """Its chain of `ofType` is deeper than anything that is asked of the platforms."""
    assert numbers_of(INTROSPECTION)[name] <= usual(name)


def test_real_documents_ask_for_no_longer_pages_than_there_are(
    measured: list[dict[str, int]],
) -> None:
    """A page of a list has at most 100 things."""
    assert max(numbers["first"] for numbers in measured) <= usual("first")


def test_the_limit_of_depth_lies_below_what_nothing_may_exceed() -> None:
    """Otherwise it would never be the one that is told."""
    assert usual("depth") <= DEEPEST_NESTING
