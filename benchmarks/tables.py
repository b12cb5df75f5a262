"""The tables of a run, in Markdown, which reads well in a terminal too."""

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.figures import Figures, Results
from benchmarks.peers import OURS
from benchmarks.workloads import WORKLOADS

_HEADS = (
    "",
    "requests/s",
    "p50 ms",
    "p99 ms",
    "CPU ms",
    "CPU ratio",
    "peak MB",
    "calls",
    "alone",
    "core",
)


def tables(results: Results, titles: Mapping[str, str]) -> str:
    """Give a table for each workload, each under its title."""
    parts = [_section(name, results.of(name), titles) for name in results.workloads()]
    return "\n\n".join(parts)


def _section(name: str, measured: Sequence[Figures], titles: Mapping[str, str]) -> str:
    workload = WORKLOADS[name]
    rows = [_HEADS, *_rows(measured, titles)]
    return f"### {workload.heading}\n\n{workload.about}\n\n{_table(rows)}"


def _rows(measured: Sequence[Figures], titles: Mapping[str, str]) -> Iterator[Sequence[str]]:
    ours = next((one.cpu for one in measured if one.peer == OURS), None)
    for one in sorted(measured, key=lambda one: one.cpu):
        yield (
            titles[one.peer],
            f"{one.rate:.0f}",
            f"{one.p50:.1f}",
            f"{one.p99:.1f}",
            _few_digits(one.cpu),
            "" if ours is None else f"{one.cpu / ours:.2f}",
            f"{one.peak:.0f}",
            f"{one.calls:.2f}",
            str(one.alone),
            f"{one.busy:.0%}",
        )


def _few_digits(milliseconds: float) -> str:
    return f"{milliseconds:.2f}" if milliseconds < 10 else f"{milliseconds:.1f}"  # noqa: PLR2004


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    first, *rest = (_line(row, widths) for row in rows)
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join([first, _line(rule, widths), *rest])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first = cells[0].ljust(widths[0])
    rest = (cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True))
    return "| " + " | ".join([first, *rest]) + " |"
