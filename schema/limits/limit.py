"""A limit: how much there may be at most, and what happens beyond it."""

import math
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from resolvers.upstream.errors import ErrorCode, Fault


class Mode(StrEnum):
    """What a limit does."""

    OFF = "off"
    """Nothing: it is not looked at."""
    MEASURE = "measure"
    """What goes beyond it is let through, logged and counted."""
    ENFORCE = "enforce"
    """What goes beyond it is refused."""


_WRITTEN = re.compile(r"(?:(measure|enforce) +)?(\d{1,12}(?:\.\d{1,6})?)")


def _number(value: float) -> float:
    """Give a whole number as people write it, and no more of another than they read."""
    return int(value) if value == int(value) else round(value, 3)


@dataclass(frozen=True, slots=True)
class Limit:
    """So much at most, in a mode."""

    most: float
    mode: Mode = Mode.ENFORCE

    @classmethod
    def read(cls, written: object, usual: "Limit") -> "Limit":
        """Read `20`, `measure 20`, or a mode alone, which keeps the usual number.

        Raises `ValueError` for anything else.
        """
        if isinstance(written, Limit):
            return written
        text = str(written).strip()
        if text in set(Mode):
            return cls(usual.most, Mode(text))
        found = None if isinstance(written, bool) else _WRITTEN.fullmatch(text)
        if found is None:
            raise ValueError("a limit is a number, `off`, `measure 20` or `measure`")
        return cls(_number(float(found[2])), Mode(found[1] or Mode.ENFORCE))

    def __str__(self) -> str:
        """Write it as it is set."""
        return self.mode if self.mode is Mode.OFF else f"{self.mode} {_number(self.most)}"


class LimitExceeded(Fault):
    """A request goes beyond a limit; says which, how far, and when to come back if time helps."""

    code = ErrorCode.LIMIT_EXCEEDED

    def __init__(
        self,
        limit: str,
        value: float,
        most: float,
        *,
        tells: bool = True,
        retry_after: float | None = None,
    ) -> None:
        """Keep the limit's name in the settings, what the request has, and what it may have.

        What does not tell says no more than that there is a limit. `retry_after` is in seconds.
        """
        value, most = _number(value), _number(most)
        says = f"The limit `{limit}` is {most}, and the request has {value}."
        if retry_after is not None:
            says = f"The limit `{limit}` is {most}, and less than {value} is left of it."
        super().__init__(says if tells else "The request goes beyond a limit of this gateway.")
        self.limit = limit
        self.value = value
        self.most = most
        self.tells = tells
        self.retry_after = retry_after

    def told(self) -> dict[str, Any]:
        """Give what an error tells beside its message."""
        told: dict[str, Any] = {}
        if self.tells:
            told = {"limit": self.limit, "value": self.value, "most": self.most}
        if self.retry_after is not None:
            told["retryAfterSeconds"] = math.ceil(self.retry_after)
        return told
