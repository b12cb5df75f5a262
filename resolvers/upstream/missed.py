"""What a store missed while it was away, to be told when it is back."""

import asyncio

from resolvers.upstream.redis_store import RedisStore, StoreAway
from resolvers.upstream.store import MemoryStore


class Missed:
    """The keys of one process that the store may not know, or not as they are.

    They are told one by one, and the one that somebody needs before he uses it, so that the store
    can be used at once when it is back, however much it missed.
    """

    def __init__(self, remote: RedisStore, local: MemoryStore) -> None:
        """Start with nothing missed."""
        self._remote, self._local = remote, local
        # Each key with the one value that may be changed in the store, or None if whatever lies
        # there has to give way.
        self._keys: dict[str, bytes | None] = {}
        self._telling = asyncio.Lock()

    def __bool__(self) -> bool:
        """Whether anything is left to tell."""
        return bool(self._keys)

    def note(self, key: str, value: bytes | None) -> None:
        """Note that a key has changed here alone.

        `value` is the one that may be changed there; without it whatever lies there gives way.
        """
        if value is None:
            self._keys[key] = None
        else:
            # The first one is the one that lies there.
            self._keys.setdefault(key, value)

    def note_all(self) -> None:
        """Note all that is here: the store may have lost it, as one does that is started anew."""
        for key in self._local.all_keys():
            entry = self._local.entry(key)
            if entry is not None:
                self.note(key, entry[0])

    async def tell_one(self) -> None:
        """Tell the store of one key; raises `StoreAway`."""
        await self.tell(next(iter(self._keys)))

    async def tell(self, key: str) -> None:
        """Tell the store of a key, if that is among them; raises `StoreAway`."""
        if not self._keys and not self._telling.locked():
            return
        # Whoever comes while a key is being told waits, lest his own word be overtaken.
        async with self._telling:
            if key not in self._keys:
                return
            value = self._keys.pop(key)
            try:
                await self._tell(key, value)
            except (StoreAway, asyncio.CancelledError):
                self.note(key, value)
                raise

    async def _tell(self, key: str, value: bytes | None) -> None:
        entry = self._local.entry(key)
        if entry is None:
            await self._remote.drop(key, value)
            return
        if value is not None and value != entry[0]:
            await self._remote.drop(key, value)
        await self._remote.put(key, *entry, new=value is not None)
