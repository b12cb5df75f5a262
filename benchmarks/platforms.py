"""The upstream as a process, as far as a run steers it."""

import json
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.processes import OTHER_CORE, free_port, read, running, wait_until_answering

_ROOT = Path(__file__).parent.parent


class Platforms:
    """The platforms, all at one address."""

    def __init__(self, url: str) -> None:
        self.url = url

    def calls(self) -> int:
        """Tell how many calls they have had."""
        return json.loads(read(f"{self.url}/__calls"))["calls"]

    def wait_for(self, milliseconds: int) -> None:
        """Let each answer wait from now on."""
        read(f"{self.url}/__latency?milliseconds={milliseconds}")


@contextmanager
def platforms(logs: Path) -> Generator[Platforms]:
    """Run the platforms until the block ends."""
    port, log = free_port(), logs / "upstream.log"
    command = [sys.executable, "-m", "benchmarks.upstream", "--port", str(port)]
    with running(command, core=OTHER_CORE, folder=_ROOT, log=log, environment={}) as process:
        started = Platforms(f"http://127.0.0.1:{port}")
        wait_until_answering(f"{started.url}/__calls", process, log)
        yield started
