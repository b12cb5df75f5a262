"""Scalars and enums that all platforms share, and how their wires spell them."""

import json
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Annotated, Any, NewType

import strawberry
from pydantic import (
    AfterValidator,
    BeforeValidator,
    GetCoreSchemaHandler,
    PlainSerializer,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import CoreSchema, core_schema
from strawberry.exceptions import StrawberryInputCoercionError
from strawberry.types.scalar import ScalarDefinition


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def write_moment(moment: datetime) -> str:
    """Write a moment as callers see it."""
    try:
        return _utc(moment).isoformat().replace("+00:00", "Z")
    except OverflowError:
        # At either end of all time, where another zone is in a year that there is not.
        return moment.replace(tzinfo=UTC).isoformat().replace("+00:00", "Z")


def _read_moment(value: object) -> datetime:
    try:
        return _utc(_moments.validate_python(value if isinstance(value, str) else None))
    except (ValidationError, OverflowError):
        message = "A DateTime is ISO 8601 with date and time, such as 2026-01-31T09:30:00Z."
        raise StrawberryInputCoercionError(message) from None


_moments = TypeAdapter(datetime)


def _read_day(value: object) -> date:
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        message = "A Date is ISO 8601 without a time, such as 2026-01-31."
        raise StrawberryInputCoercionError(message) from None


BigInt = NewType("BigInt", int)


def _read_big(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    message = "A BigInt is a whole number."
    raise StrawberryInputCoercionError(message)


SCALARS: dict[object, ScalarDefinition] = {
    datetime: strawberry.scalar(
        name="DateTime",
        description="A moment in UTC, as ISO 8601 that ends in Z.",
        specified_by_url="https://scalars.graphql.org/andimarek/date-time.html",
        serialize=write_moment,
        parse_value=_read_moment,
    ),
    date: strawberry.scalar(
        name="Date",
        description="A day, as ISO 8601 without a time, such as 2026-01-31.",
        specified_by_url="https://scalars.graphql.org/andimarek/local-date.html",
        serialize=date.isoformat,
        parse_value=_read_day,
    ),
    BigInt: strawberry.scalar(
        name="BigInt",
        description="A whole number that may not fit into 32 bits, such as a size in bytes.",
        serialize=int,
        parse_value=_read_big,
    ),
}


def _without_zone_name(value: Any) -> Any:
    return value.partition("[")[0] if isinstance(value, str) else value


# A moment with the name of its zone behind it, as Java writes it: 2018-01-05T14:00Z[UTC].
Zoned = Annotated[datetime, BeforeValidator(_without_zone_name)]


def _comma_list(value: Any) -> Any:
    if not isinstance(value, str):
        return value or []
    return [part for part in map(str.strip, value.split(",")) if part]


# A list that is written as one text, with commas; null is an empty one.
CommaList = Annotated[list[str], BeforeValidator(_comma_list)]


def _seconds(value: Any) -> Any:
    return float(value) // 1000 if isinstance(value, int | float | str) else value


# A span in whole seconds, which is in milliseconds upstream.
SecondsOfMillis = Annotated[int, BeforeValidator(_seconds)]


class JsonText:
    """Marks a value that stands inside a document as a text of JSON; what cannot be read is null.

    It is for values that may be null: such a text is a matter of its own, and what it stands in can
    be read without it.
    """

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Read the text before the value."""
        read = core_schema.no_info_before_validator_function(_from_json_text, handler(source))
        return core_schema.with_default_schema(read, default=None, on_error="default")


def _from_json_text(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return None


# A moment as Clinked writes it in a request: milliseconds since 1970.
EpochMillis = Annotated[
    datetime, PlainSerializer(lambda at: (at - _EPOCH) // timedelta(milliseconds=1))
]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class OpenEnum(StrEnum):
    """An enum whose platform may add values: what is new reads as OTHER or UNKNOWN."""

    @classmethod
    def _missing_(cls, value: object) -> "OpenEnum | None":
        if value is None:
            # Nothing is not something new: where null may not stand, it is refused.
            return None
        return cls.__members__.get("OTHER") or cls.__members__.get("UNKNOWN")


class MemberRole(IntEnum):
    """What a member may do; at Clinked a number from 1 to 16."""

    BASIC = 1
    """Sees and adds content."""
    GROUP_CREATOR = 4
    """May make groups too."""
    MEMBER_MANAGER = 8
    """May manage people too."""
    ADMINISTRATOR = 16
    """May do everything."""
    OTHER = 0
    """Something that this gateway does not know yet; it cannot be sent."""

    @classmethod
    def _missing_(cls, value: object) -> "MemberRole | None":
        return cls.OTHER if isinstance(value, int) else None


class InviteStatus(OpenEnum):
    """How far an invitation has come."""

    PENDING = "PENDING"
    """Sent and not answered."""
    ACCEPTED = "ACCEPTED"
    """Taken up."""
    EXPIRED = "EXPIRED"
    """Ended without an answer."""
    UNKNOWN = "UNKNOWN"
    """The platform does not tell, or tells what this gateway does not know yet."""


def _known(value: Any) -> Any:
    if getattr(value, "name", None) == "OTHER":
        message = "OTHER is what an answer says of a value it does not know; it cannot be sent"
        raise ValueError(message)
    return value


# Put on an input's enum, so that OTHER is refused.
KNOWN = AfterValidator(_known)

# In an envelope, lists that a platform leaves out or sends as null are empty.
OR_EMPTY = BeforeValidator(lambda value: [] if value is None else value)  # pyright: ignore[reportUnknownLambdaType]

# Likewise what is said of a thing, and is not so where nothing is said.
OR_FALSE = BeforeValidator(lambda value: False if value is None else value)  # pyright: ignore[reportUnknownLambdaType]
