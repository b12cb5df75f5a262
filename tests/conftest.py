"""What holds for every test."""

import gc
import logging
import os
import sys
import uuid
from collections.abc import Generator
from importlib.util import find_spec
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings

from gateway.environment import TEST_STORE_VARIABLE
from tests.sandbox_process import SandboxProcess, sandbox_process
from tests.store_server import ServerProcess, forget, with_prefix

# How long an example takes says more of what else the machine does than of what is tested.
settings.register_profile("manifold", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("manifold")

# httpx looks for it at each request and each lock, through every folder of the path where it is not
# installed; that is a tenth of what a test costs. None says at once that it is not there.
if find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # pyright: ignore[reportArgumentType] - what it means is documented

# What is imported lasts, so nothing is searched for garbage before all of it is there.
gc.disable()

# They take the longest and mostly wait, so they begin first, and the quick ones fill their gaps.
_LONGEST = [Path(__file__).parent / name for name in ("soak", "trouble", "gateway")]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Take three workers for two cores: a third of what all tests take is waiting."""
    cores = os.cpu_count() or 1
    return cores + (cores + 1) // 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker is left with it at the end."""
    items.sort(key=lambda item: not any(map(item.path.is_relative_to, _LONGEST)))


def pytest_collection_finish() -> None:
    """Leave all that lasts as long as the tests out of what is searched for garbage."""
    gc.collect()
    gc.freeze()
    # The schema is made by the first test that asks, and would be searched every few tests.
    gc.set_threshold(10_000, 10, 50)
    gc.enable()


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
