"""`manifold sandbox` in a process of its own, for what speaks to a gateway over a socket."""

import re
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.node_tools import environment

_TOLD = re.compile(r"GraphQL\s+(http://\S+)/graphql")
_ENVIRONMENT = environment(PYTHONUNBUFFERED="1", COLUMNS="200")


@dataclass(frozen=True)
class SandboxProcess:
    """A running gateway with its stand-ins."""

    url: str
    stand_ins: dict[str, str]

    def calls(self, platform: str) -> list[dict[str, Any]]:
        """Tell what a stand-in received, oldest first."""
        return httpx.get(f"{self.stand_ins[platform]}/__calls").json()

    def fault(self, platform: str, **faults: object) -> None:
        """Turn a stand-in's faults up; none clears them."""
        httpx.put(f"{self.stand_ins[platform]}/__faults", json=faults).raise_for_status()


@contextmanager
def sandbox_process(folder: Path) -> Generator[SandboxProcess]:
    """Run the sandbox on free ports, from an empty folder, where its log stays."""
    command = [sys.executable, "-m", "gateway", "sandbox", "--port", "0", "--no-limits"]
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(
            command, cwd=folder, env=_ENVIRONMENT, stdout=subprocess.PIPE, stderr=log, text=True
        ) as running,
    ):
        try:
            assert running.stdout is not None
            # What it writes ends where it does not start.
            found = filter(None, map(_TOLD.search, running.stdout))
            told = next(found, None)
            assert told is not None, (folder / "log").read_text()
            yield _process(told[1])
        finally:
            running.kill()


def _process(url: str) -> SandboxProcess:
    platforms = httpx.get(f"{url}/sandbox").json()["platforms"]
    return SandboxProcess(url, {one["platform"]: one["url"] for one in platforms})
