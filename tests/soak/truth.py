"""What the platforms held, and when: it decides what an answer may show.

Each thing has versions. A version may be shown from the moment at which the write that made it
reached the platform, until whoever wrote the next one was told so: before that nobody can know
which of the two a read has met.
"""

import math
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Shown = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a platform holds: the list it stands in, and the fields it is shown with."""

    id: str
    kind: str
    part: str
    shown: Shown
    parent: str | None = None


@dataclass(slots=True)
class Version:
    """A thing for a span of time; None where it did not exist."""

    thing: Thing | None
    since: float
    until: float = math.inf

    def overlaps(self, since: float, until: float) -> bool:
        """Tell whether it could be shown at some moment of a span."""
        return self.since <= until and self.until >= since


@dataclass(frozen=True, slots=True)
class Members:
    """Which things a complete list has to hold, and which it may hold."""

    certain: Mapping[str, Thing]
    possible: Collection[str]


class Truth:
    """Every version of every thing, by its global id; moments are those of `time.monotonic`."""

    def __init__(self) -> None:
        """Know of nothing."""
        self._versions: dict[str, list[Version]] = {}
        self._kinds: set[str] = set()
        self._parts: dict[str, set[str]] = defaultdict(set)
        self._labelled: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)

    def note(self, part: str, held: Iterable[Thing], since: float) -> None:
        """Take over what one list of a platform holds after a write that came at `since`."""
        now = {thing.id: thing for thing in held}
        for id in self._parts[part].union(now):
            if self.current(id) != now.get(id):
                unknown = [Version(None, -math.inf)]
                self._versions.setdefault(id, unknown).append(Version(now.get(id), since))
        self._parts[part].update(now)
        for thing in now.values():
            self._kinds.add(thing.kind)
            self._label(thing)

    def settle(self, id: str, after: float = 0.0) -> None:
        """Say that whoever wrote a thing last was told: `after` so many seconds no older one shows.

        That is 0 where all reads go through the process that was told.
        """
        moment = time.monotonic() + after
        for version in self._versions.get(id, [])[:-1]:
            version.until = min(version.until, moment)

    def begin(self) -> None:
        """Take what is held for all that ever was."""
        for versions in self._versions.values():
            versions[:] = [Version(versions[-1].thing, -math.inf)]

    def current(self, id: str) -> Thing | None:
        """Give a thing as the platform holds it now."""
        versions = self._versions.get(id)
        return versions[-1].thing if versions else None

    def between(self, id: str, since: float, until: float) -> list[Thing | None]:
        """Give what a thing may have been in a span of time."""
        versions = self._versions.get(id, [Version(None, -math.inf)])
        return [one.thing for one in versions if one.overlaps(since, until)]

    def history(self, id: str | None) -> list[Version]:
        """Give every version of a thing."""
        return list(self._versions.get(id or "", ()))

    def made(self, kind: str, label: str) -> list[str]:
        """Give the ids of all things of a kind that ever carried a label."""
        return list(self._labelled.get((kind, label), {}))

    def lists(self, kind: str) -> bool:
        """Tell whether any list ever had a thing of a kind."""
        return kind in self._kinds

    def ids(self, kinds: Collection[str]) -> list[str]:
        """Give the ids of all things of some kinds that there are now."""
        things = (self.current(id) for id in self._versions)
        return [thing.id for thing in things if thing is not None and thing.kind in kinds]

    def members(
        self, kinds: Collection[str], parent: str | None, since: float, until: float
    ) -> Members:
        """Tell what a list of some kinds, of one parent if it is given, holds in a span of time.

        What stands behind something that is deleted meanwhile moves up, and a reader of pages may
        pass it over; only what was there from the beginning stands before all that is deleted.
        """
        certain, possible = dict[str, Thing](), set[str]()
        moving = set(self._moving(since, until))
        for id in self._versions:
            found = self.between(id, since, until)
            there = [one for one in found if one is not None and one.kind in kinds]
            if not there or parent not in {None, there[0].parent}:
                continue
            possible.add(id)
            if len(there) == len(found) and (self._is_first(id) or there[0].part not in moving):
                certain[id] = there[-1]
        return Members(certain, possible)

    def _is_first(self, id: str) -> bool:
        return self._versions[id][0].thing is not None

    def _moving(self, since: float, until: float) -> Iterator[str]:
        """Name the lists out of which something is deleted in a span of time."""
        for id in self._versions:
            found = self.between(id, since, until)
            there = [one for one in found if one is not None]
            if there and len(there) < len(found):
                yield there[0].part

    def _label(self, thing: Thing) -> None:
        for value in thing.shown.values():
            for label in labels_in(str(value)):
                self._labelled[thing.kind, label][thing.id] = None


LABEL = "soak"
_DIGITS = 6


@dataclass(slots=True)
class Labels:
    """Makes texts that are found again wherever they are written."""

    _made: int = field(default=0)

    def __call__(self) -> str:
        """Make the next."""
        self._made += 1
        return f"{LABEL}{self._made:0{_DIGITS}d}"


def labels_in(text: str) -> Iterator[str]:
    """Find the labels in a text."""
    for place, part in enumerate(text.lower().split(LABEL)):
        if place and part[:_DIGITS].isdecimal():
            yield LABEL + part[:_DIGITS]
