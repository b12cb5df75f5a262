"""Whether a thing is as it was asked for, decided from what both of them show."""

from datetime import UTC, datetime
from typing import Any

import pytest
import strawberry
from pydantic import Field, SecretStr

from schema.comparison import Told, as_asked
from schema.links import Link
from schema.tags import Tag, TagInput
from schema.wire import Wire, WriteInput

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


class Colour(WriteInput):
    """A part of an input."""

    shade: strawberry.Maybe[str]


class Asked(WriteInput):
    """An input with fields of every kind."""

    account: strawberry.Maybe[str] = Field(exclude=True)
    name: strawberry.Maybe[str | None]
    size: strawberry.Maybe[int]
    is_on: strawberry.Maybe[bool]
    ends_at: strawberry.Maybe[datetime]
    tags: strawberry.Maybe[list[TagInput] | None]
    colour: strawberry.Maybe[Colour]
    password: strawberry.Maybe[SecretStr]
    owner_id: strawberry.Maybe[str]
    elsewhere: strawberry.Maybe[str]


class Shade(Wire):
    """A part of a thing."""

    shade: str | None = None


class Shown(Wire):
    """A thing with fields of every kind."""

    name: str | None = None
    size: int | None = None
    is_on: bool | None = None
    ends_at: datetime | None = None
    tags: list[Tag] = []
    colour: Shade | None = None
    password: str | None = None
    owner_id: str | None = None
    address: str | None = None

    @Told
    def elsewhere(self) -> str | None:
        """Show what stands elsewhere."""
        return self.address

    @property
    def account(self) -> str:
        """Show what an input addresses by."""
        return "7"


def some(value: object) -> Any:
    """Give a value as one that was sent."""
    return strawberry.Some(value)


def asked(**given: object) -> Asked:
    """Make an input of which only this was sent."""
    return Asked.model_construct(
        _fields_set=set(given), **{name: some(value) for name, value in given.items()}
    )


def tags(**named: str) -> list[TagInput]:
    """Make tags as they are sent."""
    return [TagInput(name=name, value=value) for name, value in named.items()]


THING = Shown(
    name="Larch",
    size=3,
    is_on=False,
    ends_at=NOON,
    tags=[Tag(name="a", value="1"), Tag(name="b", value="2")],
    colour=Shade(shade="green"),
    password="***",
    owner_id="17",
    address="North",
)
BARE = Shown()

SAME: dict[str, tuple[Asked, Shown]] = {
    "a text": (asked(name="Larch"), THING),
    "a text with space around it": (asked(name=" Larch "), THING),
    "false": (asked(is_on=False), THING),
    "several": (asked(name="Larch", size=3), THING),
    "a moment as it is rounded": (asked(ends_at=NOON.replace(microsecond=1200)), THING),
    "a list in another order": (asked(tags=tags(b="2", a="1")), THING),
    "a part": (asked(colour=Colour(shade=some("green"))), THING),
    "nothing for null": (asked(name=None), BARE),
    "an empty list for null": (asked(tags=None), BARE),
    "what stands elsewhere": (asked(elsewhere="North"), THING),
}
OTHER: dict[str, tuple[Asked, Shown]] = {
    "a text": (asked(name="Birch"), THING),
    "true": (asked(is_on=True), THING),
    "one of several": (asked(name="Larch", size=4), THING),
    "one beside what does not show": (asked(size=4, password=SecretStr("x")), THING),
    "a moment": (asked(ends_at=NOON.replace(minute=1)), THING),
    "a shorter list": (asked(tags=tags(a="1")), THING),
    "a longer list": (asked(tags=tags(a="1", b="2", c="3")), THING),
    "a part": (asked(colour=Colour(shade=some("red"))), THING),
    "something for null": (asked(name=None), THING),
    "a list for null": (asked(tags=None), THING),
}
UNTOLD: dict[str, tuple[Asked, Shown]] = {
    "nothing at all": (asked(), THING),
    "only where it is": (asked(account="7"), THING),
    "a secret": (asked(password=SecretStr("***")), THING),
    "a secret beside what is the same": (asked(name="Larch", password=SecretStr("x")), THING),
    "an id": (asked(owner_id=Link("17")), THING),
    "what the platform leaves out": (asked(name="Larch"), BARE),
    "a list that it leaves out": (asked(tags=tags(a="1")), BARE),
    "a part that it leaves out": (asked(colour=Colour(shade=some("green"))), BARE),
}


@pytest.mark.parametrize(("given", "thing"), SAME.values(), ids=SAME)
def test_what_is_as_asked_for_is_seen_to_be(given: Asked, thing: Shown) -> None:
    """Platforms round, reorder, and leave empty things out."""
    assert as_asked(given, thing) is True


@pytest.mark.parametrize(("given", "thing"), OTHER.values(), ids=OTHER)
def test_one_thing_that_is_not_as_asked_for_is_enough(given: Asked, thing: Shown) -> None:
    """The platform does all of an input or nothing."""
    assert as_asked(given, thing) is False


@pytest.mark.parametrize(("given", "thing"), UNTOLD.values(), ids=UNTOLD)
def test_what_does_not_show_is_not_guessed(given: Asked, thing: Shown) -> None:
    """That the rest is the same may be from before."""
    assert as_asked(given, thing) is None
