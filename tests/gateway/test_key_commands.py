"""`manifold keys`: what it prints can be used as it stands."""

import re
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gateway.callers.keys import hashed
from gateway.callers.settings import CallerSettings
from gateway.key_commands import app

runner = CliRunner()


def test_a_new_key_comes_with_the_settings_that_let_it_in() -> None:
    """Alone in the first line, for a script to take; everywhere else there is its hash."""
    wanted = ["--name", "web-app", "--scope", "read", "--scope", "platform:clinked"]
    done = runner.invoke(app, ["new", *wanted, "--expires", "2999-06-30"])
    key, _, rest = done.stdout.partition("\n")
    block, _, variables = rest.partition("# Or")
    caller = CallerSettings.model_validate(tomllib.loads(block)["callers"]["web-app"])
    given = dict(re.findall(r'^MANIFOLD_CALLERS__WEB_APP__(\w+)="(.+)"$', variables, re.MULTILINE))

    assert (done.exit_code, done.stderr) == (0, "")
    assert re.fullmatch(r"mfk_[A-Za-z0-9_-]{43}", key)
    assert key not in rest
    assert caller.scopes == ("read", "platform:clinked")
    assert [str(entry) for entry in caller.keys] == [f"{hashed(key)} until 2999-06-30"]
    assert CallerSettings.model_validate({k.lower(): v for k, v in given.items()}) == caller


def test_a_key_may_end_some_days_from_now_or_never() -> None:
    """By the date that this is."""
    wanted = ["new", "--name", "web", "--scope", "read"]
    some = runner.invoke(app, [*wanted, "--expires", "90d"]).stdout
    never = runner.invoke(app, wanted).stdout

    assert re.search(r'keys = \["[0-9a-f]{64} until \d{4}-\d\d-\d\d"\]', some)
    assert re.search(r'keys = \["[0-9a-f]{64}"\]', never)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (["--name", "Web"], "a caller's name is of lower-case"),
        (["--scope", "everything"], "a scope is one of read, write, admin"),
        (["--expires", "2020-01-01"], "would have expired already"),
        (["--expires", "soon"], "valid until a date"),
        (["--expires", "99999999d"], "valid until a date"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(changed: list[str], says: str) -> None:
    """And no key is made."""
    done = runner.invoke(app, ["new", "--name", "web", "--scope", "read", *changed])

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("manifold: ")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_callers_of_the_settings_are_shown_without_their_hashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As much of them as tells keys apart, and until when they are valid."""
    monkeypatch.chdir(tmp_path)
    old, new = hashed("old"), hashed("new")
    (tmp_path / "manifold.toml").write_text(f"""
[connections.books]
platform = "codat"
api_key = "secret"
[callers.web]
scopes = ["read", "platform:codat"]
keys = ["{old} until 2020-06-30", "{new} until 2999-06-30"]
""")
    done = runner.invoke(app, ["list"], env={"COLUMNS": "120"})

    assert done.exit_code == 0, done.output
    assert "web" in done.stdout
    assert "read, platform:codat" in done.stdout
    assert f"{old[:8]} expired 2020-06-30" in done.stdout
    assert f"{new[:8]} until 2999-06-30" in done.stdout
    assert old[:9] not in done.stdout


def test_wrong_settings_are_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by every other command."""
    monkeypatch.chdir(tmp_path)
    done = runner.invoke(app, ["list"])

    assert done.exit_code == 2
    assert done.stderr.startswith("manifold: setting connections")
