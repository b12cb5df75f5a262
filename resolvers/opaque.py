"""Text that callers get and give back without looking inside: base64url of versioned JSON."""

import base64
import binascii
import json
from typing import Any, Generic, TypeVar

import orjson
from pydantic import TypeAdapter, ValidationError

Shape = TypeVar("Shape")

# Bumped when a shape changes; text of the older shape stays readable then.
_VERSION = b"1"


class Opaque(Generic[Shape]):
    """Writes and reads values of one shape; reading refuses what was not written here."""

    def __init__(self, shape: Any, *, longest: int) -> None:
        self._shape: TypeAdapter[Shape] = TypeAdapter(shape)
        self._longest = longest

    def write(self, value: Shape) -> str:
        """Write a value, in the one way there is."""
        text = _dumped(value)
        return base64.urlsafe_b64encode(_VERSION + text).rstrip(b"=").decode()

    def read(self, text: str) -> Shape:
        """Read a value back; raises `ValueError` for what `write` never wrote."""
        try:
            padded = text[: self._longest].encode("ascii") + b"=" * (-len(text) % 4)
            raw = base64.b64decode(padded, b"-_", validate=True)
            value = self._shape.validate_json(raw.removeprefix(_VERSION), strict=True)
        except (ValidationError, binascii.Error, UnicodeError) as error:
            raise ValueError(type(error).__name__) from None
        # Base64 and JSON both have several spellings of one thing; there is one here.
        if self.write(value) != text:
            raise ValueError("another spelling")
        return value


def _dumped(value: Any) -> bytes:
    try:
        text = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        # Half of a character, or a number of very many digits.
        text = b"\xff"
    if text.isascii():
        return text
    # What is not ASCII is escaped.
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()
