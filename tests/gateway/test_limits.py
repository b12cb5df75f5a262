"""Each limit as clients meet it: enforced, measured and off; at it, and one beyond."""

import json
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from gateway import logs
from gateway.sandbox import Sandbox, running_sandbox
from gateway.serve import sandbox_settings
from schema.limits.limit import Limit
from schema.limits.limits import Limits
from tests.gateway.http.asking import lines
from tests.graph.conftest import Graph, opened

COMPANIES = "{ companies(platforms: [CODAT, CONDUIT], first: 5) { nodes { id } } }"
OF_CONDUIT = "{ companies(platforms: [CONDUIT]) { nodes { id } } }"
BY_VARIABLE = (
    "query Q($first: Int, $ids: [ID!]!)"
    " { companies(first: $first) { nodes { id } } nodes(ids: $ids) { id } }"
)
BY_FRAGMENTS = (
    "{ ...F } fragment F on Query { companies { ... { nodes { ...G } } } }"
    " fragment G on Company { id }"
)
DISGUISED = (
    '{ t: __type(name: "Query") { ...__schema } } fragment __schema on __Type'
    " { fields { type { fields { name } } } }"
)
# A document for each limit, its variables, and what is counted of it.
COUNTED: dict[str, list[tuple[str, dict[str, Any], int]]] = {
    "body_bytes": [("{ __typename }", {}, len(b'{"query":"{ __typename }","variables":{}}'))],
    "tokens": [("{ __typename }", {}, 3), ("{a:__typename,,,b:__typename}#c", {}, 9)],
    "depth": [
        (OF_CONDUIT, {}, 3),
        (
            BY_FRAGMENTS,
            {},
            3,
        ),
    ],
    "fields": [
        (OF_CONDUIT, {}, 3),
        ("{ ...F ...F } fragment F on Query { __typename }", {}, 2),
    ],
    "aliases": [
        ("{ a: __typename b: __typename }", {}, 2),
        ("{ ...F ...F } fragment F on Query { a: __typename }", {}, 2),
    ],
    "directives": [
        ("{ __typename @skip(if: false) @include(if: true) }", {}, 2),
        ("{ ...F @skip(if: false) } fragment F on Query { __typename @skip(if: false) }", {}, 2),
    ],
    "overlaps": [("{ __typename __typename }", {}, 1)],
    "introspection_depth": [
        ("{ __schema { types { fields { name } } } }", {}, 1),
        (
            DISGUISED,
            {},
            2,
        ),
    ],
    "list_length": [
        (COMPANIES, {}, 2),
        (BY_VARIABLE, {"first": 1, "ids": ["a", "b", "c", "d"]}, 4),
    ],
    "first": [(COMPANIES, {}, 5), (BY_VARIABLE, {"first": 7, "ids": []}, 7)],
    "calls": [(COMPANIES, {}, 3)],
    "platform_calls": [(COMPANIES, {}, 2), (OF_CONDUIT, {}, 2)],
}
# These are told by other means than by what is asked.
ELSEWHERE = {"receive_seconds", "request_seconds", "calls_per_minute"}
CASES = [(name, *case) for name, cases in COUNTED.items() for case in cases]
STATUS = {"body_bytes": 413}
cases = pytest.mark.parametrize(
    ("name", "document", "variables", "value"),
    CASES,
    ids=[f"{name}-{at}" for at, (name, *_) in enumerate(CASES)],
)


@pytest.fixture(scope="module")
def sandbox() -> Generator[Sandbox]:
    """Stand-ins that keep no rate limits."""
    with running_sandbox(limits=False) as running:
        yield running


@asynccontextmanager
async def limited(sandbox: Sandbox, **limits: object) -> AsyncGenerator[Graph]:
    """Open a gateway with these limits."""
    read = Limits.model_validate(limits)
    settings = sandbox_settings(sandbox).model_copy(update={"limits": read})
    async with opened(sandbox, settings) as graph:
        yield graph


async def ask(graph: Graph, document: str, variables: dict[str, Any]) -> httpx.Response:
    """Ask as new clients do, who read the status."""
    body = json.dumps({"query": document, "variables": variables}, separators=(",", ":"))
    headers = {
        "Accept": "application/graphql-response+json",
        "Content-Type": "application/json",
    }
    return await graph.gateway.post("/graphql", content=body, headers=headers)


async def count(graph: Graph, name: str, mode: str) -> float:
    """Give how often a limit was exceeded."""
    numbers = (await graph.gateway.get("/metrics")).text
    start = f'manifold_limits_exceeded_total{{limit="{name}",mode="{mode}"}} '
    return sum(float(line.removeprefix(start)) for line in numbers.splitlines() if start in line)


async def was_quiet(graph: Graph) -> bool:
    """Tell whether no platform was asked."""
    return not [call for one in ("codat", "conduit") for call in await graph.calls(one)]


def told(captured: pytest.CaptureFixture[str]) -> list[tuple[str, str, str]]:
    """Give what the log tells of limits."""
    found = [line for line in lines(captured) if line["event"] == "limit exceeded"]
    return [(line["limit"], line["mode"], line["caller"]) for line in found]


