"""Maps from name to value, which GraphQL shows as lists of pairs."""

import json
from collections.abc import Iterable
from typing import Annotated, Any, Protocol, TypeVar

import strawberry
from pydantic import AfterValidator, Field, PlainSerializer

from resolvers.reply import Items
from schema.pairs import ByName
from schema.wire import Wire, WriteInput


@strawberry.pydantic.type
class Tag(Wire):
    """A name with its value."""

    name: str
    """The name, unique in its list."""
    value: str
    """The value."""


@strawberry.pydantic.input
class TagInput(WriteInput):
    """A name with its value."""

    name: Annotated[str, Field(min_length=1, max_length=27)]
    """The name, 1 to 27 characters, once in a list."""
    value: Annotated[str, Field(max_length=100)]
    """The value, up to 100 characters."""


class _Named(Protocol):
    """Whatever has a name."""

    name: str


Named = TypeVar("Named", bound=_Named)


def named_once(given: list[Named]) -> list[Named]:
    """Refuse a list that would lose an item as it becomes a map; raises `ValueError`."""
    if len({one.name for one in given}) < len(given):
        message = "a name stands there twice"
        raise ValueError(message)
    return given


def _mapping(tags: Iterable[Any] | None) -> dict[str, str] | None:
    return None if tags is None else {tag.name: tag.value for tag in tags}


# A map in an answer, and a map in a request's body.
Tags = Annotated[Items[Tag], ByName("name", "value")]
TagInputs = Annotated[
    list[TagInput], Field(max_length=10), AfterValidator(named_once), PlainSerializer(_mapping)
]


class Valued(Wire):
    """What has a value of a kind that its platform leaves open."""

    content: Any = Field(default=None, exclude=True, alias="value")

    @strawberry.pydantic.field(
        description="The value. What is no text is written as JSON; null if there is none."
    )
    def value(self) -> str | None:
        """Write the value as a text."""
        if self.content is None or isinstance(self.content, str):
            return self.content
        return json.dumps(self.content, ensure_ascii=False)


@strawberry.pydantic.type
class NamedValue(Valued):
    """A name with a value of any kind."""

    name: str
    """The name, unique in its list."""


# A map in an answer whose members may be anything.
NamedValues = Annotated[Items[NamedValue], ByName("name", "value")]
