"""Every field that a query can reach, and the shortest way to it."""

from collections import deque
from collections.abc import Callable
from functools import cache
from typing import Any, cast

from graphql import (
    GraphQLCompositeType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    get_named_type,
    is_composite_type,
    is_interface_type,
    is_object_type,
)

from resolvers.rest import Upstream
from schema.build import build

CORE = build().core
QUERY = cast("GraphQLObjectType", CORE.query_type)

# What tells how a connection is doing, which is not the same before a call as after it.
LIVE = frozenset({"status", "breaker", "budget", "token", "lastError", "stateKept"})
# A way: names of fields, and of types after `on `.
Route = tuple[str, ...]


def fields_of(kind: GraphQLCompositeType) -> dict[str, GraphQLField]:
    """Give the fields of a type; there are no unions."""
    return cast("GraphQLObjectType | GraphQLInterfaceType", kind).fields


def kind_of(one: Any) -> Any:
    """Give the type of a field or an argument."""
    return one.type


_named: Callable[[Any], Any] = get_named_type


def composite(field: GraphQLField) -> GraphQLCompositeType | None:
    """Give the type of what a field selects from, if it does."""
    kind = _named(kind_of(field))
    return kind if is_composite_type(kind) else None


def is_link(field: GraphQLField) -> bool:
    """Tell whether a field may cost a call."""
    made: Any = field.extensions.get("strawberry-definition")
    return made is not None and any(isinstance(one, Upstream) for one in made.directives)


def is_live(kind: GraphQLCompositeType, name: str) -> bool:
    """Tell whether a field's value changes with the calls that are made."""
    return name in LIVE and kind.name.endswith("Connection") and "title" in fields_of(kind)


@cache
def possible(kind: GraphQLCompositeType) -> tuple[str, ...]:
    """Name the object types that a type may be."""
    if is_object_type(kind):
        return (kind.name,)
    return tuple(one.name for one in CORE.get_possible_types(cast("Any", kind)))


@cache
def overlapping(kind: GraphQLCompositeType) -> tuple[GraphQLCompositeType, ...]:
    """Give a type, and the interfaces that share an object type with it."""
    mine = set(possible(kind))
    every = [cast("Any", one) for one in CORE.type_map.values() if is_interface_type(one)]
    return (kind, *(one for one in every if mine & set(possible(one))))


@cache
def routes() -> tuple[Route, ...]:
    """Give a way to each field of each object type and interface that a query can reach."""
    to: dict[str, Route] = {QUERY.name: ()}
    waiting: deque[GraphQLCompositeType] = deque([QUERY])
    found: list[Route] = []
    while waiting:
        kind = waiting.popleft()
        way = to[kind.name]
        steps: dict[str, GraphQLCompositeType] = {}
        for name, field in fields_of(kind).items():
            found.append((*way, name))
            if below := composite(field):
                steps[name] = below
        if is_interface_type(kind):
            steps |= {f"on {name}": cast("Any", CORE.type_map[name]) for name in possible(kind)}
        for step, below in steps.items():
            if below.name not in to:
                to[below.name] = (*way, step)
                waiting.append(below)
    return tuple(found)


def reached() -> set[tuple[str, str]]:
    """Name every field that a query can reach, with the type that it stands on."""
    return {(_end(route).name, route[-1]) for route in routes()}


def _end(route: Route) -> GraphQLCompositeType:
    kind: GraphQLCompositeType = QUERY
    for step in route[:-1]:
        on = step.removeprefix("on ")
        below = CORE.type_map[on] if on != step else composite(fields_of(kind)[step])
        kind = cast("GraphQLCompositeType", below)
    return kind
