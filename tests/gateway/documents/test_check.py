"""`manifold check` looks at persisted documents as well."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gateway.cli import main
from gateway.sandbox import Sandbox
from tests.gateway.documents.given import MANIFESTS

runner = CliRunner()


@pytest.fixture
def configured(sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A settings file with one connection that is well."""
    one = next(one for one in sandbox.describe() if one["platform"] == "conduit")
    settings = {"platform": one["platform"], "base_url": one["url"], **one["credentials"]}
    lines = ["[connections.one]", *(f'{name} = "{value}"' for name, value in settings.items())]
    (tmp_path / "manifold.toml").write_text("\n".join(lines))
    monkeypatch.chdir(tmp_path)


def check(manifest: Path) -> tuple[int, str, str]:
    """Run the command with a manifest, and give its exit status and what it printed."""
    environment = {"MANIFOLD_DOCUMENTS__MANIFEST": str(manifest), "COLUMNS": "80"}
    done = runner.invoke(main, ["check"], env=environment)
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.usefixtures("configured")
def test_documents_that_fit_the_schema_are_nothing_to_fix() -> None:
    """As they come from the generators."""
    assert check(MANIFESTS)[0] == 0


@pytest.mark.usefixtures("configured")
def test_a_document_that_does_not_fit_the_schema_fails_the_check(tmp_path: Path) -> None:
    """Before it is deployed, by its file and id, in a line that no table cuts."""
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"an-id": "{ companies(first: 1) { nodes { gone } } }"}))
    status, told, _ = check(manifest)

    assert status == 1
    assert f"{manifest}: 'an-id': line 1: Cannot query field 'gone'" in told


@pytest.mark.usefixtures("configured")
def test_a_manifest_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    """With exit status 2, as a setting that is wrong."""
    status, _, told = check(tmp_path / "missing.json")

    assert status == 2
    assert told == f"manifold: {tmp_path}/missing.json: there is no such file or folder\n"
