"""Stores of every kind."""

from collections.abc import AsyncGenerator

import pytest

from resolvers.upstream.redis_store import RedisStore
from resolvers.upstream.shared import open_store
from resolvers.upstream.store import Store


@pytest.fixture(params=["memory", "redis", "shared"])
async def store(request: pytest.FixtureRequest) -> AsyncGenerator[Store]:
    """An empty store of each kind."""
    if request.param == "memory":
        made = open_store(None)
    else:
        url: str = request.getfixturevalue("store_url")
        made = RedisStore(url) if request.param == "redis" else open_store(url)
    yield made
    await made.close()
