"""What no platform can cause, but a fault of ours, or a client: each part ends in its own way."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest

from schema.incremental import MOST_PIECES
from tests.defer.asking import ID, headers
from tests.defer.small import SECRET, Small, small
from tests.multipart import CURRENT, FORMER, FORMS, parts, whole

INTERNAL = {"code": "INTERNAL", "requestId": ID}


@pytest.fixture
async def gateway() -> AsyncGenerator[Small]:
    """A gateway over a schema of its own."""
    async with small(ID) as opened:
        yield opened


async def ask(gateway: Small, document: str, accept: str = CURRENT) -> httpx.Response:
    """Ask as a client that takes parts."""
    body = {"query": document}
    return await gateway.client.post("/graphql", json=body, headers=headers(accept))


@pytest.mark.parametrize("accept", FORMS)
async def test_a_fragment_in_which_nothing_may_be_null_is_null_as_a_whole(
    gateway: Small, accept: str
) -> None:
    """What it was deferred from stays, and so do other fragments."""
    document = """{ thing { here
        ... @defer(label: "broken") { broken } ... @defer(label: "other") { other: here }
    } }"""
    answer = await ask(gateway, document, accept)
    found = await parts(answer)

    assert whole(found)["data"] == {"thing": {"here": 1, "other": 1}}
    (error,) = whole(found)["errors"]
    assert (error["path"], error["extensions"]) == (["thing", "broken"], INTERNAL)
    assert SECRET not in answer.text
    # By its id in one form, by its label in the other.
    kept = [one for part in found for one in part.get("completed", part.get("incremental", []))]
    (failed,) = [one for one in kept if "errors" in one]
    if accept == FORMER:
        assert (failed["data"], failed["label"]) == (None, "broken")


async def test_a_fragment_that_is_ended_from_elsewhere_is_a_fault_of_our_own(
    gateway: Small,
) -> None:
    """Nobody has asked for that, and the text of what ended it goes nowhere."""
    answer = await ask(gateway, "{ here ... @defer { cancelled } }")
    found = whole(await parts(answer))

    assert [error["extensions"] for error in found["errors"]] == [INTERNAL]
    assert SECRET not in answer.text


async def test_what_is_deferred_from_what_is_null_is_ended(gateway: Small) -> None:
    """Nothing is left of it to be answered later."""
    answer = await ask(gateway, "{ thing { broken ... @defer { hanging } } }")

    assert answer.json()["data"] == {"thing": None}
    assert not gateway.hanging.begun.is_set() or gateway.hanging.ended.is_set()


@pytest.mark.parametrize("accept", FORMS)
async def test_what_takes_longer_than_a_request_may_take_is_ended(
    gateway: Small, accept: str
) -> None:
    """With an error for each fragment that has not come."""
    gateway.front.request_seconds = 0.2
    document = '{ here ... @defer(label: "a") { a: hanging } ... @defer { thing { here } } }'
    found = await parts(await ask(gateway, document, accept))

    assert whole(found)["data"] == {"here": 1, "thing": {"here": 1}}
    (error,) = whole(found)["errors"]
    assert error["extensions"]["code"] == "LIMIT_EXCEEDED"
    assert error["extensions"]["limit"] == "request_seconds"
    assert gateway.hanging.ended.is_set()


@pytest.mark.parametrize("accept", FORMS)
async def test_a_part_that_cannot_be_written_ends_the_answer(gateway: Small, accept: str) -> None:
    """By a fault of the gateway's own, since the head of the answer is long gone."""
    found = await parts(await ask(gateway, "{ here ... @defer { unwritable } }", accept))

    assert whole(found)["data"] == {"here": 1}
    assert [error["extensions"] for error in whole(found)["errors"]] == [INTERNAL]


async def test_a_first_part_that_cannot_be_written_is_a_fault_as_ever(gateway: Small) -> None:
    """Nothing has been sent, so the status tells; and what was deferred is ended."""
    answer = await ask(gateway, "{ unwritable ... @defer { hanging } }")

    assert answer.status_code == 500
    assert [error["extensions"] for error in answer.json()["errors"]] == [INTERNAL]
    assert gateway.hanging.ended.is_set()


async def test_a_mutation_defers_until_all_is_changed(gateway: Small) -> None:
    """So that what is looked at is how it ends, and no change waits for a look at another."""
    document = """mutation {
        one: change(number: 1) { number ... @defer { all } }
        two: change(number: 2) { number ... @defer { all } }
    }"""
    found = await parts(await ask(gateway, document))

    assert found[0]["data"] == {"one": {"number": 1}, "two": {"number": 2}}
    assert whole(found)["data"]["one"]["all"] == [1, 2]


async def test_a_client_that_takes_no_part_is_gone(gateway: Small) -> None:
    """After as long as a request may take, and the work for it ends."""
    gateway.front.request_seconds = 0.05
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if receiving:
            return receiving.pop()
        return await asyncio.Future()

    async def send(message: Any) -> None:
        sent.append(message)
        if len(sent) > 1:
            await asyncio.Event().wait()

    body = b'{"query": "{ here ... @defer { hanging } }"}'
    receiving = [{"type": "http.request", "body": body}]
    given = {"Content-Type": "application/json", "X-Request-Id": ID, "Accept": CURRENT}
    lines = [(name.lower().encode(), value.encode()) for name, value in given.items()]
    scope = {"type": "http", "method": "POST", "headers": lines, "client": ("127.0.0.1", 1)}
    await gateway.endpoint(scope, receive, send)

    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert gateway.hanging.ended.is_set()


@pytest.mark.parametrize("accept", FORMS)
async def test_no_more_is_deferred_than_so_many_fragments(gateway: Small, accept: str) -> None:
    """The others come with what they stand in, and the answer is the same."""
    document = """{ things(number: 700) {
        here ... @defer { one: here ... @defer { two: here } } ... @defer { three: here }
    } }"""
    found = await parts(await ask(gateway, document, accept))
    at_once = await ask(gateway, document, "application/json")

    assert whole(found)["data"] == at_once.json()["data"]
    later = [one for part in found for one in part.get("incremental", [])]
    assert MOST_PIECES / 4 < len(later) < MOST_PIECES


@pytest.mark.parametrize("accept", FORMS)
async def test_what_fragments_share_is_deferred_no_more_often(gateway: Small, accept: str) -> None:
    """Of each thing, every fragment has something that no other has."""
    each = " ".join(f"... @defer {{ things(number: 300) {{ a{n}: here }} }}" for n in range(9))
    document = f"{{ here {each} }}"
    found = await parts(await ask(gateway, document, accept))
    at_once = await ask(gateway, document, "application/json")

    assert whole(found)["data"] == at_once.json()["data"]
    later = [one for part in found for one in part.get("incremental", [])]
    assert len(later) < 2 * MOST_PIECES
