"""Secrets at rest: sealed before they go into a store, and opened by the same key alone."""

import hashlib
import hmac
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# The first byte of what is sealed, for a day when it is sealed in another way.
_VERSION = b"\x01"
_NONCE_BYTES = 12
SHORTEST_KEY = 32


class Seal:
    """Seals with its first key and opens with any, so that keys can be changed one by one."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        """Take the keys, newest first; each is a secret of at least 32 bytes."""
        self._ciphers = [AESGCM(_derived(key, b"seal")) for key in keys]
        # The oldest key marks, so that a new one in front of it changes no name in the store.
        self._marking = _derived(keys[-1], b"mark")

    @classmethod
    def of_process(cls) -> "Seal":
        """Make a seal whose key ends with the process."""
        return cls([os.urandom(SHORTEST_KEY)])

    def __repr__(self) -> str:
        """Show nothing."""
        return "Seal(…)"

    def seal(self, value: bytes, name: str) -> bytes:
        """Seal a value that will lie under a name, and can be opened under no other."""
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._ciphers[0].encrypt(nonce, value, name.encode())

    def open(self, sealed: bytes, name: str) -> bytes | None:
        """Give what was sealed; None if it was sealed with another key or name, or was changed."""
        nonce, rest = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        if sealed[:1] != _VERSION or len(nonce) < _NONCE_BYTES:
            return None
        for cipher in self._ciphers:
            try:
                return cipher.decrypt(nonce, rest, name.encode())
            except InvalidTag:
                continue
        return None

    def mark(self, value: bytes) -> str:
        """Give a name for a value that is secret, the same one for the same value."""
        return hmac.new(self._marking, value, hashlib.sha256).hexdigest()[:32]


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, None, b"manifold " + purpose).derive(key)
