"""The gateway in front of stand-ins that are in trouble."""

from collections.abc import AsyncGenerator

import pytest

from gateway import logs
from gateway.sandbox import Sandbox
from tests.graph.conftest import Graph, opened, sandbox
from tests.trouble.asking import tuned

__all__ = ["sandbox"]


@pytest.fixture(autouse=True)
def quiet(keep_logging: None) -> None:
    """Log what is the gateway's own fault alone; a line for each call takes its time."""
    del keep_logging
    logs.configure("error")


@pytest.fixture
async def graph(sandbox: Sandbox) -> AsyncGenerator[Graph]:
    """A gateway over all stand-ins, which are as new."""
    async with opened(sandbox, tuned(sandbox)) as graph:
        yield graph
