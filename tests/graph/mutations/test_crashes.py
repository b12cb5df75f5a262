"""What becomes of a keyed mutation whose gateway ended in the middle of it.

The store is as such a gateway leaves it: with a write of which it is not known what became.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

import pytest

from gateway.sandbox import Sandbox
from gateway.serve import sandbox_settings
from resolvers.caller import ANYONE
from resolvers.journal import Page, Record
from resolvers.session import Session
from resolvers.upstream.errors import Unavailable
from resolvers.upstream.services import Services
from resolvers.writes import Entry
from schema.guard import written
from schema.leadconduit.entity_changes import CREATE
from tests.graph.conftest import Graph, opened
from tests.graph.mutations.keys import (
    CODAT_CREATE,
    ENTITY,
    ENTITY_CREATE,
    KEY,
    KONDADO_CREATE,
    TO_KONDADO,
    keyed,
    told,
    writes,
)
from tests.graph.mutations.writing import Write
from tests.store_server import ServerProcess

HOUR = 3600.0
ENTIRE: dict[str, Any] = {"source": None, "recipient": None, "module_ids": []}
CALLS = {
    "leadconduit": "leadconduit POST /entities",
    "codat": "codat POST /companies",
    "kondado": "kondado POST /collection_guests",
}
ENTITY_UPDATE = Write("entityUpdate", "leadconduit", ENTITY, {"leadconduit": {"name": "Alder Two"}})


def state(graph: Graph) -> Any:
    """Give what the gateway holds."""
    return cast("Any", graph.app).state


def page(graph: Graph) -> Page:
    """Find the place of the tests' key, for a caller without credentials."""
    services: Services = state(graph).services
    return Page(services, HOUR, ANYONE.name, KEY)


def mark(graph: Graph, write: Write) -> str:
    """Give the mark of what a mutation asks for."""
    services: Services = state(graph).services
    arguments = {"id": write.id, "input": write.input}
    given = {name: value for name, value in arguments.items() if value is not None}
    return services.seal.mark(written(write.name, given))


async def leave(graph: Graph, write: Write, entries: Sequence[Entry]) -> None:
    """Leave the record of a mutation that was never ended."""
    await page(graph).write(Record(asked=mark(graph, write), entries=list(entries)))


def sent(write: Write, ago: float = 0.0, call: str = "") -> Entry:
    """Make the entry of a write that was about to be sent so many seconds ago."""
    return Entry(call=call or CALLS[write.platform], began=time.time() - ago)


@pytest.mark.parametrize(("ago", "outcome"), [(60.0, "NOT_APPLIED"), (0.0, "UNKNOWN")])
async def test_what_may_have_been_sent_is_looked_for_and_not_sent(
    graph: Graph, ago: float, outcome: str
) -> None:
    """If it is not there it was not done, unless the platform may be at it still."""
    await leave(graph, ENTITY_CREATE, [sent(ENTITY_CREATE, ago)])

    assert (await told(graph, keyed(ENTITY_CREATE)))["outcome"] == outcome
    assert await writes(graph, "leadconduit") == []


async def test_what_was_sent_is_found(graph: Graph) -> None:
    """It was made by the gateway that ended."""
    await leave(graph, ENTITY_CREATE, [sent(ENTITY_CREATE)])
    await told(graph, ENTITY_CREATE)
    payload = await told(graph, keyed(ENTITY_CREATE), "entity { name }")

    assert (payload["outcome"], payload["entity"]) == ("CONFIRMED", {"name": "Kestrel"})
    assert len(await writes(graph, "leadconduit")) == 1


async def test_what_cannot_be_asked_about_is_not_sent(graph: Graph) -> None:
    """The e-mail may be out."""
    # By the value that the enum of the schema has at Kondado.
    input = {"kondado": {**TO_KONDADO, "direction": "src"}}
    await leave(graph, replace(KONDADO_CREATE, input=input), [sent(KONDADO_CREATE, HOUR)])

    assert (await told(graph, keyed(KONDADO_CREATE)))["outcome"] == "UNKNOWN"
    assert await writes(graph, "kondado") == []


