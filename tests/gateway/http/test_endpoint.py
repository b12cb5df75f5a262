"""The endpoint as clients meet it, whatever they send."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from starlette.types import Message

from gateway import app, logs
from gateway.callers import keys
from gateway.departure import Gone, while_there
from gateway.settings import Given
from tests.gateway.http.asking import ANSWERED, ASKED, CONNECTIONS, asking, code, error, lines

KEY = keys.generate()
CALLERS = {"web": {"scopes": ["read"], "keys": [keys.hashed(KEY)]}}
GRAPHQL = "application/graphql-response+json"
BEARER = {"Authorization": f"Bearer {KEY}"}


@pytest.mark.parametrize("method", ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"])
async def test_another_method_is_told_which_there_are(
    client: httpx.AsyncClient, method: str
) -> None:
    """RFC 9110, 15.5.6."""
    refused = await client.request(method, "/graphql")

    assert refused.status_code == 405
    assert refused.headers["Allow"] == "GET, POST"
    assert refused.headers["X-Request-Id"]


async def test_accept_may_stand_on_several_lines(client: httpx.AsyncClient) -> None:
    """They are one list (RFC 9110, 5.3)."""
    headers = [("Accept", "text/html"), ("Accept", GRAPHQL), ("Content-Type", "application/json")]
    answer = await client.post("/graphql", content=b'{"query": "{__typename}"}', headers=headers)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == f"{GRAPHQL}; charset=utf-8"


async def test_who_takes_no_answer_is_told_so_in_json(client: httpx.AsyncClient) -> None:
    """Somebody may read it after all."""
    refused = await client.post("/graphql", json=ASKED, headers={"Accept": "text/html"})

    assert refused.status_code == 406
    assert refused.headers["Content-Type"] == "application/json; charset=utf-8"
    assert code(refused) == "BAD_USER_INPUT"


@pytest.mark.parametrize("accept", [GRAPHQL, "application/json"])
@pytest.mark.parametrize(
    ("content", "status"), [("nonsense", 400), ("[]", 400), ('"a"', 400), ("{}", 400)]
)
async def test_what_is_no_request_of_graphql_is_refused_in_every_type(
    client: httpx.AsyncClient, accept: str, content: str, status: int
) -> None:
    """No answer could be expected to it."""
    headers = {"Accept": accept, "Content-Type": "application/json"}
    refused = await client.post("/graphql", content=content, headers=headers)

    assert refused.status_code == status
    assert refused.headers["Content-Type"].startswith(accept)
    assert code(refused) == "BAD_USER_INPUT"


@pytest.mark.parametrize("query", ["{", "{ nothing }", "query A { a } query B { b }", ""])
async def test_a_document_that_is_wrong_is_400_in_the_type_of_graphql_alone(
    client: httpx.AsyncClient, query: str
) -> None:
    """Old clients look for the errors in a 200."""
    for accept, status in ((GRAPHQL, 400), ("application/json", 200)):
        refused = await client.post("/graphql", json={"query": query}, headers={"Accept": accept})
        assert refused.status_code == status
        assert list(refused.json()) == ["errors"]
        assert refused.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


async def test_a_mutation_by_get_is_not_run(client: httpx.AsyncClient) -> None:
    """Whoever follows a link changes nothing."""
    query = "mutation M { __typename } query Q { __typename }"
    for accept in (GRAPHQL, "application/json"):
        refused, answer = [
            await client.get(
                "/graphql",
                params={"query": query, "operationName": name},
                headers={"Accept": accept},
            )
            for name in "MQ"
        ]
        assert refused.status_code == 405
        assert refused.headers["Allow"] == "POST"
        assert code(refused) == "BAD_USER_INPUT"
        assert answer.json() == ANSWERED


async def test_a_compressed_request_is_answered(client: httpx.AsyncClient) -> None:
    """And one that is compressed otherwise is told how it could be."""
    headers = {"Content-Type": "application/json", "Content-Encoding": "br"}
    refused = await client.post("/graphql", content=b"x", headers=headers)

    assert refused.status_code == 415
    assert refused.headers["Accept-Encoding"] == "gzip, deflate"
    assert code(refused) == "BAD_USER_INPUT"


@pytest.mark.parametrize(("tell", "told"), [(True, ["limit", "most", "value"]), (False, [])])
async def test_a_body_that_is_too_long_ends_its_connection(tell: bool, told: list[str]) -> None:
    """What is left of it would be read as the next request."""
    async with asking(limits={"body_bytes": 10, "tell": tell}) as client:
        refused = await client.post("/graphql", json=ASKED)

    assert refused.status_code == 413
    assert refused.headers["Connection"] == "close"
    extensions = error(refused)["extensions"]
    assert extensions["code"] == "LIMIT_EXCEEDED"
    assert sorted(extensions.keys() - {"code", "requestId"}) == told


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_who_sends_no_key_is_challenged(method: str) -> None:
    """Before anything else is looked at."""
    async with asking(callers=CALLERS) as client:
        refused = await client.request(method, "/graphql", content=b"nonsense")

    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == 'Bearer realm="Manifold"'
    assert code(refused) == "UNAUTHENTICATED"


@pytest.mark.parametrize("callers", [CALLERS, {}])
async def test_two_keys_in_one_request_are_refused(callers: dict[str, Any]) -> None:
    """What stands in front may have looked at the other one."""
    twice = [("Authorization", f"Bearer {KEY}"), ("Authorization", "Bearer another")]
    async with asking(callers=callers) as client:
        refused = await client.post("/graphql", json=ASKED, headers=twice)
        answer = await client.post("/graphql", json=ASKED, headers=BEARER)

    assert refused.status_code == 400
    assert refused.headers["WWW-Authenticate"] == 'Bearer error="invalid_request"'
    assert code(refused) == "BAD_USER_INPUT"
    assert answer.json() == ANSWERED


@asynccontextmanager
async def leaving(body: bytes, after: int, **settings: Any) -> AsyncGenerator[list[Message]]:
    """Ask, and leave after so many pieces of the body; gives what is still sent."""
    given: dict[str, Any] = {"connections": CONNECTIONS, **settings}
    made, sent = app.create(Given(**given)), list[Message]()
    pieces: list[Message] = [
        {"type": "http.request", "body": body, "more_body": False},
        {"type": "http.request", "body": body[:1], "more_body": True},
    ]
    coming = pieces[:1] if after else pieces[1:]

    async def receive() -> Message:
        return coming.pop(0) if coming else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        await asyncio.sleep(0)
        sent.append(message)

    headers = [(b"host", b"gateway"), (b"content-type", b"application/json")]
    scope: dict[str, Any] = {"type": "http", "method": "POST", "path": "/graphql"}
    scope |= {"headers": headers, "query_string": b"", "http_version": "1.1", "scheme": "http"}
    async with made.router.lifespan_context(made):
        logs.configure("info", "json")
        await made(scope, receive, send)
        yield sent


SLOW = b'{"query": "{ companies { nodes { id } } }"}'


@pytest.mark.parametrize(
    ("body", "whole"), [(SLOW, 1), (SLOW, 0), (b"[" + SLOW + b"," + SLOW + b"]", 1)]
)
async def test_who_leaves_is_answered_nothing(
    capsys: pytest.CaptureFixture[str], body: bytes, whole: int
) -> None:
    """Whether while it asks or while it waits; what was not answered is told as such, once."""
    async with leaving(body, whole, batch=2) as sent:
        told = [line for line in lines(capsys) if line["event"] == "operation"]

    assert sent == []
    assert [line["result"] for line in told] == ["gone"]


async def test_what_goes_wrong_after_a_client_has_left_is_told_nowhere() -> None:
    """It has ended when its request has, and nobody is there to be told."""
    ended = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
            raise ValueError("a secret")

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    with pytest.raises(Gone):
        await while_there(work(), receive)
    assert ended.is_set()


async def test_work_goes_on_while_the_client_is_there() -> None:
    """And what it fails by is the answer."""

    async def receive() -> Message:
        await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def fail() -> None:
        raise ValueError("wrong")

    async def succeed() -> int:
        return 1

    assert await while_there(succeed(), receive) == 1
    with pytest.raises(ValueError, match="wrong"):
        await while_there(fail(), receive)
