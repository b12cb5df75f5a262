"""The operations with which GraphiQL opens, each in a tab."""

from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent / "examples"


class Example(NamedTuple):
    """An operation with its variables as JSON, by the names that GraphiQL has for a tab's parts."""

    query: str
    variables: str | None


def examples() -> list[Example]:
    """Give every example, in the order of the names of their files."""
    return [_read(document) for document in sorted(_FOLDER.glob("*.graphql"))]


def _read(document: Path) -> Example:
    variables = document.with_suffix(".json")
    return Example(document.read_text(), variables.read_text() if variables.exists() else None)
