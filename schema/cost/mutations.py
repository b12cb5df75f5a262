"""What mutations cost: the calls of the one way to do it that the input and the id choose."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from graphql import GraphQLField
from strawberry.utils.str_converters import to_camel_case

from resolvers.call import Endpoint
from resolvers.platform import Platform
from schema.action import ACTIONS
from schema.cost.count import Estimate
from schema.cost.fields import REFUSED, Branch, FieldCost, counts_items, given_by
from schema.cost.ids import place_of
from schema.node import Node
from schema.write import WRITES


def mutation_cost(
    name: str,
    field: GraphQLField,
    arguments: Mapping[str, Any],
    connections: Mapping[str, Platform],
) -> FieldCost:
    """Tell what a mutation costs; one that no connection can do is refused.

    One that gives back several things may read back each of them: as many as the longest list in
    its input has.
    """
    kind, payload = None, given_by(field)
    if "id" in field.args:
        place = place_of(arguments["id"], connections)
        if place is None:
            return REFUSED
        kind, _ = place
    given: Mapping[str, Any] = arguments.get("input") or {}
    number = _longest(given) if counts_items(payload) else 1
    endpoints = next(_ways(name, kind, next(iter(given), None)), ())
    own = Estimate.of(e.platform for e in endpoints for _ in range(number if e.is_read else 1))
    on = frozenset(own.by_platform)
    if not on <= set(connections.values()):
        return REFUSED
    return FieldCost(own, (Branch(number, payload, on),))


def _ways(name: str, kind: type[Node] | None, key: str | None) -> Iterator[Sequence[Endpoint[Any]]]:
    """Give the endpoints of each way to do what a mutation is named for, to a thing of a kind.

    `key` is the first in its input, which is the only one where the input chooses a platform.
    """
    for action in ACTIONS:
        if to_camel_case(action.name) == name:
            for variant in action.variants:
                if variant.kind is kind and key in {None, to_camel_case(variant.key)}:
                    yield variant.endpoints
    for write in WRITES:
        if to_camel_case(write.name) == name and write.kind is kind:
            yield (write.endpoint,)


def _longest(given: Mapping[str, Any]) -> int:
    """Give the length of the longest list in what an input has for a platform, or 1."""
    variants = (cast("Mapping[str, Any]", variant) for variant in given.values())
    values = (value for variant in variants for value in variant.values())
    lengths = (len(cast("list[Any]", value)) for value in values if isinstance(value, list))
    return max(lengths, default=0) or 1
