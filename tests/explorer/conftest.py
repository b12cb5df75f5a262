"""GraphiQL over the stand-ins, in a browser and without."""

from collections.abc import Generator

import pytest
from playwright.sync_api import BrowserContext

from tests.explorer.browser import Explorer, browsing, opened
from tests.graph.conftest import graph, sandbox
from tests.sandbox_process import SandboxProcess

__all__ = ["graph", "sandbox"]


# No longer: as long as it runs, no other event loop runs in this thread.
@pytest.fixture(scope="module")
def window() -> Generator[BrowserContext]:
    """A browser's window, for the tests of a module."""
    with browsing() as window:
        yield window


@pytest.fixture
def explorer(window: BrowserContext, sandbox_gateway: SandboxProcess) -> Generator[Explorer]:
    """GraphiQL as the sandbox shows it; whatever went wrong in it fails the test."""
    with opened(window, sandbox_gateway.url) as explorer:
        yield explorer

    assert explorer.troubles == []
