"""What one field of an operation costs by itself, and how many things it leads to.

What is refused before any call costs nothing, such as a `first` out of its range.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from graphql import (
    GraphQLField,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
)
from strawberry.schema.schema_converter import GraphQLCoreConverter

from resolvers.listing import MOST
from resolvers.platform import Platform
from resolvers.rest import Upstream
from schema.action import ACTIONS
from schema.cost.count import NOTHING, Estimate
from schema.page import Connection
from schema.payloads import pascal

# How long a list is taken to be of which nothing tells: what may exceed about twenty has pages, and
# says by `first` how many it gives.
ASSUMED_LENGTH = 20

Platforms = frozenset[Platform]


@dataclass(frozen=True, slots=True)
class Branch:
    """Things that a field leads to: how many, of which type, and on which platforms they may be."""

    number: int
    kind: GraphQLNamedType
    on: Platforms


@dataclass(frozen=True, slots=True)
class FieldCost:
    """What a field costs by itself, and what it leads to."""

    own: Estimate = NOTHING
    branches: tuple[Branch, ...] = ()


REFUSED = FieldCost()


def declared_cost(
    parent: GraphQLObjectType, field: GraphQLField, arguments: Mapping[str, Any], on: Platforms
) -> FieldCost:
    """Tell what a field costs that makes each of the calls declared on it once.

    It leads to a page of `first` items, to a list of `ASSUMED_LENGTH`, or to one thing.
    """
    own = Estimate.of(call.platform for call in calls_of(field))
    number = 1
    if "first" in field.args:
        number = arguments["first"]
        if not in_range(number):
            return REFUSED
    elif _gives_list(field) and not counts_items(parent):
        number = ASSUMED_LENGTH
    return FieldCost(own, (Branch(number, given_by(field), on),))


def calls_of(field: GraphQLField) -> list[Upstream]:
    """Give the calls that are declared on a field."""
    made_from: Any = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    return [found for found in getattr(made_from, "directives", ()) if isinstance(found, Upstream)]


def given_by(field: Any) -> GraphQLNamedType:
    """Give the type of what a field gives, or of each thing in its list."""
    return cast("GraphQLNamedType", get_named_type(field.type))


def _gives_list(field: Any) -> bool:
    given = field.type
    while isinstance(given, GraphQLNonNull):
        given = cast("Any", given).of_type
    return isinstance(given, GraphQLList)


def in_range(first: int) -> bool:
    """Tell whether a page may have so many items."""
    return 1 <= first <= MOST


def platform_of(kind: GraphQLNamedType) -> Platform | None:
    """Tell the platform that a type belongs to; None if things of several may be of it."""
    made_from: Any = kind.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    return platform_of_class(getattr(made_from, "origin", None))


@cache
def platform_of_class(origin: type | None) -> Platform | None:
    """Tell the platform that a class belongs to, by the module or folder that it stands in."""
    floor, _, inside = getattr(origin, "__module__", "").partition(".")
    name = inside.partition(".")[0]
    return Platform(name) if floor == "schema" and name in set(Platform) else None


def counts_items(kind: GraphQLNamedType) -> bool:
    """Tell whether the field that leads to a type knows how long the lists in it are."""
    made_from: Any = kind.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    generic = getattr(made_from, "concrete_of", None)
    if generic is not None:
        return generic.origin is Connection
    return kind.name in {f"{pascal(action.name)}Payload" for action in ACTIONS if action.many}
