"""A connection's token in the store: sealed, and fetched by one replica at a time."""

import json
from dataclasses import asdict

from resolvers.upstream.sealing import Seal
from resolvers.upstream.store import Store
from resolvers.upstream.tokens import Token


class StoreVault:
    """Keeps one connection's token for all replicas."""

    def __init__(self, store: Store, seal: Seal, name: str) -> None:
        """Keep it under a name that differs for different credentials."""
        self._store, self._seal = store, seal
        self._key, self._lock = f"token:{name}", f"fetching:{name}"

    async def get(self) -> Token | None:
        """Give the token that lies there; None if there is none that can be read."""
        sealed = await self._store.get(self._key)
        written = None if sealed is None else self._seal.open(sealed, self._key)
        try:
            return Token(**json.loads(written or b"null"))
        except (TypeError, ValueError):
            # Written by another version of the gateway.
            return None

    async def put(self, token: Token, now: float) -> None:
        """Lay a token there until it ends."""
        written = json.dumps(asdict(token)).encode()
        lasts = max(1.0, token.expires_at - now)
        await self._store.put(self._key, self._seal.seal(written, self._key), lasts)

    async def lock(self, holder: bytes, seconds: float) -> bool:
        """Take the turn to fetch for so many seconds, unless another has it."""
        return await self._store.put(self._lock, holder, seconds, new=True)

    async def unlock(self, holder: bytes) -> None:
        """Give the turn back, if it is the holder's still."""
        await self._store.drop(self._lock, holder)
