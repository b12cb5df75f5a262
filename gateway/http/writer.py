"""Writes JSON, and never what is none."""

import json
import math
from typing import Any, cast

import orjson

_SHORTEST, _LONGEST = -(2**63), 2**64


def written(body: Any, *, is_plain: bool = False) -> bytes:
    """Write what is made of maps with texts as names, lists, texts, numbers, booleans and null.

    What `is_plain` has surely no number that JSON does not have.

    An `orjson.Fragment` is a piece that was written before. Raises `ValueError` for a number that
    JSON does not have.
    """
    try:
        text = orjson.dumps(body)
    except TypeError:
        # Larger numbers than it writes, or half of a character.
        return orjson.dumps(_spelled(body))
    if not is_plain and b"null" in text:
        # Such a number stands there too, as if it were nothing.
        _check(body)
    return text


def _check(value: object) -> None:
    kind = type(value)
    if kind is dict:
        for one in cast("dict[str, object]", value).values():
            if type(one) is not str:
                _check(one)
    elif kind is list:
        for one in cast("list[object]", value):
            if type(one) is not str:
                _check(one)
    elif kind is float and not math.isfinite(cast("float", value)):
        raise ValueError("JSON has no such number")


def _spelled(value: Any) -> Any:
    """Spell out what orjson does not write by itself."""
    if isinstance(value, dict):
        members = cast("dict[str, Any]", value)
        return {name: _spelled(one) for name, one in members.items()}
    if isinstance(value, list):
        return [_spelled(one) for one in cast("list[Any]", value)]
    if isinstance(value, float) or (isinstance(value, int) and not _SHORTEST <= value < _LONGEST):
        return orjson.Fragment(json.dumps(value, allow_nan=False))
    if isinstance(value, str):
        return orjson.Fragment(json.dumps(value))
    return value
