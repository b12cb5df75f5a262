"""One replica's store, and how it loses its server and finds it again."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from resolvers.upstream.redis_store import RedisStore
from resolvers.upstream.shared import SharedStore
from resolvers.upstream.store import MemoryStore, StoreState
from tests.store_server import ServerProcess


@asynccontextmanager
async def replica(url: str) -> AsyncGenerator[SharedStore]:
    """One replica's store, which looks often whether the server is back."""
    store = SharedStore(RedisStore(url), MemoryStore(), retry_seconds=0.02)
    try:
        yield store
    finally:
        await store.close()


async def until(done: Callable[[], bool]) -> None:
    """Look again and again until something is so; what takes half a minute never will be."""
    async with asyncio.timeout(30):
        while not done():  # noqa: ASYNC110 - the store tells nobody when it is back
            await asyncio.sleep(0.005)


async def lost(store: SharedStore, server: ServerProcess) -> None:
    """Kill the server, and let the store find out."""
    server.kill()
    await store.get("anything")
    assert store.state is StoreState.DEGRADED


async def back(store: SharedStore, server: ServerProcess) -> None:
    """Start the server, which has lost everything, and wait until the store uses it again."""
    server.start()
    await until(lambda: store.state is StoreState.SHARED)
