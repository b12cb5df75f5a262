"""The README is true."""

import json
import re
from collections.abc import Generator
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from gateway import app
from gateway.coverage.facts import chapters
from gateway.sandbox import Sandbox, running_sandbox
from gateway.serve import sandbox_settings
from gateway.settings import Settings, load
from resolvers.platform import Credentials

README = (Path(__file__).parent.parent / "README.md").read_text()
PLATFORMS = {"clinked", "codat", "conduit", "kondado", "leadconduit"}


def blocks(language: str) -> list[str]:
    """Give the README's blocks in a language."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def block(language: str, place: int = 0) -> str:
    """Give one of the README's blocks in a language, counted from 0."""
    return blocks(language)[place]


@pytest.fixture
def sandbox() -> Generator[Sandbox]:
    """Stand-ins as they are at every start, rate limits and all."""
    with running_sandbox() as running:
        yield running


def covers(shown: object, answered: object) -> bool:
    """Tell whether an answer holds what is shown of it; of a list, some items may be left out."""
    if isinstance(shown, dict) and isinstance(answered, dict):
        given = cast("dict[str, Any]", answered)
        pairs = cast("dict[str, Any]", shown).items()
        return all(name in given and covers(part, given[name]) for name, part in pairs)
    if isinstance(shown, list) and isinstance(answered, list):
        items, given = cast("list[Any]", shown), cast("list[Any]", answered)
        return all(any(covers(item, other) for other in given) for item in items)
    return shown == answered


async def test_the_query_gives_the_answer_that_is_shown(sandbox: Sandbox) -> None:
    """With as many calls to each platform as the text says."""
    made = app.create(sandbox_settings(sandbox, keeps_limits=True))
    transport = httpx.ASGITransport(made)
    async with (
        made.router.lifespan_context(made),
        httpx.AsyncClient(transport=transport, base_url="http://gateway") as client,
        httpx.AsyncClient() as outside,
    ):
        answer = await client.post("/graphql", json={"query": block("graphql")})
        calls = {
            name: len((await outside.get(f"{sandbox.url(name)}/__calls")).json())
            for name in PLATFORMS
        }

    assert covers(json.loads(block("json")), answer.json())
    assert "errors" not in answer.json()
    assert calls == {"clinked": 11, "codat": 2, "conduit": 2, "kondado": 1, "leadconduit": 1}


async def test_what_is_deferred_comes_as_shown(sandbox: Sandbox) -> None:
    """To the letter, but for the ends of the lines."""
    (document,) = [one for one in blocks("graphql") if "@defer" in one]
    made = app.create(sandbox_settings(sandbox))
    transport = httpx.ASGITransport(made)
    async with (
        made.router.lifespan_context(made),
        httpx.AsyncClient(transport=transport, base_url="http://gateway") as client,
    ):
        accepted = {"Accept": "multipart/mixed, application/json"}
        answer = await client.post("/graphql", json={"query": document}, headers=accepted)

    assert accepted["Accept"] in README
    assert answer.text.replace("\r\n", "\n").lstrip("\n") == block("http")


async def test_the_settings_of_an_account_are_read_and_changed_as_shown(sandbox: Sandbox) -> None:
    """The id that the query gives is the one that the mutation takes."""
    made = app.create(sandbox_settings(sandbox))
    transport = httpx.ASGITransport(made)
    async with (
        made.router.lifespan_context(made),
        httpx.AsyncClient(transport=transport, base_url="http://gateway") as client,
    ):
        read = (await client.post("/graphql", json={"query": block("graphql", 1)})).json()
        (account,) = read["data"]["companies"]["nodes"]
        body = {"query": block("graphql", 2), "variables": {"account": account["id"]}}
        changed = (await client.post("/graphql", json=body)).json()

    assert "errors" not in read
    assert None not in account.values()
    assert changed["data"]["clinkedBrandingUpdate"] == {
        "branding": {"primaryColor": "#0b4f6c"},
        "account": {"subscription": {"planName": "Premium"}},
        "userErrors": [],
    }


async def test_a_mutation_is_done_once_for_its_key_and_health_costs_no_call(
    sandbox: Sandbox,
) -> None:
    """As the text says of the two documents."""
    made = app.create(sandbox_settings(sandbox, keeps_limits=True))
    transport = httpx.ASGITransport(made)
    async with (
        made.router.lifespan_context(made),
        httpx.AsyncClient(transport=transport, base_url="http://gateway") as client,
        httpx.AsyncClient() as outside,
    ):
        once = {"query": block("graphql", 3)}
        first, second = [(await client.post("/graphql", json=once)).json() for _ in range(2)]
        calls = len((await outside.get(f"{sandbox.url('codat')}/__calls")).json())
        health = (await client.post("/graphql", json={"query": block("graphql", 4)})).json()

    assert first["data"]["companyCreate"]["outcome"] == "CONFIRMED"
    assert first == second
    assert calls == 1
    assert len(health["data"]["connections"]) == 6


def test_as_many_documented_calls_are_named_as_there_are() -> None:
    """`manifold coverage` counts them."""
    counted = sum(len(chapter.facts) for chapter in chapters(Path(__file__).parent.parent))

    assert f"in the graph: {counted} of them" in README


def test_the_settings_file_that_is_shown_is_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has a connection to each platform, and every setting there is."""
    (tmp_path / "manifold.toml").write_text(block("toml"))
    monkeypatch.chdir(tmp_path)
    settings = load()

    assert {one.platform.value for one in settings.connections.values()} == PLATFORMS
    names = [*Settings.model_fields, *Credentials.model_fields]
    assert [name for name in names if name not in block("toml")] == []
