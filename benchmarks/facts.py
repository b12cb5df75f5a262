"""On what a run was made: the machine and the versions."""

import os
import platform
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from benchmarks.ours import INTERPRETER
from benchmarks.peers import Peer

_LIBRARIES = ("uvicorn", "uvloop", "graphql-core", "strawberry-graphql", "pydantic")


class Facts(BaseModel):
    """When, on which machine and with what a run was made; `machine` and `versions` in words."""

    model_config = ConfigDict(frozen=True)

    day: str
    machine: str
    versions: Sequence[str]
    titles: Mapping[str, str]
    rounds: int
    seconds: float
    connections: int


def facts(peers: Sequence[Peer], rounds: int, seconds: float, connections: int) -> Facts:
    """Look around."""
    return Facts(
        day=datetime.now(UTC).date().isoformat(),
        machine=_machine(),
        versions=[_python(), _node(), *(f"{peer.title}: {peer.version()}" for peer in peers)],
        titles={peer.name: peer.title for peer in peers},
        rounds=rounds,
        seconds=seconds,
        connections=connections,
    )


def _machine() -> str:
    model = _told("/proc/cpuinfo", r"model name\s*:\s*(.+)") or platform.processor()
    kilobytes = _told("/proc/meminfo", r"MemTotal:\s+(\d+)") or "0"
    gigabytes = int(kilobytes) / 1024**2
    cores = os.cpu_count()
    return f"{model}, {cores} cores, {gigabytes:.0f} GB; Linux {platform.release()}"


def _told(path: str, pattern: str) -> str | None:
    found = re.search(pattern, Path(path).read_text())
    return found[1] if found else None


_ASKED = """
import os, platform, sys, sysconfig
# Distributions build theirs with PGO, and do not say so by the usual option.
is_theirs = os.path.realpath(sys.executable).startswith("/usr/bin/")
is_so = is_theirs or "--enable-opt" in str(sysconfig.get_config_var("CONFIG_ARGS"))
print(f"Python {platform.python_version()}, built {'with' if is_so else 'without'} PGO")
"""


def _python() -> str:
    asked = [INTERPRETER, "-c", _ASKED]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    return f"{told}; " + ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)


def _node() -> str:
    node = shutil.which("node")
    if node is None:
        return "no Node.js"
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
    return f"Node.js {told.stdout.strip().removeprefix('v')}"
