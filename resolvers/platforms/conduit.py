"""Conduit Link: companies of one Link App."""

from typing import ClassVar

from pydantic import HttpUrl

from resolvers.platform import Clock, Credentials, HeaderSecret
from resolvers.upstream.signing import Fixed, Signer
from resolvers.upstream.tokens import Vault
from resolvers.upstream.wire import Wire


class Conduit(Credentials):
    """The token of a Link App, which sees the companies of that app alone."""

    title: ClassVar[str] = "Conduit Link"
    probe: ClassVar[str] = "/link/company/"

    base_url: HttpUrl = HttpUrl("https://api.getconduit.app")
    link_app_token: HeaderSecret

    def signer(self, wire: Wire, clock: Clock, vault: Vault) -> Signer:  # noqa: ARG002 - nothing of it changes
        """Sign with the Link App's token as a bearer."""
        return Fixed(
            headers=(("Authorization", f"Bearer {self.link_app_token.get_secret_value()}"),)
        )
