"""Nothing of a platform's words, address or credentials leaves the gateway or stands in its log."""

import base64
import json
from typing import Any

import pytest

from gateway import logs
from gateway.sandbox import Sandbox
from tests.graph.conftest import Graph
from tests.graph.lists import global_id

MARKER = "stand-in-secret-marker"
PLATFORMS = ("clinked", "codat", "conduit", "kondado", "leadconduit")

# Everything that this document touches is asked of a platform, each in every way there is.
EVERYTHING = """query Everything($ids: [ID!]!) {
    nodes(ids: $ids) { id }
    companies(first: 5) { nodes { id name } outages { message } }
    groups(first: 5) { nodes { id name } outages { message } }
    members(first: 5) { nodes { id name } outages { message } }
    invites(first: 5) { nodes { id } outages { message } }
    entities(first: 5) { nodes { id name } outages { message } }
    connection(name: "kondado") { ... on KondadoConnection { sourceTypes { nodes { name } } } }
}"""
CONNECTIONS = """{ connections {
    name title platform status breaker stateKept rateLimits { calls }
    budget { limit remaining resetAt } token { expiresAt renewedAt } lastError { code at }
} }"""
IDS = [
    global_id("ClinkedAccount", "clinked", "11"),
    global_id("CodatCompany", "codat", "8534f457"),
    global_id("ConduitCompany", "conduit-south", "1"),
    global_id("LeadConduitEntity", "leadconduit", "65f0a11c"),
]
FAULTS: dict[str, dict[str, Any]] = {
    **{str(status): {"status": status} for status in (301, 400, 401, 403, 404, 409, 429, 500)},
    "location": {"status": 302, "headers": {"Location": f"http://{MARKER}.example/"}},
    "wait": {"status": 429, "headers": {"Retry-After": MARKER}},
    "half": {"body": f'{{"error": "{MARKER}"'},
    "html": {"body": f"<html>{MARKER}</html>"},
    "text": {"body": json.dumps(MARKER)},
    "other": {"body": json.dumps({"id": [MARKER], "name": {MARKER: MARKER}, MARKER: MARKER})},
    "rows": {"body": json.dumps([MARKER, {"id": MARKER, "name": [MARKER], "created_at": MARKER}])},
    "page": {"body": json.dumps({"items": MARKER, "results": MARKER, "pageSize": MARKER})},
    "failure": {"body": json.dumps({"success": False, "error": MARKER, "message": MARKER})},
    "cut": {"cut": True},
    "well": {},
}


def written(capsys: pytest.CaptureFixture[str]) -> str:
    """Give what was written to either stream since the last look."""
    captured = capsys.readouterr()
    return captured.out + captured.err


def secrets(sandbox: Sandbox) -> set[str]:
    """Give everything that must not be seen: addresses, and credentials in each of their forms."""
    found = {MARKER}
    for one in sandbox.describe():
        found.add(one["url"].removeprefix("http://"))
        for value in one["credentials"].values():
            pair = f"API:{value}"
            found |= {value, *(base64.b64encode(v.encode()).decode() for v in (value, pair))}
    return found


def seen(text: str, sandbox: Sandbox) -> set[str]:
    """Give the secrets that stand in a text."""
    return {secret for secret in secrets(sandbox) if secret in text}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_gives_nothing_away(
    graph: Graph, capsys: pytest.CaptureFixture[str], fault: str
) -> None:
    """Neither the answer nor the log at its most talkative quotes a platform."""
    logs.configure("debug")
    await graph.answer('{ companies(connections: ["clinked"]) { nodes { id } } }')
    for platform in PLATFORMS:
        await graph.fault(platform, **FAULTS[fault])
    response = await graph.gateway.post(
        "/graphql", json={"query": EVERYTHING, "variables": {"ids": IDS}}
    )

    log = written(capsys)
    assert "GET /entities" in log
    assert seen(response.text + str(response.headers), graph.sandbox) == set()
    assert seen(log, graph.sandbox) == set()


