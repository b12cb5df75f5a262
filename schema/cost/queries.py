"""What the fields at the root of all reading cost, of which more is known than of those below.

A list over all platforms makes its calls on each of their connections. A call with a key in its
path is made for one thing after another (the groups of each account, say) until the page is full:
at most `first` times, and at most as often as a list is long of which nothing tells.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from graphql import GraphQLField, GraphQLSchema

from resolvers.call import placeholders
from resolvers.listing import MOST
from resolvers.platform import Platform
from schema.cost.count import Estimate
from schema.cost.fields import (
    ASSUMED_LENGTH,
    REFUSED,
    Branch,
    FieldCost,
    calls_of,
    given_by,
    in_range,
)
from schema.cost.ids import cost_of_finding


def query_cost(
    schema: GraphQLSchema,
    field: GraphQLField,
    arguments: Mapping[str, Any],
    connections: Mapping[str, Platform],
) -> FieldCost | None:
    """Tell what a field of the query type costs; None if it is like a field of any other."""
    if "ids" in field.args:
        ids = arguments["ids"]
        return REFUSED if len(ids) > MOST else cost_of_finding(schema, field, ids, connections)
    if "id" in field.args:
        return cost_of_finding(schema, field, [arguments["id"]], connections)
    if "first" in field.args:
        return _spanning(field, arguments, chosen(arguments, connections))
    if "platforms" in field.args or "name" in field.args:
        return _connections(field, chosen(arguments, connections))
    return None


def chosen(arguments: Mapping[str, Any], connections: Mapping[str, Platform]) -> Sequence[Platform]:
    """Give the platform of each connection that a field is about; none if it names one in vain."""
    name, platforms = arguments.get("name"), arguments.get("platforms")
    names = arguments.get("connections") if name is None else [name]
    if names is not None and not connections.keys() >= set(names):
        return ()
    return [
        platform
        for connection, platform in connections.items()
        if (names is None or connection in names) and (platforms is None or platform in platforms)
    ]


def _spanning(
    field: GraphQLField, arguments: Mapping[str, Any], sources: Sequence[Platform]
) -> FieldCost:
    first: int = arguments["first"]
    if not in_range(first):
        return REFUSED
    repeated = min(first, ASSUMED_LENGTH)
    calls = [
        call.platform
        for call in calls_of(field)
        for _ in range(repeated if placeholders(call.path) else 1)
    ]
    own = Estimate.of(call for call in calls for source in sources if source is call)
    return FieldCost(own, (Branch(first, given_by(field), frozenset(sources)),))


def _connections(field: GraphQLField, found: Sequence[Platform]) -> FieldCost:
    kind = given_by(field)
    branches = (Branch(number, kind, frozenset([p])) for p, number in Counter(found).items())
    return FieldCost(branches=tuple(branches))
