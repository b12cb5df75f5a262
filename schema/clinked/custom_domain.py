"""The domain of one's own under which an account's portal is reached. Clinked API 4.21."""

from typing import Annotated

import strawberry
from pydantic import Field

from resolvers.reply import Items
from schema.clinked.wire import api
from schema.pairs import ByName
from schema.scopes import ADMIN
from schema.wire import LocatedWire, Wire, WriteInput

PATH = "/v3/accounts/{account}/domain"


@strawberry.pydantic.type
class ClinkedDomainRegion(Wire):
    """A region, with the hosts there that a domain may point to. Clinked API 4.21.1."""

    name: str
    """The region, by Clinked's own name, such as EU-WEST-1."""
    hosts: Items[str] = []
    """The hosts, by name."""


@strawberry.pydantic.type
class ClinkedCustomDomain(Wire):
    """The domain of its own under which a portal is reached. Clinked API 4.21.1."""

    is_set: bool | None = Field(default=None, alias="status")
    """Whether there is one."""
    is_enabled: bool | None = Field(default=None, alias="enabled")
    """Whether the account may have one."""
    domain: str | None = None
    """The domain; null without one."""
    regions: Annotated[Items[ClinkedDomainRegion], ByName("name", "hosts")] = []
    """Where it may point to, by region."""


@strawberry.pydantic.input
class ClinkedCustomDomainInput(WriteInput):
    """The domain under which to reach an account's portal."""

    domain: Annotated[str, Field(min_length=1)]
    """The domain, such as portal.example.com. It has to point to one of the hosts in `regions`."""


class AccountCustomDomain(LocatedWire):
    """The part of an account that is about its domain."""

    @api.get(PATH, "4.21.1")
    async def custom_domain(self) -> ClinkedCustomDomain | None:
        """The domain of its own under which its portal is reached."""
        ...


@api.post(PATH, "4.21.2", on="ClinkedAccount", directives=[ADMIN])
async def clinked_custom_domain_set(input: ClinkedCustomDomainInput) -> None:
    """Let an account's portal be reached under a domain of one's own."""
    ...


@api.delete(PATH, "4.21.3", on="ClinkedAccount", directives=[ADMIN])
async def clinked_custom_domain_reset() -> None:
    """Let an account's portal be reached under Clinked's own domain alone."""
    ...
