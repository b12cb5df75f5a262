"""The gateway's numbers, as Prometheus reads them."""

import asyncio
from collections.abc import AsyncGenerator, Generator

import pytest
from prometheus_client.parser import text_string_to_metric_families

from gateway.sandbox import Sandbox, running_sandbox
from gateway.serve import sandbox_settings
from resolvers.rest import declared
from resolvers.status import ConnectionStatus
from tests.graph.conftest import Graph, opened
from tests.graph.lists import global_id
from tests.trouble.asking import AURORA, LARKSPUR, NEVER_MS, until, until_calls

ONE = "query One($id: ID!) { company(id: $id) { id } }"
COMPANIES = "{ companies(first: 5) { nodes { id } outages { code } } }"

Samples = dict[tuple[str, ...], float]


@pytest.fixture(scope="module")
def sandbox() -> Generator[Sandbox]:
    """Stand-ins that keep no rate limits."""
    with running_sandbox(limits=False) as running:
        yield running


@pytest.fixture
async def graph(sandbox: Sandbox) -> AsyncGenerator[Graph]:
    """A gateway that keeps the limits that the platforms document."""
    async with opened(sandbox, sandbox_settings(sandbox, keeps_limits=True)) as graph:
        yield graph


async def text(graph: Graph) -> str:
    """Collect the numbers."""
    answer = await graph.gateway.get("/metrics")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    return answer.text


async def counted(graph: Graph, name: str, *labels: str) -> Samples:
    """Give the samples of a name that are not 0, by the values of these labels."""
    families = text_string_to_metric_families(await text(graph))
    return {
        tuple(sample.labels[label] for label in labels): sample.value
        for family in families
        for sample in family.samples
        if sample.name == name and sample.value
    }


async def test_calls_are_counted_by_where_they_go_and_how_they_end(graph: Graph) -> None:
    """The token's among them; an endpoint is its template, whatever the ids in its path."""
    await graph.data(ONE, id=LARKSPUR)
    await graph.data(ONE, id=AURORA)
    await graph.data(ONE, id=AURORA)
    await graph.data(ONE, id=global_id("ConduitCompany", "conduit-south", "nobody"))
    await graph.fault("codat", body="<html>")
    await graph.answer("{ companies(platforms: [CODAT]) { nodes { id } } }")

    labels = ("platform", "connection", "endpoint", "status", "outcome")
    company = "GET /link/company/{cid}/"
    assert await counted(graph, "manifold_calls_total", *labels) == {
        ("clinked", "clinked", "GET /oauth/token", "200", "ok"): 1,
        ("clinked", "clinked", "GET /v3/accounts/{account}", "200", "ok"): 1,
        ("conduit", "conduit-north", company, "200", "ok"): 2,
        ("conduit", "conduit-south", company, "404", "not_found"): 1,
        ("codat", "codat", "GET /companies", "200", "ok"): 1,
    }
    seconds = await counted(graph, "manifold_call_seconds_count", "platform", "endpoint")
    assert seconds == {
        ("clinked", "GET /oauth/token"): 1,
        ("clinked", "GET /v3/accounts/{account}"): 1,
        ("conduit", company): 3,
        ("codat", "GET /companies"): 1,
    }
    faults = await counted(graph, "manifold_faults_total", "connection", "code")
    assert faults == {("codat", "UPSTREAM_MALFORMED"): 1}
    renewed = await counted(graph, "manifold_tokens_renewed_total", "connection")
    assert renewed == {("clinked",): 1}


async def test_a_call_without_an_answer_has_no_status(graph: Graph) -> None:
    """And its second try is counted as a retry as well."""
    await graph.fault("conduit", drop=True, times=1)
    await graph.data(ONE, id=AURORA)

    calls = await counted(graph, "manifold_calls_total", "status", "outcome")
    assert calls == {("none", "broken"): 1, ("200", "ok"): 1}
    retries = await counted(graph, "manifold_retries_total", "platform", "connection")
    assert retries == {("conduit", "conduit-north"): 1}


