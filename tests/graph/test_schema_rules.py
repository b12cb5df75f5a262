"""The rules that all of the graph keeps, which a client may count on."""

import re
from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLNonNull, GraphQLObjectType, is_leaf_type

from resolvers.upstream.errors import ErrorCode
from tests.graph.sdl import (
    SCHEMA,
    arguments,
    base,
    enum_values,
    fields,
    has_holes,
    input_fields,
    interface,
    own_name,
    types,
    upstream,
)

NOUNS = ("Company", "Entity", "Group", "Invite", "Member")
TITLES = ("Clinked", "Codat", "Conduit", "Kondado", "LeadConduit")

# A boolean reads as a statement of its thing.
STATEMENT = re.compile(
    r"(is|has|uses|hides|shows|allows|creates|disables|forces|includes|inherits|needs|notifies"
    r"|passes|reminds|renews|requires|sends|takes|watches)([A-Z0-9]|$)"
)


def test_lists_hold_no_nulls() -> None:
    """Only `nodes(ids:)` has holes, for the ids that lead nowhere."""
    every = [*fields(), *input_fields(), *arguments()]

    assert [place for place, one in every if has_holes(one.type)] == ["Query.nodes"]


def test_moments_end_in_at_and_what_ends_in_at_is_a_moment() -> None:
    """A name tells a moment from a date, a span or a text."""
    every = [*fields(), *input_fields(), *arguments()]
    moments = {place for place, one in every if base(one.type) == "DateTime"}

    assert moments != set()
    assert moments == {place for place, _ in every if place.endswith(("At", ".at"))}


def test_spans_and_sizes_end_in_their_unit() -> None:
    """A number of seconds says so, and one that may pass 32 bits is no Int."""
    every = [*fields(), *input_fields()]
    spans = {base(one.type) for place, one in every if place.endswith("Seconds")}
    sizes = {base(one.type) for place, one in every if place.endswith("Bytes")}

    assert spans == {"Int"}
    assert sizes == {"BigInt"}


def test_booleans_read_as_statements() -> None:
    """`isArchived`, not `archived`; `hasLogo`, not `logo`."""
    every = [*fields(), *input_fields(), *arguments()]
    odd = [
        place
        for place, one in every
        if base(one.type) == "Boolean" and not STATEMENT.match(own_name(place))
    ]

    assert odd == []


