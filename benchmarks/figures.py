"""What measurements give, and the middle of several."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figures:
    """What one measurement gave, or the medians of several; times in milliseconds.

    `cpu` is for each request, of all processes of the gateway; `peak` is memory in megabytes;
    `calls` are those to the platforms for each request under load, and `alone` those of a request
    that is alone; `busy` is how much of its core the gateway used.
    """

    peer: str
    workload: str
    rate: float
    p50: float
    p99: float
    cpu: float
    peak: float
    calls: float
    alone: int
    busy: float

    def line(self) -> str:
        """Show it in one line."""
        return (
            f"{self.workload:4} {self.peer:10} {self.cpu:8.3f} ms CPU {self.rate:7.0f}/s"
            f"  p50 {self.p50:7.1f}  p99 {self.p99:7.1f} ms {self.peak:5.0f} MB"
            f"  calls {self.calls:.2f}, alone {self.alone}  core {self.busy:.0%}"
        )


@dataclass(frozen=True)
class Results:
    """What a run gave: all figures, and what went wrong by gateway and workload."""

    figures: Sequence[Figures]
    failures: Mapping[tuple[str, str], str]

    def of(self, workload: str) -> list[Figures]:
        """Give the medians of a workload for each gateway, in the order of the run."""
        found = [one for one in self.figures if one.workload == workload]
        names = dict.fromkeys(one.peer for one in found)
        return [middle(one for one in found if one.peer == name) for name in names]


def middle(measured: Iterable[Figures]) -> Figures:
    """Give the medians of several measurements of one gateway, and of memory the most."""
    several = list(measured)
    return Figures(
        peer=several[0].peer,
        workload=several[0].workload,
        rate=median(one.rate for one in several),
        p50=median(one.p50 for one in several),
        p99=median(one.p99 for one in several),
        cpu=median(one.cpu for one in several),
        peak=max(one.peak for one in several),
        calls=median(one.calls for one in several),
        alone=max(one.alone for one in several),
        busy=median(one.busy for one in several),
    )
