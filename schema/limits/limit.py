"""A limit: how much there may be at most, and what happens beyond it."""

import re
from dataclasses import dataclass
from enum import StrEnum

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
        return cls(float(found[2]), Mode(found[1] or Mode.ENFORCE))

    def __str__(self) -> str:
        """Write it as it is set."""
        return self.mode if self.mode is Mode.OFF else f"{self.mode} {self.most:g}"


class LimitExceeded(Fault):
    """A request goes beyond a limit; says which, how far, and when to come back if time helps."""

    code = ErrorCode.LIMIT_EXCEEDED

    def __init__(
        self,
        limit: str,
        value: float,
        most: float,
        *,
        message: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        """Keep the limit's name in the settings, what the request has, and what it may have."""
        says = message or f"The limit `{limit}` is {most:g}, and the request has {value:g}."
        super().__init__(says)
        self.limit = limit
        self.value = value
        self.most = most
        self.retry_after = retry_after