async def test_codat_is_asked_again_with_the_same_key(graph: Graph) -> None:
    """For as long as it knows the key, it does not do it twice."""
    await told(graph, keyed(CODAT_CREATE))
    await page(graph).write(Record(asked=mark(graph, CODAT_CREATE), entries=[sent(CODAT_CREATE)]))
    payload = await told(graph, keyed(CODAT_CREATE), "company { name }")
    first, second = await writes(graph, "codat")

    assert (payload["outcome"], payload["company"]) == ("CONFIRMED", {"name": "Kestrel Mills"})
    assert first["idempotency_key"] == second["idempotency_key"]
    found = await graph.data(
        '{ companies(platforms: [CODAT], filter: { nameContains: "Kestrel" }) { nodes { id } } }'
    )
    assert len(found["companies"]["nodes"]) == 1


async def test_codat_is_not_asked_again_once_it_has_forgotten_the_key(graph: Graph) -> None:
    """It keeps them for ninety minutes, and would do it anew."""
    await leave(graph, CODAT_CREATE, [sent(CODAT_CREATE, 1.5 * HOUR)])

    assert (await told(graph, keyed(CODAT_CREATE)))["outcome"] == "NOT_APPLIED"
    assert await writes(graph, "codat") == []


async def test_what_may_be_repeated_is_repeated(graph: Graph) -> None:
    """LeadConduit's entities are sent as a whole."""
    call = "leadconduit PUT /entities/65f0a11c0de1000000000001"
    await leave(graph, ENTITY_UPDATE, [sent(ENTITY_UPDATE, 60.0, call)])
    payload = await told(graph, keyed(ENTITY_UPDATE), "entity { name }")

    assert (payload["outcome"], payload["entity"]) == ("CONFIRMED", {"name": "Alder Two"})
    assert len(await writes(graph, "leadconduit")) == 1


async def test_what_was_answered_is_not_sent_again(graph: Graph) -> None:
    """The gateway ended between the platform's answer and its own."""
    body = b'{"id": "65f0a11c0de1000000000042", "name": "Kestrel"}'
    entry = sent(ENTITY_CREATE).model_copy(update={"status": 201, "body": body})
    await leave(graph, ENTITY_CREATE, [entry])
    payload = await told(graph, keyed(ENTITY_CREATE), "entity { platformId }")

    assert payload["entity"] == {"platformId": "65f0a11c0de1000000000042"}
    assert await graph.calls("leadconduit") == []


async def test_what_was_written_to_another_place_is_not_answered_for_this(graph: Graph) -> None:
    """A newer gateway may write elsewhere, or in another order."""
    entry = sent(ENTITY_CREATE, call="leadconduit POST /somewhere").model_copy(
        update={"status": 201, "body": b'{"id": "65f0a11c0de1000000000042", "name": "Kestrel"}'}
    )
    await leave(graph, ENTITY_CREATE, [entry])
    payload = await told(graph, keyed(ENTITY_CREATE))

    assert (payload["outcome"], payload["entity"]) == ("CONFIRMED", None)
    assert await writes(graph, "leadconduit") == []


async def test_a_key_that_a_gateway_took_with_it_is_free_after_a_time(graph: Graph) -> None:
    """Its operation's deadline has gone by then."""
    await page(graph).lock(mark(graph, ENTITY_CREATE), 0.5)
    payload = await told(graph, keyed(ENTITY_CREATE))
    assert [error["code"] for error in payload["userErrors"]] == ["IDEMPOTENCY_KEY_IN_USE"]

    async with asyncio.timeout(30):
        while payload["userErrors"]:
            payload = await told(graph, keyed(ENTITY_CREATE))
    assert payload["outcome"] == "CONFIRMED"


