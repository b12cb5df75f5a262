"""What `deploy/` has lets nobody in by itself, and whoever has a key that was made as it says."""

import re
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from gateway import app
from gateway.callers import Callers
from gateway.cli import main
from gateway.settings import Settings, load
from tests.deployed import (
    DEPLOY,
    EXAMPLE,
    KEY,
    PAGE,
    ROOT,
    compose_environment,
    manifest,
    pod_environment,
)
from tests.no_tls import NO_TLS

# A host that no machine has, so that nothing is served if nothing is refused.
NO_HOST = "192.0.2.1"
HOW = {"compose": compose_environment, "kubernetes": pod_environment}
COMMANDS = sorted(set(re.findall(r"\bkeys new (--.+)$", EXAMPLE + PAGE, re.MULTILINE)))

runner = CliRunner()


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[dict[str, str]], None]:
    """Sets the variables of an environment, in a folder without settings."""
    monkeypatch.chdir(tmp_path)

    def give(variables: dict[str, str]) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return give


@pytest.fixture(params=HOW)
def settings(request: pytest.FixtureRequest, given: Callable[[dict[str, str]], None]) -> Settings:
    """The settings of a gateway that was started so."""
    given(HOW[request.param]())
    return load()


def made(options: str) -> tuple[str, dict[str, str]]:
    """Make a key by the command line; give it, and the variables that let it in."""
    done = runner.invoke(main, ["keys", "new", *options.split()])
    assert done.exit_code == 0, done.output
    # Compose takes the quotation marks away; for Kubernetes the page says to.
    return done.stdout.split()[0], dict(
        re.findall(r'^(MANIFOLD_\w+)="(.*)"$', done.stdout, re.MULTILINE)
    )


def refused() -> str:
    """Start a gateway that must not start, and give what it says."""
    done = runner.invoke(main, ["serve", "--host", NO_HOST])
    assert done.exit_code == 2
    return done.stderr


@asynccontextmanager
async def reached(settings: Settings) -> AsyncGenerator[httpx.AsyncClient]:
    """Open a gateway, which is asked by its address as probes do."""
    ours = app.create(settings.model_copy(update={"store": None}))
    transport = httpx.ASGITransport(ours)
    async with (
        ours.router.lifespan_context(ours),
        httpx.AsyncClient(transport=transport, base_url="http://10.1.2.3", verify=NO_TLS) as client,
    ):
        yield client


def test_the_example_as_it_is_lets_nobody_in(given: Callable[[dict[str, str]], None]) -> None:
    """Filled in but for callers, it starts no gateway, and says in one line what is missing."""
    whole = compose_environment()
    given(
        {name: text for name, text in whole.items() if "CALLERS" not in name and "JWT" not in name}
    )

    said = refused()

    assert said.startswith("manifold: there are no callers")
    assert "manifold keys new" in said
    assert said.count("\n") == 1


def test_the_example_of_a_secret_as_it_is_lets_nobody_in(
    given: Callable[[dict[str, str]], None],
) -> None:
    """A hash that was left empty is none, and the line names it."""
    given(
        pod_environment()
        | {n: v for n, v in manifest("Secret")["stringData"].items() if "KEYS" in n}
    )

    said = refused()

    assert said.startswith("manifold: setting callers.web.keys (MANIFOLD_CALLERS__WEB__KEYS)")
    assert said.count("\n") == 1


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("command", COMMANDS)
async def test_a_key_made_as_is_said_lets_its_caller_in(
    how: str, command: str, given: Callable[[dict[str, str]], None]
) -> None:
    """By the lines that the command ends with, under the names that the examples have."""
    key, variables = made(command)
    assert variables.keys() <= HOW[how]().keys()
    given(HOW[how]() | variables)
    settings = load()

    caller = await Callers(settings.callers, settings.jwt).identify(f"Bearer {key}")

    assert caller.name == "key:web"
    assert set(re.findall(r"--scope (\S+)", command)) == set(caller.scopes)


def test_both_pages_make_a_key() -> None:
    """Whoever follows either has one in the end."""
    assert COMMANDS
    assert "keys new --" in EXAMPLE
    assert PAGE.count("keys new --") >= 2


async def test_the_graph_wants_a_key_and_probes_want_none(settings: Settings) -> None:
    """An orchestrator and a scraper have none, and ask by an address instead of a name."""
    bearer = {"Authorization": f"Bearer {KEY}"}
    query = {"query": "{ __typename }"}
    async with reached(settings) as client:
        open_to_all = [await client.get(path) for path in ("/healthz", "/readyz", "/metrics")]
        unknown = await client.get("/graphql", params=query)
        known = await client.get("/graphql", params=query, headers=bearer)

    assert [answer.status_code for answer in open_to_all] == [200, 200, 200]
    assert unknown.status_code == 401
    assert known.json() == {"data": {"__typename": "Query"}}


def test_what_is_for_a_sandbox_is_off(settings: Settings) -> None:
    """And no header is believed, since nothing that is started here stands in front."""
    assert not settings.graphiql
    assert not settings.introspection
    assert not settings.suggestions
    assert settings.hosts == ()
    assert settings.trusted_hops == 0


def test_no_file_has_a_key_or_goes_without_one() -> None:
    """An example that worked as it is would be a key that everybody has."""
    texts = [path.read_text() for path in DEPLOY.rglob("*") if path.is_file()]
    texts.append((ROOT / "Dockerfile").read_text())

    assert len(texts) > 8
    assert not any(re.search(r"insecure|mfk_|[0-9a-f]{64}", text) for text in texts)
