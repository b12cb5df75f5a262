"""Every wire, and a platform that does whatever a test wants."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest

from resolvers.upstream.wire import Wire
from resolvers.upstream.wires import open_wire
from tests.resolvers.upstream.wire.ways import WAYS, Way
from tests.resolvers.wild_server import WildServer, wild_server


@pytest.fixture(scope="module", params=WAYS, ids=str)
def way(request: pytest.FixtureRequest) -> Way:
    """A wire on an event loop."""
    return request.param


@pytest.fixture(scope="module")
def anyio_backend(way: Way) -> tuple[str, dict[str, Any]]:
    """Run the tests on its event loop."""
    return way.backend


@pytest.fixture
async def wire(way: Way) -> AsyncGenerator[Wire]:
    """The wire, open."""
    made = open_wire(way.wire)
    yield made
    await made.close()


@pytest.fixture
async def wild() -> AsyncGenerator[WildServer]:
    """A platform that does whatever a test wants."""
    async with wild_server() as server:
        yield server
