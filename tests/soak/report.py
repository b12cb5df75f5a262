"""What a soak has done and found, and how it is told."""

import json
import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.soak.exchange import Exchange
from tests.soak.growth import MEGABYTE, Taken

_LISTED = 5


class Flaw(StrEnum):
    """What can be wrong, as the table names it."""

    WRONG = "wrong answers"
    LOST = "lost writes"
    DUPLICATE = "duplicate writes"
    LATE = "late answers"
    GROWTH = "growth"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong, with all that is needed to look into it."""

    flaw: Flaw
    says: str
    exchange: Exchange | None = None
    seen: Any = None
    expected: Any = None

    def lines(self) -> Iterator[str]:
        """Tell it in full."""
        yield f"{self.flaw}: {self.says}"
        if self.exchange is not None:
            yield f"document: {' '.join(self.exchange.document.split())}"
            yield f"variables: {json.dumps(self.exchange.variables)}"
            yield f"answer: {self.exchange.body.decode(errors='replace')}"
        if self.seen is not None:
            yield f"seen: {self.seen}"
        if self.expected is not None:
            yield f"expected: {self.expected}"


@dataclass(slots=True)
class Report:
    """Everything that the table shows; `seed` makes the same operations again."""

    seed: int
    operations: Counter[str] = field(default_factory=Counter[str])
    seconds: list[float] = field(default_factory=list[float])
    findings: list[Finding] = field(default_factory=list[Finding])
    faults: Counter[str] = field(default_factory=Counter[str])
    outcomes: Counter[str] = field(default_factory=Counter[str])
    counts: Counter[str] = field(default_factory=Counter[str])
    calls: int = 0
    start: Taken = field(default_factory=Taken)
    end: Taken = field(default_factory=Taken)

    def find(
        self,
        flaw: Flaw,
        says: str,
        exchange: Exchange | None = None,
        seen: Any = None,
        expected: Any = None,
    ) -> None:
        """Keep something that is wrong; what it says is the same for all that is alike."""
        self.findings.append(Finding(flaw, says, exchange, seen, expected))

    def count(self, flaw: Flaw) -> int:
        """Count what is wrong in one way."""
        return sum(finding.flaw is flaw for finding in self.findings)

    def print(self, console: Console) -> None:
        """Print the table, and the first findings in full."""
        table = Table("what", "how much", title=f"Soak, seed {self.seed}")
        for name, value in self.rows():
            table.add_row(name, value)
        console.print(table)
        alike = Counter(finding.says for finding in self.findings)
        first = {finding.says: finding for finding in reversed(self.findings)}
        for says, times in alike.most_common(_LISTED):
            lines = [f"\nseed {self.seed}, {times} times", *first[says].lines()]
            console.print("\n".join(lines), markup=False, soft_wrap=True)

    def rows(self) -> Iterator[tuple[str, str]]:
        """Give the rows of the table."""
        yield "operations", str(self.operations.total())
        yield from _indented(self.operations)
        yield "calls to platforms", str(self.calls)
        yield from _indented(self.counts)
        yield "faults at platforms", str(self.faults.total())
        yield from _indented(self.faults)
        yield "writes", str(self.outcomes.total())
        yield from _indented(self.outcomes)
        yield from ((flaw.value, str(self.count(flaw))) for flaw in Flaw)
        yield "p50 / p99", f"{self._percentile(50):.0f} ms / {self._percentile(99):.0f} ms"
        memory = (f"{taken.memory / MEGABYTE:.0f} MB" for taken in (self.start, self.end))
        yield "memory, start / end", " / ".join(memory)
        yield "sockets, start / end", f"{self.start.sockets} / {self.end.sockets}"

    def _percentile(self, percent: int) -> float:
        if len(self.seconds) < 2:
            return 0.0
        return statistics.quantiles(self.seconds, n=100)[percent - 1] * 1000


def _indented(counted: Counter[str]) -> Iterator[tuple[str, str]]:
    return ((f"  {name}", str(times)) for name, times in sorted(counted.items()))
