"""A mutation is done once for an idempotency key, however often it is asked for."""

import asyncio
import json
import uuid
from dataclasses import replace
from typing import Any, cast

import pytest

from gateway.sandbox import Sandbox
from gateway.serve import sandbox_settings
from resolvers.upstream.store import MemoryStore
from tests.graph.conftest import Graph, opened
from tests.graph.mutations.keys import (
    CHANGING,
    CODAT_CREATE,
    COMPANY,
    CONDUIT_CREATE,
    DELETING,
    ENTITY,
    ENTITY_CREATE,
    GROUP_CREATE,
    KEY,
    KONDADO_CREATE,
    LEAD_CREATE,
    MAKING,
    TO_ACCOUNT,
    asked,
    keyed,
    told,
    writes,
)
from tests.graph.mutations.writing import Write, nothing_was_sent, sign_in

ENTITY_DELETE = Write("entityDelete", "leadconduit", ENTITY)


@pytest.mark.parametrize("write", [*MAKING, KONDADO_CREATE, *CHANGING, *DELETING], ids=str)
async def test_the_same_key_gives_the_same_answer_and_writes_once(
    graph: Graph, write: Write
) -> None:
    """On every platform, whether it knows of keys or not."""
    once = await told(graph, keyed(write))
    again = [await told(graph, keyed(write)) for _ in range(2)]

    assert once["outcome"] == "CONFIRMED"
    assert again == [once, once]
    assert len(await writes(graph, write.platform)) == 1


@pytest.mark.parametrize("write", [CODAT_CREATE, ENTITY_CREATE, KONDADO_CREATE], ids=str)
async def test_without_a_key_it_is_done_each_time(graph: Graph, write: Write) -> None:
    """Who asks twice may well mean it."""
    first, second = await told(graph, write), await told(graph, write)

    assert first["outcome"] == second["outcome"] == "CONFIRMED"
    assert len(await writes(graph, write.platform)) == 2


async def test_another_selection_is_answered_for_the_same_key(graph: Graph) -> None:
    """What was done is the same, whatever is to be seen of it."""
    await told(graph, keyed(ENTITY_CREATE), "entity { id }")
    payload = await told(graph, keyed(ENTITY_CREATE), "entity { name createdAt }")

    assert payload["entity"]["name"] == "Kestrel"
    assert payload["entity"]["createdAt"]
    assert len(await writes(graph, "leadconduit")) == 1


async def test_the_same_arguments_in_other_words_are_the_same(graph: Graph) -> None:
    """Written into the document, under another name, in another order."""
    await told(graph, keyed(CODAT_CREATE))
    document = f"""mutation {{
        again: companyCreate(
            idempotencyKey: "{KEY}", input: {{ codat: {{ name: "Kestrel Mills" }} }}
        ) {{ outcome company {{ name }} userErrors {{ code }} }}
    }}"""
    payload = (await graph.data(document))["again"]

    assert payload["company"] == {"name": "Kestrel Mills"}
    assert payload["userErrors"] == []
    assert len(await writes(graph, "codat")) == 1


async def test_in_one_document_it_is_done_once_too(graph: Graph) -> None:
    """Mutations run one after the other."""
    field = f"""companyCreate(idempotencyKey: "{KEY}", input: {{ codat: {{ name: "K" }} }}) {{
        company {{ id }}
    }}"""
    data = await graph.data(f"mutation {{ a: {field} b: {field} }}")

    assert data["a"] == data["b"]
    assert len(await writes(graph, "codat")) == 1


