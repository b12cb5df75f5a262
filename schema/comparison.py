"""Whether a thing is as an input asked for it, by the fields that both have."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, cast

from pydantic import BaseModel
from strawberry import Some

from schema.links import Link
from schema.wire import WriteInput

# What stands for nothing at one platform or another.
_EMPTY: tuple[object, ...] = (None, "", [])
# Platforms write moments in whole milliseconds or seconds.
_ROUNDED_SECONDS = 1.0


class Told(property):
    """What a thing tells under another name than an input has for it, under the input's name."""


def as_asked(given: WriteInput, thing: BaseModel) -> bool | None:
    """Tell whether all that was given is found on the thing, under the same names.

    None is for what cannot be told: the thing does not show a part of it, a password say, and
    nothing that it does show is another.
    """
    sent = given.model_fields_set - given.addressing()
    return _all(_same(getattr(given, name), _shown(thing, name)) for name in sorted(sent))


def utc(moment: datetime) -> datetime:
    """Give a moment its zone, which a platform that leaves it out means to be UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _shown(thing: BaseModel, name: str) -> object:
    # Any other attribute of that name may mean something else.
    told = isinstance(getattr(type(thing), name, None), Told)
    return getattr(thing, name) if told or name in type(thing).model_fields else None


def _all(verdicts: Iterable[bool | None]) -> bool | None:
    every = list(verdicts)
    if False in every:
        return False
    return True if every and None not in every else None


def _same(given: object, shown: object) -> bool | None:
    if isinstance(given, Some):
        given = cast("Some[object]", given).value
    if shown in _EMPTY:
        # Nothing may stand there because the platform does not tell.
        return True if given in _EMPTY else None
    if isinstance(given, list):
        return _same_items(cast("list[object]", given), shown)
    if isinstance(given, WriteInput):
        return as_asked(given, shown) if isinstance(shown, BaseModel) else None
    if isinstance(given, datetime) and isinstance(shown, datetime):
        return abs((utc(given) - utc(shown)).total_seconds()) < _ROUNDED_SECONDS
    return _same_value(given, shown)


def _same_value(given: object, shown: object) -> bool | None:
    if given in _EMPTY:
        return False
    # An id of the gateway's is none of the platform's.
    if isinstance(given, Link) or not isinstance(shown, type(given)):
        return None
    if isinstance(given, str) and isinstance(shown, str):
        return given.strip() == shown.strip()
    return given == shown


def _same_items(given: list[object], shown: object) -> bool | None:
    """Compare two lists, in whatever order."""
    if not isinstance(shown, list):
        return None
    rest: list[Any] = list(cast("list[Any]", shown))
    for one in given:
        verdicts = [_same(one, other) for other in rest]
        if True not in verdicts:
            return None if None in verdicts else False
        del rest[verdicts.index(True)]
    return not rest
