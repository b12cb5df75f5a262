"""The tokens with which a browser acts for one company of Codat. Platform API, Companies."""

import strawberry
from pydantic import Field

from schema.codat.wire import api
from schema.scopes import ADMIN
from schema.wire import LocatedWire, Wire


@strawberry.pydantic.type
class CodatAccessToken(Wire):
    """A token for Codat's own components in a browser, good for one company."""

    token: str | None = Field(default=None, alias="accessToken", repr=False)
    """The token. A secret: hand it to whoever acts as this company, and nobody else."""
    kind: str | None = Field(default=None, alias="tokenType")
    """How it is sent, such as Bearer."""
    expires_in_seconds: int | None = Field(default=None, alias="expiresIn")
    """How long it is good for from now on, which is a day at most."""


class CompanyToken(LocatedWire):
    """The part of a company that is about acting as it."""

    @api.get("/companies/{companyId}/accessToken", "get-company-access-token", directives=[ADMIN])
    async def access_token(self) -> CodatAccessToken | None:
        """A new token to act as this company with, in Codat's components for browsers."""
        ...
