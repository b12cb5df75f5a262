"""The gateways that are measured: how each is started and asked, and what it takes to have it."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks import ours
from benchmarks.asked import Asked, in_plain_words, in_the_graph
from benchmarks.started import Started
from benchmarks.workloads import Workload

HERE = Path(__file__).parent
OURS = "manifold"

_NODE, _HIVE, _TAILCALL = HERE / "node", HERE / "hive", HERE / "tailcall"
_TAILCALL_BINARY = _TAILCALL / "node_modules/@tailcallhq/core-linux-x64-gnu/bin/tailcall"

# What stands for the platforms' address, and for the port, in what is written for a gateway.
_ADDRESS = "http://upstream.invalid"
_PORT = "65535"

Start = Callable[[str, int, Path], Started]


@dataclass(frozen=True)
class Peer:
    """A gateway.

    `lacks` says what is missing to start it, None if nothing is; `asked` gives None for a workload
    that it has no way to answer; `version` names what is measured.
    """

    name: str
    title: str
    start: Start
    lacks: Callable[[], str | None]
    asked: Callable[[Workload], Asked | None]
    version: Callable[[], str]


def _node(script: str) -> Start:
    def start(upstream: str, port: int, folder: Path) -> Started:
        del folder
        environment = {"PORT": str(port), "UPSTREAM": upstream, "NODE_ENV": "production"}
        return Started(["node", script], _NODE, environment)

    return start


def _hive(upstream: str, port: int, folder: Path) -> Started:
    described = _addressed(_HIVE / "supergraph.graphql", upstream, port, folder)
    options = ["--host", "127.0.0.1", "--port", str(port)]
    command = ["node", "node_modules/.bin/hive-gateway", "supergraph", str(described), *options]
    return Started(command, _HIVE, {"NODE_ENV": "production"})


def _tailcall(upstream: str, port: int, folder: Path) -> Started:
    described = _addressed(_TAILCALL / "gateway.graphql", upstream, port, folder)
    quiet = {"TAILCALL_TRACKER": "false", "TC_TRACKER": "false", "TAILCALL_LOG_LEVEL": "error"}
    return Started([str(_TAILCALL_BINARY), "start", str(described)], folder, quiet)


def _addressed(description: Path, upstream: str, port: int, folder: Path) -> Path:
    written = description.read_text().replace(_ADDRESS, upstream).replace(_PORT, str(port))
    path = folder / description.name
    path.write_text(written)
    return path


def _lacks_npm(folder: Path) -> Callable[[], str | None]:
    def lacks() -> str | None:
        if shutil.which("node") is None:
            return "node is not on the PATH"
        installed = (folder / "node_modules").exists()
        return None if installed else "npm has not installed its packages"

    return lacks


def _lacks_tailcall() -> str | None:
    if not _TAILCALL_BINARY.exists():
        return "npm has not installed its binary"
    told = subprocess.run(
        [str(_TAILCALL_BINARY), "--version"], capture_output=True, text=True, check=False
    )
    if not told.returncode:
        return None
    # The loader names each symbol that it lacks; the last is the newest.
    wanted = re.findall(r"`(GLIBC_[0-9.]+)' not found", told.stderr)
    return f"its binary does not run here{f': it wants {wanted[-1]}' if wanted else ''}"


def _lacks_nothing() -> str | None:
    return None


def _ours() -> str:
    return version("manifold-gateway")


def _packages(folder: Path, *names: str) -> Callable[[], str]:
    def version() -> str:
        pinned = json.loads((folder / "package.json").read_text())["dependencies"]
        return ", ".join(f"{name} {pinned[name]}" for name in names)

    return version


_ALL = [
    Peer(OURS, "Manifold", ours.start, _lacks_nothing, in_the_graph, _ours),
    Peer(
        "mercurius",
        "Mercurius with graphql-jit",
        _node("mercurius.js"),
        _lacks_npm(_NODE),
        in_the_graph,
        _packages(_NODE, "mercurius", "graphql-jit", "dataloader", "undici"),
    ),
    Peer(
        "apollo",
        "Apollo Server",
        _node("apollo.js"),
        _lacks_npm(_NODE),
        in_the_graph,
        _packages(_NODE, "@apollo/server", "dataloader", "undici"),
    ),
    Peer(
        "hive",
        "Hive Gateway",
        _hive,
        _lacks_npm(_HIVE),
        in_plain_words,
        _packages(_HIVE, "@graphql-hive/gateway", "@omnigraph/json-schema"),
    ),
    Peer(
        "tailcall",
        "Tailcall",
        _tailcall,
        _lacks_tailcall,
        in_plain_words,
        _packages(_TAILCALL, "@tailcallhq/core-linux-x64-gnu"),
    ),
]

PEERS = {peer.name: peer for peer in _ALL}
