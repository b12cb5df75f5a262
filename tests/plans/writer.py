"""Writes documents over the whole schema, by chance and always the same from one seed."""

from functools import cache
from random import Random
from typing import Any, cast

from graphql import (
    GraphQLCompositeType,
    GraphQLNonNull,
    GraphQLString,
    is_interface_type,
    is_object_type,
)

from schema.node import kinds
from tests.plans.arguments import Arguments
from tests.plans.document import Document, Selection
from tests.plans.routes import (
    CORE,
    LIVE,
    QUERY,
    composite,
    fields_of,
    is_link,
    is_live,
    kind_of,
    overlapping,
    possible,
    routes,
)

_INTROSPECTION = (
    "{ queryType { name } }",
    "{ types { name kind } }",
    "{ directives { name args { name defaultValue } } }",
)
_ROOTS = {
    "node": 30,
    "nodes": 8,
    "connection": 14,
    "connections": 8,
    **dict.fromkeys(("company", "group", "member", "invite", "entity"), 4),
    **dict.fromkeys(("companies", "groups", "members", "invites", "entities"), 7),
}
# Selections that stand in each other, fields with calls of their own, and selections in all.
_DEEPEST, _MOST_LINKS, _MOST = 7, 4, 12

Path = tuple[str, ...]


@cache
def _kinds_of(kind: GraphQLCompositeType) -> tuple[str, ...]:
    """Name the kinds of things with ids that a type may be."""
    known = {one.__name__ for one in kinds()}
    return tuple(name for name in possible(kind) if name in known)