async def test_operations_are_counted_by_kind_and_result(graph: Graph) -> None:
    """Also those that were refused before a field was run, and the codes of all errors."""
    create = 'mutation { companyCreate(input: {conduit: {id: "k1", name: "Kit"}}) %s }'
    await graph.data("{ __typename }")
    await graph.data(COMPANIES)
    await graph.answer(create % "{ company { id } }")
    await graph.answer("query Q($id: ID!) { node(id: $id) { id } __typename }", id="not an id")
    await graph.answer("{ nothing }")
    await graph.answer("mutation { nothing }")
    await graph.answer("{ __typename")
    await graph.gateway.post("/graphql", content=b"{", headers={"Content-Type": "text/plain"})
    late = {"Manifold-Deadline": "soon"}
    await graph.gateway.post("/graphql", json={"query": COMPANIES}, headers=late)

    assert await counted(graph, "manifold_operations_total", "kind", "result") == {
        ("query", "ok"): 2,
        ("mutation", "ok"): 1,
        ("query", "partial"): 1,
        ("query", "refused"): 1,
        ("mutation", "refused"): 1,
        ("unknown", "refused"): 3,
    }
    errors = await counted(graph, "manifold_operation_errors_total", "code")
    assert errors == {("BAD_USER_INPUT",): 6}
    seconds = await counted(graph, "manifold_operation_seconds_count", "kind")
    assert seconds == {("query",): 4, ("mutation",): 2, ("unknown",): 3}
    assert await counted(graph, "manifold_operations_in_flight") == {}


async def test_what_is_no_operation_is_not_counted(graph: Graph) -> None:
    """A page that is shown, or how the gateway is."""
    await graph.gateway.get("/", headers={"Accept": "text/html"})
    await graph.gateway.get("/readyz")

    assert await counted(graph, "manifold_operations_total", "kind", "result") == {}


async def test_an_operation_under_way_is_in_flight(graph: Graph) -> None:
    """Until its answer is sent."""
    await graph.fault("conduit", latency_ms=NEVER_MS)
    asking = asyncio.create_task(graph.answer(ONE, id=AURORA))
    await until_calls(graph, "conduit", None)
    under_way = await counted(graph, "manifold_operations_in_flight")
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)

    assert under_way == {(): 1}
    assert await counted(graph, "manifold_operations_in_flight") == {}


async def test_equal_reads_are_counted_as_shared(graph: Graph) -> None:
    """Those of one operation, and those of two at once."""
    fields = " ".join(f"a{number}: company(id: $id) {{ id }}" for number in range(3))
    thrice = f"query Thrice($id: ID!) {{ {fields} }}"
    await graph.data(thrice, id=AURORA)
    within = await counted(graph, "manifold_coalesced_reads_total", "platform", "connection")
    await graph.fault("conduit", latency_ms=200)
    await asyncio.gather(graph.data(ONE, id=AURORA), graph.data(ONE, id=AURORA))

    assert within == {("conduit", "conduit-north"): 2}
    shared = await counted(graph, "manifold_coalesced_reads_total", "connection")
    assert shared == {("conduit-north",): 3}
    assert len(await graph.calls("conduit")) == 2


async def test_what_is_not_sent_is_counted_with_the_reason(graph: Graph) -> None:
    """A budget that is used up, and a breaker that is open."""
    await graph.fault("codat", status=429, headers={"Retry-After": 60})
    for _ in range(3):
        await graph.answer("{ companies(platforms: [CODAT]) { nodes { id } } }")
    await graph.fault("conduit", status=503)
    for _ in range(12):
        await graph.answer(ONE, id=AURORA)

    refused = await counted(graph, "manifold_calls_refused_total", "connection", "outcome")
    assert refused[("codat", "exhausted")] == 2
    assert refused[("conduit-north", "resting")] >= 1
    assert set(refused) == {("codat", "exhausted"), ("conduit-north", "resting")}


