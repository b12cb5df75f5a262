"""A gateway with nothing set, and stand-ins for one that asks platforms."""

from collections.abc import AsyncGenerator, Generator

import httpx
import pytest

from gateway.sandbox import Sandbox, running_sandbox
from tests.gateway.http.asking import asking


@pytest.fixture
async def client() -> AsyncGenerator[httpx.AsyncClient]:
    """Reaches a gateway with nothing set."""
    async with asking() as client:
        yield client


@pytest.fixture(scope="session")
def sandbox() -> Generator[Sandbox]:
    """Stand-ins that keep no rate limits."""
    with running_sandbox(limits=False) as running:
        yield running
