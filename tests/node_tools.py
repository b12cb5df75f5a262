"""Node and what npm has installed; a test that lacks them is skipped, or fails in CI."""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

from tests.lacking import lacking

ROOT = Path(__file__).parent.parent
NODE_FOLDER = ROOT / "tests/node"
# How long a program may take on a machine that does much else.
PATIENCE_SECONDS = 120.0
# The oldest that graphql-codegen runs on.
OLDEST_NODE = 20


def node_modules(folder: Path) -> Path:
    """Give the packages that npm has installed for a folder, as its lock is now."""
    stamp = folder / "node_modules/.installed"
    if not stamp.exists() or stamp.stat().st_mtime < _changed(folder):
        name = stamp.relative_to(ROOT).as_posix()
        lacking(f"npm has not installed what it should: make {name}")
    return stamp.parent


def node(
    folder: Path, script: Path, *arguments: str, **given: str
) -> subprocess.CompletedProcess[str]:
    """Run a script with node in a folder, and `given` beside the environment of the tests."""
    return ran([_node(), str(script), *arguments], folder, **given)


def ran(command: list[str], folder: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a folder, and give what it wrote and its exit status."""
    return subprocess.run(
        command,
        cwd=folder,
        env=environment(**given),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def program(name: str) -> str:
    """Give the path of a program."""
    return shutil.which(name) or lacking(f"{name} is not on the PATH")


def environment(**given: str) -> dict[str, str]:
    """Give the environment of the tests with more; whose MANIFOLD_… it has is not meant here."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("MANIFOLD_")}
    return {**kept, **given}


@cache
def _node() -> str:
    found = program("node")
    told = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
    if int(told.lstrip("v").partition(".")[0]) < OLDEST_NODE:
        lacking(f"node {told.strip()} is older than {OLDEST_NODE}")
    return found


def _changed(folder: Path) -> float:
    return max((folder / name).stat().st_mtime for name in ("package.json", "package-lock.json"))
