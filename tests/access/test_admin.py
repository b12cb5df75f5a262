"""What needs the scope `admin`: all that is secret, and what the documents say, no less or more."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType
from pydantic import BaseModel, SecretStr
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.utils.str_converters import to_camel_case

from schema.access import privileged
from schema.node import kinds
from tests.access.rules import NOTHING, in_schema
from tests.graph.sdl import SCHEMA, base, fields, interface, types

DOCUMENT = Path(__file__).parents[2] / "docs" / "scopes.md"
RULES = in_schema()


def needs_admin(place: str) -> bool:
    """Tell whether a place needs the scope `admin` by itself."""
    return "admin" in RULES.get(place, NOTHING).scopes


def models(*of: type[Any]) -> Iterator[tuple[Any, type[BaseModel]]]:
    """Give the types that were made from models, with these."""
    for kind in types():
        definition: Any = kind.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
        origin = getattr(definition, "origin", None)
        if isinstance(kind, of) and isinstance(origin, type) and issubclass(origin, BaseModel):
            yield kind, origin


def ways_to(kind: str) -> list[str]:
    """Give the fields of objects that lead to a type, or to a list of it."""
    pages = {f"{kind}Connection", f"{kind}Edge"}
    found: list[str] = []
    for place, field in fields():
        holder = SCHEMA.get_type(place.partition(".")[0])
        if isinstance(holder, GraphQLObjectType) and holder.name not in pages:
            found += [place] if base(field.type) in {kind, *pages} else []
    return found


def is_closed(place: str, below: tuple[str, ...] = ()) -> bool:
    """Tell whether nobody gets to a field without `admin`."""
    if needs_admin(place):
        return True
    above = [way for way in ways_to(place.partition(".")[0]) if way not in below]
    return bool(above) and all(is_closed(way, (*below, place)) for way in above)


def secrets() -> Iterator[str]:
    """Give the fields whose values are kept out of logs."""
    for kind, model in models(GraphQLObjectType):
        names = (to_camel_case(name) for name, one in model.model_fields.items() if not one.repr)
        yield from (f"{kind.name}.{name}" for name in names if name in kind.fields)


def passwords() -> Iterator[str]:
    """Give the fields of inputs that hold a secret."""
    for kind, model in models(GraphQLInputObjectType):
        for name, one in model.model_fields.items():
            if SecretStr.__name__ in str(one.annotation):
                yield f"{kind.name}.{to_camel_case(name)}"


def holds(given: str, input: str) -> bool:
    """Tell whether an input is another, or has it in it."""
    kind = SCHEMA.get_type(given)
    inner: Any = kind.fields.values() if isinstance(kind, GraphQLInputObjectType) else ()
    return given == input or any(holds(base(one.type), input) for one in inner)


@pytest.mark.parametrize("place", sorted(secrets()))
def test_nobody_without_admin_gets_to_what_is_secret(place: str) -> None:
    """It needs the scope by itself, or all that leads to it does."""
    assert is_closed(place)


@pytest.mark.parametrize("place", sorted(passwords()))
def test_nobody_without_admin_sets_a_password(place: str) -> None:
    """A caller that may change members is not to sign in as one of them."""
    input = place.partition(".")[0]
    taking = [
        mutation
        for mutation, field in fields()
        if mutation.startswith("Mutation.")
        and any(holds(base(one.type), input) for one in field.args.values())
    ]

    assert taking != []
    assert needs_admin(place) or all(map(needs_admin, taking))


@pytest.mark.parametrize("kind", [one.__name__ for one in kinds() if one.needs is not None])
def test_a_kind_of_thing_that_needs_admin_is_given_by_nothing_that_does_not(kind: str) -> None:
    """Its id is one way to it, and each field that gives it is another."""
    assert ways_to(kind) != []
    assert [place for place in ways_to(kind) if not is_closed(place)] == []


def test_what_needs_admin_says_so_in_its_description() -> None:
    """There GraphiQL shows it."""
    says = "Needs the scope `admin`."
    described = {place: field.description for place, field in fields()}
    for kind in types():
        if isinstance(kind, GraphQLInputObjectType):
            described |= {f"{kind.name}.{n}": kind.fields[n].description for n in privileged(kind)}

    shown = {p for p, text in described.items() if text and text.endswith(says)}
    common = {place for place in shown if place.startswith(f"{COMMON.name}.")}
    assert shown - common == {place for place in RULES if "." in place and needs_admin(place)}


COMMON: GraphQLInterfaceType = interface("PlatformConnection")


def documented(place: str) -> str:
    """Write a place as the document does."""
    kind, _, name = place.rpartition(".")
    if kind in {one.name for one in SCHEMA.get_possible_types(COMMON)} and name in COMMON.fields:
        return f"{COMMON.name}.{name}"
    return name if kind == "Mutation" else place


def test_the_document_names_all_that_needs_admin_once_and_nothing_else() -> None:
    """With a reason for each."""
    _, _, tables = DOCUMENT.read_text().partition("\n## What needs `admin`\n")
    rows = [line.split("|") for line in tables.splitlines() if line.startswith("| `")]
    named = [name for row in rows for name in re.findall(r"`(.+?)`", row[1])]

    assert sorted(named) == sorted({documented(place) for place in RULES if needs_admin(place)})
    assert [row for row in rows if not row[2].strip()] == []
