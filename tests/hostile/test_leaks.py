"""A secret shows nowhere, whether it came in a platform's HTTP, an address or a setting."""

import json
from collections.abc import Generator
from typing import Any

import httpx
import pytest
from joserfc.jwk import ECKey
from pydantic import HttpUrl, SecretStr
from typer.testing import CliRunner

from gateway import logs
from gateway.callers.settings import JwtSettings
from gateway.cli import main
from gateway.sandbox import Sandbox, running_sandbox
from gateway.serve import sandbox_settings
from tests.gateway.callers.issuer import AUDIENCE, ISSUER, token
from tests.graph.conftest import Graph, opened
from tests.graph.lists import global_id
from tests.graph.test_secrets import CONNECTIONS, EVERYTHING, IDS
from tests.hostile.house import House
from tests.hostile.writing import KEY, asked
from tests.resolvers.wild_server import Act, Exchange, wild_server
from tests.trouble.asking import tuned

MARKER = "secret-marker"
UPSTREAM = {
    "UPSTREAM_UNAVAILABLE",
    "UPSTREAM_MALFORMED",
    "UPSTREAM_UNAUTHORIZED",
    "UPSTREAM_RATE_LIMITED",
}


@pytest.fixture(scope="module")
def sandbox() -> Generator[Sandbox]:
    """Stand-ins that keep no rate limits."""
    with running_sandbox(limits=False) as running:
        yield running


def _says(written: str) -> Act:
    """Answer with these bytes, whatever HTTP thinks of them, and close."""

    async def act(exchange: Exchange) -> None:
        await exchange.send(written.replace("SECRET", MARKER).encode())
        exchange.writer.close()

    return act


WRONG_HTTP = {
    "no status": "SECRET SECRET\r\n\r\n",
    "a status of letters": "HTTP/1.1 SECRET OK\r\n\r\n",
    "a reason": "HTTP/1.1 500 SECRET\r\nContent-Length: 0\r\n\r\n",
    "no header": "HTTP/1.1 200 OK\r\nSECRET\r\nContent-Length: 2\r\n\r\n{}",
    "a header's name": "HTTP/1.1 200 OK\r\nX SECRET: 1\r\nContent-Length: 2\r\n\r\n{}",
    "a header's value": "HTTP/1.1 200 OK\r\nX: SECRET\x00\r\nContent-Length: 2\r\n\r\n{}",
    "a length": "HTTP/1.1 200 OK\r\nContent-Length: SECRET\r\n\r\n{}",
    "a chunk": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nSECRET\r\n{}",
    "a coding": "HTTP/1.1 200 OK\r\nTransfer-Encoding: SECRET\r\n\r\n{}",
    "a packing": 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 15\r\n\r\n"SECRET"',
    "a charset": "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=SECRET\r\n"
    "Content-Length: 1\r\n\r\n<",
    "another protocol": "HTTP/1.1 101 OK\r\nUpgrade: SECRET\r\nConnection: Upgrade\r\n\r\nSECRET",
    "a way elsewhere": "HTTP/1.1 302 Found\r\nLocation: http://SECRET:SECRET@127.0.0.1:1/?SECRET\r\n"
    "Content-Length: 0\r\n\r\n",
    "headers of all kinds": "HTTP/1.1 503 Busy\r\nSet-Cookie: a=SECRET\r\n"
    "WWW-Authenticate: SECRET\r\nRetry-After: SECRET\r\nDate: SECRET\r\nServer: SECRET\r\n"
    "X-Request-Id: SECRET\r\nX-RateLimit-Remaining: SECRET\r\nX-Rate-Limit-Reset: SECRET\r\n"
    "Content-Length: 6\r\n\r\nSECRET",
    "a large header": f"HTTP/1.1 200 OK\r\nX: {'SECRET' * 20_000}\r\nContent-Length: 2\r\n\r\n{{}}",
}


