"""Relay takes the schema: its compiler accepts fragments on lists, and what it makes works."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.node_tools import NODE_FOLDER, ROOT, node, node_modules
from tests.sandbox_process import SandboxProcess


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the compiler makes of the fragments in `relay/source`, from the schema as it is now."""
    compiler = node_modules(NODE_FOLDER) / "relay-compiler/cli.js"
    folder = tmp_path_factory.mktemp("relay")
    shutil.copytree(NODE_FOLDER / "relay", folder, dirs_exist_ok=True)
    shutil.copy(ROOT / "schema/schema.graphql", folder)
    (folder / "generated").mkdir()
    # Without a watcher of files, which may or may not be on this machine.
    done = node(folder, compiler, "relay.config.json", "--noWatchman")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "generated"


def test_relay_pages_through_a_list_that_spans_platforms(generated: Path) -> None:
    """Its compiler knows by which arguments to go on, and which query asks for the next page."""
    made = (generated / "Companies_list.graphql.ts").read_text()

    found = re.search(r'"connection": \[\s*({.*?})\s*\]', made, re.DOTALL)
    assert found is not None
    assert re.findall(r'"(count|cursor|direction)": "(\w+)"', found[1]) == [
        ("count", "first"),
        ("cursor", "after"),
        ("direction", "forward"),
    ]
    assert '"operation": CompaniesNextPageQuery_graphql' in made


def test_the_gateway_answers_relays_own_queries_page_after_page(
    generated: Path, sandbox_gateway: SandboxProcess
) -> None:
    """The next page of the list, and the next page of what hangs on one company, by its id."""
    list_document = _text(generated / "CompaniesNextPageQuery.graphql.ts")
    row_document = _text(generated / "CompaniesNextGroupsQuery.graphql.ts")

    def pages_of(document: str, place: str, **variables: object) -> list[Any]:
        pages: list[Any] = []
        while not pages or (len(pages) < 3 and pages[-1]["pageInfo"]["hasNextPage"]):
            after = pages[-1]["pageInfo"]["endCursor"] if pages else None
            body = {"query": document, "variables": {**variables, "after": after}}
            answer = httpx.post(f"{sandbox_gateway.url}/graphql", json=body).json()
            assert "errors" not in answer
            found = answer["data"] if place == "companies" else answer["data"]["node"]
            pages.append(found[place])
        return pages

    companies = [
        edge["node"] for page in pages_of(list_document, "companies") for edge in page["edges"]
    ]
    assert len(companies) == len({one["id"] for one in companies}) > 20
    groups = pages_of(row_document, "groups", id=companies[0]["id"])
    assert [len(page["edges"]) for page in groups] == [5, 5, 5]
    assert len({edge["cursor"] for page in groups for edge in page["edges"]}) == 15


def _text(artifact: Path) -> str:
    found = re.search(r'"text": ("(?:[^"\\]|\\.)*")', artifact.read_text())
    assert found is not None
    return json.loads(found[1])