@pytest.mark.parametrize("fault", FAULTS)
async def test_what_is_seen_from_outside_gives_nothing_away(graph: Graph, fault: str) -> None:
    """Neither the numbers, nor whether the gateway is ready, nor a connection, nor a cost."""
    await graph.answer('{ companies(connections: ["clinked"]) { nodes { id } } }')
    for platform in PLATFORMS:
        await graph.fault(platform, **FAULTS[fault])
    asked = {"query": EVERYTHING, "variables": {"ids": IDS}}
    headers = {"Manifold-Cost": "include"}
    answer = (await graph.gateway.post("/graphql", json=asked, headers=headers)).json()
    shown = [await graph.answer(CONNECTIONS), answer["extensions"]]
    pages = [(await graph.gateway.get(path)).text for path in ("/metrics", "/readyz")]
    text = json.dumps(shown) + "".join(pages)

    assert answer["extensions"]["cost"]["made"] > 0
    assert shown[0]["data"]["connections"][0]["token"] is not None
    assert "manifold_calls_total" in text
    assert seen(text, graph.sandbox) == set()
    assert "sandbox-clinked-access" not in text
    assert not any(id in text for id in IDS)


async def test_a_refused_token_request_gives_nothing_away(
    graph: Graph, capsys: pytest.CaptureFixture[str]
) -> None:
    """Clinked takes the client's secret in the address of the token request."""
    logs.configure("debug")
    for faults in ({"status": 400}, {"status": 500}, {"body": f'"{MARKER}"'}, {"cut": True}):
        await graph.fault("clinked", **faults)
        answer = await graph.answer(EVERYTHING, ids=IDS)

        assert seen(json.dumps(answer) + written(capsys), graph.sandbox) == set()


async def test_tokens_are_not_logged(graph: Graph, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever reads the log cannot act as a company, nor as the gateway."""
    logs.configure("debug")
    document = """{ companies(first: 100) { nodes {
        ... on ConduitCompany { apiToken { token } linkPage { url } }
        ... on CodatCompany { linkUrl }
    } } }"""
    nodes = (await graph.data(document))["companies"]["nodes"]
    tokens = {node["apiToken"]["token"] for node in nodes if "apiToken" in node}
    log = written(capsys)

    assert len(tokens) == 13
    assert not any(token in log for token in tokens)
    assert "sandbox-clinked-access" not in log
    assert "link.codat.example" not in log
    assert "link.conduit.example" not in log


async def test_what_a_caller_sends_is_not_logged(
    graph: Graph, capsys: pytest.CaptureFixture[str]
) -> None:
    """Documents, variables and ids may hold what is nobody's business."""
    logs.configure("debug")
    await graph.answer("query Q($id: ID!) { company(id: $id) { name } }", id=f"{MARKER}")
    await graph.answer(f"{{ {MARKER.replace('-', '_')} }}")
    document = """query Q($text: String!) {
        companies(filter: { nameContains: $text }) { nodes { id } }
    }"""
    await graph.answer(document, text=MARKER)
    log = written(capsys)

    assert MARKER not in log
    assert MARKER.replace("-", "_") not in log


async def test_connections_show_no_credentials(graph: Graph) -> None:
    """What is shown of a connection is what is not secret."""
    assert seen(json.dumps(await graph.data(CONNECTIONS)), graph.sandbox) == set()


WRONG: list[Any] = [
    {"password": MARKER},
    {"passwort": MARKER, "host": "mail.example.com", "port": 465, "sender": "a@example.com"},
    {"password": {"is": MARKER}},
    {"password": [f"{MARKER}; at 'input'; Expected"], "port": MARKER},
    MARKER,
    [MARKER],
]


@pytest.mark.parametrize("input", WRONG, ids=str)
async def test_a_mistake_beside_a_secret_is_told_without_the_secret(
    graph: Graph, input: object
) -> None:
    """A field that was forgotten or misspelt must not put a password into somebody's log."""
    document = """mutation Mail($input: ClinkedSmtpInput!) {
        clinkedCustomEmailSmtpSet(id: "x", input: $input) { userErrors { code } }
    }"""
    answer = await graph.answer(document, input=input)

    assert {error["extensions"]["code"] for error in answer["errors"]} == {"BAD_USER_INPUT"}
    assert MARKER not in json.dumps(answer)


@pytest.mark.parametrize(
    "input",
    [
        f'{{password: {{is: "{MARKER}"}}}}',
        f'{{password: ["{MARKER}"], port: "{MARKER}"}}',
        f'"{MARKER}"',
        f'{{passwort: "{MARKER}"}}',
    ],
)
async def test_a_mistake_beside_a_secret_in_a_document_is_told_without_it(
    graph: Graph, input: str
) -> None:
    """Likewise where it was written into the document."""
    asked = f'clinkedCustomEmailSmtpSet(id: "x", input: {input})'
    answer = await graph.answer(f"mutation {{ {asked} {{ userErrors {{ code }} }} }}")

    assert answer["errors"] != []
    assert MARKER not in json.dumps(answer)
