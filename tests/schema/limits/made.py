"""Documents made at random, to be changed in one place and measured again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from graphql import DocumentNode, build_schema, parse
from hypothesis import strategies as st

from schema.limits.shape import Shape, shape_of

Draw = Callable[[st.SearchStrategy[Any]], Any]

# What a field's name may mean here is all that counts: to itself, or to an introspection.
SCHEMA = build_schema(
    "type Query { a(n: Int): Query b: Query fields: Query interfaces: Query x: Int y: Int }"
)
_NAMES = st.sampled_from(["a", "a(n: 1)", "b", "fields", "interfaces", "__schema"])
_LEAVES = st.sampled_from(["x", "y", "a: x", "other: y", "x @skip(if: false)"])
_INLINE = st.sampled_from(["...", "... on Query", "... @include(if: true)"])


@dataclass
class Selected:
    """A selection as it is written, and what is selected inside of it."""

    written: str
    inside: list["Selected"] = field(default_factory=list["Selected"])

    def __str__(self) -> str:
        """Write it out."""
        inside = " ".join(map(str, self.inside))
        return f"{self.written} {{ {inside} }}" if self.inside else self.written

    def places(self) -> Iterator["Selected"]:
        """Give all that something is selected in, itself first."""
        if self.inside:
            yield self
            for one in self.inside:
                yield from one.places()


@dataclass
class Made:
    """A document: its operations, and its fragments by their names."""

    operations: list[Selected]
    fragments: dict[str, Selected]

    @property
    def definitions(self) -> list[Selected]:
        """All of it."""
        return [*self.operations, *self.fragments.values()]

    def __str__(self) -> str:
        """Write it out."""
        return " ".join(map(str, self.definitions))

    def places(self) -> list[Selected]:
        """Give all that something is selected in."""
        return [place for definition in self.definitions for place in definition.places()]

    def parsed(self) -> DocumentNode:
        """Read it as the gateway reads it."""
        return parse(str(self))

    @property
    def shape(self) -> Shape:
        """Measure it."""
        return shape_of(self.parsed())


@st.composite
def documents(draw: Draw, most_fragments: int = 3) -> Made:
    """Make documents; a fragment spreads only what comes after it, so that there is no circle."""
    names = [f"F{number}" for number in range(draw(st.integers(0, most_fragments)))]
    fragments = {
        name: Selected(f"fragment {name} on Query", _selections(draw, names[number + 1 :]))
        for number, name in enumerate(names)
    }
    operations = [
        Selected(f"query Q{number}", _selections(draw, names))
        for number in range(draw(st.integers(1, 2)))
    ]
    return Made(operations, fragments)


def _selections(draw: Draw, spread: list[str], deepest: int = 2) -> list[Selected]:
    return [_selection(draw, spread, deepest) for _ in range(draw(st.integers(1, 3)))]


def _selection(draw: Draw, spread: list[str], deepest: int) -> Selected:
    kinds = ["leaf", *(["field", "inline"] if deepest else []), *(["spread"] if spread else [])]
    match draw(st.sampled_from(kinds)):
        case "field":
            return Selected(draw(_NAMES), _selections(draw, spread, deepest - 1))
        case "inline":
            return Selected(draw(_INLINE), _selections(draw, spread, deepest - 1))
        case "spread":
            return Selected("..." + draw(st.sampled_from(spread)))
        case _:
            return Selected(draw(_LEAVES))
