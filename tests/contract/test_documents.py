"""The facts are those of the documents, where a copy of the documents is at hand."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, cast

import pytest

from resolvers.platform import Platform
from tests.contract.compared import FACTS, ROOT

DOCUMENTS = ROOT.parent / "shared" / "contracts"

pytestmark = pytest.mark.skipif(
    not DOCUMENTS.is_dir(), reason="no copy of the platforms' documents lies beside the checkout"
)

# Names that stand for any name.
FREE = {"PropertyName", "PropertyValue", "fakeTag", "WEST", "1"}
# What a section takes over from another one: the document is cut off there.
ALSO = {"8.2": "8.1"}


def read(name: str) -> Any:
    """Read one of the documents."""
    return json.loads((DOCUMENTS / name).read_text())


def names(paths: Iterable[str]) -> set[str]:
    """Give the names of all members on these paths."""
    return {name for path in paths for name in re.findall(r"\w+", path)} - FREE


def keys(document: Any) -> Iterator[str]:
    """Give the name of every member in a document."""
    if isinstance(document, dict):
        for name, value in cast("dict[str, Any]", document).items():
            yield name
            yield from keys(value)
    elif isinstance(document, list):
        for value in cast("list[Any]", document):
            yield from keys(value)


def told(section: dict[str, Any], side: str) -> set[str]:
    """Give the names that a section tells of one side, in its table and in its example."""
    table = (field["path"] for field in section.get(f"{side}_fields") or ())
    return names([*table, *keys(section.get(f"{side}_example"))])


def test_every_section_of_clinked_is_among_the_facts() -> None:
    """With its method, path, query and status."""
    documented = {
        section["section"]: (
            section["method"],
            section["path"],
            set(section.get("query_params") or ()),
            section.get("status"),
        )
        for section in read("clinked.json")
    }
    facts = {
        section: (fact.method.value, fact.path, set(fact.query), fact.status)
        for (platform, section), fact in FACTS.items()
        if platform == "clinked"
    }

    assert facts == documented


@pytest.mark.parametrize("side", ["request", "response"])
def test_every_field_of_clinked_is_among_the_facts(side: str) -> None:
    """By its name; and the facts have no name of their own."""
    documented = {section["section"]: section for section in read("clinked.json")}
    for number, section in documented.items():
        fact = FACTS[Platform("clinked"), number]
        known = names((fact.request if side == "request" else fact.response).keys())
        expected = told(section, side)
        if number in ALSO:
            expected |= told(documented[ALSO[number]], side)

        assert known <= expected, number
        # `example` is a free name in one section, and an ordinary one nowhere.
        assert expected - known <= {"example", *ENVELOPE.get(number, ())}, number


# Members of the page around 8.1, which 8.2 does not have.
ENVELOPE = {
    "8.2": {
        "items",
        "currentPage",
        "pageSize",
        "nextPage",
        "previousPage",
        "totalPages",
        "totalResults",
    }
}


@pytest.mark.parametrize("platform", ["codat", "leadconduit"])
def test_every_operation_of_a_specification_is_among_the_facts(platform: str) -> None:
    """With its method and path."""
    documented = {
        (method.upper(), re.sub(r"\{\w+\}", "{}", path))
        for path, operations in read(f"openapi/{platform}.json")["paths"].items()
        for method in operations
        if method in {"get", "post", "put", "patch", "delete"}
    }
    facts = {
        (fact.method.value, re.sub(r"\{\w+\}", "{}", fact.path))
        for (owner, _), fact in FACTS.items()
        if owner == platform
    }

    assert documented <= facts


@pytest.mark.parametrize(
    ("platform", "schemas"),
    [
        ("codat", ["Companies", "Company", "Connection", "Group", "PagingInfo"]),
        ("leadconduit", ["Entity", "Changelog", "ChangelogUser", "Change"]),
    ],
)
def test_every_property_of_a_schema_is_among_the_facts(platform: str, schemas: list[str]) -> None:
    """By its name."""
    defined = read(f"openapi/{platform}.json")["components"]["schemas"]
    documented = {name for schema in schemas for name in properties(defined[schema])}
    facts = [fact for (owner, _), fact in FACTS.items() if owner == platform]

    assert documented <= {name for fact in facts for name in names(fact.response)}


def properties(schema: Any) -> Iterator[str]:
    """Give the name of every property in a schema, and in the schemas inside it."""
    if isinstance(schema, dict):
        for name, inside in cast("dict[str, Any]", schema).items():
            if name == "properties":
                yield from cast("dict[str, Any]", inside)
            yield from properties(inside)
    elif isinstance(schema, list):
        for inside in cast("list[Any]", schema):
            yield from properties(inside)


@pytest.mark.parametrize("platform", ["conduit", "kondado", "leadconduit"])
def test_every_field_of_a_small_document_is_among_the_facts(platform: str) -> None:
    """By its method, path and names."""
    facts = [fact for (owner, _), fact in FACTS.items() if owner == platform]
    for operation in read(f"{platform}.json")["operations"]:
        path = re.sub(r"\{\w+\}", "{}", operation["path"])
        (fact,) = (
            fact
            for fact in facts
            if (fact.method, re.sub(r"\{\w+\}", "{}", fact.path)) == (operation["method"], path)
        )
        assert told(operation, "request") <= names(fact.request)
        assert told(operation, "response") <= names(fact.response)
        answered = {field["path"] for field in operation.get("response_only_fields", ())}
        assert answered <= names(fact.response)
