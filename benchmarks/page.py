"""The page of a run: `python -m benchmarks.page` writes it again from results.json.

What was measured is in results.json; RESULTS.md and the chart are made from it.
"""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from benchmarks import chart
from benchmarks.facts import Facts
from benchmarks.figures import Results
from benchmarks.tables import tables
from benchmarks.workloads import WORKLOADS

HERE = Path(__file__).parent
_RESULTS = HERE / "results.json"


class Record(BaseModel):
    """A run with what it was made on."""

    model_config = ConfigDict(frozen=True)

    facts: Facts
    results: Results


def keep(record: Record) -> None:
    """Write down a run, then its page."""
    _RESULTS.write_text(record.model_dump_json(indent=1) + "\n")
    write(record)


def write(record: Record) -> None:
    """Write RESULTS.md, chart.svg and, where there is Chromium, chart.png."""
    (HERE / "RESULTS.md").write_text(_page(record))
    drawing = HERE / "chart.svg"
    drawing.write_text(chart.draw(record.results, record.facts.titles))
    chart.photograph(drawing, HERE / "chart.png")


def _page(record: Record) -> str:
    facts = record.facts
    versions = "\n".join(f"- {line}" for line in facts.versions)
    missing = "\n".join(f"- {line}" for line in _missing(record)) or "- Nothing."
    return f"""# Results

Measured on {facts.day}; `make bench` makes this page. What is measured and how, and what makes a
fair comparison, is in [README.md](README.md).

![CPU for each request, relative to Manifold](chart.svg)

{facts.machine}. Each gateway has one worker on core 0; the platforms and the load share core 1.
{facts.connections} connections, {facts.rounds} rounds of {facts.seconds:g} seconds each, in which
the gateways take turns. The figures are medians of the rounds, and of memory the most.

{versions}

## How to read it

- **CPU ms** is what a request costs: user and system time of all processes of the gateway. **CPU
  ratio** is that over Manifold's in the same run: above 1, Manifold is cheaper. Compare ratios
  only: from run to run and from machine to machine the figures themselves move by a quarter.
- **p50** and **p99** are with {facts.connections} requests in flight on one core, so they follow
  from the CPU, save in W5.
- **peak** is the most memory that the gateway had during a measurement.
- **calls** are those to the platforms for each request under load. Fewer than **alone**, those of a
  request by itself, means that requests in flight shared them.
- **core** is how much of its core the gateway used. Near 100% it was the gateway that was measured;
  far below, except in W5, something else held it up.

## Tables

{tables(record.results, facts.titles)}

## What is missing

{missing}
"""


def _missing(record: Record) -> list[str]:
    titles = record.facts.titles
    lines = [
        f"{titles[one.peer]}{_on(one.workload)}: {one.reason}." for one in record.results.failures
    ]
    failed = {(one.peer, one.workload) for one in record.results.failures}
    for peer, title in titles.items():
        if (peer, None) in failed:
            continue
        measured = {one.workload for one in record.results.figures if one.peer == peer}
        lines += [
            f"{title}{_on(name)}: it has no way to answer that without code of its own."
            for name in record.results.workloads()
            if name in WORKLOADS and name not in measured and (peer, name) not in failed
        ]
    return lines


def _on(workload: str | None) -> str:
    return "" if workload is None else f" on {workload.capitalize()}"


if __name__ == "__main__":
    write(Record.model_validate_json(_RESULTS.read_text()))
