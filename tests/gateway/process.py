"""A gateway in a process of its own, which can be sent signals."""

import json
import os
import re
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from gateway.sandbox import Sandbox
from tests.graph.conftest import Graph
from tests.no_tls import NO_TLS
from tests.trouble.asking import PATIENCE


@dataclass(frozen=True)
class Process:
    """A running `manifold serve`: where it answers, and what it writes."""

    url: str
    running: subprocess.Popen[str]
    log: Path

    @property
    def port(self) -> int:
        """The port on which it answers."""
        return int(self.url.rpartition(":")[2])

    def ended(self) -> int:
        """Wait until it has ended, and give its exit status."""
        return self.running.wait(60)

    def lines(self) -> list[dict[str, Any]]:
        """Give what it has logged so far."""
        # The last line may not be there as a whole.
        written, _, _ = self.log.read_text().rpartition("\n")
        return [json.loads(line) for line in written.splitlines()]

    def operations(self) -> list[dict[str, Any]]:
        """Give the lines of operations."""
        return [line for line in self.lines() if line["event"] == "operation"]


@contextmanager
def serving(sandbox: Sandbox, folder: Path, **settings: object) -> Generator[Process]:
    """Serve over the stand-ins, which are as new, with more settings, from an empty folder."""
    for stand_in in sandbox.stand_ins:
        stand_in.reset()
    given = {"port": 0, "log_format": "json", **settings}
    environment = {
        # A MANIFOLD_… of whoever runs the tests is not meant for this one.
        **{name: text for name, text in os.environ.items() if not name.startswith("MANIFOLD_")},
        **{f"MANIFOLD_{name.upper()}": str(value) for name, value in given.items()},
        **_connections(sandbox),
        "PYTHONUNBUFFERED": "1",
        "COLUMNS": "200",
    }
    log = folder / "log"
    command = [sys.executable, "-m", "gateway", "serve", *_open(given)]
    with (
        log.open("w") as errors,
        subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment
        ) as running,
    ):
        try:
            assert running.stdout is not None
            told = re.search(r"at (http://\S+)/graphql", running.stdout.readline())
            assert told is not None, log.read_text()
            yield Process(told[1], running, log)
        finally:
            running.kill()


@asynccontextmanager
async def reached(sandbox: Sandbox, process: Process) -> AsyncGenerator[Graph]:
    """Ask the gateway, and look at its stand-ins."""
    async with (
        httpx.AsyncClient(base_url=process.url, verify=NO_TLS, timeout=PATIENCE) as gateway,
        httpx.AsyncClient(verify=NO_TLS, timeout=PATIENCE) as outside,
    ):
        yield Graph(gateway, outside, sandbox)


def _open(given: Mapping[str, object]) -> list[str]:
    """Let whoever asks in, unless the settings say who may."""
    return [] if any(name.startswith(("callers", "jwt")) for name in given) else ["--insecure"]


def _connections(sandbox: Sandbox) -> dict[str, str]:
    told: dict[str, str] = {}
    for one in sandbox.describe():
        settings = {"platform": one["platform"], "base_url": one["url"], **one["credentials"]}
        name = one["connection"].upper().replace("-", "_")
        prefix = f"MANIFOLD_CONNECTIONS__{name}"
        told |= {f"{prefix}__{setting.upper()}": value for setting, value in settings.items()}
    return told
