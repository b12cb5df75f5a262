"""What measurements give, and the middle of several."""

from collections.abc import Iterable, Sequence
from statistics import median

from pydantic import BaseModel, ConfigDict


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Figures(_Frozen):
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


class Failure(_Frozen):
    """Why a gateway has no figures for a workload, or for any if none is named.

    That is wrong unless the gateway is merely not there.
    """

    peer: str
    workload: str | None
    reason: str
    is_wrong: bool = True


class Results(_Frozen):
    """What a run gave."""

    figures: Sequence[Figures]
    failures: Sequence[Failure]

    def of(self, workload: str) -> list[Figures]:
        """Give the medians of a workload for each gateway, in the order of the run."""
        found = [one for one in self.figures if one.workload == workload]
        names = dict.fromkeys(one.peer for one in found)
        return [middle(one for one in found if one.peer == name) for name in names]

    def workloads(self) -> list[str]:
        """Name the workloads that have figures, in the order of the run."""
        return list(dict.fromkeys(one.workload for one in self.figures))


def middle(measured: Iterable[Figures]) -> Figures:
    """Give the medians of several measurements of one gateway, and of memory the most."""
    several = list(measured)
    return several[0].model_copy(
        update={
            **{
                name: median(getattr(one, name) for one in several)
                for name in ("rate", "p50", "p99", "cpu", "calls", "busy")
            },
            "peak": max(one.peak for one in several),
            "alone": max(one.alone for one in several),
        }
    )
