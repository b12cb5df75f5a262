"""What it costs to find things by their ids, each of which tells the kind of its thing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from graphql import GraphQLField, GraphQLSchema

from resolvers.identity import GlobalId
from resolvers.platform import Platform
from resolvers.upstream.errors import BadInput
from schema.cost.count import NOTHING, Estimate
from schema.cost.fields import Branch, FieldCost, given_by, platform_of_class
from schema.node import Node, kind_named, reads_for


def cost_of_finding(
    schema: GraphQLSchema,
    field: GraphQLField,
    ids: Iterable[str],
    connections: Mapping[str, Platform],
) -> FieldCost:
    """Tell what a field costs that finds things by their ids: for each, what its kind takes.

    An id that leads nowhere, or to another noun than the field's, is refused.
    """
    noun: Any = given_by(field)
    own, branches = NOTHING, list[Branch]()
    for place, number in Counter(place_of(id, connections) for id in ids).items():
        if place is None or not schema.is_sub_type(noun, schema.type_map[place[0].__name__]):
            continue
        kind, platform = place
        # Never free, though there is one kind of thing that no call can find.
        reads = max(1, len(reads_for(kind)))
        own += Estimate.of([platform] * reads).times(number)
        branches.append(Branch(number, schema.type_map[kind.__name__], frozenset([platform])))
    return FieldCost(own, tuple(branches))


def place_of(id: str, connections: Mapping[str, Platform]) -> tuple[type[Node], Platform] | None:
    """Tell the kind of thing that an id leads to, and its platform; None if it leads nowhere."""
    try:
        found = GlobalId.parse(id)
        kind = kind_named(found.kind)
    except (BadInput, KeyError):
        return None
    platform = platform_of_class(kind)
    leads = len(found.keys) == len(kind.address) and connections.get(found.connection) == platform
    return (kind, platform) if leads and platform is not None else None
