"""The gateways that the hostile cases are sent to, for the whole run."""

from collections.abc import Generator

import pytest

from tests.hostile.house import House, house


@pytest.fixture(scope="session", name="house")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Generator[House]:
    """Gateways over stand-ins, each in a process of its own."""
    with house(tmp_path_factory.mktemp("hostile")) as made:
        yield made
