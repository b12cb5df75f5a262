"""What the soak has written, by the gateway's word, and whether the platforms agree in the end."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.soak.exchange import Exchange
from tests.soak.report import Finding, Flaw
from tests.soak.truth import Truth

CONFIRMED, NOT_APPLIED, UNKNOWN = "CONFIRMED", "NOT_APPLIED", "UNKNOWN"
ERROR = "ERROR"
"""What became of a write; with an error it is not done, and may be asked for again."""


@dataclass(slots=True)
class Write:
    """One change, however often it is asked for, and what became of it by the gateway's word.

    `kind` is that of what is written, `id` what is changed or deleted, and `label` what is then
    found in it; `key` makes repeating it safe. `repeats` is true where the platform may
    receive it several times.
    """

    name: str
    kind: str
    id: str | None = None
    label: str | None = None
    key: str | None = None
    repeats: bool = False
    outcome: str | None = None
    last: Exchange | None = None

    @property
    def deletes(self) -> bool:
        """Whether it deletes."""
        return self.label is None

    @property
    def is_known(self) -> bool:
        """Whether it is known what became of it."""
        return self.outcome in {CONFIRMED, NOT_APPLIED}


@dataclass(slots=True)
class Ledger:
    """All writes, in the order in which they were begun."""

    writes: list[Write] = field(default_factory=list[Write])

    def outcomes(self) -> Counter[str]:
        """Count what became of the writes, and what those are that nobody knows of."""
        told = Counter(
            f"{'keyed' if write.key else 'without a key'}, {write.outcome or 'no answer'}"
            for write in self.writes
        )
        unknown = (write for write in self.writes if write.key and not write.is_known)
        return told + Counter(f"  unknown: {write.kind}, {write.name}" for write in unknown)

    def findings(self, truth: Truth, applied: Counter[str]) -> Iterator[Finding]:
        """Hold every write to what the platforms have; `applied` counts what reached them."""
        for write in self.writes:
            says = _deletion(write, truth) if write.deletes else _presence(write, truth, applied)
            if says is not None:
                yield Finding(
                    says[0], f"{write.name}: {says[1]}", write.last, write, truth.history(write.id)
                )
        yield from self._overwritten(truth)

    def _overwritten(self, truth: Truth) -> Iterator[Finding]:
        """Find things that show another than the last change that was made to them."""
        last: dict[str, Write] = {}
        for write in self.writes:
            if write.id is not None and write.outcome not in {NOT_APPLIED, ERROR}:
                last[write.id] = write
        for id, write in last.items():
            now = truth.current(id)
            if write.outcome != CONFIRMED or write.label is None or now is None:
                continue
            if write.label not in str(now.shown):
                says = f"{write.name}: it was confirmed, and the thing shows something else"
                yield Finding(Flaw.LOST, says, write.last, write, now)


Says = tuple[Flaw, str] | None


def _presence(write: Write, truth: Truth, applied: Counter[str]) -> Says:
    """Tell what is wrong with something made or changed: it can be found by its label."""
    label = write.label or ""
    found, received = truth.made(write.kind, label), applied[label]
    # What no list shows (an invitation by Kondado) is known by what the platform received.
    there = bool(found) or (received > 0 and not truth.lists(write.kind))
    if write.outcome == CONFIRMED and not there:
        return Flaw.LOST, "it was confirmed, and is not there"
    if write.outcome in {NOT_APPLIED, ERROR} and there:
        return Flaw.WRONG, "it was said not to be done, and is there"
    if len(found) > 1 or (received > 1 and not write.repeats):
        return Flaw.DUPLICATE, "it was done several times"
    return None


def _deletion(write: Write, truth: Truth) -> Says:
    there = truth.current(write.id or "") is not None
    if write.outcome == CONFIRMED and there:
        return Flaw.LOST, "it was confirmed, and the thing is still there"
    if write.outcome in {NOT_APPLIED, ERROR} and not there:
        return Flaw.WRONG, "it was said not to be done, and the thing is gone"
    return None
