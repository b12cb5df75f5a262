"""The page on errors is true: every code is on it, and each refusal has the status it says."""

import asyncio
import base64
import json
import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from gateway.callers.keys import generate, hashed
from gateway.sandbox import Sandbox
from gateway.serve import sandbox_settings
from resolvers.upstream.errors import ErrorCode
from schema.errors import UserErrorCode
from tests.graph.conftest import Graph, opened

PAGE = (Path(__file__).parents[2] / "docs" / "errors.md").read_text("utf-8")
TYPES = ("application/graphql-response+json", "application/json")
HEADERS = ("Accept-Encoding", "Allow", "Connection", "Retry-After", "WWW-Authenticate")
# Of the others the page does not say what they say.
WHOLE = ("Allow", "Connection")

KEY = generate()
TOKEN = b".".join(
    base64.urlsafe_b64encode(part).rstrip(b"=") for part in (b'{"alg":"RS256"}', b"{}", b"signed")
).decode()
JSON = {"Content-Type": "application/json"}
QUERY = {"query": "{ __typename }"}
PAGES = {"query": "query ($first: Int) { companies(first: $first) { nodes { id } } }"}
MUTATION = {"query": 'mutation { companyDelete(id: "") { outcome } }'}
HASH = {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}}
# What takes seconds to bring about, or cannot be from outside.
UNTRIED = {"the answer is not there within `request_seconds`", "the gateway fails"}


@dataclass(frozen=True)
class Request:
    """What is sent to one of the gateways, with some headers `again`; a `slow` body never ends."""

    json: object = None
    content: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    again: Mapping[str, str] = field(default_factory=dict[str, str])
    method: str = "POST"
    params: Mapping[str, str] | None = None
    gateway: str = "callers"
    slow: bool = False


REQUESTS = {
    "by a name that is not among `hosts` (the answer is JSON)": Request(
        QUERY, headers={"Host": "elsewhere.example"}
    ),
    "several headers `Host`": Request(QUERY, again={"Host": "gateway"}),
    "several headers `Authorization`": Request(QUERY, again={"Authorization": f"Bearer {KEY}"}),
    "`Accept` takes neither type (the answer is JSON)": Request(
        QUERY, headers={"Accept": "text/html"}
    ),
    "neither a GET nor a POST": Request(QUERY, method="PUT"),
    "of a page whose origin is not allowed": Request(
        QUERY, headers={"Origin": "https://elsewhere.example"}
    ),
    "the header `Manifold-Deadline` is no number above 0": Request(
        QUERY, headers={"Manifold-Deadline": "0"}
    ),
    "without a valid key or token": Request(
        QUERY, headers={"Authorization": f"Bearer {generate()}"}
    ),
    "with a token that cannot be checked now": Request(
        QUERY, headers={"Authorization": f"Bearer {TOKEN}"}
    ),
    "a browser's own GET: an image, a link, a form": Request(
        params=QUERY, headers={"Sec-Fetch-Mode": "no-cors"}, method="GET", gateway="automatic"
    ),
    "a body that is not `application/json` in UTF-8": Request(
        content=b"{}", headers={"Content-Type": "text/plain"}
    ),
    "a body that is compressed by anything but `gzip` and `deflate`": Request(
        QUERY, headers={"Content-Encoding": "br"}
    ),
    "the body is larger than `body_bytes`": Request(content=b" " * 10_001, headers=JSON),
    "the body is not there within `receive_seconds`": Request(headers=JSON, slow=True),
    "the body is not JSON, has a name twice, or is compressed and broken": Request(
        content=b"{", headers=JSON
    ),
    "no `query`, or a parameter of the wrong type": Request({"query": 1}),
    "a list of operations, or one that is longer than `batch`": Request([QUERY]),
    "names its document in two ways": Request(QUERY | {"documentId": "1"}),
    "a document that is not persisted, where only those are run": Request(
        QUERY, gateway="enforcing"
    ),
    "a `documentId` that is not known": Request({"documentId": "1"}),
    "a hash that is not known": Request(HASH, gateway="automatic"),
    "a hash, where none is looked for": Request(HASH),
    "the document is no GraphQL, or does not fit the schema": Request({"query": "{ unheardOf }"}),
    "`operationName` or `variables` do not fit the document": Request(
        PAGES | {"variables": {"first": "many"}}
    ),
    "asks for the schema, where it is not told": Request({"query": "{ __schema { __typename } }"}),
    "a mutation by GET": Request(params=MUTATION, method="GET"),
    "goes beyond a limit of the document, or of what it may cost": Request(
        PAGES | {"variables": {"first": 101}}
    ),
    "the caller's minute is used up (`calls_per_minute`)": Request(QUERY, gateway="spent"),
}


