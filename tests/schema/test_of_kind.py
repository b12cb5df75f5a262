"""A thing that stands whole in another's answer, of a kind that is named."""

from typing import Annotated, Any

import pytest
import strawberry
from pydantic import TypeAdapter

from resolvers.call import Origin
from resolvers.located import stamp
from resolvers.platforms.clinked import Clinked
from schema.clinked.properties import ClinkedGroupProperty
from schema.node import Node, OfKind
from schema.wire import LocatedWire


class Holder(LocatedWire):
    """A made-up thing with another in it."""

    held: Annotated[Node | None, OfKind("ClinkedGroupProperty")] = None


def read(document: dict[str, Any]) -> Holder:
    """Read an answer that came from a group."""
    found = TypeAdapter(Holder).validate_python(document)
    stamp(found, Origin(Clinked.platform, "here", {"account": "11", "group": "101"}))
    return found


def test_it_is_read_as_its_kind_and_has_an_id() -> None:
    """The id leads to it as one of its own answer would."""
    held = read({"held": {"name": "colour", "value": "red"}}).held

    assert isinstance(held, ClinkedGroupProperty)
    assert held.value == "red"
    again = read({"held": {"name": "colour"}}).held
    assert again is not None
    assert held.id == again.id != strawberry.ID("")
    assert held.origin.keys == {"account": "11", "group": "101", "name": "colour"}


@pytest.mark.parametrize("held", [None, 7, "x", [], {}, {"name": {}}])
def test_what_cannot_be_read_costs_itself_alone(held: object) -> None:
    """What it stands in is there all the same."""
    assert read({"held": held}).held is None
