"""The function that writes things of one class: made of source, so that it does nothing else.

[{"name": o.f1, "owner": None if (v1 := o.f2) is None else {"name": v1.f0}} for o in rows]
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

from graphql import (
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
)

from resolvers.call import Origin
from resolvers.caller import Scope
from resolvers.identity import written_id
from schema.access import scopes_of
from schema.leading import is_own
from schema.plans.leaves import Unclean
from schema.selection import TYPENAME, NotPlain, Selected, link_of, made_from

# Gives the source of a value, of the thing that it is given the source of.
Expression = Callable[[str], str]
# How a value is had of a thing: it is an attribute, or is worked out of the whole thing.
Way = str | Callable[[Any], Any]
# The places of what follows: of a field's whole value (None), or of some of what is inside it.
Later = Mapping[str, Any]
NOTHING: Later = {}


class Code:
    """Source as it grows: names for the values in it, and for what is looked at twice.

    What it writes only those are shown who have every scope that it `needs`.
    """

    def __init__(self) -> None:
        self.needs: set[Scope] = set()
        # Whether it asks of things where they are.
        self.asks_where = False
        self._names: dict[str, Any] = {"Origin": Origin, "written_id": written_id}
        self._variables = 0

    def constant(self, value: Any) -> str:
        """Give the source of a value."""
        if value is None or value.__class__ in {str, int, bool}:
            return repr(value)
        name = f"c{len(self._names)}"
        self._names[name] = value
        return name

    def variable(self) -> str:
        """Give a name that is not taken."""
        self._variables += 1
        return f"v{self._variables}"

    def of_rows(self, body: Expression) -> Callable[[Sequence[Any]], list[Any]]:
        """Make the function that gives something of each of its rows."""
        # In a loop, unlike in a comprehension, all names are the function's own.
        return self._made(
            "def made(rows):\n    found = []\n    add = found.append\n"
            f"    for o in rows:\n        add({body('o')})\n    return found\n"
        )

    def of_row(self, body: Expression) -> Callable[[Any], Any]:
        """Make the function that gives something of a row."""
        return self._made(f"def made(o):\n    return {body('o')}\n")

    def of_inner(self, body: Expression, reached: Expression, *, is_list: bool) -> Any:
        """Make the function that gives something of each object inside its rows."""
        held = self.variable()
        inside = reached("o")
        each = f"{inside} or ()" if is_list else f"{self.constant(_one_or_none)}({inside})"
        lines = (
            "def made(rows):",
            "    found = []",
            "    for o in rows:",
            f"        for {held} in {each}:",
            f"            found.append({body(held)})",
            "    return found",
        )
        return self._made("\n".join(lines))

    def _made(self, source: str) -> Any:
        exec(compile(source, "<plan>", "exec"), self._names)  # noqa: S102 - no text of a caller's
        return self._names.pop("made")


def _one_or_none(value: Any) -> tuple[Any, ...]:
    return () if value is None else (value,)


@dataclass(frozen=True, slots=True)
class Inside:
    """An object in a thing, or a list of them: how it is reached, and whether it may lack."""

    reached: Expression
    source: "Source"
    may_lack: bool


class Source(Protocol):
    """What the things are that are written, and so how their values are reached."""

    code: Code
    parent: Callable[[Any], Origin]
    knows_its_place: bool
    """Whether an object in a thing can be asked where it is."""

    def leaf(self, name: Way, kind: Any) -> Expression:
        """Write a value."""
        ...

    def inside(self, name: Way, kind: Any) -> Inside:
        """Reach what is written as an object, or as a list of such."""
        ...

    def own(self, name: str) -> Expression:
        """Write what a thing tells of where it is."""
        ...

    def origin(self) -> Expression:
        """Give where a thing is."""
        ...

    def key(self, name: str) -> Expression:
        """Give a value that leads to another thing, as text; None where there is none."""
        ...


def written(
    source: Source,
    kind: GraphQLObjectType,
    fields: Sequence[Selected],
    later: Later = NOTHING,
) -> Expression:
    """Write an object; what comes `later` is null in its place until it follows."""
    parts: list[tuple[str, Expression]] = []
    for one in fields:
        within = later.get(one.place, NOTHING)
        parts.append((one.place, _null if within is None else value(source, kind, one, within)))

    def expression(of: str) -> str:
        return "{" + ", ".join(f"{place!r}: {value(of)}" for place, value in parts) + "}"

    return expression


def _null(_: str) -> str:
    return "None"


def value(
    source: Source, kind: GraphQLObjectType, one: Selected, later: Later = NOTHING
) -> Expression:
    """Write the value of a field; raises `NotPlain` where graphql-core has to resolve it.

    Of what is inside it, some comes `later`.
    """
    if one.name == TYPENAME:
        return lambda _: repr(kind.name)
    field = kind.fields[one.name]
    if link_of(field) is not None:
        raise NotPlain
    source.code.needs.update(scopes_of(one.document.schema, kind, one.name))
    way, given = way_of(field), field.type
    if isinstance(way, str) and is_own(kind, way):
        return source.own(way)
    if is_leaf_type(get_named_type(given)):
        return source.leaf(way, given)
    return _nested(source, given, way, one, later)


def is_list(kind: Any) -> bool:
    """Tell whether what is of a type is a list."""
    inside = cast("Any", kind).of_type if isinstance(kind, GraphQLNonNull) else kind
    return isinstance(inside, GraphQLList)


def way_of(field: GraphQLField) -> Way:
    """Tell how a field's value is had of nothing but its thing; raises `NotPlain` otherwise."""
    made = made_from(field)
    resolver = made.base_resolver
    if resolver is None:
        return made.python_name
    if resolver.is_async or resolver.arguments or resolver.info_parameter is not None:
        raise NotPlain
    work: Callable[[Any], Any] = resolver.wrapped_func

    def worked_out(thing: Any) -> Any:
        try:
            return work(thing)
        except Exception:  # noqa: BLE001 - graphql-core meets it again, and tells it
            raise Unclean from None

    return worked_out


def _nested(source: Source, given: Any, way: Way, one: Selected, later: Later) -> Expression:
    kind = cast("Any", get_named_type(given))
    if not isinstance(kind, GraphQLObjectType):
        raise NotPlain
    inside = source.inside(way, given)
    each = written(inside.source, kind, one.below().of(kind), later)
    held = source.code.variable()
    of_list = is_list(given)

    def expression(of: str) -> str:
        reached = inside.reached(of)
        if of_list:
            all_ = f"[{each(held)} for {held} in {held}s]"
            some = f"({held}s := {reached})"
            return (
                f"None if {some} is None else {all_}"
                if inside.may_lack
                else (f"{all_} if {some} else []")
            )
        return f"None if ({held} := {reached}) is None else {each(held)}"

    return expression
