"""This checkout's own coverage."""

from pathlib import Path

from typer.testing import CliRunner

from gateway.cli import main

ROOT = Path(__file__).parents[2]


def test_nothing_is_missing_and_the_documentation_says_so() -> None:
    """The page is written by `make coverage`."""
    done = CliRunner().invoke(main, ["coverage", "--root", str(ROOT), "--markdown"])

    assert done.stderr == ""
    assert done.exit_code == 0
    assert done.stdout == (ROOT / "docs" / "coverage.md").read_text("utf-8")
