"""Reads JSON from outside as strictly as it is written: once, in one way, and nothing beside it.

A name stands in an object once, since what looks at requests on their way may read the other of two
values. There is no number that JSON does not have, no text but UTF-8, and no half of a character.

orjson reads most of it, and forgets names that stand twice. So the text's names are counted too:
where each colon stands right behind what it may belong to, there are no more names than `":`. If as
many are found, none has got lost. Whatever is not so plain, `json` reads with care.
"""

import json
import re
from typing import Any, cast

import orjson

_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
# A colon behind any of them may end a name without being counted.
_SPACES = (b" :", b"\n:", b"\r:", b"\t:")
# From here on orjson reads whole numbers as others, which are not exact.
_INEXACT = float(2**63)


class NameTwice(ValueError):
    """An object has a name twice."""


def read(text: bytes) -> Any:
    """Read a text; raises `ValueError` or `RecursionError`, and `NameTwice` for what is that."""
    try:
        found = orjson.loads(text)
        if not any(space in text for space in _SPACES) and _names(found) == text.count(b'":'):
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
        return len(members) + sum([_names(one) for one in members.values() if type(one) is not str])
    if kind is list:
        return sum([_names(one) for one in cast("list[Any]", found) if type(one) is not str])
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
