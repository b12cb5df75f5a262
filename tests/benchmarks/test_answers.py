"""The gateway answers the benchmark's queries, over its platforms, as everybody has to."""

import tomllib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import httpx
import pytest

from benchmarks import ours
from benchmarks.asked import in_the_graph
from benchmarks.load import only_data
from benchmarks.upstream import Upstream, listening
from benchmarks.workloads import WORKLOADS, Workload
from gateway import app
from gateway.callers.keys import generate, hashed
from gateway.settings import Given
from tests.no_tls import NO_TLS


@asynccontextmanager
async def _asking(upstream: Upstream) -> AsyncGenerator[httpx.AsyncClient]:
    """Open a gateway with the settings of the benchmark."""
    key = generate()
    async with await listening(upstream) as server:
        host, port = server.sockets[0].getsockname()
        made = app.create(
            Given(**tomllib.loads(ours.settings(f"http://{host}:{port}", hashed(key))))
        )
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(made),
            base_url="http://gateway",
            headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
            verify=NO_TLS,
        )
        async with made.router.lifespan_context(made), client:
            yield client


@pytest.mark.parametrize("workload", WORKLOADS.values(), ids=WORKLOADS)
async def test_the_gateway_gives_the_expected_answer_with_no_other_calls(
    workload: Workload,
) -> None:
    """What is measured is the right answer, with the calls that it takes."""
    upstream, asked = Upstream(), in_the_graph(workload)
    async with _asking(upstream) as client:
        answer = await client.post("/graphql", content=asked.bodies[-1])

    assert only_data(answer.json()) == asked.expected
    assert upstream.calls == workload.calls
