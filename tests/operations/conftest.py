"""The gateway in front of its stand-ins, as the tests of the graph have it."""

from collections.abc import AsyncGenerator

import pytest

from gateway.sandbox import Sandbox
from gateway.serve import sandbox_settings
from gateway.settings import Settings
from tests.graph.conftest import Graph, opened, sandbox
from tests.operations.operation import Operation

__all__ = ["sandbox"]


@pytest.fixture
async def graph(sandbox: Sandbox, operation: Operation) -> AsyncGenerator[Graph]:
    """A gateway over all stand-ins, which are as new, with the credentials of an operation."""
    settings = signed_in(sandbox, operation.platform, operation.expected.get("credentials"))
    async with opened(sandbox, settings) as graph:
        yield graph


def signed_in(sandbox: Sandbox, platform: str, credentials: str | None) -> Settings:
    """Make settings with other credentials for one platform, if they are named."""
    settings = sandbox_settings(sandbox)
    if credentials is None:
        return settings
    (played,) = (one for one in sandbox.stand_ins if one.platform == platform)
    usual = settings.connections[platform]
    others = {"base_url": usual.base_url, **played.other_credentials[credentials]}
    connections = {**settings.connections, platform: type(usual).model_validate(others)}
    return settings.model_copy(update={"connections": connections})
