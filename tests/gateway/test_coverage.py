"""`manifold coverage`, in a checkout of its own."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gateway.cli import main

runner = CliRunner()

FACTS = """[
  {"section": "99.1", "method": "GET", "path": "/v3/moons", "response": {"[].id": "number"}},
  {"section": "2.1", "method": "GET", "path": "/oauth/token", "status": 200}
]"""
LEFT_OUT = """[[left_out]]
platform = "clinked"
side = "section"
sections = ["99.1"]
reason = "Nobody has been there."
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with two facts, no operation and no difference."""
    (tmp_path / "tests" / "contract" / "clinked").mkdir(parents=True)
    (tmp_path / "tests" / "operations").mkdir()
    (tmp_path / "tests" / "contract" / "clinked" / "moons.json").write_text(FACTS)
    (tmp_path / "tests" / "contract" / "differences.toml").write_text("")
    return tmp_path


def run(root: Path, *options: str) -> tuple[int, str, str]:
    """Run the command, and give its exit status and what it prints."""
    done = runner.invoke(main, ["coverage", "--root", str(root), *options], env={"COLUMNS": "200"})
    return done.exit_code, done.stdout, done.stderr


def test_what_is_missing_is_named(checkout: Path) -> None:
    """Each section in a line of its own, and the whole fails."""
    status, table, missing = run(checkout)

    assert status == 1
    assert "moons" in table
    assert "clinked 99.1: is documented and not declared\n" in missing
    assert "clinked 4.9.1: GET /v3/accounts/{account}/guests is declared and not" in missing
    # Signing in stands for this one.
    assert "clinked 2.1: has no operation in tests/operations\n" in missing


def test_a_document_without_what_is_expected_of_it_reaches_nothing(checkout: Path) -> None:
    """Nor does what is expected of a document that is not there."""
    folder = checkout / "tests" / "operations" / "clinked" / "moons"
    folder.mkdir(parents=True)
    (folder / "2.1-password.json").write_text("{}")
    _, _, missing = run(checkout)

    assert "clinked 2.1: has no operation in tests/operations\n" in missing


@pytest.mark.parametrize("text", ["[", '[{"section": "1", "method": "LOOK", "path": "/"}]'])
def test_facts_that_cannot_be_read_are_one_line_that_names_the_file(
    checkout: Path, text: str
) -> None:
    """Somebody has to mend it by hand."""
    (checkout / "tests" / "contract" / "clinked" / "moons.json").write_text(text)
    status, _, missing = run(checkout)

    assert status == 2
    assert "moons.json cannot be read: " in missing
    assert missing.count("\n") == 1


def test_one_form_is_printed_at_a_time(checkout: Path) -> None:
    """Two would make one text that nothing reads."""
    status, _, said = run(checkout, "--json", "--markdown")

    assert status == 2
    assert "either JSON or Markdown" in said


def test_what_is_left_out_is_listed_with_its_reason(checkout: Path) -> None:
    """And is missed no more."""
    (checkout / "tests" / "contract" / "differences.toml").write_text(LEFT_OUT)
    _, table, missing = run(checkout)

    assert "Nobody has been there." in table
    assert "clinked 99.1: " not in missing


def test_machines_read_the_same_as_json(checkout: Path) -> None:
    """Counts by chapter, reasons, and what is missing."""
    (checkout / "tests" / "contract" / "differences.toml").write_text(LEFT_OUT)
    status, document, _ = run(checkout, "--json")
    read = json.loads(document)

    assert status == 1
    assert read["chapters"] == [
        {
            "platform": "clinked",
            "chapter": "moons",
            "documented": 2,
            "declared": 1,
            "reached": 0,
            "left_out": 1,
        }
    ]
    assert [entry["reason"] for entry in read["leftOut"]] == ["Nobody has been there."]
    assert {"platform", "section", "says"} == set(read["missing"][0])


def test_a_declared_section_without_an_operation_is_missed(checkout: Path) -> None:
    """Until a file among the operations is named for it, in the folder of its chapter."""
    guests = '[{"section": "4.9.4", "method": "DELETE", "path": "/v3/accounts/{a}/guests/{g}"}]'
    (checkout / "tests" / "contract" / "clinked" / "guests.json").write_text(guests)
    _, _, before = run(checkout)
    folder = checkout / "tests" / "operations" / "clinked" / "guests"
    folder.mkdir(parents=True)
    (folder / "4.9.4-delete.json").write_text("{}")
    (folder / "4.9.4-delete.graphql").write_text("")
    _, _, after = run(checkout)

    assert "clinked 4.9.4: has no operation in tests/operations\n" in before
    assert "clinked 4.9.4: " not in after


def test_the_page_of_the_documentation_has_the_same(checkout: Path) -> None:
    """In Markdown."""
    (checkout / "tests" / "contract" / "differences.toml").write_text(LEFT_OUT)
    _, page, _ = run(checkout, "--markdown")

    assert page.startswith("# Coverage\n")
    assert "| clinked | moons | 2 | 1 | 0 | 1 |\n" in page
    assert "| clinked | call | 99.1 | Nobody has been there. |\n" in page


@pytest.mark.parametrize("missing", ["contract/differences.toml", "operations", "contract"])
def test_outside_a_checkout_one_line_says_so(checkout: Path, missing: str) -> None:
    """With exit status 2."""
    (checkout / "tests" / missing).rename(checkout / "elsewhere")
    status, printed, told = run(checkout)

    assert (status, printed) == (2, "")
    assert told.startswith(f"manifold: {checkout / 'tests'}")
    assert told.count("\n") == 1