def test_every_limit_has_a_case() -> None:
    """A new one as well."""
    limits = {name for name, one in Limits.model_fields.items() if isinstance(one.default, Limit)}

    assert limits == COUNTED.keys() | ELSEWHERE


@cases
async def test_beyond_an_enforced_limit_nothing_is_run(
    sandbox: Sandbox, name: str, document: str, variables: dict[str, Any], value: int
) -> None:
    """The error names the limit and both numbers; exactly at the limit it is let through."""
    async with limited(sandbox, **{name: value - 1}) as graph:
        refused = await ask(graph, document, variables)
        quiet = await was_quiet(graph)
        counted = await count(graph, name, "enforce")
    async with limited(sandbox, **{name: value}) as graph:
        passed = await ask(graph, document, variables)

    assert refused.status_code == STATUS.get(name, 400)
    assert list(refused.json()) == ["errors"]
    (error,) = refused.json()["errors"]
    assert error["message"] == f"The limit `{name}` is {value - 1}, and the request has {value}."
    assert error["extensions"] == {
        "code": "LIMIT_EXCEEDED",
        "limit": name,
        "value": value,
        "most": value - 1,
        "requestId": refused.headers["X-Request-Id"],
    }
    assert quiet
    assert counted == 1
    assert passed.status_code == 200
    assert passed.json()["data"] is not None


@cases
async def test_beyond_a_measured_limit_everything_is_run(
    sandbox: Sandbox,
    capsys: pytest.CaptureFixture[str],
    name: str,
    document: str,
    variables: dict[str, Any],
    value: int,
) -> None:
    """And told once, in the log and in the metrics."""
    async with limited(sandbox, **{name: f"measure {value - 1}"}) as graph:
        logs.configure("info", "json")
        passed = await ask(graph, document, variables)
        counted = await count(graph, name, "measure")

    assert passed.status_code == 200
    assert passed.json()["data"] is not None
    assert counted == 1
    ((limit, mode, caller),) = told(capsys)
    assert (limit, mode) == (name, "measure")
    # The body is received when it is known who asks, too.
    assert caller == "anyone"


@pytest.mark.parametrize("mode", ["off", "measure {}", "enforce {}"])
async def test_within_limits_and_without_them_nothing_is_told(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str], mode: str
) -> None:
    """For a limit that is off, nothing is even looked at."""
    documents = [case[1:] for case in CASES if mode == "off" or case[0] == "depth"]
    given = {name: mode.format(3) for name in COUNTED if mode == "off" or name == "depth"}
    async with limited(sandbox, **given) as graph:
        logs.configure("info", "json")
        statuses = {(await ask(graph, *document[:2])).status_code for document in documents}
        numbers = (await graph.gateway.get("/metrics")).text

    assert statuses == {200}
    assert told(capsys) == []
    assert "manifold_limits_exceeded_total{" not in numbers


@cases
async def test_a_gateway_may_keep_its_limits_to_itself(
    sandbox: Sandbox, name: str, document: str, variables: dict[str, Any], value: int
) -> None:
    """It tells that there is one, and no more."""
    async with limited(sandbox, **{name: value - 1, "tell": False}) as graph:
        refused = await ask(graph, document, variables)

    assert says_nothing(refused)


def says_nothing(refused: httpx.Response) -> bool:
    """Tell whether a refusal names neither a limit nor a number."""
    (error,) = refused.json()["errors"]
    assert error["message"] == "The request goes beyond a limit of this gateway."
    return error["extensions"] == {
        "code": "LIMIT_EXCEEDED",
        "requestId": refused.headers["X-Request-Id"],
    }


# Beyond what nothing may exceed.
FRAGMENTS = " ".join(f"fragment F{at} on A {{ a {{ ...F{at + 1} }} }}" for at in range(70))
EXCESSIVE = {
    "nested": ("{a" * 70 + "}" * 70, "depth", 64),
    "nested by fragments": (f"{{ ...F0 }} {FRAGMENTS} fragment F70 on A {{ a }}", "depth", 64),
    "tokens": ("{" + "a " * 100_001 + "}", "tokens", 100_000),
    "comments": ("{ a }" + "#\n" * 100_001, "tokens", 100_000),
}


@pytest.mark.parametrize("name", EXCESSIVE)
@pytest.mark.parametrize("tell", [True, False])
async def test_what_could_not_be_read_safely_is_refused_in_every_mode(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str], name: str, tell: bool
) -> None:
    """And told like any other limit."""
    document, limit, most = EXCESSIVE[name]
    async with limited(sandbox, depth="off", tokens="off", tell=tell) as graph:
        logs.configure("info", "json")
        refused = await ask(graph, document, {})
        counted = await count(graph, limit, "enforce")

    assert refused.status_code == 400
    assert counted == 1
    assert told(capsys) == [(limit, "enforce", "anyone")]
    if tell:
        (error,) = refused.json()["errors"]
        assert (error["extensions"]["limit"], error["extensions"]["most"]) == (limit, most)
    else:
        assert says_nothing(refused)
