"""Scalars and enums that all platforms share, and how their wires spell them."""

from datetime import UTC, datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Annotated, Any, NewType

import strawberry
from pydantic import (
    AfterValidator,
    BeforeValidator,
    PlainSerializer,
    TypeAdapter,
    ValidationError,
)
from strawberry.exceptions import StrawberryInputCoercionError
from strawberry.types.scalar import ScalarDefinition


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _write_moment(moment: datetime) -> str:
    return _utc(moment).isoformat().replace("+00:00", "Z")


def _read_moment(value: object) -> datetime:
    try:
        return _utc(_moments.validate_python(value if isinstance(value, str) else None))
    except (ValidationError, OverflowError):
        message = "A DateTime is ISO 8601 with date and time, such as 2026-01-31T09:30:00Z."
        raise StrawberryInputCoercionError(message) from None


_moments = TypeAdapter(datetime)

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
        serialize=_write_moment,
        parse_value=_read_moment,
    ),
    BigInt: strawberry.scalar(
        name="BigInt",
        description="A whole number that may not fit into 32 bits, such as a size in bytes.",
        serialize=int,
        parse_value=_read_big,
    ),
}

# A moment as Clinked writes it in a request: milliseconds since 1970.
EpochMillis = Annotated[
    datetime, PlainSerializer(lambda at: (at - _EPOCH) // timedelta(milliseconds=1))
]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class OpenEnum(StrEnum):
    """An enum whose platform may add values: what is new reads as OTHER or UNKNOWN."""

    @classmethod
    def _missing_(cls, value: object) -> "OpenEnum | None":
        del value
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

# Lists that a platform leaves out or sends as null are empty.
OR_EMPTY = BeforeValidator(lambda value: value or [])  # pyright: ignore[reportUnknownLambdaType]

# Likewise what is said of a thing, and is not so where nothing is said.
OR_FALSE = BeforeValidator(lambda value: value or False)  # pyright: ignore[reportUnknownLambdaType]
