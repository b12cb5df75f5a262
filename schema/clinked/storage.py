"""Where an account's files are stored. Clinked API 4.19."""

from typing import Annotated

import strawberry
from pydantic import Field

from resolvers.reply import Items
from schema.clinked.wire import api
from schema.scopes import ADMIN
from schema.wire import LocatedWire, Wire, WriteInput

PATH = "/v3/accounts/{account}/storage"


@strawberry.pydantic.type
class ClinkedStorage(Wire):
    """Where an account's files are stored. Clinked API 4.19."""

    is_enabled: bool | None = Field(default=None, alias="enabled")
    """Whether the account may choose."""
    region: str | None = None
    """The region, by Clinked's own name, such as EU-WEST-1."""
    available_regions: Items[str] = Field(default=[], alias="availableRegions")
    """The regions to choose from."""


@strawberry.pydantic.input
class ClinkedStorageUpdateInput(WriteInput):
    """Where to store an account's files."""

    region: Annotated[str, Field(min_length=1)]
    """The region, one of the account's `availableRegions`."""


class AccountStorage(LocatedWire):
    """The part of an account that is about where its files are."""

    @api.get(PATH, "4.19.1")
    async def storage(self) -> ClinkedStorage | None:
        """Where its files are stored."""
        ...


@api.post(PATH, "4.19.2", on="ClinkedAccount", directives=[ADMIN])
async def clinked_storage_update(input: ClinkedStorageUpdateInput) -> ClinkedStorage:
    """Store an account's files in another region."""
    ...