OTHERS = {
    "other input": replace(CODAT_CREATE, input={"codat": {"name": "Other Mills"}}),
    "null for nothing": replace(
        CODAT_CREATE, input={"codat": {"name": "Kestrel Mills", "tags": []}}
    ),
    "other platform": CONDUIT_CREATE,
    "other mutation": Write("companyDelete", "codat", COMPANY),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
async def test_a_key_that_was_used_for_something_else_is_refused(
    graph: Graph, other: Write
) -> None:
    """Its answer would be taken for an answer to this."""
    await told(graph, keyed(CODAT_CREATE))
    await graph.forget_calls()
    payload = await told(graph, keyed(other), "__typename")

    (error,) = payload["userErrors"]
    assert (error["code"], error["field"]) == ("IDEMPOTENCY_KEY_REUSED", ["idempotencyKey"])
    assert payload["outcome"] == "NOT_APPLIED"
    assert await nothing_was_sent(graph)


async def test_the_same_mutation_of_another_thing_is_something_else(graph: Graph) -> None:
    """The id is one of the arguments."""
    await told(graph, keyed(ENTITY_DELETE))
    other = replace(ENTITY_DELETE, id=(await told(graph, ENTITY_CREATE))["entity"]["id"])
    (error,) = (await told(graph, keyed(other)))["userErrors"]

    assert error["code"] == "IDEMPOTENCY_KEY_REUSED"


async def test_another_callers_equal_key_is_another_key(graph: Graph) -> None:
    """Nobody can see what others did, or keep them from doing it."""
    payloads = [
        await told(graph, keyed(ENTITY_CREATE), caller=caller) for caller in ("a", "b", "", "a")
    ]
    ids = [payload["entity"]["id"] for payload in payloads]

    assert len(set(ids)) == 3
    assert ids[0] == ids[3]
    assert len(await writes(graph, "leadconduit")) == 3


@pytest.mark.parametrize("key", ["", "x" * 256, "two\nlines", "\x00", "\u200b"])
async def test_a_key_that_is_none_is_refused_before_anything_is_sent(
    graph: Graph, key: str
) -> None:
    """Keys stand in logs of callers, and are compared by people."""
    (error,) = (await told(graph, keyed(CODAT_CREATE, key)))["userErrors"]

    assert (error["code"], error["field"]) == ("INVALID", ["idempotencyKey"])
    assert await nothing_was_sent(graph)


@pytest.mark.parametrize("key", ["x", "x" * 255, "Ü 7/é—", "💠"])
async def test_any_other_key_is_taken(graph: Graph, key: str) -> None:
    """Callers choose them, and have their own ways to."""
    for _ in range(2):
        assert (await told(graph, keyed(CODAT_CREATE, key)))["outcome"] == "CONFIRMED"

    assert len(await writes(graph, "codat")) == 1


async def test_null_for_a_key_is_none(graph: Graph) -> None:
    """A variable that is declared and not used is null at some clients."""
    document = """mutation($key: String) {
        companyCreate(input: { codat: { name: "K" } }, idempotencyKey: $key) { outcome }
    }"""
    for _ in range(2):
        await graph.data(document, key=None)

    assert len(await writes(graph, "codat")) == 2


@pytest.mark.parametrize(("status", "code"), [(404, "NOT_FOUND"), (403, "FORBIDDEN")])
async def test_a_refusal_is_the_answer_to_its_key(graph: Graph, status: int, code: str) -> None:
    """Asked for once more it is refused once more, though it might be done by now."""
    await graph.fault("leadconduit", status=status)
    first = await told(graph, keyed(ENTITY_DELETE))
    await graph.fault("leadconduit")
    again = await told(graph, keyed(ENTITY_DELETE))

    assert again == first
    assert [error["code"] for error in first["userErrors"]] == [code]
    assert first["outcome"] == "NOT_APPLIED"
    assert len(await writes(graph, "leadconduit")) == 1


async def test_a_refusal_by_kondado_is_kept_as_others(graph: Graph) -> None:
    """It stands in the body, under a status that says that all is well."""
    await graph.fault("kondado", body='{"success": false, "error": "NOT_ENTERPRISE"}')
    first = await told(graph, keyed(KONDADO_CREATE))
    await graph.fault("kondado")

    assert await told(graph, keyed(KONDADO_CREATE)) == first
    assert [error["code"] for error in first["userErrors"]] == ["REFUSED"]


OUTAGES: dict[str, dict[str, Any]] = {
    "down": {"status": 503},
    "failing": {"status": 500},
    "asking to wait": {"status": 429, "headers": {"Retry-After": "0"}},
    "refusing our credentials": {"status": 401},
}


@pytest.mark.parametrize("faults", OUTAGES.values(), ids=OUTAGES)
@pytest.mark.parametrize("write", [ENTITY_CREATE, KONDADO_CREATE, GROUP_CREATE], ids=str)
async def test_an_outage_leaves_the_key_free(
    graph: Graph, write: Write, faults: dict[str, Any]
) -> None:
    """Nothing was done, and the same key is for trying again."""
    await sign_in(graph, write.platform)
    await graph.fault(write.platform, **faults)
    assert "errors" in await asked(graph, keyed(write))
    await graph.fault(write.platform)

    assert (await told(graph, keyed(write)))["outcome"] == "CONFIRMED"


async def test_a_mistake_leaves_the_key_free(graph: Graph) -> None:
    """What is put right is another input, and nothing was sent for the first."""
    nothing = Write("companyUpdate", "codat", COMPANY, {"codat": {}})
    assert (await told(graph, keyed(nothing)))["userErrors"]
    right = replace(nothing, input={"codat": {"name": "Bexwell"}})

    assert (await told(graph, keyed(right)))["outcome"] == "CONFIRMED"


async def test_what_is_being_done_is_not_begun_again(graph: Graph) -> None:
    """Two at once are one after the other, and the second has to come back."""
    await sign_in(graph, "clinked")
    await graph.fault("clinked", latency_ms=1500, only={"method": "POST"})
    first = asyncio.create_task(told(graph, keyed(GROUP_CREATE)))
    async with asyncio.timeout(30):
        while not await writes(graph, "clinked"):
            pass
    second = await told(graph, keyed(GROUP_CREATE))
    other = replace(GROUP_CREATE, input={"codat": {"name": "Other"}})
    reused = await told(graph, keyed(other))

    (error,) = second["userErrors"]
    assert (error["code"], error["field"]) == ("IDEMPOTENCY_KEY_IN_USE", ["idempotencyKey"])
    assert second["outcome"] == "UNKNOWN"
    assert [error["code"] for error in reused["userErrors"]] == ["IDEMPOTENCY_KEY_REUSED"]
    assert (await first)["outcome"] == "CONFIRMED"
    assert await told(graph, keyed(GROUP_CREATE)) == await first
    assert len(await writes(graph, "clinked")) == 1


async def test_what_was_done_can_be_asked_for_by_many_at_once(graph: Graph) -> None:
    """Nobody has to wait for what is only told."""
    first = await told(graph, keyed(ENTITY_CREATE))

    assert await asyncio.gather(*(told(graph, keyed(ENTITY_CREATE)) for _ in range(5))) == (
        [first] * 5
    )


async def test_codat_is_given_a_key_of_its_own_kind(graph: Graph) -> None:
    """A GUID that says nothing of the caller's key."""
    await told(graph, keyed(CODAT_CREATE))
    (call,) = await writes(graph, "codat")

    assert str(uuid.UUID(call["idempotency_key"])) == call["idempotency_key"]
    assert KEY not in call["idempotency_key"]


async def test_what_was_deleted_meanwhile_was_done_nevertheless(graph: Graph) -> None:
    """The answer to a key is what became of it then."""
    id = (await told(graph, ENTITY_CREATE))["entity"]["id"]
    update = Write("entityUpdate", "leadconduit", id, {"leadconduit": {"name": "Kestrel Two"}})
    await told(graph, keyed(update))
    await told(graph, Write("entityDelete", "leadconduit", id))
    payload = await told(graph, keyed(update))

    assert payload == {"outcome": "CONFIRMED", "entity": None, "userErrors": []}


async def test_what_was_found_once_stays_found(graph: Graph) -> None:
    """A thing that was made and is deleted since was made."""
    await graph.fault("leadconduit", drop=True, only={"method": "POST"})
    id = (await told(graph, keyed(ENTITY_CREATE)))["entity"]["id"]
    await told(graph, Write("entityDelete", "leadconduit", id))
    payload = await told(graph, keyed(ENTITY_CREATE))

    assert payload == {"outcome": "CONFIRMED", "entity": None, "userErrors": []}


async def test_what_was_answered_at_length_is_looked_up(graph: Graph) -> None:
    """A store is no place for whatever a platform may send."""
    long = json.dumps({"id": "65f0a11c0de1000000000042", "name": "x" * 300_000})
    await graph.fault("leadconduit", body=long, times=1)
    first = await told(graph, keyed(ENTITY_CREATE), "entity { platformId }")
    again = await told(graph, keyed(ENTITY_CREATE), "entity { name }")

    assert first["entity"] == {"platformId": "65f0a11c0de1000000000042"}
    assert (again["outcome"], again["entity"]) == ("CONFIRMED", {"name": "Kestrel"})
    assert len(await writes(graph, "leadconduit")) == 1


async def test_what_could_not_be_found_is_looked_for_again(graph: Graph) -> None:
    """The platform could not be asked then, and can be now."""
    await graph.fault("leadconduit", drop=True)
    assert (await told(graph, keyed(ENTITY_CREATE)))["outcome"] == "UNKNOWN"
    await graph.fault("leadconduit")
    payload = await told(graph, keyed(ENTITY_CREATE), "entity { name }")

    assert payload["outcome"] == "CONFIRMED"
    assert payload["entity"] == {"name": "Kestrel"}
    assert len(await writes(graph, "leadconduit")) == 1


@pytest.mark.parametrize("write", [KONDADO_CREATE, TO_ACCOUNT, LEAD_CREATE], ids=str)
async def test_what_may_have_been_sent_is_never_sent_again(graph: Graph, write: Write) -> None:
    """A second e-mail cannot be taken back."""
    await sign_in(graph, write.platform)
    await graph.fault(write.platform, drop=True)
    await told(graph, keyed(write))
    await graph.fault(write.platform)
    await told(graph, keyed(write))

    assert len(await writes(graph, write.platform)) == 1


async def test_what_is_kept_can_be_read_by_nobody(graph: Graph) -> None:
    """An invitation's link is as good as a key, and the store is not only ours."""
    payload = await told(graph, keyed(KONDADO_CREATE), "invites { ... on KondadoInvite { link } }")
    (invite,) = payload["invites"]
    gateway = cast("Any", graph.app)
    store = cast("MemoryStore", gateway.state.services.store)
    held = cast("dict[str, tuple[bytes, float]]", vars(store)["_values"])
    kept = {name: value for name, (value, _) in held.items() if name.startswith("idempotency")}

    assert len(kept) == 1
    for name, value in kept.items():
        assert KEY not in name
        for secret in (KEY, invite["link"], "new@example.com", "success", "collection_guests"):
            assert secret.encode() not in value


async def test_a_key_is_forgotten_after_its_time(sandbox: Sandbox) -> None:
    """What is asked for then is done, as if it were new."""
    settings = sandbox_settings(sandbox).model_copy(update={"idempotency_seconds": 0.3})
    async with opened(sandbox, settings) as graph, asyncio.timeout(30):
        while len(await writes(graph, "leadconduit")) < 2:
            assert (await told(graph, keyed(ENTITY_CREATE)))["outcome"] == "CONFIRMED"


async def test_every_mutation_takes_a_key_and_tells_its_outcome(graph: Graph) -> None:
    """Callers need not look up which do."""
    document = """{ __schema { mutationType { fields {
        name
        args { name description type { name } }
        type { interfaces { name } fields { name type { kind ofType { name } } } }
    } } } }"""
    fields = (await graph.data(document))["__schema"]["mutationType"]["fields"]

    assert len(fields) > 70
    for field in fields:
        (key,) = (one for one in field["args"] if one["name"] == "idempotencyKey")
        (outcome,) = (one for one in field["type"]["fields"] if one["name"] == "outcome")
        assert key["type"] == {"name": "String"}
        assert key["description"]
        assert outcome["type"] == {"kind": "NON_NULL", "ofType": {"name": "Outcome"}}
        assert field["type"]["interfaces"] == [{"name": "Payload"}]
