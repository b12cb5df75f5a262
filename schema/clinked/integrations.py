"""An account's connections to services for signatures. Clinked API 4.22."""

import strawberry
from pydantic import Field

from schema.clinked.docusign import PATH as DOCUSIGN
from schema.clinked.docusign import ClinkedDocusign
from schema.clinked.wire import api
from schema.scopes import ADMIN
from schema.wire import LocatedWire, Wire

ADOBE = "/v3/accounts/{account}/adobe"


@strawberry.pydantic.type
class ClinkedAdobe(Wire):
    """An account's connection to Adobe's signatures. Clinked API 4.22.8."""

    is_connected: bool | None = Field(default=None, alias="connected")
    """Whether it is connected."""


@strawberry.pydantic.type
class ClinkedIntegrations(LocatedWire):
    """An account's connections to other services. Clinked API 4.22."""

    @api.get(DOCUSIGN, "4.22.2")
    async def docusign(self) -> ClinkedDocusign | None:
        """The connection to DocuSign."""
        ...

    @api.get(ADOBE, "4.22.8")
    async def adobe(self) -> ClinkedAdobe | None:
        """The connection to Adobe's signatures."""
        ...


class AccountIntegrations(LocatedWire):
    """The part of an account that is about other services."""

    @strawberry.pydantic.field(description="Its connections to services for signatures.")
    def integrations(self) -> ClinkedIntegrations:
        """Stand where the account does."""
        return ClinkedIntegrations().at(self.origin)


@api.delete(ADOBE, "4.22.9", on="ClinkedAccount", directives=[ADMIN])
async def clinked_adobe_disconnect() -> None:
    """Cut an account's connection to Adobe's signatures."""
    ...
