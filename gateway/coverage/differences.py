"""Where the project does not do as the documents say, and why.

`tests/contract/differences.toml` has two lists. `left_out` is what is documented and not declared,
`beyond` what is declared and not documented. An entry is about whole sections, or about fields of
the query, the request or the response: each is the end of a path, and what is below it is meant
too. An entry that changes nothing any more is found by `Differences.stale`.
"""

import tomllib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from gateway.coverage.facts import NothingToCompare
from gateway.coverage.paths import above, ends_in
from resolvers.platform import Platform


class Side(StrEnum):
    """What of a section an entry is about."""

    SECTION = "section"
    """All of it."""
    QUERY = "query"
    """Parameters in the query."""
    REQUEST = "request"
    """Fields of the body that is sent."""
    RESPONSE = "response"
    """Fields of the answer."""


class Difference(BaseModel):
    """One thing that is done otherwise than documented; without sections it is meant anywhere."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    platform: Platform
    side: Side
    sections: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    reason: str

    def matches(self, platform: Platform, side: Side, section: str, path: str) -> str | None:
        """Give the field that the path is meant by; None if the entry does not mean it."""
        if (platform, side) != (self.platform, self.side):
            return None
        if self.sections and section not in self.sections:
            return None
        if side is Side.SECTION:
            return section
        prefixes = tuple(above(path))
        return next((f for f in self.fields if any(ends_in(p, f) for p in prefixes)), None)


class _Document(BaseModel):
    """The file as a whole."""

    model_config = ConfigDict(extra="forbid")

    left_out: tuple[Difference, ...] = ()
    beyond: tuple[Difference, ...] = ()


class Differences:
    """The list of differences, which remembers what of it has mattered."""

    def __init__(
        self, left_out: tuple[Difference, ...] = (), beyond: tuple[Difference, ...] = ()
    ) -> None:
        """Take the entries."""
        self.left_out = left_out
        self.beyond = beyond
        self._mattered: set[tuple[Difference, str]] = set()

    @classmethod
    def read(cls, root: Path) -> "Differences":
        """Read them below a checkout."""
        path = root / "tests" / "contract" / "differences.toml"
        try:
            document = _Document.model_validate(tomllib.loads(path.read_text("utf-8")))
        except FileNotFoundError:
            raise NothingToCompare(f"{path} is not there") from None
        return cls(document.left_out, document.beyond)

    def leave_out(self, platform: Platform, side: Side, section: str, path: str = "") -> bool:
        """Tell whether something documented is left out on purpose."""
        return self._matter(self.left_out, platform, side, section, path)

    def go_beyond(self, platform: Platform, side: Side, section: str, path: str) -> bool:
        """Tell whether something undocumented is declared on purpose."""
        return self._matter(self.beyond, platform, side, section, path)

    def stale(self) -> Iterator[tuple[Difference, str]]:
        """Give the fields and sections of entries that have not mattered."""
        for entry in (*self.left_out, *self.beyond):
            for part in dict.fromkeys((*entry.sections, *entry.fields)):
                if (entry, part) not in self._mattered:
                    yield entry, part

    def _matter(
        self,
        entries: tuple[Difference, ...],
        platform: Platform,
        side: Side,
        section: str,
        path: str,
    ) -> bool:
        found = False
        for entry in entries:
            field = entry.matches(platform, side, section, path)
            if field is not None:
                self._mattered |= {(entry, field), (entry, section)}
                found = True
        return found
