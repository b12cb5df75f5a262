"""The facts of the platforms' documents, as data that the project keeps.

One file for each chapter, `tests/contract/<platform>/<chapter>.json`, lists its sections. The path
of a field is written alike for all platforms: `items[].user.id`, `[].id` where the document is a
list, `dns.*.valid` where a member's name is free, `$` where the document is one bare value.
"""

from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from resolvers.call import Method
from resolvers.platform import Platform


class NothingToCompare(Exception):
    """There is no checkout below the folder that was named, or its facts cannot be read."""


class Kind(StrEnum):
    """Of what kind the value of a documented field is."""

    STRING = "string"
    """Text."""
    NUMBER = "number"
    """A number, whole or not."""
    BOOLEAN = "boolean"
    """True or false."""
    OBJECT = "object"
    """Members with names."""
    ARRAY = "array"
    """A list."""
    ANY = "any"
    """The document does not tell, or tells two things."""

    @property
    def is_container(self) -> bool:
        """Whether other fields may stand below."""
        return self not in {Kind.STRING, Kind.NUMBER, Kind.BOOLEAN}


class Example(BaseModel):
    """What is sent and what comes back, in values of our own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    request: Any = None
    response: Any = None


class Fact(BaseModel):
    """One documented section: a call, what goes into it and what comes back.

    `fixed` is what tells this meaning of a path from another one, in the query or in the body.
    `status` is None where the document does not tell it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    section: str
    method: Method
    path: str
    query: tuple[str, ...] = ()
    fixed: dict[str, str] = {}
    request: dict[str, Kind] = {}
    response: dict[str, Kind] = {}
    status: int | None = None
    headers: tuple[str, ...] = ()
    example: Example = Example()


class Chapter(BaseModel):
    """The sections of one chapter of a platform's documents."""

    model_config = ConfigDict(frozen=True)

    platform: Platform
    name: str
    facts: tuple[Fact, ...]


_FACTS = TypeAdapter(tuple[Fact, ...])


def chapters(root: Path) -> list[Chapter]:
    """Read every chapter below a checkout, by platform and section."""
    folder = root / "tests" / "contract"
    if not folder.is_dir():
        raise NothingToCompare(f"{folder} is not there: name a checkout with --root")
    read = [
        Chapter(platform=platform, name=path.stem, facts=_facts(path))
        for platform in Platform
        for path in sorted((folder / platform).glob("*.json"))
    ]
    return sorted(read, key=lambda chapter: (chapter.platform, in_order(chapter.facts[0].section)))


def _facts(path: Path) -> tuple[Fact, ...]:
    try:
        return _FACTS.validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the whole"
        raise NothingToCompare(f"{path} cannot be read: {where}: {first['msg']}") from None


def in_order(section: str) -> tuple[tuple[int, str], ...]:
    """Give what sections are sorted by: 4.10 comes after 4.9.

    >>> sorted(["4.10.1", "4.9.2", "4.9.1"], key=in_order)
    ['4.9.1', '4.9.2', '4.10.1']
    """
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in section.split("."))
