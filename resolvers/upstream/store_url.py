"""Where the store is: an address as settings give it, taken apart and found good."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from redis.asyncio.connection import ConnectionPool, parse_url
from redis.exceptions import RedisError

# What may stand behind the question mark; anything else would change how the client works.
_OPTIONS = {
    "db",
    "password",
    "prefix",
    "ssl_ca_certs",
    "ssl_ca_path",
    "ssl_cert_reqs",
    "ssl_certfile",
    "ssl_check_hostname",
    "ssl_keyfile",
}
_EXAMPLE = "redis://:password@host:6379/0, rediss://… or unix:///path"


@dataclass(frozen=True, slots=True)
class StoreUrl:
    """How to reach the store; `shown` may be logged, the rest may hold a password."""

    shown: str
    prefix: str
    options: Mapping[str, Any] = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> "StoreUrl":
        """Take an address apart.

        `prefix` among its options goes before every key, for gateways that share a server and
        nothing else. Raises `ValueError`, whose message shows nothing of the address.
        """
        try:
            parts = urlsplit(text)
            port, given = parts.port, parse_qs(parts.query, strict_parsing=bool(parts.query))
        except ValueError:
            # The text of this error quotes what may be part of a password.
            raise ValueError(f"is no address such as {_EXAMPLE}") from None
        local = parts.scheme == "unix"
        if parts.fragment or not _is_whole(parts.scheme, parts.hostname, parts.path):
            raise ValueError(f"is no address such as {_EXAMPLE}")
        if unknown := sorted(given.keys() - _OPTIONS):
            raise ValueError(f"has an option that is not known: {unknown[0]}")
        shown = parts.path if local else f"{parts.hostname}:{port or 6379}"
        prefix = given.get("prefix", [""])[0]
        return cls(f"{parts.scheme}://{shown}", prefix, _options(text))


def _is_whole(scheme: str, host: str | None, path: str) -> bool:
    if scheme == "unix":
        return len(path) > 1
    return scheme in {"redis", "rediss"} and bool(host) and bool(re.fullmatch(r"(/\d*)?", path))


def _options(text: str) -> Mapping[str, Any]:
    try:
        options = cast("dict[str, Any]", parse_url(text))
        options.pop("prefix", None)
        # Options that do not go together are found when a connection is made, though not opened.
        ConnectionPool(**options).make_connection()
    except (TypeError, ValueError, RedisError):
        raise ValueError("has an option with a value that does not fit") from None
    return options