async def test_what_is_sealed_with_a_key_that_is_gone_is_not_done_anew(graph: Graph) -> None:
    """What became of it cannot be known."""
    foreign = Services(store=state(graph).services.store)
    others = Page(foreign, HOUR, "", KEY)
    vars(others)["_record"] = vars(page(graph))["_record"]
    await others.write(Record(asked="", entries=[sent(ENTITY_CREATE)]))
    payload = await told(graph, keyed(ENTITY_CREATE))

    assert [error["code"] for error in payload["userErrors"]] == ["IDEMPOTENCY_KEY_REUSED"]
    assert await writes(graph, "leadconduit") == []


async def test_a_write_is_written_down_before_it_is_sent(graph: Graph) -> None:
    """Whenever the gateway ends, its successor knows."""
    await graph.fault("leadconduit", latency_ms=1000, only={"method": "POST"})
    asked = asyncio.create_task(told(graph, keyed(ENTITY_CREATE)))
    async with asyncio.timeout(30):
        while not await writes(graph, "leadconduit"):
            pass
    under_way = await page(graph).read(mark(graph, ENTITY_CREATE))
    await asked
    done = await page(graph).read(mark(graph, ENTITY_CREATE))

    assert under_way is not None
    assert done is not None
    assert [entry.is_answered for entry in under_way.entries] == [False]
    assert not under_way.is_done
    assert [entry.is_answered for entry in done.entries] == [True]
    assert done.is_done


async def test_of_several_writes_those_that_were_done_are_not_done_again(graph: Graph) -> None:
    """The second fails, and only that is made up for."""
    held, names = state(graph), ["One", "Two"]
    at = held.connections["leadconduit"].root

    async def both() -> list[str | None]:
        session = sessions[-1]
        made = [await session.ask(CREATE, at, body={**ENTIRE, "name": name}) for name in names]
        return [one.name for one in made]

    sessions = [Session(held.connections)]
    await graph.fault("leadconduit", mix=[{"weight": 1}, {"weight": 1, "status": 503}])
    with pytest.raises(Unavailable):
        await held.journal.once(sessions[-1], ("", KEY), b"both", both)
    await graph.fault("leadconduit")
    sessions.append(Session(held.connections))

    assert await held.journal.once(sessions[-1], ("", KEY), b"both", both) == names
    assert [(c["body"]["name"], c["status"]) for c in await writes(graph, "leadconduit")] == [
        ("One", 201),
        ("Two", 503),
        ("Two", 201),
    ]


async def test_a_store_that_is_away_costs_no_answer(
    sandbox: Sandbox, own_server: ServerProcess
) -> None:
    """What is done then is known to this gateway alone."""
    settings = sandbox_settings(sandbox, store=own_server.url, store_key="0123456789abcdef" * 2)
    async with opened(sandbox, settings) as graph:
        shared = await told(graph, keyed(ENTITY_CREATE))
        assert await told(graph, keyed(ENTITY_CREATE)) == shared
        own_server.kill()
        alone = await told(graph, keyed(ENTITY_CREATE, "another"))

        assert alone["outcome"] == "CONFIRMED"
        assert await told(graph, keyed(ENTITY_CREATE, "another")) == alone
        assert len(await writes(graph, "leadconduit")) == 2


async def test_a_store_that_goes_away_in_the_middle_costs_no_answer(
    sandbox: Sandbox, own_server: ServerProcess
) -> None:
    """The write is noted in the store, and its answer here."""
    settings = sandbox_settings(sandbox, store=own_server.url, store_key="0123456789abcdef" * 2)
    async with opened(sandbox, settings) as graph:
        await graph.fault("leadconduit", latency_ms=700, only={"method": "POST"})
        asked = asyncio.create_task(told(graph, keyed(ENTITY_CREATE)))
        async with asyncio.timeout(30):
            while not await writes(graph, "leadconduit"):
                pass
        own_server.kill()

        assert (await asked)["outcome"] == "CONFIRMED"
