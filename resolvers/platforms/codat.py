"""Codat: the Platform API."""

import base64
from typing import ClassVar

from pydantic import HttpUrl

from resolvers.platform import Clock, Credentials, HeaderSecret, RateLimit
from resolvers.upstream.signing import Fixed, Signer
from resolvers.upstream.wire import Wire


class Codat(Credentials):
    """An API key of a Codat client."""

    title: ClassVar[str] = "Codat"
    probe: ClassVar[str] = "/companies"
    # Beside these a day's limit of 1000 x (1 + active companies), which only the headers tell.
    limits: ClassVar[tuple[RateLimit, ...]] = (RateLimit(1000, 60),)

    base_url: HttpUrl = HttpUrl("https://api.codat.io")
    api_key: HeaderSecret

    def signer(self, wire: Wire, clock: Clock) -> Signer:  # noqa: ARG002 - the key never changes
        """Sign with `Basic` and the bare key in base64: no user name and no colon."""
        encoded = base64.b64encode(self.api_key.get_secret_value().encode()).decode()
        return Fixed(headers=(("Authorization", f"Basic {encoded}"),))
