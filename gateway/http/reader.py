"""Reads JSON from outside as strictly as it is written: once, in one way, and nothing beside it.

A name stands in an object once, since what looks at requests on their way may read the other of two
values. There is no number that JSON does not have, no text but UTF-8, and no half of a character.

orjson reads most of it, and forgets names that stand twice. So the names are counted as well: in
JSON without its spaces, each ends with `":`, and so may a piece of a text. If there are as many of
these as names in what was read, none has got lost. What is not so plain is read by `json`.
"""

import json
import re
from typing import Any, cast

import orjson

_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
# What may stand between a name and its colon.
_SPACES = b" \t\r\n"
# What may hold names, or be a number that is not exact.
_LOOKED_AT = frozenset({dict, list, float})
# From here on orjson reads whole numbers as others, which are not exact.
_INEXACT = float(2**63)


class NameTwice(ValueError):
    """An object has a name twice."""


def read(text: bytes) -> Any:
    """Read a text; raises `ValueError` or `RecursionError`, and `NameTwice` for what is that."""
    try:
        found = orjson.loads(text)
        if _names(found) == text.translate(None, _SPACES).count(b'":'):
            return found
    except (ValueError, RecursionError):
        # What is wrong with it is not for two to say.
        pass
    return read_with_care(text)


def read_with_care(text: bytes) -> Any:
    """Do the same without orjson."""
    # By itself, `json` takes UTF-16 too.
    found = json.loads(text.decode(), parse_constant=_refuse, object_pairs_hook=_with_each_once)
    if _SURROGATE.search(text):
        # Two of them may be one character; one alone is none, and cannot be sent on.
        json.dumps(found, ensure_ascii=False).encode()
    return found


def _names(found: object) -> int:
    """Count the names in all objects; raises `ValueError` for a number that is not exact."""
    kind = type(found)
    if kind is dict:
        members = cast("dict[str, Any]", found)
        within = [_names(one) for one in members.values() if type(one) in _LOOKED_AT]
        return len(members) + sum(within)
    if kind is list:
        return sum([_names(one) for one in cast("list[Any]", found) if type(one) in _LOOKED_AT])
    if kind is float and not -_INEXACT < cast("float", found) < _INEXACT:
        raise ValueError("the number is too large")
    return 0


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _with_each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise NameTwice("a name stands twice")
    return found
