"""The gateways that are measured: how each is started, and what it takes to have it."""

import json
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.catalogue import CONNECTIONS
from gateway.callers.keys import generate, hashed

HERE = Path(__file__).parent
_NODE = HERE / "node"

_SECRETS = {
    "clinked": {"client_id": "benchmark", "client_secret": "benchmark"},
    "codat": {"api_key": "benchmark"},
    "conduit": {"link_app_token": "benchmark"},
}
# So many that the load passes; they are counted all the same.
_MANY = 1_000_000_000


@dataclass(frozen=True)
class Started:
    """How to start a gateway, and what to send it beside the request."""

    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True)
class Peer:
    """A gateway; `lacks` says what is missing to start it, None if nothing is."""

    name: str
    title: str
    start: Callable[[str, int, Path], Started]
    lacks: Callable[[], str | None]


def _manifold(upstream: str, port: int, folder: Path) -> Started:
    """Serve as a deployment does: callers, limits, budgets, metrics, and the log in JSON."""
    key = generate()
    settings = {
        "MANIFOLD_CONFIG": str(_settings(upstream, port, hashed(key), folder)),
    }
    command = [sys.executable, "-m", "gateway", "serve"]
    return Started(command, folder, settings, {"Authorization": f"Bearer {key}"})


def _settings(upstream: str, port: int, key: str, folder: Path) -> Path:
    lines = [
        f"port = {port}",
        'log_level = "info"',
        'log_format = "json"',
        f"limits.calls_per_minute = {_MANY}",
        'callers.benchmark.scopes = ["read"]',
        f'callers.benchmark.keys = ["{key}"]',
    ]
    for name, platform in CONNECTIONS.items():
        given = {"platform": platform, "base_url": f"{upstream}/{name}", **_SECRETS[platform]}
        lines += [f"[connections.{name}]", f'rate_limits = "{_MANY}/1"']
        # A text of JSON is one of TOML.
        lines += [f"{setting} = {json.dumps(value)}" for setting, value in given.items()]
    path = folder / "manifold.toml"
    path.write_text("\n".join(lines))
    return path


def _node(script: str) -> Callable[[str, int, Path], Started]:
    def start(upstream: str, port: int, folder: Path) -> Started:
        del folder
        environment = {"PORT": str(port), "UPSTREAM": upstream, "NODE_ENV": "production"}
        return Started(["node", str(_NODE / script)], _NODE, environment)

    return start


def _lacks_node() -> str | None:
    if shutil.which("node") is None:
        return "node is not on the PATH"
    return None if (_NODE / "node_modules").exists() else "npm has not installed its packages"


def _lacks_nothing() -> str | None:
    return None


OURS = "manifold"
_ALL = [
    Peer(OURS, "Manifold", _manifold, _lacks_nothing),
    Peer("mercurius", "Mercurius with graphql-jit", _node("mercurius.js"), _lacks_node),
    Peer("apollo", "Apollo Server", _node("apollo.js"), _lacks_node),
]

PEERS = {peer.name: peer for peer in _ALL}
