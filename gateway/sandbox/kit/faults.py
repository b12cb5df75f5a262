"""Faults that a stand-in can be told to show while it runs."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from gateway.sandbox.kit.answers import Answer, json_answer
from gateway.sandbox.kit.values import Record, record, whole

MARKER = "stand-in-secret-marker"
FAULT_BODY = f'{{"error":"a fault of the sandbox","detail":"{MARKER}"}}'


@dataclass(frozen=True, slots=True)
class Faults:
    """What goes wrong; by default nothing."""

    latency_ms: int = 0
    error_rate: float | None = None
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: str | None = None
    cut: bool = False
    expire_tokens: bool = False

    def shown(self) -> Record:
        """Tell the faults that are set, in the form they are set in."""
        return {name: getattr(self, name) for name in CHECKS if getattr(self, name) not in UNSET}

    def error(self, dice: random.Random) -> Answer | None:
        """Throw the dice for an answer that is an error instead of the true one."""
        if self.status is None and self.error_rate is None:
            return None
        if self.error_rate is not None and dice.random() >= self.error_rate:
            return None
        body = FAULT_BODY if self.body is None else self.body
        return json_answer(self.status or 500, body.encode(), self.headers)

    def changed(self, answer: Answer) -> Answer:
        """Replace the body of a true answer if so told."""
        return answer if self.body is None else json_answer(200, self.body.encode())


UNSET: tuple[object, ...] = (None, 0, False, {})


def _is_rate(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _is_headers(value: object) -> bool:
    found = record(value)
    return found is not None and all(isinstance(one, str | int) for one in found.values())


CHECKS: dict[str, Callable[[object], bool]] = {
    "latency_ms": lambda value: (whole(value) or 0) >= 0 and whole(value) is not None,
    "error_rate": _is_rate,
    "status": lambda value: 100 <= (whole(value) or 0) <= 599,  # noqa: PLR2004
    "headers": _is_headers,
    "body": lambda value: isinstance(value, str),
    "cut": lambda value: isinstance(value, bool),
    "expire_tokens": lambda value: isinstance(value, bool),
}


def faults_of(value: object) -> Faults:
    """Read faults from JSON; a ValueError names what is wrong with it."""
    found = record(value)
    if found is None:
        raise ValueError("faults must be a JSON object")
    for name, setting in found.items():
        check = CHECKS.get(name)
        if check is None:
            raise ValueError(f"unknown fault {name!r}")
        if not check(setting):
            raise ValueError(f"bad value for {name!r}")
    headers: Record = found.get("headers", {})
    settings: Record = {**found, "headers": {name: str(text) for name, text in headers.items()}}
    return Faults(**settings)


class FaultBox:
    """Holds the faults now in force and the dice that share them out."""

    def __init__(self) -> None:
        """Start without faults."""
        self.current = Faults()
        self.dice = random.Random(1)  # noqa: S311 - repeatable on purpose

    def put(self, faults: Faults) -> None:
        """Put faults in force; expiring tokens happens once and is not kept."""
        self.current = replace(faults, expire_tokens=False)
        self.dice = random.Random(1)  # noqa: S311 - repeatable on purpose
