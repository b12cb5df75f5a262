"""What everything in the graph needs, as `rules.txt` says and as the schema has it.

Each line of the file is a place, the scopes that it needs by itself, and the platforms that it may
call; `-` is none. Places are every field that has arguments, calls or scopes, every mutation, and
every field of an input that only some may send.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graphql import GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType

from resolvers.caller import Scope
from schema.access import privileged, scopes_of
from schema.node import kinds
from tests.graph.sdl import SCHEMA, types, upstream

FILE = Path(__file__).with_name("rules.txt")
NONE = "-"


@dataclass(frozen=True, slots=True)
class Rule:
    """The scopes that a place needs, and the platforms that it may call."""

    scopes: frozenset[str] = frozenset()
    platforms: frozenset[str] = frozenset()

    def line(self, place: str) -> str:
        """Write it as in the file."""
        sides = [", ".join(sorted(side)) or NONE for side in (self.scopes, self.platforms)]
        return "  ".join([place, *sides])

    @classmethod
    def read(cls, line: str) -> tuple[str, "Rule"]:
        """Read a line of the file."""
        place, *sides = line.split("  ")
        scopes, platforms = (frozenset(() if s == NONE else s.split(", ")) for s in sides)
        return place, cls(scopes, platforms)


NOTHING = Rule()


def written() -> dict[str, Rule]:
    """Give the rules of the file."""
    lines = FILE.read_text().splitlines()
    return dict(Rule.read(line) for line in lines if line and not line.startswith("#"))


def calls() -> dict[str, set[tuple[str, str, str]]]:
    """Give the calls that each field may make: platform, method and path."""
    found: defaultdict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for place, call in upstream():
        found[place].add(call)
    return found


def in_schema() -> dict[str, Rule]:
    """Give the rules that the schema has."""
    return dict(_of_fields()) | dict(_of_inputs()) | dict(_of_kinds())


def _of_fields() -> Iterator[tuple[str, Rule]]:
    asked = calls()
    for kind in types():
        if not isinstance(kind, GraphQLObjectType):
            continue
        for name, field in kind.fields.items():
            place = f"{kind.name}.{name}"
            scopes = frozenset(map(str, scopes_of(SCHEMA, kind, name)))
            if scopes or field.args or asked.get(place):
                yield place, Rule(scopes, frozenset(one for one, _, _ in asked.get(place, ())))


def _of_inputs() -> Iterator[tuple[str, Rule]]:
    for kind in types():
        if isinstance(kind, GraphQLInputObjectType):
            for name in privileged(kind):
                yield f"{kind.name}.{name}", Rule(frozenset({str(Scope.ADMIN)}))


def _of_kinds() -> Iterator[tuple[str, Rule]]:
    for kind in kinds():
        if kind.needs is not None:
            yield kind.__name__, Rule(frozenset({str(kind.needs)}))


def places(kind: str, field: str) -> list[str]:
    """Give the places that a field of a type or an interface stands for."""
    found = SCHEMA.get_type(kind)
    if isinstance(found, GraphQLInterfaceType):
        return [f"{one.name}.{field}" for one in SCHEMA.get_possible_types(found)]
    return [f"{kind}.{field}"]
