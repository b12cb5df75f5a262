"""The fields that an account adds to its members' profiles. Clinked API 4.16."""

from typing import Annotated, ClassVar

import strawberry
from pydantic import Field

from schema.clinked.wire import api
from schema.wire import LocatedWire, Wire, WriteInput

PATH = "/v3/accounts/{account}/profile-fields"


@strawberry.pydantic.type
class ClinkedProfileField(Wire):
    """A field that an account adds to its members' profiles. Clinked API 4.16."""

    name: str | None = None
    """What the field is called."""
    position: int | None = Field(default=None, alias="order")
    """Its place among the others, the least first."""


@strawberry.pydantic.input
class ClinkedProfileFieldInput(WriteInput):
    """A field of the profiles of an account's members."""

    name: Annotated[str, Field(min_length=1)]
    """What the field is called."""
    position: int = Field(serialization_alias="order")
    """Its place among the others, the least first."""


@strawberry.pydantic.input
class ClinkedProfileFieldsInput(WriteInput):
    """The fields that an account adds to its members' profiles."""

    whole_body: ClassVar[str | None] = "fields"

    fields: Annotated[list[ClinkedProfileFieldInput], Field(max_length=100)]
    """All of them: those left out are gone afterwards. At most 100."""


class AccountProfileFields(LocatedWire):
    """The part of an account that is about its members' profiles."""

    @api.get(PATH, "4.16.1")
    async def profile_fields(self) -> list[ClinkedProfileField] | None:
        """The fields that it adds to its members' profiles."""
        ...


@api.post(PATH, "4.16.2", on="ClinkedAccount")
async def clinked_profile_fields_set(input: ClinkedProfileFieldsInput) -> None:
    """Say which fields an account adds to its members' profiles."""
    ...
