"""The shapes that JSON has once it is read."""

from typing import Any, cast

Record = dict[str, Any]
"""A JSON object."""


def record(value: object) -> Record | None:
    """Give the value back if it is a JSON object."""
    return cast("Record", value) if isinstance(value, dict) else None


def items(value: object) -> list[Any] | None:
    """Give the value back if it is a JSON array."""
    return cast("list[Any]", value) if isinstance(value, list) else None


def texts(value: object) -> list[str] | None:
    """Give the value back if it is a JSON array of strings."""
    found = items(value)
    return found if found is not None and all(isinstance(one, str) for one in found) else None


def whole(value: object) -> int | None:
    """Give the value back if it is a whole number; true and false are none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None
