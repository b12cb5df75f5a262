"""Where the time goes: `python -m benchmarks.profiling` samples the gateway under load.

The gateway is the one that is measured, in its own process, and py-spy looks at it from outside.
"""

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from benchmarks import ours, processes
from benchmarks.measured import Extent, gateway
from benchmarks.peers import OURS, PEERS, Start
from benchmarks.platforms import platforms
from benchmarks.started import Started
from benchmarks.workloads import WORKLOADS

_SAMPLES_A_SECOND = 500
_SHOWN = 30
# Beneath this everything serves; what is not, is importing and starting.
_SERVING = "asyncio/runners.py"
_LOOP = "the event loop and the kernel"
_FRAME = re.compile(r"(.+) \((.+?)(?::\d+)?\)")
_FOLDERS = re.compile(r".*/site-packages/|.*/lib/python[0-9.]+/")

# From the outermost frame to the innermost.
Stack = Sequence[str]

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


def _sampled(spy: Path, samples: Path) -> Start:
    def start(upstream: str, port: int, folder: Path) -> Started:
        plain = ours.start(upstream, port, folder)
        options = ["--rate", str(_SAMPLES_A_SECOND), "--format", "raw", "--output", str(samples)]
        # As its parent it may look into the gateway without being anybody special.
        return replace(plain, command=[str(spy), "record", *options, "--", *plain.command])

    return start


@app.command()
def main(
    spy: Annotated[Path, typer.Option(help="Where py-spy is.")],
    work: Annotated[str, typer.Option(help="The workload.")] = "w1",
    seconds: Annotated[float, typer.Option(help="How long to look.")] = 10.0,
) -> None:
    """Put one workload on the gateway, and tell what its time is spent on."""
    if work not in WORKLOADS:
        raise typer.BadParameter(f"{work} is none of {', '.join(WORKLOADS)}")
    if lacks := processes.lacking():
        typer.echo(f"benchmarks: {lacks}", err=True)
        raise typer.Exit(2)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        samples = folder / "samples"
        peer = replace(PEERS[OURS], start=_sampled(spy.resolve(), samples))
        with platforms(folder) as upstream, gateway(peer, upstream, folder) as running:
            running.measure(WORKLOADS[work], Extent.of(1, seconds))
        typer.echo(told(samples.read_text()))


def told(samples: str) -> str:
    """Show what py-spy saw: by package, by function, and by function with what it calls."""
    packages, alone, whole = Counter[str](), Counter[str](), Counter[str]()
    for stack, count in _stacks(samples):
        packages[_package(stack[-1])] += count
        alone[stack[-1]] += count
        for frame in set(stack):
            whole[frame] += count
    parts = {
        "By package, without what it calls": packages,
        "By function, without what it calls": alone,
        "By function, with what it calls": whole,
    }
    total = packages.total()
    return "\n\n".join(f"{title}\n{_shares(counts, total)}" for title, counts in parts.items())


def _shares(counts: Counter[str], total: int) -> str:
    rows = counts.most_common(_SHOWN)
    return "\n".join(f"{count / total:7.1%}  {name}" for name, count in rows)


def _stacks(samples: str) -> Iterator[tuple[Stack, int]]:
    """Give what was going on and how often, from the event loop on."""
    for line in samples.splitlines():
        frames, _, count = line.rpartition(" ")
        stack = [_function(frame) for frame in frames.split(";")]
        serving = next((n for n, frame in enumerate(stack) if _SERVING in frame), None)
        if serving is not None:
            yield stack[serving + 1 :] or [_LOOP], int(count)


def _function(frame: str) -> str:
    """Name a function by its file, whichever of its lines it was at."""
    found = _FRAME.fullmatch(frame)
    return frame if found is None else f"{_FOLDERS.sub('', found[2])} {found[1]}"


def _package(function: str) -> str:
    first = function.partition("/")[0].partition(".py ")[0]
    known = first in sys.stdlib_module_names or first.startswith("<")
    return "the standard library" if known else first


if __name__ == "__main__":
    app()