def _written(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    return captured.out + captured.err


async def _seen(graph: Graph) -> tuple[dict[str, Any], str]:
    """Ask for everything; give the answer, and all that can be seen from outside."""
    variables = {"ids": IDS}
    answer = await graph.gateway.post(
        "/graphql", json={"query": EVERYTHING, "variables": variables}
    )
    pages = [await graph.gateway.get(path) for path in ("/metrics", "/readyz")]
    connections = json.dumps(await graph.data(CONNECTIONS))
    shown = [answer, *pages]
    texts = [f"{one.headers} {one.text}" for one in shown]
    return answer.json(), " ".join([*texts, connections])


@pytest.mark.parametrize("wrong", WRONG_HTTP)
async def test_what_is_no_http_is_not_quoted(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str], wrong: str
) -> None:
    """A client says what it could not read; and the address has a password and a secret path."""
    logs.configure("debug", "json")
    async with wild_server() as server:
        server.will(then=_says(WRONG_HTTP[wrong]))
        address = server.url.replace("//", f"//{MARKER}-user:{MARKER}-password@")
        settings = tuned(sandbox, base_url=HttpUrl(f"{address}/{MARKER}-path?{MARKER}=query"))
        async with opened(sandbox, settings) as graph:
            answer, seen = await _seen(graph)
    log = _written(capsys)

    assert server.requests != []
    assert {error["extensions"]["code"] for error in answer["errors"]} <= UPSTREAM
    assert answer["errors"] != []
    assert '"event":"operation"' in log
    assert MARKER not in seen + log
    assert "Traceback" not in seen + log


