"""The clients of the examples are what their generators make of the schema as it is now."""

import json
import re
from pathlib import Path

from tests.lacking import lacking
from tests.node_tools import ROOT, node, node_modules, ran

EXAMPLES = ROOT / "examples"
GENERATOR = ROOT / ".venv/.codegen/bin/ariadne-codegen"


def test_the_python_client_is_what_the_generator_makes(tmp_path: Path) -> None:
    """After a change to the schema or to the documents: `make examples`."""
    if not GENERATOR.exists():
        lacking("ariadne-codegen is not installed: make .venv/.codegen/.installed")
    folder = EXAMPLES / "python"

    def absolute(found: re.Match[str]) -> str:
        return json.dumps(str((folder / found[1]).resolve()))

    settings = re.sub(r'"(\.\./[^"]+)"', absolute, (folder / "pyproject.toml").read_text())
    (tmp_path / "pyproject.toml").write_text(settings)

    done = ran([str(GENERATOR)], tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr
    assert _files(tmp_path / "manifold_client") == _files(folder / "manifold_client")


def test_the_typescript_operations_are_what_the_generator_makes(tmp_path: Path) -> None:
    """After a change to the schema or to the documents: `make examples`."""
    folder = EXAMPLES / "typescript"
    generator = node_modules(folder) / ".bin/graphql-codegen"
    made = tmp_path / "operations.ts"

    done = node(folder, generator, GENERATED=str(made))

    assert done.returncode == 0, done.stdout + done.stderr
    assert made.read_text() == (folder / "source/operations.ts").read_text()


def _files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(folder.glob("*.py"))}
