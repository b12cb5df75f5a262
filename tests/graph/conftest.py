"""The gateway in this process, in front of stand-ins that answer over real HTTP."""

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from gateway import app
from gateway.sandbox import Sandbox, running_sandbox
from gateway.serve import sandbox_settings
from gateway.settings import Settings
from tests.no_tls import NO_TLS


@dataclass(frozen=True)
class Graph:
    """Asks the gateway, and looks at what the stand-ins received; `app` is the gateway itself."""

    gateway: httpx.AsyncClient
    outside: httpx.AsyncClient
    sandbox: Sandbox
    app: Starlette | None = None

    async def answer(self, document: str, **variables: object) -> dict[str, Any]:
        """Run a document and give its whole answer, errors and all."""
        body = {"query": document, "variables": variables}
        response = await self.gateway.post("/graphql", json=body)
        return response.json()

    async def data(self, document: str, **variables: object) -> dict[str, Any]:
        """Run a document that has to go well, and give its data."""
        answer = await self.answer(document, **variables)

        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    async def calls(self, platform: str) -> list[dict[str, Any]]:
        """Tell what a stand-in received, oldest first."""
        return (await self.outside.get(f"{self.sandbox.url(platform)}/__calls")).json()

    async def forget_calls(self, *platforms: str) -> None:
        """Let stand-ins forget what they received; all do where none is named."""
        for platform in platforms or [one.platform for one in self.sandbox.stand_ins]:
            await self.outside.delete(f"{self.sandbox.url(platform)}/__calls")

    async def fault(self, platform: str, **faults: object) -> None:
        """Turn a stand-in's faults up; none clears them."""
        done = await self.outside.put(f"{self.sandbox.url(platform)}/__faults", json=faults)
        assert done.is_success, done.text


@pytest.fixture(scope="session")
def sandbox() -> Generator[Sandbox]:
    """Stand-ins that keep no rate limits, for the whole run."""
    with running_sandbox(limits=False) as running:
        yield running


@asynccontextmanager
async def opened(sandbox: Sandbox, settings: Settings) -> AsyncGenerator[Graph]:
    """Open a gateway with these settings over stand-ins that are as new."""
    made = app.create(settings, sandbox=sandbox.describe())
    transport = httpx.ASGITransport(made)
    async with (
        made.router.lifespan_context(made),
        httpx.AsyncClient(transport=transport, base_url="http://gateway", verify=NO_TLS) as gateway,
        httpx.AsyncClient(verify=NO_TLS) as outside,
    ):
        for stand_in in sandbox.stand_ins:
            stand_in.reset()
        yield Graph(gateway, outside, sandbox, made)


@pytest.fixture
async def graph(sandbox: Sandbox) -> AsyncGenerator[Graph]:
    """A gateway over all stand-ins, which are as new."""
    async with opened(sandbox, sandbox_settings(sandbox)) as graph:
        yield graph
