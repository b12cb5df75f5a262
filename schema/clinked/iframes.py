"""The sites that an account's pages may show inside themselves. Clinked API 4.14."""

from typing import Annotated, ClassVar

import strawberry
from pydantic import Field

from schema.clinked.wire import api
from schema.scopes import ADMIN
from schema.wire import LocatedWire, WriteInput

PATH = "/v3/accounts/{account}/iframes"


@strawberry.pydantic.input
class ClinkedIframeSitesInput(WriteInput):
    """The sites that an account's pages may show inside themselves."""

    whole_body: ClassVar[str | None] = "sites"

    sites: Annotated[list[str], Field(max_length=100)]
    """All of them, by host name, such as maps.example.com: those left out are no longer allowed.
    At most 100."""


class AccountIframes(LocatedWire):
    """The part of an account that is about sites inside its pages."""

    @api.get(PATH, "4.14.1")
    async def iframe_sites(self) -> list[str] | None:
        """The sites that its pages may show inside themselves, by host name."""
        ...


@api.post(PATH, "4.14.2", on="ClinkedAccount", directives=[ADMIN])
async def clinked_iframe_sites_set(input: ClinkedIframeSitesInput) -> None:
    """Say which sites an account's pages may show inside themselves."""
    ...
