"""Stand-ins for the tests of persisted documents."""

from collections.abc import Generator

import pytest

from gateway.sandbox import Sandbox, running_sandbox


@pytest.fixture(scope="session")
def sandbox() -> Generator[Sandbox]:
    """Stand-ins that keep no rate limits."""
    with running_sandbox(limits=False) as running:
        yield running