async def test_the_address_of_a_platform_that_is_not_there_is_not_told(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor the name that could not be resolved."""
    logs.configure("debug", "json")
    for address in (f"http://{MARKER}.invalid/{MARKER}", f"http://{MARKER}:{MARKER}@127.0.0.1:1/"):
        async with opened(sandbox, tuned(sandbox, base_url=HttpUrl(address))) as graph:
            answer, seen = await _seen(graph)

        assert {e["extensions"]["code"] for e in answer["errors"]} == {"UPSTREAM_UNAVAILABLE"}
        assert MARKER not in seen + _written(capsys)


async def test_the_password_of_a_store_is_not_told(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where it is told that the store cannot be reached."""
    logs.configure("debug", "json")
    given = sandbox_settings(
        sandbox,
        store=SecretStr(f"redis://{MARKER}:{MARKER}@127.0.0.1:1/0"),
        store_key=(SecretStr(MARKER * 4),),
    )
    async with opened(sandbox, given) as graph:
        _, seen = await _seen(graph)
    log = _written(capsys)

    assert "store" in log
    assert MARKER not in seen + log


async def test_the_address_of_an_issuers_keys_is_not_told(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor what is in their place."""
    logs.configure("debug", "json")
    async with wild_server() as server:
        server.will(then=_says("HTTP/1.1 200 OK\r\nX SECRET: 1\r\n\r\nSECRET"))
        jwt = JwtSettings(
            issuer=ISSUER,
            audience=AUDIENCE,
            algorithms=("ES256",),
            jwks=HttpUrl(f"{server.url}/{MARKER}?key={MARKER}"),
        )
        async with opened(sandbox, sandbox_settings(sandbox, jwt=jwt)) as graph:
            headers = {"Authorization": f"Bearer {token('ES256')}"}
            answer = await graph.gateway.post("/graphql", json={"query": "{ a }"}, headers=headers)
    log = _written(capsys)

    assert answer.status_code == 503
    assert "key set not fetched" in log
    assert MARKER not in answer.text + str(answer.headers) + log
    assert headers["Authorization"].split(".")[1] not in log


def test_a_fault_of_our_own_tells_no_value_and_no_code(house: House) -> None:
    """The answer has a request id, and the log says where, with neither values nor a traceback."""
    clinked = house.sandbox.url("clinked")
    # More than an Int of GraphQL can show, beside a secret.
    body = {"id": 102, "name": MARKER, "friendlyName": MARKER, "members": 99_999_999_999}
    document = "query($id: ID!) { group(id: $id) { ... on ClinkedGroup { memberCount } } }"
    id = global_id("ClinkedGroup", "clinked", "11", "102")
    gateway = house.gateways["usual"]
    gateway.logged(gateway.ask(asked(document, id=id)))
    httpx.put(f"{clinked}/__faults", json={"body": json.dumps(body)}).raise_for_status()
    try:
        reply = gateway.ask(asked(document, id=id))
        log = gateway.logged(reply)
    finally:
        httpx.put(f"{clinked}/__faults", json={}).raise_for_status()
        house.calls()

    assert reply.error == {"code": "INTERNAL", "requestId": reply.headers["x-request-id"]}
    assert b"internal error" in log
    for secret in (MARKER.encode(), b"99999999999", b"Traceback", *house.secrets):
        assert secret not in reply.body + log


CHECKED: dict[str, dict[str, Any]] = {
    "well": {},
    "no": {"status": 401, "headers": {"WWW-Authenticate": MARKER}},
    "later": {"status": 429, "headers": {"Retry-After": MARKER}},
    "broken": {"status": 500, "body": MARKER},
    "a page": {"body": f"<html>{MARKER}</html>", "headers": {"Date": MARKER}},
    "elsewhere": {"status": 302, "headers": {"Location": f"http://{MARKER}/"}},
    "cut": {"cut": True},
}


@pytest.mark.parametrize("fault", CHECKED)
def test_a_check_tells_no_secret(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """What it prints is pasted into tickets."""
    (codat,) = [one for one in sandbox.describe() if one["platform"] == "codat"]
    address = codat["url"].replace("//", f"//{MARKER}:{MARKER}@")
    given = {"platform": "codat", "base_url": f"{address}/{MARKER}", **codat["credentials"]}
    for name, value in given.items():
        monkeypatch.setenv(f"MANIFOLD_CONNECTIONS__CODAT__{name.upper()}", value)
    httpx.put(f"{codat['url']}/__faults", json=CHECKED[fault]).raise_for_status()
    printed = CliRunner().invoke(main, ["check"])
    httpx.put(f"{codat['url']}/__faults", json={}).raise_for_status()

    assert "Codat" in printed.output
    secrets = {MARKER, *codat["credentials"].values()}
    assert not any(secret in printed.output for secret in secrets)


_PRIVATE = ECKey.generate_key("P-256").as_pem(private=True).decode()
WRONG_SETTINGS = {
    "CALLERS__WEB__KEYS": KEY,
    "CALLERS__WEB__SCOPES": MARKER,
    "CONNECTIONS__CODAT__BASE_URL": f"ftp://{MARKER}:{MARKER}@codat.example/",
    "CONNECTIONS__CODAT__API_KEY": f"{MARKER} {MARKER}",
    "CONNECTIONS__CODAT__PLATFORM": MARKER,
    "STORE": f"redis://:{MARKER}@127.0.0.1:port/0",
    "STORE_KEY": MARKER,
    "JWT__KEY": _PRIVATE,
    "JWT__JWKS": f"https://{MARKER}:{MARKER}@issuer.example/keys",
    "JWT__ALGORITHMS": MARKER,
    "LIMITS__DEPTH": MARKER,
    "ORIGINS": f"https://{MARKER}:{MARKER}@app.example.com",
    "PORT": MARKER,
}


@pytest.mark.parametrize("setting", WRONG_SETTINGS)
def test_a_wrong_setting_is_named_without_its_value(
    monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    """Somebody who mixed two of them up has put a secret into any one."""
    good = {
        "CALLERS__WEB__KEYS": "0" * 64,
        "CALLERS__WEB__SCOPES": "read",
        "CONNECTIONS__CODAT__PLATFORM": "codat",
        "CONNECTIONS__CODAT__API_KEY": "key",
    }
    if setting.startswith("JWT"):
        good |= {"JWT__ISSUER": "i", "JWT__AUDIENCE": "a", "JWT__ALGORITHMS": "ES256"}
    for name, value in {**good, setting: WRONG_SETTINGS[setting]}.items():
        monkeypatch.setenv(f"MANIFOLD_{name}", value)
    printed = CliRunner().invoke(main, ["serve"])

    assert printed.exit_code == 2
    assert "setting" in printed.output
    lines = _PRIVATE.splitlines()[1:-1]
    assert not any(secret in printed.output for secret in (MARKER, KEY, *lines))
