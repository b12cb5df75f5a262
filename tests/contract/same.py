"""Whether a decoded value says what the document said."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, cast

from pydantic import BaseModel, SecretStr

from tests.contract.documents import decoded, values

# From here on a number of a moment counts milliseconds: as seconds it would be the year 5138.
_MILLISECONDS = 100_000_000_000


def is_same(wire: object, value: object) -> bool:
    """Tell whether a value of a document, which is not null, is what was decoded of it."""
    if isinstance(value, SecretStr):
        return is_same(wire, value.get_secret_value())
    if isinstance(value, date):
        found = moment(wire)
        return in_utc(value) == found if isinstance(value, datetime) else value == found.date()
    if isinstance(value, Enum):
        # What an enum calls a platform's value is its own affair, so long as it knows it.
        return value.name not in {"OTHER", "UNKNOWN"}
    if isinstance(wire, str) and isinstance(value, (BaseModel, Mapping)):
        return is_inside(json.loads(wire), cast("object", value))
    if isinstance(wire, str) and isinstance(value, list):
        return [part.strip() for part in wire.split(",") if part.strip()] == value
    return _is_plain(wire, value)


def _is_plain(wire: object, value: object) -> bool:
    if isinstance(value, str) and not isinstance(wire, (str, bool)):
        return str(wire) == value
    if isinstance(wire, bool) or isinstance(value, bool):
        return wire is value
    # A span of milliseconds may be shown in whole seconds.
    return wire == value or (isinstance(wire, int) and wire // 1000 == value)


def moment(wire: object) -> datetime:
    """Read a moment the way a person would: the name of a zone is a note, no zone is UTC."""
    if isinstance(wire, int):
        return datetime.fromtimestamp(wire / 1000 if wire > _MILLISECONDS else wire, UTC)
    text = re.sub(r"\[.*\]$", "", str(wire))
    return in_utc(datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text)))


def in_utc(found: datetime) -> datetime:
    """Tell a moment in UTC, which it is in where it does not tell."""
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def is_inside(document: object, value: object) -> bool:
    """Tell whether all values of a document are found in an object."""
    found = dict(decoded(value))
    raw = cast("Any", value)
    return document == raw or all(
        is_same(wire, found.get(place)) for place, wire in values(document) if wire is not None
    )