class Writer:
    """Writes one document; `used` are the fields in it, each with the type that it stands on.

    The documents of consecutive seeds go to one field of the schema after the other.
    """

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - it has to be the same each time
        self._route = list(routes()[seed % len(routes())])
        self.used = set[tuple[str, str]]()
        self._arguments = Arguments(self.random)
        self._document = Document([], variables=self._arguments.variables)
        self._keys: dict[Path, list[tuple[str, str, str]]] = {}
        self._open = set[str]()
        self._left, self._links = _MOST, _MOST_LINKS
        self._live = self._is_live()

    def document(self) -> Document:
        """Write it."""
        made = self._document
        many = 1 if self._live else self.random.choice((1, 1, 1, 2, 2, 3))
        made.roots = [self._root() for _ in range(many)]
        if self._chance(0.05):
            made.roots.append(Selection("__typename"))
        if self._chance(0.25):
            made.name = "Asked"
        if self._chance(0.05):
            made.name, made.others = "Asked", "query Other { __typename }"
        return made

    def _chance(self, of: float) -> bool:
        return self.random.random() < of

    def _is_live(self) -> bool:
        ends = self._route[-1], self._route[0]
        return ends[1] in {"connection", "connections"} and ends[0] in LIVE

    def _root(self) -> Selection:
        if self._route:
            return self._field(QUERY, self._route.pop(0), (), _DEEPEST)
        if self._chance(0.02):
            return Selection(f"__schema {self.random.choice(_INTROSPECTION)}")
        names = ["connection", "connections"] if self._live else list(_ROOTS)
        name = self.random.choices(names, [_ROOTS[one] for one in names])[0]
        return self._field(QUERY, name, (), _DEEPEST)

    def _set(
        self, kind: GraphQLCompositeType, at: Path, deep: int, hint: str | None = None
    ) -> list[Selection]:
        """Write what is selected of a type; `hint` is the object type that it may well be."""
        many = self.random.choice((1, 2, 2, 3, 3, 4, 6)) if deep and self._left > 0 else 1
        forced = [self._forced(kind, at, deep, hint)] if self._route else []
        found = [self._selection(kind, at, deep, hint) for _ in range(many - len(forced))]
        found[self.random.randint(0, len(found)) : 0] = forced
        if self._chance(0.1):
            again = self.random.choice(found)
            # The same once more, which is nothing new, or has other selections to be merged.
            found.append(Selection(again.head, self._arguments.directives(), again.below))
        return found

    def _forced(
        self, kind: GraphQLCompositeType, at: Path, deep: int, hint: str | None
    ) -> Selection:
        """Go one step on the way to the field that the document is for."""
        step = self._route.pop(0)
        if not step.startswith("on "):
            return self._field(kind, step, at, deep)
        on = cast("GraphQLCompositeType", CORE.type_map[step.removeprefix("on ")])
        return Selection(f"... {step}", (), self._set(on, at, deep, hint))

    def _selection(
        self, kind: GraphQLCompositeType, at: Path, deep: int, hint: str | None
    ) -> Selection:
        self._left -= 1
        if self._chance(0.07):
            return self._typename(kind, at)
        abstract = is_interface_type(kind)
        if deep and self._chance(0.55 if abstract else 0.08):
            return self._fragment(kind, at, deep, hint)
        if deep and self._chance(0.08):
            return self._spread(kind, at, deep, hint)
        return self._field(kind, self._chosen(kind, deep), at, deep)

    def _typename(self, on: GraphQLCompositeType, at: Path) -> Selection:
        name = "__typename"
        key = self._key(on, name, name, GraphQLNonNull(GraphQLString), at)
        return Selection(name if key == name else f"{key}: {name}", self._arguments.directives())

    def _chosen(self, kind: GraphQLCompositeType, deep: int) -> str:
        fields = fields_of(kind)
        if "nodes" in fields and deep > 1 and self._chance(0.55):
            return "nodes"
        names = [name for name in fields if self._may(kind, name, deep)]
        if not names:
            return next(iter(fields))
        # What every thing has, and what cannot go wrong, is seen often enough.
        drawn = [self.random.choice(names) for _ in range(3)]
        rated = {"ID": 0, "String": 1, "Platform": 0, "Int": 3, "DateTime": 2}
        return max(drawn, key=lambda one: rated.get(str(kind_of(fields[one])).rstrip("!"), 2))

    def _may(self, kind: GraphQLCompositeType, name: str, deep: int) -> bool:
        field = fields_of(kind)[name]
        if is_link(field) if self._live else is_live(kind, name):
            return False
        if composite(field) is None:
            return True
        spent = self._left < 0 or deep <= 1 or (is_link(field) and self._links <= 0)
        return not spent

    def _fragment(
        self, kind: GraphQLCompositeType, at: Path, deep: int, hint: str | None
    ) -> Selection:
        if self._chance(0.1):
            return Selection(
                "...", self._arguments.directives(defers=True), self._set(kind, at, deep - 1, hint)
            )
        on = self._condition(kind, hint)
        return Selection(
            f"... on {on.name}",
            self._arguments.directives(defers=True),
            self._set(on, at, deep - 1, hint),
        )

    def _condition(self, kind: GraphQLCompositeType, hint: str | None) -> GraphQLCompositeType:
        if self._chance(0.25):
            return self.random.choice(overlapping(kind))
        wanted = hint if hint in possible(kind) and self._chance(0.8) else None
        name = wanted or self.random.choice(possible(kind))
        return cast("GraphQLCompositeType", CORE.type_map[name])

    def _spread(
        self, kind: GraphQLCompositeType, at: Path, deep: int, hint: str | None
    ) -> Selection:
        fragments = self._document.fragments
        mine = set(possible(kind))
        fitting = [
            name
            for name, (on, _) in fragments.items()
            if name not in self._open and mine & set(possible(cast("Any", CORE.type_map[on])))
        ]
        if fitting and self._chance(0.5):
            return Selection(
                f"...{self.random.choice(fitting)}", self._arguments.directives(defers=True)
            )
        name, on = f"F{len(fragments)}", self._condition(kind, hint)
        fragments[name] = (on.name, [])
        self._open.add(name)
        fragments[name][1].extend(self._set(on, at, deep - 1, hint))
        self._open.remove(name)
        return Selection(f"...{name}", self._arguments.directives(defers=True))

    def _field(self, on: GraphQLCompositeType, name: str, at: Path, deep: int) -> Selection:
        field = fields_of(on)[name]
        kind = composite(field)
        self._links -= is_link(field)
        hint = self._hint(on, name, kind)
        continues = "after" in field.args and self._chance(0.2)
        known = () if hint is None else (hint,)
        if "ids" in field.args and kind is not None:
            known = _kinds_of(kind)
        given = self._arguments.of(field, known, continues=continues)
        key = self._key(on, f"{name}{given}", name, kind_of(field), at)
        self.used.add((on.name, name))
        head = f"{name}{given}" if key == name else f"{key}: {name}{given}"
        below = None
        if kind is not None:
            below = self._set(kind, (*at, key), max(0, deep - 1), hint)
        if kind is not None and below is not None and continues:
            below.append(self._end(kind, (*at, key)))
        return Selection(head, self._arguments.directives(), below)

    def _end(self, on: GraphQLCompositeType, at: Path) -> Selection:
        """Select from where a list goes on."""
        page = fields_of(on)["pageInfo"]
        key = self._key(on, "pageInfo", "pageInfo", kind_of(page), at)
        kind = cast("GraphQLCompositeType", composite(page))
        end = kind_of(fields_of(kind)["endCursor"])
        inner = self._key(kind, "endCursor", "endCursor", end, (*at, key))
        return Selection(f"{key}: pageInfo", (), [Selection(f"{inner}: endCursor")])

    def _hint(
        self, on: GraphQLCompositeType, name: str, kind: GraphQLCompositeType | None
    ) -> str | None:
        if on is not QUERY or kind is None or not is_interface_type(kind):
            return None
        if self._route and self._route[0].startswith("on "):
            return self._route[0].removeprefix("on ")
        known = _kinds_of(kind) or possible(kind)
        return self.random.choice(known) if name != "connections" else None

    def _key(self, on: GraphQLCompositeType, asked: str, name: str, kind: Any, at: Path) -> str:
        """Give a key that nothing else has at this place, or the same with whatever has it."""
        other = ("a", "b", "id", "name", "nodes", f"{name}2")
        key = self.random.choice(other) if self._chance(0.12) else name
        mine = (on.name, asked, str(kind))
        taken = self._keys.setdefault((*at, key), [])
        if not all(self._go_together(mine, one) for one in taken):
            key = f"k{sum(map(len, self._keys.values()))}"
            taken = self._keys.setdefault((*at, key), [])
        taken.append(mine)
        return key

    def _go_together(self, one: tuple[str, str, str], other: tuple[str, str, str]) -> bool:
        apart = one[0] != other[0] and all(
            is_object_type(CORE.type_map[name]) for name in (one[0], other[0])
        )
        return one[2] == other[2] and (one[1] == other[1] or apart)
