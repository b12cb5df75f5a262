"""What is told of a write where asking after it goes wrong too, or cannot prove anything."""

import pytest

from tests.graph.conftest import Graph
from tests.graph.mutations.keys import (
    CODAT_CREATE,
    CONDUIT_CREATE,
    ENTITY,
    ENTITY_CREATE,
    GROUP_CREATE,
    KONDADO_CREATE,
    TO_GROUP,
    asked,
    told,
    writes,
)
from tests.graph.mutations.writing import Write, nothing_was_sent, sign_in, tells_no_secret

CREATING = [CODAT_CREATE, CONDUIT_CREATE, GROUP_CREATE, ENTITY_CREATE]


@pytest.mark.parametrize("write", CREATING, ids=str)
@pytest.mark.parametrize("status", [502, 504])
async def test_a_proxy_that_heard_nothing_of_its_platform_leaves_it_open(
    graph: Graph, write: Write, status: int
) -> None:
    """It passed the write on, and the platform may be at it still."""
    await sign_in(graph, write.platform)
    await graph.fault(write.platform, status=status, only={"method": "POST"})

    assert (await told(graph, write))["outcome"] == "UNKNOWN"
    assert len(await writes(graph, write.platform)) == 1


@pytest.mark.parametrize("write", [*CREATING, KONDADO_CREATE], ids=str)
@pytest.mark.parametrize("status", [500, 503, 408])
async def test_a_platform_that_says_that_it_cannot_is_taken_at_its_word(
    graph: Graph, write: Write, status: int
) -> None:
    """Nothing was changed, and there is nothing to ask."""
    await sign_in(graph, write.platform)
    await graph.fault(write.platform, status=status)
    answer = await asked(graph, write)

    assert answer["data"] == {write.name: None}
    assert [e["extensions"]["code"] for e in answer["errors"]] == ["UPSTREAM_UNAVAILABLE"]
    assert [call["method"] for call in await graph.calls(write.platform)] == ["POST"]


@pytest.mark.parametrize("write", CREATING, ids=str)
@pytest.mark.parametrize("fault", ["drop", "cut"])
async def test_a_platform_that_answers_nothing_at_all_leaves_it_open(
    graph: Graph, write: Write, fault: str
) -> None:
    """No error: that would hide that the write may be done."""
    await sign_in(graph, write.platform)
    await graph.fault(write.platform, **{fault: True})
    payload = await told(graph, write)

    assert payload["outcome"] == "UNKNOWN"
    assert payload["userErrors"] == []
    assert tells_no_secret(graph, payload)


async def test_the_platform_is_asked_though_the_deadline_has_gone(graph: Graph) -> None:
    """A little time is added for it, since the write cannot be taken back."""
    await graph.fault("leadconduit", latency_after_ms=600_000, only={"method": "POST"})
    payload = await told(graph, ENTITY_CREATE, "entity { name }", within="0.5")

    assert payload == {"outcome": "CONFIRMED", "entity": {"name": "Kestrel"}, "userErrors": []}


async def test_a_platform_that_is_silent_to_the_end_leaves_it_open(graph: Graph) -> None:
    """The little time is little, and the answer comes."""
    await graph.fault("conduit", latency_after_ms=600_000)

    assert (await told(graph, CONDUIT_CREATE, within="0.5"))["outcome"] == "UNKNOWN"


async def test_what_is_not_there_yet_may_come_while_the_platform_is_at_it(graph: Graph) -> None:
    """It was we who stopped listening; nobody has said that it stopped working."""
    await graph.fault("leadconduit", latency_ms=600_000, only={"method": "POST"})

    assert (await told(graph, ENTITY_CREATE, within="0.5"))["outcome"] == "UNKNOWN"


async def test_a_deadline_before_the_write_is_an_error(graph: Graph) -> None:
    """What has to be read first took all the time, and nothing was changed."""
    write = Write("entityUpdate", "leadconduit", ENTITY, {"leadconduit": {"name": "Alder Two"}})
    await graph.fault("leadconduit", latency_ms=600_000, only={"method": "GET"})
    answer = await asked(graph, write, within="0.5")

    assert answer["data"] == {"entityUpdate": None}
    assert [e["extensions"]["code"] for e in answer["errors"]] == ["DEADLINE_EXCEEDED"]
    assert await writes(graph, "leadconduit") == []


@pytest.mark.parametrize("write", [ENTITY_CREATE, TO_GROUP], ids=str)
@pytest.mark.parametrize("body", ['[{"id": null}]', "[[[[1]]]]", '[{"id": "1"}, 7]'])
async def test_a_list_of_which_a_part_cannot_be_read_proves_nothing(
    graph: Graph, write: Write, body: str
) -> None:
    """What is missing may be the part."""
    await sign_in(graph, write.platform)
    await graph.fault(
        write.platform,
        mix=[
            # Drawn for the write and for the list after it, in this order.
            {"weight": 1, "drop_before": True, "only": {"method": "POST"}},
            {"weight": 5, "body": body, "only": {"method": "GET"}},
        ],
    )
    payload = await told(graph, write)

    assert payload["outcome"] == "UNKNOWN"


async def test_a_clock_that_nobody_can_rely_on_leaves_it_open(graph: Graph) -> None:
    """By our clock the thing is new, by the platform's it was there an hour before."""
    await graph.fault(
        "leadconduit",
        mix=[
            {"weight": 1, "drop": True, "only": {"method": "POST"}},
            {"weight": 5, "date_skew_seconds": 3600, "only": {"method": "GET"}},
        ],
    )

    assert (await told(graph, ENTITY_CREATE))["outcome"] == "UNKNOWN"


async def test_codats_word_for_under_way_is_no_refusal(graph: Graph) -> None:
    """The repeated request conflicts with the first, of which nothing is known but that."""
    await graph.fault(
        "codat",
        mix=[
            # In this order: the answer to the first is lost, the second meets it.
            {"weight": 1, "drop": True, "only": {"method": "POST"}},
            {"weight": 1, "status": 409, "only": {"method": "POST"}},
        ],
    )
    payload = await told(graph, CODAT_CREATE)

    assert payload["outcome"] == "CONFIRMED"
    statuses = [call["status"] for call in await writes(graph, "codat")]
    assert statuses == [0, 409]


async def test_what_is_wrong_with_a_request_is_told_as_not_done(graph: Graph) -> None:
    """Beside the user errors that say so."""
    write = Write("companyUpdate", "codat", ENTITY, {"codat": {"name": "Bexwell"}})
    payload = await told(graph, write)

    assert payload["outcome"] == "NOT_APPLIED"
    assert payload["userErrors"]
    assert await nothing_was_sent(graph)


async def test_what_a_platform_refuses_is_told_as_not_done(graph: Graph) -> None:
    """It was sent, and the platform said no."""
    await graph.fault("leadconduit", status=422, only={"method": "POST"})
    payload = await told(graph, ENTITY_CREATE)

    assert payload["outcome"] == "NOT_APPLIED"
    assert [error["code"] for error in payload["userErrors"]] == ["INVALID"]
