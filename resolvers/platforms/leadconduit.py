"""LeadConduit: the API of an ActiveProspect account."""

import base64
from typing import ClassVar

from pydantic import HttpUrl

from resolvers.platform import Clock, Credentials, HeaderSecret
from resolvers.upstream.signing import Fixed, Signer
from resolvers.upstream.tokens import Vault
from resolvers.upstream.wire import Wire


class LeadConduit(Credentials):
    """An API key of an account."""

    title: ClassVar[str] = "LeadConduit"
    probe: ClassVar[str] = "/entities"

    base_url: HttpUrl = HttpUrl("https://app.leadconduit.com")
    api_key: HeaderSecret

    def signer(self, wire: Wire, clock: Clock, vault: Vault) -> Signer:  # noqa: ARG002 - nothing of it changes
        """Sign with HTTP Basic: user name `API`, password the key."""
        pair = f"API:{self.api_key.get_secret_value()}".encode()
        return Fixed(headers=(("Authorization", f"Basic {base64.b64encode(pair).decode()}"),))
