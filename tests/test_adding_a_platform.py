"""The page on adding a platform is true: a sixth one is added by it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "adding-a-platform.md"

ASK = """
import asyncio, json, httpx
from gateway import app, logs
from gateway.sandbox import running_sandbox
from gateway.serve import sandbox_settings

QUERIES = [
    '{ companies(platforms: [ACME]) { nodes { __typename name platformId } totalCount } }',
    'mutation { companyCreate(input: {acme: {name: "Heronsgate"}}) '
    '{ company { name createdAt platform } userErrors { message } } }',
]

async def main():
    with running_sandbox() as sandbox:
        made = app.create(sandbox_settings(sandbox))
        transport = httpx.ASGITransport(made)
        async with (
            made.router.lifespan_context(made),
            httpx.AsyncClient(transport=transport, base_url="http://gateway") as client,
        ):
            for query in QUERIES:
                answer = await client.post("/graphql", json={"query": query})
                print(json.dumps(answer.json()))

logs.configure("error")
asyncio.run(main())
"""


@pytest.fixture
def grown(tmp_path: Path) -> Path:
    """A copy of the source with the files that the page shows, and no other change."""
    for floor in ("gateway", "schema", "resolvers"):
        shutil.copytree(ROOT / floor, tmp_path / floor)
    files = re.findall(r"```python (\S+)\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    for path, text in files:
        (tmp_path / path).write_text(text)

    assert len(files) == 3
    return tmp_path


def run(folder: Path, *command: str) -> str:
    """Run Python in a folder, on the source that is there."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_platform_is_three_files_and_no_other_change(grown: Path) -> None:
    """It is in the schema, in the lists, in the mutations and in the sandbox."""
    sdl = run(grown, "-m", "gateway", "schema")
    listed, created = (json.loads(line) for line in run(grown, "-c", ASK).splitlines())

    assert "type AcmeFirm implements Company & Node" in sdl
    assert listed["data"]["companies"] == {
        "nodes": [
            {"__typename": "AcmeFirm", "name": "Foxhollow Mills", "platformId": "f-1"},
            {"__typename": "AcmeFirm", "name": "Greywater Ferries", "platformId": "f-2"},
        ],
        "totalCount": 2,
    }
    assert created["data"]["companyCreate"] == {
        "company": {
            "name": "Heronsgate",
            "createdAt": "2026-01-01T00:00:00Z",
            "platform": "ACME",
        },
        "userErrors": [],
    }
