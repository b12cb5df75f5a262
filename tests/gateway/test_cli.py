"""The command line."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Generator
from importlib.metadata import version
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from gateway.cli import main
from gateway.sandbox import Sandbox, running_sandbox

runner = CliRunner()


@pytest.fixture
def stand_ins() -> Generator[Sandbox]:
    """Stand-ins that keep no rate limits."""
    with running_sandbox(limits=False) as running:
        yield running


@pytest.fixture
def configured(stand_ins: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """A settings file that has a connection to each of the stand-ins."""
    lines: list[str] = []
    for one in stand_ins.describe():
        settings = {"platform": one["platform"], "base_url": one["url"], **one["credentials"]}
        lines += [f"[connections.{one['connection']}]"]
        lines += [f'{name} = "{value}"' for name, value in settings.items()]
    (tmp_path / "manifold.toml").write_text("\n".join(lines))
    monkeypatch.chdir(tmp_path)
    return stand_ins


def test_schema_prints_the_sdl_and_nothing_else() -> None:
    """So that it can go into a file."""
    done = runner.invoke(main, ["schema"])

    assert done.exit_code == 0
    assert "type Query {" in done.stdout
    assert done.stderr == ""


def test_check_finds_nothing_to_fix_where_all_is_well(configured: Sandbox) -> None:
    """Every connection is a row."""
    done = runner.invoke(main, ["check"], env={"COLUMNS": "200"})

    assert done.exit_code == 0, done.output
    assert all(one["connection"] in done.stdout for one in configured.describe())


def test_check_says_which_credentials_to_fix(
    configured: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And fails as a whole, without showing any of them."""
    del configured
    monkeypatch.setenv("MANIFOLD_CONNECTIONS__CODAT__API_KEY", "a-wrong-key")
    done = runner.invoke(main, ["check"], env={"COLUMNS": "200"})

    assert done.exit_code == 1
    assert "connections.codat.api_key" in done.stdout
    assert "a-wrong-key" not in done.output


def test_check_says_what_cannot_be_reached(
    configured: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the setting that has its address."""
    del configured
    monkeypatch.setenv("MANIFOLD_CONNECTIONS__LEADCONDUIT__BASE_URL", "http://127.0.0.1:9")
    done = runner.invoke(main, ["check"], env={"COLUMNS": "200"})

    assert done.exit_code == 1
    assert "connections.leadconduit.base_url" in done.stdout


@pytest.mark.parametrize(
    ("platform", "faults", "says"),
    [
        ("codat", {"status": 503}, "codat: wait: Codat answers, and says that it cannot (503)"),
        ("clinked", {"status": 404}, "connections.clinked.base_url"),
        ("leadconduit", {}, None),
    ],
)
def test_check_tells_a_platform_that_fails_from_one_that_is_not_there(
    configured: Sandbox, platform: str, faults: dict[str, object], says: str | None
) -> None:
    """What to do differs, and is said in a line that no table cuts."""
    httpx.put(f"{configured.url(platform)}/__faults", json=faults).raise_for_status()
    done = runner.invoke(main, ["check"], env={"COLUMNS": "80"})

    assert done.exit_code == (1 if says else 0), done.output
    assert says is None or says in done.stdout


def test_check_waits_for_no_turn_that_the_settings_forbid(
    configured: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signing in takes the only call of five minutes; that is for the settings to change."""
    del configured
    monkeypatch.setenv("MANIFOLD_CONNECTIONS__CLINKED__RATE_LIMITS", "1/300")
    done = runner.invoke(main, ["check"], env={"COLUMNS": "200"})

    assert done.exit_code == 1
    assert "connections.clinked.rate_limits" in done.stdout


def test_check_does_not_wait_as_long_as_a_platform_asks(configured: Sandbox) -> None:
    """Who asks for an hour is told of at once."""
    faults = {"status": 429, "headers": {"Retry-After": 3600}}
    httpx.put(f"{configured.url('leadconduit')}/__faults", json=faults).raise_for_status()
    done = runner.invoke(main, ["check"], env={"COLUMNS": "200"})

    assert done.exit_code == 1
    assert "leadconduit: wait, and look whether others use the same credentials" in done.stdout


def test_a_level_that_does_not_exist_is_refused() -> None:
    """By the command line itself."""
    done = runner.invoke(main, ["sandbox", "--log-level", "loud"])

    assert done.exit_code == 2
    assert "loud" in done.stderr


def test_the_version_is_that_of_the_package() -> None:
    """As installed."""
    done = runner.invoke(main, ["--version"])

    assert done.stdout == f"manifold {version('manifold-gateway')}\n"


@pytest.mark.parametrize("command", ["serve", "check"])
def test_without_settings_one_line_says_what_is_missing(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With exit status 2."""
    monkeypatch.chdir(tmp_path)
    done = runner.invoke(main, [command])

    assert done.exit_code == 2
    assert done.stderr.startswith("manifold: setting connections (MANIFOLD_CONNECTIONS)")
    assert done.stderr.count("\n") == 1


def test_a_gateway_that_knows_nobody_is_not_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line says what there is to do, with exit status 2."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MANIFOLD_CONNECTIONS__BOOKS__PLATFORM", "codat")
    monkeypatch.setenv("MANIFOLD_CONNECTIONS__BOOKS__API_KEY", "k")
    done = runner.invoke(main, ["serve", "--port", "0"])

    assert done.exit_code == 2
    assert done.stderr.startswith("manifold: there are no callers")
    assert "manifold keys new" in done.stderr
    assert "--insecure" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_port_that_is_taken_is_one_line() -> None:
    """That names the setting, with exit status 2."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = runner.invoke(main, ["sandbox", "--port", str(taken.getsockname()[1])])

    assert done.exit_code == 2
    assert done.stderr.startswith("manifold: setting port: ")


def test_the_sandbox_serves_until_it_is_interrupted() -> None:
    """It tells its addresses, answers there, and ends well on Ctrl-C."""
    command = [sys.executable, "-m", "gateway", "sandbox", "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "COLUMNS": "200"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        told = "".join(line for line in iter(lambda: next(lines), "Ctrl-C stops all of it.\n"))
        found = re.search(r"GraphQL +(http://\S+)/graphql", told)
        assert found is not None, told
        answer = httpx.post(
            f"{found[1]}/graphql", json={"query": "{ companies { nodes { id } outages { code } } }"}
        )
        ready = httpx.get(f"{found[1]}/readyz")
        described = httpx.get(f"{found[1]}/sandbox")
        process.send_signal(signal.SIGINT)

    assert process.returncode == 0
    assert ready.status_code == 200
    assert len(answer.json()["data"]["companies"]["nodes"]) == 25
    assert answer.json()["data"]["companies"]["outages"] == []
    platforms = described.json()["platforms"]
    assert {one["platform"] for one in platforms} == {
        "clinked",
        "codat",
        "conduit",
        "kondado",
        "leadconduit",
    }
    assert all(httpx.URL(one["url"]).host == "127.0.0.1" for one in platforms)
