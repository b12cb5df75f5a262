"""Whatever goes wrong, and in whatever order, a keyed mutation is done at most once."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.sandbox import Sandbox
from gateway.serve import sandbox_settings
from tests.graph.conftest import Graph, opened
from tests.graph.mutations.keys import (
    CODAT_CREATE,
    CONDUIT_CREATE,
    ENTITY_CREATE,
    GROUP,
    GROUP_CREATE,
    KONDADO_CREATE,
    TO_GROUP,
    asked,
    keyed,
    writes,
)
from tests.graph.mutations.writing import Write, global_id, sign_in

NAMED = '(first: 100, filter: { nameContains: "Kestrel" }) { nodes { id } }'
K7 = global_id("ConduitCompany", "conduit-south", "k7")
# Each with what shows how often it was done; at Kondado nothing does.
SHOWN: list[tuple[Write, str]] = [
    (CODAT_CREATE, f"companies{NAMED}"),
    (CONDUIT_CREATE, f'node(id: "{K7}") {{ id }}'),
    (GROUP_CREATE, f"groups{NAMED}"),
    (ENTITY_CREATE, f"entities{NAMED}"),
    (TO_GROUP, f'group(id: "{GROUP}") {{ invites(first: 100) {{ nodes {{ email }} }} }}'),
]
FAULTS: dict[str, dict[str, Any]] = {
    "well": {},
    "down": {"status": 503},
    "failing": {"status": 500},
    "not passed on": {"status": 502},
    "lost before": {"drop_before": True},
    "lost after": {"drop": True},
    "half": {"cut": True},
    "nonsense": {"html": True},
    "late before": {"latency_ms": 60_000},
    "late after": {"latency_after_ms": 60_000},
}
DOING = {"well", "lost after", "half", "nonsense", "late after"}
TROUBLES = st.lists(st.sampled_from(sorted(FAULTS)), min_size=1, max_size=4)
FEW = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


async def ask_through(graph: Graph, write: Write, troubles: list[str]) -> tuple[list[str], int]:
    """Ask for a mutation in one trouble after the other; give what was told, and how often done."""
    outcomes, done = list[str](), 0
    await sign_in(graph, write.platform)
    for trouble in troubles:
        before = len(await writes(graph, write.platform))
        # It can be asked after: only writes are in trouble.
        await graph.fault(write.platform, **FAULTS[trouble], only={"method": "POST"})
        payload = (await asked(graph, keyed(write), within="0.3"))["data"][write.name]
        outcomes.append("ERROR" if payload is None else payload["outcome"])
        sent = len(await writes(graph, write.platform)) - before
        done += sent if trouble in DOING else 0
    await graph.fault(write.platform)
    return outcomes, done


async def found(graph: Graph, shown: str) -> int:
    """Count what a mutation has made."""
    data = str(await graph.data(f"{{ {shown} }}"))
    return data.count("'id'") + data.count("new@example.com")


@pytest.mark.parametrize(("write", "shown"), SHOWN, ids=[str(write) for write, _ in SHOWN])
@given(troubles=TROUBLES)
@FEW
async def test_a_keyed_mutation_makes_one_thing_at_most(
    sandbox: Sandbox, write: Write, shown: str, troubles: list[str]
) -> None:
    """What it is said to have come to is so, and once it is done it stays so."""
    async with opened(sandbox, sandbox_settings(sandbox)) as graph:
        outcomes, _ = await ask_through(graph, write, [*troubles, "well"])
        made = await found(graph, shown)

    confirmed = [outcome == "CONFIRMED" for outcome in outcomes]
    assert confirmed == sorted(confirmed), outcomes
    assert made <= 1, outcomes
    assert made == 1 or not any(confirmed), outcomes
    assert made == 0 or outcomes[-1] not in {"NOT_APPLIED", "ERROR"}, outcomes


@given(troubles=TROUBLES)
@FEW
async def test_a_keyed_invitation_is_sent_at_most_once_where_nothing_shows_it(
    sandbox: Sandbox, troubles: list[str]
) -> None:
    """Kondado can be asked for nothing, and what may have been sent stays unknown."""
    async with opened(sandbox, sandbox_settings(sandbox)) as graph:
        outcomes, done = await ask_through(graph, KONDADO_CREATE, [*troubles, "well"])

    assert done <= 1, outcomes
    assert done == 1 or "CONFIRMED" not in outcomes, outcomes
    assert done == 0 or outcomes[-1] in {"CONFIRMED", "UNKNOWN"}, outcomes
