"""Each example runs as it is, and does what its page says."""

import json
import re
import subprocess
import sys
import uuid
from collections.abc import Callable, Generator
from pathlib import Path

import httpx
import pytest

from gateway.callers.keys import generate, hashed
from gateway.sandbox import running_sandbox
from tests.gateway.process import serving
from tests.node_tools import ROOT, node, node_modules, program, ran
from tests.sandbox_process import SandboxProcess

PYTHON, TYPESCRIPT, CURL = (ROOT / "examples" / name for name in ("python", "typescript", "curl"))
EVERY_COMPANY = "{ companies(first: 100) { nodes { platform name } } }"
UNHEARD = "http://127.0.0.1:9/graphql"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The TypeScript example as JavaScript; the compiler is as strict as the example says."""
    compiler = node_modules(TYPESCRIPT) / "typescript/bin/tsc"
    folder = tmp_path_factory.mktemp("build")
    (folder / "package.json").write_text('{"type": "module"}')
    done = node(TYPESCRIPT, compiler, "--strict", "--outDir", str(folder))
    assert done.returncode == 0, done.stdout
    return folder / "main.js"


@pytest.fixture(params=["python", "typescript", "curl"])
def run(request: pytest.FixtureRequest) -> Run:
    """One of the examples: gets an address to invite and the environment, and is run."""
    if request.param == "typescript":
        script: Path = request.getfixturevalue("compiled")
        command, folder = [program("node"), str(script)], TYPESCRIPT
    elif request.param == "curl":
        command, folder = ["./manifold.sh"], CURL
        program("curl")
    else:
        command, folder = [sys.executable, "main.py"], PYTHON

    def run_with(email: str, **given: str) -> subprocess.CompletedProcess[str]:
        return ran([*command, email], folder, **given)

    return run_with


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Generator[tuple[str, str]]:
    """A gateway that lets one caller in: where it answers, and that caller's key."""
    key = generate()
    folder = tmp_path_factory.mktemp("guarded")
    caller = {"callers__service__scopes": "read,write", "callers__service__keys": hashed(key)}
    with running_sandbox(limits=False) as sandbox, serving(sandbox, folder, **caller) as process:
        yield f"{process.url}/graphql", key


@pytest.fixture
def codat_refusing(sandbox_gateway: SandboxProcess) -> Generator[None]:
    """One platform that refuses what it is asked; unlike a failing one, it is not left alone."""
    sandbox_gateway.fault("codat", status=403)
    yield
    sandbox_gateway.fault("codat")


def test_an_example_lists_and_reads_and_invites_once_however_often_it_is_run(
    run: Run, sandbox_gateway: SandboxProcess
) -> None:
    """Every company is printed, and there is one invitation at the platform in the end."""
    email = f"{uuid.uuid4().hex}@example.com"
    url = f"{sandbox_gateway.url}/graphql"
    nodes = httpx.post(url, json={"query": EVERY_COMPANY}).json()["data"]["companies"]["nodes"]
    before = _invitations(sandbox_gateway)

    first, second = (run(email, MANIFOLD_URL=url) for _ in range(2))

    assert (first.returncode, first.stderr) == (0, "")
    assert _companies(first.stdout) == sorted((one["platform"], one["name"]) for one in nodes)
    assert "CONFIRMED" in first.stdout.splitlines()[-1]
    assert email in first.stdout.splitlines()[-1]
    assert second.stdout.splitlines()[-1] == first.stdout.splitlines()[-1]
    assert _invitations(sandbox_gateway) == before + 1


@pytest.mark.usefixtures("codat_refusing")
def test_an_example_goes_on_where_a_platform_does_not_answer(
    run: Run, sandbox_gateway: SandboxProcess
) -> None:
    """It names the platform and the code, and has everything else."""
    done = run("someone@example.com", MANIFOLD_URL=f"{sandbox_gateway.url}/graphql")

    assert done.returncode == 0
    assert {platform for platform, _ in _companies(done.stdout)} == {"CLINKED", "CONDUIT"}
    assert re.search(r"CODAT.*UPSTREAM_UNAUTHORIZED", done.stdout + done.stderr)
    assert "CONFIRMED" in done.stdout


def test_an_example_tells_what_the_caller_can_put_right(
    run: Run, sandbox_gateway: SandboxProcess
) -> None:
    """The code says what kind of thing it is; nothing was done."""
    done = run("no-address", MANIFOLD_URL=f"{sandbox_gateway.url}/graphql")

    assert done.returncode == 0
    assert "INVALID" in done.stdout
    assert "NOT_APPLIED" in done.stdout.splitlines()[-1]


def test_an_example_ends_with_a_failure_where_nobody_answers_or_the_address_is_wrong(
    run: Run, sandbox_gateway: SandboxProcess
) -> None:
    """It tells so in a line, and a script that runs it can see it."""
    for url in (UNHEARD, f"{sandbox_gateway.url}/nowhere"):
        done = run("someone@example.com", MANIFOLD_URL=url)

        assert done.returncode != 0
        assert done.stderr.strip()
        assert "Traceback" not in done.stderr


def test_an_example_is_let_in_by_its_key_and_tells_where_it_is_not(
    run: Run, guarded: tuple[str, str]
) -> None:
    """The gateway of a service knows its callers; without a key there is no answer but that."""
    url, key = guarded

    let_in = run("someone@example.com", MANIFOLD_URL=url, MANIFOLD_KEY=key)
    refused = run("someone@example.com", MANIFOLD_URL=url)

    assert (let_in.returncode, let_in.stderr) == (0, "")
    assert "CONFIRMED" in let_in.stdout.splitlines()[-1]
    assert refused.returncode != 0
    assert re.search("401|UNAUTHENTICATED", refused.stdout + refused.stderr)


def test_the_call_that_the_readme_shows_works(sandbox_gateway: SandboxProcess) -> None:
    """It prints one page of companies, against the sandbox as `make run` has it."""
    shown = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)[0]
    asked = shown.replace("http://127.0.0.1:8000", sandbox_gateway.url)
    assert asked != shown

    done = ran([sys.executable, "-c", asked], PYTHON)

    assert (done.returncode, done.stderr) == (0, "")
    assert len(_companies(done.stdout)) == 20


def _companies(output: str) -> list[tuple[str, str]]:
    """Find the companies in what an example prints: lines of text, or each answer as JSON."""
    lines = output.splitlines()
    if lines[0].startswith("{"):
        pages = [json.loads(line)["data"].get("companies") for line in lines]
        found = [(one["platform"], one["name"]) for page in pages if page for one in page["nodes"]]
    else:
        found = [(one[1], one[2]) for line in lines if (one := re.match(r"([A-Z]+) (.+)", line))]
    return sorted(found)


def _invitations(sandbox: SandboxProcess) -> int:
    calls = sandbox.calls("clinked")
    return sum(one["method"] == "POST" and one["path"].endswith("/invites") for one in calls)
