"""Soaks for a while, prints a table, and ends with 1 if anything is wrong."""

import asyncio
import random
import tempfile
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer
import uvloop
from rich.console import Console

from tests.soak.soak import Plan, soak
from tests.store_server import ServerProcess

Seconds = Annotated[float, typer.Option(min=1, help="How long to soak.")]
WarmUp = Annotated[float, typer.Option(min=0, help="How long before memory is measured.")]
Parallel = Annotated[int, typer.Option(min=1, help="How many workers.")]
Seed = Annotated[int | None, typer.Option(help="What the dice start from; by default any number.")]
Store = Annotated[bool, typer.Option("--store", help="Run two gateways on one Redis or Valkey.")]
Folder = Annotated[Path | None, typer.Option(help="Where to leave the gateways' logs.")]


def main(
    seconds: Seconds = 60,
    warm_up: WarmUp = 15,
    parallel: Parallel = 24,
    seed: Seed = None,
    folder: Folder = None,
    store: Store = False,
) -> None:
    """Soak a gateway over stand-ins in trouble, and check every answer."""
    chosen = random.SystemRandom().randrange(10**6) if seed is None else seed
    with ExitStack() as opened:
        place = folder or Path(opened.enter_context(tempfile.TemporaryDirectory()))
        runner = opened.enter_context(asyncio.Runner(loop_factory=uvloop.new_event_loop))
        url = opened.enter_context(_server(place)) if store else None
        plan = Plan(seconds, warm_up, chosen, parallel, store=url)
        report = runner.run(soak(plan, place))
    report.print(Console(highlight=False))
    raise typer.Exit(1 if report.findings else 0)


@contextmanager
def _server(folder: Path) -> Generator[str]:
    server = ServerProcess(folder).start()
    try:
        yield server.url
    finally:
        server.kill()


if __name__ == "__main__":
    typer.run(main)
