"""One document for one documented endpoint, with what is expected of it.

Beside `4.9.3-update.graphql` stands `4.9.3-update.json`: the `variables`, the `data` of the answer,
and the call that the platform has to have `received`. What may be left out: `before`, documents
(with `variables`) that have to run first; `credentials`, where they are not the usual ones.

A text `id:ClinkedGuest/clinked/11/801` stands for the global id of that thing, `<moment>` for any
DateTime, `<text>` for any text that is not empty, and `<id>` for any global id.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from resolvers.identity import GlobalId

FOLDER = Path(__file__).parent

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


@dataclass(frozen=True, slots=True)
class Operation:
    """A document, the section that it reaches, and what is expected."""

    platform: str
    chapter: str
    section: str
    document: str
    expected: dict[str, Any]
    name: str

    def __str__(self) -> str:
        """Name it as its file is named."""
        return self.name


def operations() -> Iterator[Operation]:
    """Read every document below this folder."""
    for path in sorted(FOLDER.rglob("*.graphql")):
        platform, chapter = path.relative_to(FOLDER).parts[:2]
        expected = json.loads(path.with_suffix(".json").read_text())
        name = f"{platform}/{chapter}/{path.stem}"
        section = _section(path.stem)
        yield Operation(platform, chapter, section, path.read_text(), expected, name)


def _section(stem: str) -> str:
    """Tell the section by the file's name: `4.9.3-update`, or all of it where it has no number."""
    return stem.partition("-")[0] if stem[0].isdigit() else stem.partition(".")[0]


def with_ids(value: Any) -> Any:
    """Write the global ids in a document's variables."""
    if isinstance(value, str) and value.startswith("id:"):
        kind, connection, *keys = value.removeprefix("id:").split("/")
        return str(GlobalId(kind, connection, tuple(keys)))
    if isinstance(value, list):
        return [with_ids(one) for one in cast("list[Any]", value)]
    if isinstance(value, dict):
        return {name: with_ids(one) for name, one in cast("dict[str, Any]", value).items()}
    return value


def shown(expected: Any, actual: Any) -> Any:
    """Give the answer with each value that a placeholder stands for written as the placeholder."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        fields = cast("dict[str, Any]", actual)
        wanted = cast("dict[str, Any]", expected)
        return {name: shown(wanted.get(name), one) for name, one in fields.items()}
    if isinstance(expected, list) and isinstance(actual, list):
        items, places = cast("list[Any]", actual), cast("list[Any]", expected)
        places = places + [None] * (len(items) - len(places))
        return [shown(place, one) for place, one in zip(places, items, strict=False)]
    value = cast("object", actual)
    return cast("object", expected) if _stands_for(expected, value) else value


def _stands_for(expected: Any, actual: object) -> bool:
    if not isinstance(actual, str) or not actual:
        return False
    if expected == "<moment>":
        return _MOMENT.fullmatch(actual) is not None
    if expected == "<id>":
        return len(GlobalId.parse(actual).keys) > 0
    return expected == "<text>" or actual == with_ids(expected)