async def test_the_connections_are_shown_as_they_are_now(graph: Graph) -> None:
    """Each in one status, its breaker in one state, and what it may still ask."""
    fresh = await counted(graph, "manifold_connection_status", "connection", "status")
    await graph.data("{ companies(platforms: [CLINKED]) { nodes { id } } }")
    await graph.fault("conduit", status=503)
    for _ in range(12):
        await graph.answer(ONE, id=AURORA)
    status = await counted(graph, "manifold_connection_status", "connection", "status")
    breaker = await counted(graph, "manifold_breaker_state", "connection", "state")
    names = ["clinked", "codat", "conduit-north", "conduit-south", "kondado", "leadconduit"]

    assert fresh == {(name, "UNKNOWN"): 1 for name in names}
    changed = {"clinked": "UP", "conduit-north": "DOWN"}
    assert status == {(name, changed.get(name, "UNKNOWN")): 1 for name in names}
    opened = {"conduit-north": "OPEN"}
    assert breaker == {(name, opened.get(name, "CLOSED")): 1 for name in names}
    assert await counted(graph, "manifold_budget_limit", "platform", "connection") == {
        ("clinked", "clinked"): 2000,
        ("codat", "codat"): 1000,
        ("kondado", "kondado"): 1,
    }
    remaining = await counted(graph, "manifold_budget_remaining", "connection")
    assert remaining == {("clinked",): 1998, ("codat",): 1000, ("kondado",): 1}


async def test_a_limit_that_is_over_is_shown_no_more(graph: Graph) -> None:
    """A platform that asked to wait a second has no limit after it."""
    await graph.fault("leadconduit", status=429, headers={"Retry-After": 1}, times=3)
    deadline = {"Manifold-Deadline": "0.5"}
    body = {"query": "{ entities { nodes { id } outages { code } } }"}
    await graph.gateway.post("/graphql", json=body, headers=deadline)
    line = 'manifold_budget_remaining{connection="leadconduit",platform="leadconduit"} 0.0'

    assert line in await text(graph)

    async def over() -> bool:
        return line not in await text(graph)

    await until(over)


async def test_the_store_and_the_version_are_shown(graph: Graph) -> None:
    """Where state is kept is an alarm, where replicas share it."""
    assert await counted(graph, "manifold_store_state", "state") == {("LOCAL",): 1}
    (build,) = await counted(graph, "manifold_build_info", "version", "python")
    assert all(build)


async def test_two_gateways_in_one_process_count_apart(graph: Graph, sandbox: Sandbox) -> None:
    """Each has numbers of its own."""
    async with opened(sandbox, sandbox_settings(sandbox)) as other:
        await other.data("{ __typename }")

        assert await counted(other, "manifold_operations_total", "kind") == {("query",): 1}
        assert await counted(graph, "manifold_operations_total", "kind") == {}


async def test_a_setting_turns_the_numbers_off(sandbox: Sandbox) -> None:
    """Where they would be anybody's to read."""
    async with opened(sandbox, sandbox_settings(sandbox, metrics=False)) as quiet:
        assert (await quiet.gateway.get("/metrics")).status_code == 404


async def test_no_label_is_what_somebody_wrote(graph: Graph) -> None:
    """Else each new id or name would be a number to keep for ever."""
    ids = [AURORA, LARKSPUR, global_id("LeadConduitEntity", "leadconduit", "65f0a11c")]
    document = """query Invented($ids: [ID!]!) {
        nodes(ids: $ids) { id }
        companies(first: 5) { nodes { id groups(first: 2) { nodes { id } } } }
        members(first: 5, filter: {nameContains: "a"}) { nodes { id } }
        invites(first: 5) { nodes { id } }
    }"""
    await graph.data(document, ids=ids)
    await graph.fault("codat", status=418)
    await graph.answer(document, ids=ids)
    labels: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(await text(graph)):
        for sample in family.samples:
            for name, value in sample.labels.items():
                labels.setdefault(name, set()).add(value)

    known = {str(endpoint) for endpoint in declared()} | {"GET /oauth/token"}
    assert labels["endpoint"] <= known
    assert labels["platform"] == {"clinked", "codat", "conduit", "kondado", "leadconduit"}
    assert labels["connection"] == {one["connection"] for one in graph.sandbox.describe()}
    assert labels["kind"] == {"query"}
    assert labels["status"] == {"200", "404", "418", *ConnectionStatus}
    assert set(labels) == {
        "platform",
        "connection",
        "endpoint",
        "status",
        "outcome",
        "kind",
        "result",
        "origin",
        "state",
        "le",
        "version",
        "python",
    }
