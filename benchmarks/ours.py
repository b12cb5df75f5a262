"""How Manifold is started for the benchmark: as a deployment starts it, with everything on."""

import json
import os
import sys
from pathlib import Path

from benchmarks.catalogue import CONNECTIONS
from benchmarks.started import Started
from gateway.callers.keys import generate, hashed

_SECRETS = {
    "clinked": {"client_id": "benchmark", "client_secret": "benchmark"},
    "codat": {"api_key": "benchmark"},
    "conduit": {"link_app_token": "benchmark"},
}
# The interpreter that the gateway runs on: the image's is built with PGO, and this one may not be.
INTERPRETER = os.environ.get("BENCH_PYTHON") or sys.executable
# So many that the load passes; calls are counted all the same.
_MANY = 1_000_000_000
# As many as the others have.
_SOCKETS = 256


def start(upstream: str, port: int, folder: Path) -> Started:
    """Serve one caller, with limits, budgets and metrics, and the log at info in JSON."""
    key = generate()
    path = folder / "manifold.toml"
    path.write_text(settings(upstream, hashed(key)))
    command = [INTERPRETER, "-m", "gateway", "serve", "--port", str(port)]
    environment = {"MANIFOLD_CONFIG": str(path)}
    return Started(command, folder, environment, {"Authorization": f"Bearer {key}"})


def settings(upstream: str, key_hash: str) -> str:
    """Write the settings, in TOML; of a caller's key they have the hash."""
    lines = [
        'log_level = "info"',
        'log_format = "json"',
        f"limits.calls_per_minute = {_MANY}",
        'callers.benchmark.scopes = ["read"]',
        f'callers.benchmark.keys = ["{key_hash}"]',
    ]
    for name, platform in CONNECTIONS.items():
        given = {"platform": platform, "base_url": f"{upstream}/{name}", **_SECRETS[platform]}
        lines += [f"[connections.{name}]", f'rate_limits = "{_MANY}/1"']
        lines += [f"most_connections = {_SOCKETS}"]
        # A text of JSON is one of TOML.
        lines += [f"{setting} = {json.dumps(value)}" for setting, value in given.items()]
    return "\n".join(lines)
