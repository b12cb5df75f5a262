"""Every limit of a gateway, with what it usually is."""

from collections.abc import Callable
from typing import Any, NoReturn

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator

from schema.limits.limit import Limit, LimitExceeded, Mode

# Told of what goes beyond a limit: its name, and what its mode is.
Over = Callable[[str, Mode], None]


class Limits(BaseModel):
    """What a request may be at most.

    Each is a number, which is enforced; `measure 20`, which lets through, logs and counts what goes
    beyond it; or `off`.
    """

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True, frozen=True)

    body_bytes: Limit = Limit(1_000_000)
    """Bytes of a request's body, as sent and after it was inflated."""
    receive_seconds: Limit = Limit(10)
    """Seconds until the whole body is there."""
    request_seconds: Limit = Limit(30)
    """Seconds until the answer is there; never less than `receive_seconds` and the deadline."""
    tokens: Limit = Limit(4_000)
    """Tokens of a document, comments among them; or one for each 50 characters of it."""
    depth: Limit = Limit(20)
    """Fields that stand in each other."""
    fields: Limit = Limit(2_000)
    """Fields of a document, with each fragment counted wherever it is spread."""
    aliases: Limit = Limit(100)
    """Aliases of a document, counted as fields are."""
    directives: Limit = Limit(100)
    """Directives of a document, counted as fields are."""
    overlaps: Limit = Limit(10_000)
    """Pairs of fields of one name, which have to be compared with each other."""
    introspection_depth: Limit = Limit(2)
    """Lists of fields, interfaces or types in each other, below `__schema` or `__type`."""
    list_length: Limit = Limit(1_000)
    """Items of the longest list in the variables and in the document."""
    first: Limit = Limit(100)
    """Items of one page: the greatest `first` of an operation."""
    calls: Limit = Limit(2_000)
    """Calls to platforms that an operation may make, as estimated before it runs."""
    platform_calls: Limit = Limit(1_000)
    """Calls to any one platform that an operation may make, as estimated before it runs."""
    calls_per_minute: Limit = Limit(20_000)
    """What a caller's operations may cost in a minute: each its calls, and 1 if it makes none."""
    tell: bool = True
    """Whether the error names the limit and the numbers."""

    @field_validator("*", mode="before")
    @classmethod
    def _read(cls, written: Any, info: ValidationInfo) -> Any:
        usual = cls.model_fields[str(info.field_name)].default
        return Limit.read(written, usual) if isinstance(usual, Limit) else written

    def check(self, name: str, value: float, over: Over) -> None:
        """Hold a number against the limit of that name; raises `LimitExceeded`."""
        limit: Limit = getattr(self, name)
        if limit.mode is Mode.OFF or value <= limit.most:
            return
        if limit.mode is Mode.ENFORCE:
            self.refuse(name, value, limit.most, over)
        over(name, limit.mode)

    def refuse(self, name: str, value: float, most: float, over: Over) -> NoReturn:
        """Refuse what goes beyond `most`, whatever the mode is; raises `LimitExceeded`."""
        over(name, Mode.ENFORCE)
        raise LimitExceeded(name, value, most, tells=self.tell)

    def ceiling(self, name: str) -> float | None:
        """Give the number beyond which something is refused; None if nothing is."""
        limit: Limit = getattr(self, name)
        return limit.most if limit.mode is Mode.ENFORCE else None


NO_LIMITS = Limits.model_validate(
    {name: "off" for name, field in Limits.model_fields.items() if isinstance(field.default, Limit)}
)