def table(heading: str) -> dict[str, list[str]]:
    """Give the rows of the table below a heading, by their first cell."""
    lines = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0].splitlines()
    rows = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines if line[:1] == "|"]
    return {first: rest for first, *rest in rows[2:]}


async def never_ending() -> AsyncGenerator[bytes]:
    """Begin a body, and send no more of it."""
    yield b"{"
    await asyncio.Event().wait()


async def refused(gateway: httpx.AsyncClient, sent: Request, accept: str) -> tuple[int, str, str]:
    """Send it; give the status, the code and those of the headers of which the page tells."""
    key = {"Authorization": f"Bearer {KEY}"} if sent.gateway == "callers" else {}
    once = {"Host": "gateway", "Accept": accept, **key, **sent.headers}
    answer = await gateway.request(
        sent.method,
        "/graphql",
        json=sent.json,
        content=never_ending() if sent.slow else sent.content,
        params=sent.params,
        headers=[*once.items(), *sent.again.items()],
    )
    body: dict[str, Any] = answer.json()
    found = [name for name in HEADERS if name in answer.headers]
    told = [f"`{name}: {answer.headers[name]}`" if name in WHOLE else f"`{name}`" for name in found]
    (error,) = body["errors"]
    assert "data" not in body
    return answer.status_code, f"`{error['extensions']['code']}`", " ".join(told)


def settings(folder: Path) -> dict[str, dict[str, Any]]:
    """Say how the gateways are set up; at one of them a single operation uses up the minute."""
    (folder / "Other.graphql").write_text("{ companies { totalCount } }")
    nowhere = "http://127.0.0.1:9/keys"
    jwt = {"issuer": "a", "audience": "b", "algorithms": ["RS256"], "jwks": nowhere}
    return {
        "callers": {
            "callers": {"web": {"scopes": ["read", "write"], "keys": [hashed(KEY)]}},
            "jwt": jwt,
            "limits": {"body_bytes": 10_000, "receive_seconds": 0.05},
            "hosts": ("gateway",),
            "introspection": False,
            "graphiql": False,
        },
        "spent": {"limits": {"calls_per_minute": 1}},
        "automatic": {"documents": {"automatic": True}},
        "enforcing": {"documents": {"manifest": folder, "mode": "enforce"}},
    }


async def test_every_refusal_has_the_status_that_is_told(sandbox: Sandbox, tmp_path: Path) -> None:
    """In both types of answers, with its code and the header that helps a client on."""
    told = {row: rest for row, rest in table("The HTTP status").items() if row not in UNTRIED}
    tried: dict[str, list[str]] = {}
    async with AsyncExitStack() as held:
        gateways = {
            name: (
                await held.enter_async_context(opened(sandbox, sandbox_settings(sandbox, **given)))
            )
            for name, given in settings(tmp_path).items()
        }
        await gateways["spent"].gateway.post("/graphql", json=QUERY)
        for row, sent in REQUESTS.items():
            found = [await refused(gateways[sent.gateway].gateway, sent, one) for one in TYPES]
            (typed, code, header), (plain, *same) = found
            assert same == [code, header]
            tried[row] = [str(typed), str(plain), code, header]

    assert tried == told


def test_every_code_is_told() -> None:
    """And none that there is not."""
    codes = table("Codes of `errors[].extensions.code` and of `outages`")
    user_codes = table("Codes of `userErrors`")

    assert set(codes) == {f"`{code}`" for code in ErrorCode}
    assert set(user_codes) == {f"`{code}`" for code in UserErrorCode}


async def test_the_error_that_is_shown_is_the_one_that_is_given(graph: Graph) -> None:
    """By the names that clients read."""
    (shown,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    told = json.loads(shown)
    given = await graph.answer(PAGES["query"], first=told["errors"][0]["extensions"]["value"])
    for answer in (told, given):
        del answer["errors"][0]["extensions"]["requestId"]

    assert given == told
