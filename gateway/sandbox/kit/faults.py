"""Faults that a stand-in can be told to show while it runs; docs/sandbox.md lists them."""

import random
from dataclasses import dataclass, field, fields, replace

from gateway.sandbox.kit.answers import HTML_TYPE, JSON_TYPE, Answer, encoded
from gateway.sandbox.kit.fault_bodies import FAULT_BODY, PAGE, deep
from gateway.sandbox.kit.values import Record


@dataclass(frozen=True, slots=True)
class Faults:
    """What goes wrong; by default nothing."""

    latency_ms: int = 0
    latency_after_ms: int = 0
    drop_before: bool = False
    drop: bool = False
    cut: bool = False
    half: bool = False
    error_rate: float | None = None
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: str | None = None
    html: bool = False
    nested: int = 0
    megabytes: int = 0
    date_skew_seconds: int = 0
    expire_tokens: bool = False
    times: int = 0
    only: dict[str, str] = field(default_factory=dict[str, str])
    mix: "tuple[Chance, ...]" = ()

    def shown(self) -> Record:
        """Tell the faults that are set, in the form they are set in."""
        told = {one.name: getattr(self, one.name) for one in fields(self)}
        told["mix"] = [one.shown() for one in self.mix]
        return {name: value for name, value in told.items() if value not in UNSET}

    def hit(self, method: str, path: str) -> bool:
        """Tell whether such a call is one of those that the faults are for."""
        return self.only.get("method", method) == method and path.startswith(
            self.only.get("path", "")
        )

    def drawn(self, dice: random.Random) -> "Faults":
        """Throw the dice for one set of the mix, if there is one."""
        if not self.mix:
            return self
        return dice.choices(self.mix, [one.weight for one in self.mix])[0].faults

    def error(self, dice: random.Random) -> Answer | None:
        """Throw the dice for an answer that is an error instead of the true one."""
        if self.status is None and self.error_rate is None:
            return None
        if self.error_rate is not None and dice.random() >= self.error_rate:
            return None
        kind, body = self._instead() or (JSON_TYPE, FAULT_BODY)
        return Answer(self.status or 500, [kind, *encoded(self.headers)], body)

    def changed(self, answer: Answer) -> Answer:
        """Replace the body of a true answer if so told."""
        instead = self._instead()
        return answer if instead is None else Answer(200, [instead[0]], instead[1])

    def halved(self, answer: Answer) -> Answer:
        """Leave out the second half of a body if so told."""
        return replace(answer, body=answer.body[: len(answer.body) // 2]) if self.half else answer

    def _instead(self) -> tuple[tuple[bytes, bytes], bytes] | None:
        if self.nested or self.megabytes:
            return JSON_TYPE, deep(self.nested, self.megabytes)
        if self.html:
            return HTML_TYPE, PAGE
        return None if self.body is None else (JSON_TYPE, self.body.encode())


@dataclass(frozen=True, slots=True)
class Chance:
    """One set of a mix, and how often it is drawn beside the others."""

    weight: float
    faults: Faults

    def shown(self) -> Record:
        """Tell it in the form it is set in."""
        return {"weight": self.weight, **self.faults.shown()}


UNSET: tuple[object, ...] = (None, 0, False, {}, [])


class FaultBox:
    """Holds the faults now in force and the dice that share them out."""

    def __init__(self) -> None:
        """Start without faults."""
        self.put(Faults())

    def put(self, faults: Faults) -> None:
        """Put faults in force; expiring tokens happens once and is not kept."""
        self.current = replace(faults, expire_tokens=False)
        self.dice = random.Random(1)  # noqa: S311 - repeatable on purpose

    def draw(self, method: str, path: str) -> Faults:
        """Tell what goes wrong with this call, and count the call if anything may."""
        faults = self.current
        if not faults.hit(method, path):
            return Faults()
        if faults.times:
            self.current = replace(faults, times=faults.times - 1) if faults.times > 1 else Faults()
        drawn = faults.drawn(self.dice)
        return drawn if drawn.hit(method, path) else Faults()
