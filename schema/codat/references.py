"""What things of Codat name without telling all of it."""

from typing import ClassVar

import strawberry
from pydantic import AliasPath, Field

from resolvers.call import Method
from schema.codat.wire import api
from schema.leading import belongs_to
from schema.nouns import Company
from schema.tags import Tags
from schema.wire import LocatedWire, Wire


@strawberry.pydantic.type
class CodatCompanyReference(LocatedWire):
    """A company as another one names it; `company` reads all of it."""

    address: ClassVar[tuple[str, ...]] = ("companyId",)
    own_key: ClassVar[str | None] = "platform_id"

    platform_id: str = Field(alias="id")
    """Codat's id of the company."""
    name: str | None = None
    """The name that people see."""
    description: str | None = None
    """What the client noted about it."""
    portal_url: str | None = Field(default=None, validation_alias=AliasPath("links", "portal"))
    """Its page in Codat's portal."""
    tags: Tags = []
    """The client's own tags, at most ten."""

    @belongs_to("CodatCompany", api.calls(Method.GET, "/companies/{companyId}"))
    async def company(self) -> Company | None:
        """The company."""
        ...


@strawberry.pydantic.type
class CodatUser(Wire):
    """A user of Codat's portal, whom the API tells by id alone."""

    platform_id: str
    """Codat's id of the user."""
