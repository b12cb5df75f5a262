"""Maps from name to value, which GraphQL shows as lists of pairs."""

from collections.abc import Iterable
from typing import Annotated, Any

import strawberry
from pydantic import AfterValidator, Field, PlainSerializer

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


def _once(tags: list[TagInput]) -> list[TagInput]:
    if len({tag.name for tag in tags}) < len(tags):
        message = "a name stands there twice"
        raise ValueError(message)
    return tags


def _mapping(tags: Iterable[Any] | None) -> dict[str, str] | None:
    return None if tags is None else {tag.name: tag.value for tag in tags}


# A map in an answer, and a map in a request's body.
Tags = Annotated[list[Tag], ByName("name", "value")]
TagInputs = Annotated[
    list[TagInput], Field(max_length=10), AfterValidator(_once), PlainSerializer(_mapping)
]
