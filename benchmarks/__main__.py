"""`python -m benchmarks`: measures gateways beside each other."""

import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from benchmarks import processes
from benchmarks.measured import Extent
from benchmarks.peers import PEERS
from benchmarks.run import run
from benchmarks.workloads import WORKLOADS


def _chosen(names: str, known: dict[str, object], what: str) -> list[str]:
    chosen = [name.strip() for name in names.split(",")] if names else list(known)
    for name in chosen:
        if name not in known:
            raise typer.BadParameter(f"{what} are {', '.join(known)}")
    return chosen


def main(
    peers: Annotated[str, typer.Option(help="Which gateways, with commas; all by default.")] = "",
    work: Annotated[str, typer.Option(help="Which workloads, with commas; all by default.")] = "",
    seconds: Annotated[float, typer.Option(help="How long each measurement takes.")] = 10.0,
    rounds: Annotated[int, typer.Option(help="How often each is measured.")] = 3,
    logs: Annotated[Path | None, typer.Option(help="A folder to keep the logs in.")] = None,
) -> None:
    """Measure gateways on the same work, one after the other and round after round."""
    if lacks := processes.lacking():
        typer.echo(f"benchmarks: {lacks}", err=True)
        raise typer.Exit(2)
    wanted = [PEERS[name] for name in _chosen(peers, dict(PEERS), "gateways")]
    asked = [WORKLOADS[name] for name in _chosen(work, dict(WORKLOADS), "workloads")]
    extent = Extent(rounds=rounds, seconds=seconds, warm_seconds=max(1.0, seconds / 3))
    with tempfile.TemporaryDirectory() as scratch:
        folder = logs or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        done = run(wanted, asked, extent, folder.resolve(), typer.echo)
    sys.exit(bool(done.failures))


if __name__ == "__main__":
    typer.run(main)
