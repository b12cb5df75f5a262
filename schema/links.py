"""Ids inside an input: what they may point to, and that all of them are on one connection."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from pydantic import AfterValidator, BaseModel, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema
from strawberry import Some

from resolvers.identity import GlobalId
from resolvers.session import Session
from resolvers.upstream.errors import BadInput
from schema.node import origin_of


class Link(str):
    """An id whose kind was checked."""

    __slots__ = ()


def points_to(*kinds: str) -> AfterValidator:
    """Make the rule of an input field that it holds the id of one of `kinds`.

    A kind is named, since the types of what is above are not known below.
    """

    def check(id: str) -> Link:
        try:
            found = GlobalId.parse(id).kind
        except BadInput as error:
            raise ValueError(error.message) from None
        if found not in kinds:
            message = f"that is not the id of a {' or a '.join(kinds)}"
            raise ValueError(message)
        return Link(id)

    return AfterValidator(check)


def own_key(id: str) -> str:
    """Give the platform's own key of the thing that an id leads to."""
    return GlobalId.parse(id).keys[-1]


def number(key: str) -> int:
    """Write a platform's key as the number that it takes; raises `BadInput` for anything else."""
    # Only an id that was made by hand has other digits, or more than any platform counts to.
    if not (key.isascii() and key.isdecimal() and len(key) <= _MOST_DIGITS):
        raise BadInput("That is not an id of this gateway.")
    return int(key)


_MOST_DIGITS = 18


class OwnNumber:
    """Marks an id in an input, of which the platform gets its own key as a number.

    It is checked with the input: what fails as the body is written is told to nobody.
    """

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Check it, and write it."""
        return core_schema.no_info_after_validator_function(
            self._checked,
            handler(source),
            serialization=core_schema.plain_serializer_function_ser_schema(self._number),
        )

    @staticmethod
    def _number(id: str) -> int:
        return number(own_key(id))

    def _checked(self, id: str) -> str:
        try:
            self._number(id)
        except BadInput as error:
            raise ValueError(error.message) from None
        return id


def check_links(
    session: Session,
    given: object,
    connection: str | None,
    inside: Mapping[str, str] | None = None,
) -> None:
    """Raise `BadInput` for the first id in an input that is on another connection than the rest.

    A number means another thing on another connection, and would be sent without a word. The rest
    is `connection`, or else what the input itself names, or else where its first id leads. The same
    goes for what is in something else than the keys `inside` lead to, where both name it.
    """
    named = cast("object", getattr(given, "connection", None))
    if connection is None and isinstance(named, Some):
        connection = str(cast("Some[str]", named).value)
    for path, link in _links(given):
        try:
            kind, at = origin_of(session, link)
        except BadInput as error:
            raise BadInput(error.message, path=path) from None
        connection = connection or at.connection
        if at.connection != connection:
            message = "That is on another connection."
            raise BadInput(message, path=path)
        for name in kind.address[:-1]:
            if inside and inside.get(name, at.keys[name]) != at.keys[name]:
                message = f"That is in another {name}."
                raise BadInput(message, path=path)


def _links(value: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Link]]:
    """Find the ids in an input, each with its path."""
    if isinstance(value, Link):
        yield path, value
    elif isinstance(value, Some):
        yield from _links(cast("Some[object]", value).value, path)
    elif isinstance(value, list):
        for place, item in enumerate(cast("list[object]", value)):
            yield from _links(item, (*path, str(place)))
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _links(getattr(value, name), (*path, name))
