"""API keys: random, shown once, and known to the gateway by their hash alone."""

import hashlib
import math
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from gateway.callers.errors import KeyRefused
from resolvers.caller import Caller

# What every key begins with: it tells a key from a token, and a scanner of source code what it saw.
PREFIX = "mfk_"

_RANDOM_BYTES = 32
_KEY = re.compile(r"mfk_[A-Za-z0-9_-]{43}")
_HASH = re.compile(r"[0-9a-f]{64}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_FORM = "a key is the 64 hexadecimal digits of its hash, or those and ` until 2027-06-30`"
_MOMENT = "a key is valid until a date, or until a moment with its offset from UTC"


def generate() -> str:
    """Make a new key."""
    return PREFIX + secrets.token_urlsafe(_RANDOM_BYTES)


def hashed(key: str) -> str:
    """Give what is kept of a key: its SHA-256, in hexadecimal.

    >>> hashed("mfk_example")[:8]
    '96bf4da0'
    """
    # A slow hash makes it dear to try every password somebody may have chosen. Nobody chooses
    # 256 random bits and nobody can try them all, so a slow one would only slow each request.
    return hashlib.sha256(key.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A key as settings have it: its hash, and until when it is valid (epoch seconds)."""

    hash: str
    until: str | None = None
    expires_at: float = math.inf

    @classmethod
    def parse(cls, text: str) -> "KeyEntry":
        """Read `<hash>` or `<hash> until <date or moment>`; raises `ValueError`."""
        digest, separator, until = text.strip().partition(" until ")
        if not _HASH.fullmatch(digest.strip().lower()):
            raise ValueError(_FORM)
        ends = (until.strip(), moment(until.strip())) if separator else (None, math.inf)
        return cls(digest.strip().lower(), *ends)

    def has_expired(self, now: float) -> bool:
        """Tell whether it is no longer valid at `now`."""
        return now >= self.expires_at

    def __str__(self) -> str:
        return self.hash if self.until is None else f"{self.hash} until {self.until}"


def moment(text: str) -> float:
    """Give the epoch seconds of a moment, or of a day's end in UTC; raises `ValueError`."""
    try:
        if _DATE.fullmatch(text):
            midnight = datetime.combine(date.fromisoformat(text), time(), UTC)
            return (midnight + timedelta(days=1)).timestamp()
        at = datetime.fromisoformat(text)
        if at.tzinfo is not None:
            return at.timestamp()
    except (ValueError, OverflowError):
        pass
    raise ValueError(_MOMENT)


class KeyRing:
    """Every key that there is, with its caller."""

    def __init__(self, keys: Iterable[tuple[Caller, KeyEntry]]) -> None:
        """Take the keys; a hash belongs to one caller."""
        self._by_hash = {entry.hash: (caller, entry) for caller, entry in keys}

    def identify(self, key: str, now: float) -> Caller:
        """Give the caller that has a key at `now` (epoch seconds); raises `KeyRefused`."""
        if not _KEY.fullmatch(key):
            raise KeyRefused("it has not the form of a key")
        # How long it takes may tell something of the hashes that there are. That leads to no key:
        # to find one for a hash, somebody would have to break SHA-256.
        found = self._by_hash.get(hashed(key))
        if found is None:
            raise KeyRefused("nobody has this key")
        caller, entry = found
        if entry.has_expired(now):
            raise KeyRefused("the key has expired", caller=caller.name)
        return caller
