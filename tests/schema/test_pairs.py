"""Maps that are lists of named things."""

from typing import Annotated, Any

from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter

from schema.pairs import ByName


class Host(BaseModel):
    """A made-up thing under a name."""

    name: str
    kind: str | None = None


class Hosts(BaseModel):
    """Several made-up things under a name."""

    region: str
    hosts: list[str] = []


BY_NAME = TypeAdapter[list[Host]](Annotated[list[Host], ByName("name")])
BY_REGION = TypeAdapter[list[Hosts]](Annotated[list[Hosts], ByName("region", "hosts")])


@given(st.dictionaries(st.text(), st.fixed_dictionaries({"kind": st.text() | st.none()})))
def test_every_key_is_the_name_of_an_item_in_the_same_order(wire: dict[str, Any]) -> None:
    """Nothing is lost, and nothing is made up."""
    read = BY_NAME.validate_python(wire)

    assert [(one.name, one.kind) for one in read] == [(k, v["kind"]) for k, v in wire.items()]


@given(st.dictionaries(st.text(), st.lists(st.text())))
def test_what_stands_at_a_key_may_be_one_member(wire: dict[str, list[str]]) -> None:
    """A map to lists has no members to merge."""
    assert {one.region: one.hosts for one in BY_REGION.validate_python(wire)} == wire


def test_a_map_that_is_not_there_is_an_empty_list() -> None:
    """Null and absent alike."""
    assert BY_NAME.validate_python(None) == []


def test_a_name_inside_gives_way_to_the_key() -> None:
    """It is the key that the platform finds the thing by."""
    (read,) = BY_NAME.validate_python({"a": {"name": "b", "kind": "c"}})

    assert (read.name, read.kind) == ("a", "c")


def test_an_item_that_is_no_map_has_its_name_alone() -> None:
    """One odd value costs the others nothing."""
    assert [one.name for one in BY_NAME.validate_python({"a": None, "b": 7})] == ["a", "b"]