def test_names_are_in_the_case_of_their_kind() -> None:
    """Types in Pascal case, fields and arguments in camel case, enum values in capitals."""
    camel = [*fields(), *input_fields(), *arguments()]
    odd = [kind.name for kind in types() if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", kind.name)]
    odd += [p for p, _ in camel if not re.fullmatch(r"[a-z][A-Za-z0-9]*", own_name(p))]
    odd += [p for p, _ in enum_values() if not re.fullmatch(r"[A-Z][A-Z0-9_]*", own_name(p))]

    assert odd == []


def test_a_thing_of_a_noun_carries_its_platforms_name() -> None:
    """`ClinkedAccount`, `CodatCompany`: the name says where it is from."""
    kinds = [kind.name for kind in SCHEMA.get_possible_types(interface("Node"))]

    assert kinds != []
    assert [name for name in kinds if not name.startswith(TITLES)] == []


def test_every_node_says_what_it_is_and_whose() -> None:
    """These four are never null, whatever the platform left out."""
    node = interface("Node")
    for kind in [node, *SCHEMA.get_possible_types(node)]:
        shown = {name: str(kind.fields[name].type) for name in node.fields}

        assert shown == {
            "id": "ID!",
            "platform": "Platform!",
            "platformId": "String!",
            "connection": "String!",
        }


def test_every_thing_with_an_id_is_a_node() -> None:
    """What has an id is found again by `node`."""
    nodes = {kind.name for kind in SCHEMA.get_possible_types(interface("Node"))}
    nodes |= {"Node", *NOUNS}

    assert {place.partition(".")[0] for place, _ in fields() if own_name(place) == "id"} == nodes


def test_a_node_is_of_one_noun_at_most() -> None:
    """A client asks for the noun, and need not know the platform; what one alone has is of none."""
    for kind in SCHEMA.get_possible_types(interface("Node")):
        nouns = [one.name for one in kind.interfaces if one.name != "Node"]

        assert len(nouns) <= 1
        assert set(nouns) <= set(NOUNS)


def test_a_field_that_costs_a_call_may_be_null() -> None:
    """An outage nulls that field and nothing else."""
    calling = {field for field, _ in upstream()}
    strict = [p for p, one in fields() if p in calling and isinstance(one.type, GraphQLNonNull)]

    assert strict == []


@pytest.mark.parametrize("noun", NOUNS)
def test_every_list_is_a_relay_connection(noun: str) -> None:
    """One shape for every list, at the root and inside a thing."""
    connection, edge = SCHEMA.get_type(f"{noun}Connection"), SCHEMA.get_type(f"{noun}Edge")
    assert isinstance(connection, GraphQLObjectType)
    assert isinstance(edge, GraphQLObjectType)

    assert {name: str(field.type) for name, field in connection.fields.items()} == {
        "edges": f"[{noun}Edge!]!",
        "nodes": f"[{noun}!]!",
        "outages": "[PlatformOutage!]!",
        "pageInfo": "PageInfo!",
        "totalCount": "Int",
    }
    assert {name: str(field.type) for name, field in edge.fields.items()} == {
        "cursor": "String!",
        "node": f"{noun}!",
    }


def test_every_list_is_asked_for_alike() -> None:
    """`first` has a default, `after` goes on; the lists of the root can be narrowed too."""
    for place, field in fields():
        if "first" not in field.args:
            continue
        noun = base(field.type).removesuffix("Connection")
        narrowing = {
            "platforms": "[Platform!]",
            "connections": "[String!]",
            "filter": f"{noun}Filter",
        }
        expected = {"first": "Int!", "after": "String"}
        expected |= narrowing if place.startswith("Query.") else {}
        taken = {name: str(one.type) for name, one in field.args.items()}
        if not place.startswith("Query."):
            taken = {name: taken[name] for name in expected}

        assert taken == expected, place
        assert field.args["first"].default_value == 25


def test_ids_of_other_things_stand_in_inputs_alone() -> None:
    """Where one thing leads to another, the answer holds the thing and not its id."""
    foreign = [p for p, one in fields() if p.endswith("Id") and base(one.type) == "ID"]

    assert {own_name(place) for place in foreign} <= {"deletedId"}


def test_every_mutation_answers_a_payload_of_its_own() -> None:
    """What changed may be null, and what the caller can put right is always a list."""
    payload = interface("Payload")
    payloads = {kind.name for kind in SCHEMA.get_possible_types(payload)}
    mutations = {p: base(one.type) for p, one in fields() if p.startswith("Mutation.")}

    assert set(mutations.values()) == payloads
    assert len(mutations) == len(payloads)
    assert str(payload.fields["userErrors"].type) == "[UserError!]!"


def test_the_codes_of_outages_are_the_codes_of_errors() -> None:
    """A client writes one handler for both."""
    codes = SCHEMA.get_type("ErrorCode")
    assert isinstance(codes, GraphQLEnumType)

    assert set(codes.values) == {code.value for code in ErrorCode}


def shape(kind: Any) -> str:
    """Write a field's type as far as two kinds of nodes have to agree on it."""
    name = base(kind)
    return str(kind) if is_leaf_type(SCHEMA.get_type(name)) else str(kind).replace(name, "object")


def test_a_field_of_one_name_has_one_type_on_all_nodes() -> None:
    """Or no document could ask for it on two kinds of nodes at once."""
    found: dict[str, set[str]] = {}
    nodes = {kind.name for kind in SCHEMA.get_possible_types(interface("Node"))}
    for place, field in fields():
        kind, _, name = place.partition(".")
        if kind in nodes:
            found.setdefault(name, set()).add(shape(field.type))

    assert [name for name, kinds in found.items() if len(kinds) > 1] == []
