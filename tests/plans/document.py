"""Documents as trees of selections, which can be written, and made smaller."""

import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

_VARIABLE = re.compile(r"\$(\w+)")
_SPREAD = re.compile(r"^\.\.\.(F\d+)")


@dataclass(slots=True)
class Selection:
    """A field, an inline fragment or the spread of a named one: what stands before its braces.

    A `head` is made of parts, of which all but the first may be left out.
    """

    head: str
    rest: tuple[str, ...] = ()
    below: list["Selection"] | None = None

    def __str__(self) -> str:
        """Write it, with all that is below it."""
        written = " ".join((self.head, *self.rest))
        return written if self.below is None else f"{written} {braced(self.below)}"


@dataclass(slots=True)
class Variable:
    """A variable: its type, its default as it is written, and what draws its values.

    One that `continues` a list takes a cursor that was answered before, if there is any.
    """

    kind: str
    default: str | None
    draw: Callable[[Random], Any]
    continues: bool = False

    @property
    def is_needed(self) -> bool:
        """Whether a request has to give it."""
        return self.kind.endswith("!") and self.default is None


@dataclass(slots=True)
class Document:
    """An operation with its fragments and variables; `others` stand beside it."""

    roots: list[Selection]
    fragments: dict[str, tuple[str, list[Selection]]] = field(
        default_factory=dict[str, tuple[str, list[Selection]]]
    )
    variables: dict[str, Variable] = field(default_factory=dict[str, Variable])
    name: str | None = None
    others: str = ""

    def __str__(self) -> str:
        """Write what is used of it."""
        named = self._named()
        body = braced(self.roots)
        parts = [
            f"fragment {name} on {self.fragments[name][0]} {braced(self.fragments[name][1])}"
            for name in named
        ]
        used = dict.fromkeys(_VARIABLE.findall(" ".join([body, *parts])))
        declared = ", ".join(self._declared(name) for name in used)
        head = "query" if self.name is None else f"query {self.name}"
        head += f"({declared})" if declared else ""
        return "\n".join([f"{head} {body}", *parts, self.others]).strip()

    def values(self, random: Random, cursors: Sequence[str]) -> dict[str, Any]:
        """Draw a value for each variable that the document has, or none where it may be absent."""
        text = str(self)
        return {
            name: random.choice(cursors) if one.continues and cursors else one.draw(random)
            for name, one in self.variables.items()
            if f"${name}:" in text and (one.is_needed or random.random() < 0.7)
        }

    def lists(self) -> Iterator[list[Selection]]:
        """Give every list of selections, the outermost first."""
        waiting = [self.roots, *(below for _, below in self.fragments.values())]
        while waiting:
            here = waiting.pop(0)
            yield here
            waiting += [one.below for one in here if one.below is not None]

    def _named(self) -> list[str]:
        found: dict[str, None] = {}
        waiting = [self.roots]
        while waiting:
            for one in waiting.pop(0):
                spread = _SPREAD.match(one.head)
                if spread and spread[1] not in found:
                    found[spread[1]] = None
                    waiting.append(self.fragments[spread[1]][1])
                if one.below is not None:
                    waiting.append(one.below)
        return list(found)

    def _declared(self, name: str) -> str:
        one = self.variables[name]
        default = "" if one.default is None else f" = {one.default}"
        return f"${name}: {one.kind}{default}"


def braced(selections: list[Selection]) -> str:
    """Write selections in their braces."""
    return "{ " + " ".join(map(str, selections)) + " }"


async def smaller(document: Document, still: Callable[[], Awaitable[bool]]) -> None:
    """Leave out of a document what can be left out while something is still so.

    What `still` tells it has to find out from the document as it is at that moment.
    """
    changed = True
    while changed:
        changed = False
        for here in document.lists():
            changed = await _without_one(here, still) or changed


async def _without_one(here: list[Selection], still: Callable[[], Awaitable[bool]]) -> bool:
    changed = False
    for at in reversed(range(len(here))):
        kept = here[at]
        for instead in _instead(kept, alone=len(here) == 1):
            here[at : at + 1] = instead
            if await still():
                changed = True
                break
            here[at : at + len(instead)] = [kept]
    return changed


def _instead(one: Selection, *, alone: bool) -> Iterator[list[Selection]]:
    if not alone:
        yield []
    if one.head.startswith("...") and one.below:
        yield one.below
    if one.below and str(one.below[0]) != "__typename":
        yield [Selection(one.head, one.rest, [Selection("__typename")])]
    for at in range(len(one.rest)):
        yield [Selection(one.head, one.rest[:at] + one.rest[at + 1 :], one.below)]
