"""Reads `deploy/`, and makes the environments that a gateway gets by it."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, cast

import yaml

from gateway.callers.keys import generate, hashed

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
PAGE = (ROOT / "docs" / "growing.md").read_text()
EXAMPLE = (DEPLOY / ".env.example").read_text()
# What the examples leave empty is filled in with this.
SECRET = "0123456789abcdef" * 4
# But for the hash of a caller's key, which is this one's.
KEY = generate()

Json = dict[str, Any]


def documents(path: Path) -> list[Json]:
    """Give the documents of a YAML file."""
    return list(yaml.safe_load_all(path.read_text()))


COMPOSE = documents(DEPLOY / "compose.yaml")[0]
SERVICES: dict[str, Json] = COMPOSE["services"]
GATEWAYS = ["gateway-1", "gateway-2"]
MANIFESTS = [one for path in (DEPLOY / "kubernetes").glob("*.yaml") for one in documents(path)]


def manifest(kind: str, name: str = "manifold") -> Json:
    """Give the one manifest of a kind and name."""
    (found,) = (one for one in MANIFESTS if one["kind"] == kind and one["metadata"]["name"] == name)
    return found


def pod(name: str = "manifold") -> Json:
    """Give what a Deployment says of its pods."""
    return manifest("Deployment", name)["spec"]["template"]["spec"]


def container(name: str = "manifold") -> Json:
    """Give the single container of a Deployment's pods."""
    (found,) = pod(name)["containers"]
    return found


def store_script() -> str:
    """Give the shell's lines that start the store in Kubernetes."""
    shell, option, script = container("manifold-valkey")["command"]
    assert (shell, option) == ("sh", "-c")
    return script


def example() -> dict[str, str]:
    """Give the example of settings, with everything in it taken into use and filled in."""
    return filled(re.findall(r"^#?([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))


def filled(pairs: Collection[tuple[str, str]]) -> dict[str, str]:
    """Fill in what is empty."""
    secrets = {name: hashed(KEY) if name.endswith("__KEYS") else SECRET for name, _ in pairs}
    return {name: value or secrets[name] for name, value in pairs}


def compose_environment() -> dict[str, str]:
    """Give a gateway's environment as Compose makes it from the example."""
    given = example()
    own: dict[str, str] = SERVICES["gateway-1"]["environment"]
    put_in = {
        name: re.sub(r"\$\{(\w+):\?[^}]*\}", lambda found: given[found[1]], value)
        for name, value in own.items()
    }
    return given | put_in


def pod_environment() -> dict[str, str]:
    """Give a gateway's environment as Kubernetes makes it from the example of a Secret."""
    secret: dict[str, str] = manifest("Secret")["stringData"]
    given = filled(secret.items())
    made: dict[str, str] = {}
    for one in cast("list[Json]", container()["env"]):
        refers = one.get("valueFrom", {}).get("secretKeyRef")
        value = given[refers["key"]] if refers else one["value"]
        made[one["name"]] = re.sub(r"\$\((\w+)\)", lambda found: made[found[1]], value)
    return given | made


def strings(part: object) -> Iterator[str]:
    """Give every text in a document."""
    if isinstance(part, dict):
        for value in cast("Json", part).values():
            yield from strings(value)
    elif isinstance(part, list):
        for value in cast("list[object]", part):
            yield from strings(value)
    elif isinstance(part, str):
        yield part
