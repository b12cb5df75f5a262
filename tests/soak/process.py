"""A gateway in a process of its own, and what that process takes up."""

import asyncio
import os
import re
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PATIENCE_SECONDS = 60.0


@dataclass(slots=True)
class GatewayProcess:
    """A running `manifold serve`."""

    url: str
    log: Path
    _process: Process

    def memory(self) -> int:
        """Tell how many bytes of memory it holds."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024

    def sockets(self) -> int:
        """Count the sockets it has open."""
        held = Path(f"/proc/{self._process.pid}/fd").iterdir()
        return sum(_target(one).startswith("socket:") for one in held)

    def starved(self) -> float:
        """Tell for how many seconds in all the machine did other things while it could run."""
        return starved(self._process.pid)

    async def end(self) -> int:
        """Ask it to end, wait until it has, and give its exit status."""
        self._process.terminate()
        async with asyncio.timeout(_PATIENCE_SECONDS):
            return await self._process.wait()


def starved(process: int | str = "self") -> float:
    """Tell for how many seconds in all a process has waited for a processor."""
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[1]) / 1e9


@asynccontextmanager
async def serving(settings: Mapping[str, str], log: Path) -> AsyncGenerator[GatewayProcess]:
    """Run a gateway with settings from the environment; it logs into a file."""
    process = await _started(settings, log)
    try:
        assert process.stdout is not None
        async with asyncio.timeout(_PATIENCE_SECONDS):
            said = (await process.stdout.readline()).decode()
        found = re.search(r"http://\S+(?=/graphql)", said)
        assert found is not None, f"the gateway did not start, see {log}"
        yield GatewayProcess(found[0], log, process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def settings_for(
    connections: Sequence[Mapping[str, Any]], store: str | None, store_key: str
) -> dict[str, str]:
    """Give the environment that leads to the stand-ins, and to a store if there is one."""
    told: dict[str, str] = {}
    if store is not None:
        told = {"MANIFOLD_STORE": store, "MANIFOLD_STORE_KEY": store_key}
    for one in connections:
        prefix = f"MANIFOLD_CONNECTIONS__{one['connection'].upper().replace('-', '_')}"
        # Short, so that there is something to see of tries, rests and deadlines in a minute.
        given = {
            "platform": one["platform"],
            "base_url": one["url"],
            "rate_limits": "",
            "timeout_seconds": "1",
            "breaker_rest_seconds": "0.25",
            **one["credentials"],
        }
        told |= {f"{prefix}__{name.upper()}": text for name, text in given.items()}
    return told


async def _started(settings: Mapping[str, str], log: Path) -> Process:
    others = {name: text for name, text in os.environ.items() if not name.startswith("MANIFOLD_")}
    with _opened(log) as written:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "gateway", "serve", "--insecure", "--port", "0"),
            # Not where somebody's own manifold.toml may stand.
            cwd=log.parent,
            env={**others, **settings, "PYTHONUNBUFFERED": "1", "COLUMNS": "200"},
            stdout=PIPE,
            stderr=written,
        )


def _opened(log: Path) -> Any:
    return log.open("wb")


def _target(descriptor: Path) -> str:
    try:
        return str(descriptor.readlink())
    except FileNotFoundError:
        # Closed since the folder was listed.
        return ""
