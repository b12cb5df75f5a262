"""Values for the arguments and variables of a document, good and bad, by their types."""

import json
from collections.abc import Sequence
from random import Random
from typing import Any, cast

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLList, GraphQLNonNull

from resolvers.identity import GlobalId
from schema.node import Node, kind_named
from tests.plans.platforms import PLATFORMS
from tests.plans.texts import UUIDS

_TEXTS = ("a", "1", "ada", "", "na\u00efve \U0001f4a7", "x,y", "region=uk")
_FIRSTS = (1, 2, 3, 5, 25, 100) * 4 + (0, 101)
_KEYS = ("1", "2", "3", "ada", *UUIDS)
# Of what kind an id is, where the argument's name alone says so.
_KINDS = {
    "folderId": ("ClinkedFile",),
    "masterId": ("ClinkedGroup",),
    "memberId": ("ClinkedMember",),
    "parentId": ("ClinkedTask",),
    "accountId": ("ClinkedAccount",),
    "exclude": ("ClinkedFile", "ClinkedGroup", "ClinkedMember"),
}
_SCALARS: dict[str, tuple[Any, ...]] = {
    "Boolean": (True, False),
    "Date": ("2026-01-31", "2024-02-29"),
    "DateTime": ("2026-01-31T09:30:00Z",),
    "BigInt": (1, 9_000_000_000),
    "Float": (0.5, 2),
}


def is_a(kind: Any, of: Any) -> bool:
    """Tell whether a type of the schema is of that class, whatever it is a list of."""
    return isinstance(kind, of)


def non_null(kind: Any) -> Any:
    """Give a type without null."""
    return GraphQLNonNull(kind)


class Values:
    """Draws values."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def of(self, kind: Any, name: str, kinds: Sequence[str] = ()) -> Any:
        """Draw a value for the argument or input field of that name; `kinds` are those of ids."""
        if is_a(kind, GraphQLNonNull):
            return self._given(kind.of_type, name, kinds)
        # Few texts are cursors.
        none = 0.9 if name == "after" else 0.12
        return None if self._random.random() < none else self._given(kind, name, kinds)

    def _given(self, kind: Any, name: str, kinds: Sequence[str]) -> Any:
        if is_a(kind, GraphQLList):
            item = kind.of_type
            # One value stands for a list of it.
            if self._random.random() < 0.1:
                return self.of(item, name, kinds)
            return [self.of(item, name, kinds) for _ in range(self._random.choice((0, 1, 1, 2, 3)))]
        if is_a(kind, GraphQLInputObjectType):
            return {
                inner: self.of(field.type, inner, kinds)
                for inner, field in kind.fields.items()
                if is_a(field.type, GraphQLNonNull) or self._random.random() < 0.3
            }
        if is_a(kind, GraphQLEnumType):
            return self._random.choice(list(kind.values))
        return self._scalar(kind.name, name, kinds)

    def _scalar(self, kind: str, name: str, kinds: Sequence[str]) -> Any:
        if kind == "ID":
            return self.id(_KINDS.get(name, kinds))
        if kind == "Int":
            return self._random.choice(_FIRSTS)
        if kind == "String":
            return self._text(name)
        return self._random.choice(_SCALARS[kind])

    def _text(self, name: str) -> str:
        if name in {"name", "connections"} and self._random.random() < 0.95:
            return self._random.choice(list(PLATFORMS))
        return self._random.choice(_TEXTS)

    def id(self, kinds: Sequence[str]) -> str:
        """Draw the id of something, mostly of one of these kinds."""
        if not kinds or self._random.random() < 0.03:
            return self._random.choice(("", "1", "no id", "g1_AAAA", "\u00e9"))
        kind = kind_named(self._random.choice(kinds))
        keys = tuple(self._random.choice(_KEYS) for _ in kind.address)
        return str(GlobalId(kind.__name__, self._connection(kind), keys))

    def _connection(self, kind: type[Node]) -> str:
        platform = kind.__module__.split(".")[1]
        names = [name for name, of in PLATFORMS.items() if of == platform]
        return self._random.choice(names if self._random.random() < 0.97 else list(PLATFORMS))


def literal(value: Any, kind: Any) -> str:
    """Write a value as it stands in a document."""
    if is_a(kind, GraphQLNonNull):
        kind = kind.of_type
    if value is None:
        return "null"
    if is_a(kind, GraphQLList):
        item = kind.of_type
        if not isinstance(value, list):
            return literal(value, item)
        return f"[{', '.join(literal(one, item) for one in cast('list[Any]', value))}]"
    if is_a(kind, GraphQLInputObjectType):
        fields = cast("dict[str, Any]", value).items()
        return "{" + ", ".join(f"{n}: {literal(v, kind.fields[n].type)}" for n, v in fields) + "}"
    return str(value) if is_a(kind, GraphQLEnumType) else json.dumps(value)
