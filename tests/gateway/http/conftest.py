"""A gateway with nothing set."""

from collections.abc import AsyncGenerator

import httpx
import pytest

from tests.gateway.http.asking import asking


@pytest.fixture
async def client() -> AsyncGenerator[httpx.AsyncClient]:
    """Reaches a gateway with nothing set."""
    async with asking() as client:
        yield client
