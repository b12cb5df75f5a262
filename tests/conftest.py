"""What holds for every test."""

import logging
import os
import uuid
from collections.abc import Generator
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings

from gateway.settings import TEST_STORE_VARIABLE
from tests.sandbox_process import SandboxProcess, sandbox_process
from tests.store_server import ServerProcess, forget, with_prefix

# How long an example takes says more of what else the machine does than of what is tested.
settings.register_profile("manifold", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("manifold")


@pytest.fixture(autouse=True)
def keep_logging() -> Generator[None]:
    """Put logging back as it was: it may speak to a stream that ends with the test."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture(scope="session")
def store_server(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """The URL of the Redis or Valkey server that all tests use, each under its own prefix."""
    if url := os.environ.get(TEST_STORE_VARIABLE):
        yield url
        return
    server = ServerProcess(tmp_path_factory.mktemp("store")).start()
    yield server.url
    server.kill()


@pytest.fixture(scope="session")
def sandbox_gateway(tmp_path_factory: pytest.TempPathFactory) -> Generator[SandboxProcess]:
    """`manifold sandbox` in a process of its own, for the whole run."""
    with sandbox_process(tmp_path_factory.mktemp("sandbox")) as running:
        yield running


@pytest.fixture
def store_url(store_server: str) -> Generator[str]:
    """The URL of a store that is empty and this test's alone."""
    prefix = uuid.uuid4().hex
    yield with_prefix(store_server, prefix)
    forget(store_server, prefix)


@pytest.fixture
def own_server(tmp_path: Path) -> Generator[ServerProcess]:
    """A running server that is this test's alone, to be killed and started as it likes."""
    server = ServerProcess(tmp_path).start()
    yield server
    server.kill()
