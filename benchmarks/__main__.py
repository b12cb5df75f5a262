"""`python -m benchmarks`: measures gateways beside each other."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from benchmarks import processes
from benchmarks.facts import facts
from benchmarks.measured import Extent
from benchmarks.page import Record, keep
from benchmarks.peers import PEERS
from benchmarks.run import run
from benchmarks.tables import tables
from benchmarks.workloads import WORKLOADS

One = TypeVar("One")

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


def _chosen(names: str, known: Mapping[str, One]) -> list[One]:
    chosen = [name.strip() for name in names.split(",")] if names else list(known)
    for name in chosen:
        if name not in known:
            raise typer.BadParameter(f"{name} is none of {', '.join(known)}")
    return [known[name] for name in chosen]


@app.command()
def main(
    peers: Annotated[str, typer.Option(help="Which gateways, with commas; all by default.")] = "",
    work: Annotated[str, typer.Option(help="Which workloads, with commas; all by default.")] = "",
    seconds: Annotated[float, typer.Option(help="How long each measurement takes.")] = 10.0,
    rounds: Annotated[int, typer.Option(help="How often each is measured.")] = 3,
    logs: Annotated[Path | None, typer.Option(help="A folder to keep the logs in.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Write RESULTS.md and the chart.")] = False,
) -> None:
    """Measure gateways on the same work, one after the other and round after round."""
    if lacks := processes.lacking():
        typer.echo(f"benchmarks: {lacks}", err=True)
        raise typer.Exit(2)
    wanted, extent = _chosen(peers, PEERS), Extent.of(rounds, seconds)
    with tempfile.TemporaryDirectory() as scratch:
        folder = logs or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        results = run(wanted, _chosen(work, WORKLOADS), extent, folder.resolve(), typer.echo)
    seen = facts(wanted, rounds, seconds, extent.connections)
    typer.echo(f"\n{tables(results, seen.titles)}")
    if write:
        keep(Record(facts=seen, results=results))
        typer.echo("\nWrote benchmarks/RESULTS.md, results.json and the chart")
    # What is not installed is no failure; what does not start or answers wrongly is one.
    if any(one.is_wrong for one in results.failures):
        raise typer.Exit(1)


if __name__ == "__main__":
    app()
