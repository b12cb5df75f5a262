"""The facts are of one form, and their examples hold to them."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from gateway.coverage.facts import Fact, Kind, chapters
from gateway.coverage.paths import stands_for
from tests.contract.compared import FACTS, ROOT, named
from tests.contract.documents import path_of, values

SECTIONS = [pytest.param(fact, id=named(key)) for key, fact in FACTS.items()]
EXAMPLES = [
    pytest.param(fields, document, id=f"{named(key)} {side}")
    for key, fact in FACTS.items()
    for side, fields, document in (
        ("request", fact.request, fact.example.request),
        ("response", fact.response, fact.example.response),
    )
    if document is not None
]
PATH = re.compile(r"\$|(\[\]|[\w*]+(\[\])*)(\.[\w*]+(\[\])*)*")
OURS = re.compile(r"([\w-]+\.)*example\.(com|org|net)")
KINDS: dict[Kind, tuple[type, ...]] = {
    Kind.STRING: (str,),
    Kind.NUMBER: (int, float),
    Kind.BOOLEAN: (bool,),
}


def test_a_section_is_told_once() -> None:
    """Its name is unique at its platform."""
    told = Counter(
        (chapter.platform, fact.section) for chapter in chapters(ROOT) for fact in chapter.facts
    )

    assert [key for key, times in told.items() if times > 1] == []


def test_no_file_is_left_unread() -> None:
    """A chapter of a platform that does not exist would be held to nothing."""
    read = {f"{chapter.platform}/{chapter.name}.json" for chapter in chapters(ROOT)}
    folder = Path(__file__).parent

    assert read == {path.relative_to(folder).as_posix() for path in folder.rglob("*.json")}


@pytest.mark.parametrize("fact", SECTIONS)
def test_every_path_is_written_in_the_one_way(fact: Fact) -> None:
    """And whatever a path stands below is told too."""
    for fields in (fact.request, fact.response):
        assert [path for path in fields if not PATH.fullmatch(path)] == []
        assert [path for path in fields if not set(containers(path)) <= set(fields)] == []


def containers(path: str) -> list[str]:
    """Give the members that a path goes through, as they are told."""
    parts = path.split(".")
    ways = (".".join(parts[:length]) for length in range(1, len(parts)))
    return [way.removesuffix("[]") for way in ways if way != "[]"]


@pytest.mark.parametrize(("fields", "document"), EXAMPLES)
def test_an_example_has_nothing_but_documented_fields_of_their_kinds(
    fields: dict[str, Kind], document: Any
) -> None:
    """Null may stand anywhere."""
    for place, value in values(document):
        kinds = [kind for known, kind in fields.items() if stands_for(known, path_of(place))]
        inside = [known for known, kind in fields.items() if kind is Kind.ANY]
        assert kinds or any(path_of(place).startswith(known.rstrip("*")) for known in inside), place
        assert all(is_of(kind, value) for kind in kinds), place


def is_of(kind: Kind, value: object) -> bool:
    """Tell whether a value is of a kind; true is no number."""
    if value is None or kind not in KINDS:
        return True
    return isinstance(value, KINDS[kind]) and (kind is Kind.BOOLEAN or not isinstance(value, bool))


@pytest.mark.parametrize(("fields", "document"), EXAMPLES)
def test_addresses_in_an_example_lead_nowhere(fields: dict[str, Kind], document: Any) -> None:
    """Hosts and mail addresses are among those that are kept for examples."""
    del fields
    texts = [value for _, value in values(document) if isinstance(value, str)]
    hosts = [found for text in texts for found in re.findall(r"(?:https?://|@)([\w.-]+)", text)]

    assert [host for host in hosts if not OURS.fullmatch(host) and host != "folder"] == []
