"""Codat: the Platform API."""

import base64
from datetime import UTC, datetime
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
        names = ("limit", "remaining", "reset")
        limit, remaining, reset = (response.headers.get(f"x-rate-limit-{n}", "") for n in names)
        if not (limit.isdecimal() and remaining.isdecimal()):
            return None
        try:
            resets_at = datetime.fromisoformat(reset)
        except ValueError:
            return None
        aware = resets_at if resets_at.tzinfo else resets_at.replace(tzinfo=UTC)
        return Quota(int(remaining), aware.timestamp(), int(limit))
