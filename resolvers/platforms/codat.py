"""Codat: the Platform API."""

import base64
from datetime import UTC, datetime
from functools import lru_cache
from typing import ClassVar

from pydantic import HttpUrl

from resolvers.platform import Clock, Credentials, HeaderSecret
from resolvers.upstream.budget import Quota, RateLimit
from resolvers.upstream.signing import Fixed, Signer
from resolvers.upstream.tokens import Vault
from resolvers.upstream.wire import Response, Wire


class Codat(Credentials):
    """An API key of a Codat client."""

    title: ClassVar[str] = "Codat"
    probe: ClassVar[str] = "/companies"
    # Beside these a day's limit of 1000 x (1 + active companies), which only the headers tell.
    # That of the minute is by address, that of the day by client; kept for each connection.
    limits: ClassVar[tuple[RateLimit, ...]] = (RateLimit(1000, 60),)
    idempotency_header: ClassVar[str | None] = "Idempotency-Key"
    idempotency_seconds: ClassVar[float] = 90 * 60.0

    base_url: HttpUrl = HttpUrl("https://api.codat.io")
    api_key: HeaderSecret

    def signer(self, wire: Wire, clock: Clock, vault: Vault) -> Signer:  # noqa: ARG002 - nothing of it changes
        """Sign with `Basic` and the bare key in base64: no user name and no colon."""
        encoded = base64.b64encode(self.api_key.get_secret_value().encode()).decode()
        return Fixed(headers=(("Authorization", f"Basic {encoded}"),))

    def quota(self, response: Response) -> Quota | None:
        """Read the `X-Rate-Limit-…` headers: the day's quota, and when it starts anew."""
        told = response.headers.get
        limit, remaining = told("x-rate-limit-limit", ""), told("x-rate-limit-remaining", "")
        if not (limit.isdecimal() and remaining.isdecimal()):
            return None
        resets_at = _epoch(told("x-rate-limit-reset", ""))
        return None if resets_at is None else Quota(int(remaining), resets_at, int(limit))


# All answers of a day name the same moment.
@lru_cache(maxsize=16)
def _epoch(text: str) -> float | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.timestamp()
