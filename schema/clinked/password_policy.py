"""What an account demands of its members' passwords. Clinked API 4.15."""

from typing import Annotated

import strawberry
from pydantic import Field

from schema.clinked.wire import api
from schema.scopes import ADMIN
from schema.wire import LocatedWire, Wire, WriteInput

PATH = "/v3/accounts/{account}/password-strength"


@strawberry.pydantic.type
class ClinkedPasswordPolicy(Wire):
    """What an account demands of its members' passwords. Clinked API 4.15."""

    minimum_length: int | None = Field(default=None, alias="size")
    """How many characters a password has at least."""
    requires_uppercase: bool | None = Field(default=None, alias="uppercase")
    """Whether a password has to have a capital letter."""
    requires_digit: bool | None = Field(default=None, alias="digits")
    """Whether a password has to have a digit."""
    requires_special: bool | None = Field(default=None, alias="special")
    """Whether a password has to have a character that is neither letter nor digit."""


@strawberry.pydantic.input
class ClinkedPasswordPolicyUpdateInput(WriteInput):
    """What to change of an account's demands on passwords."""

    minimum_length: strawberry.Maybe[Annotated[int, Field(ge=1)]] = Field(
        serialization_alias="size"
    )
    """How many characters a password has at least; 1 or more."""
    requires_uppercase: strawberry.Maybe[bool] = Field(serialization_alias="uppercase")
    """Whether a password has to have a capital letter."""
    requires_digit: strawberry.Maybe[bool] = Field(serialization_alias="digits")
    """Whether a password has to have a digit."""
    requires_special: strawberry.Maybe[bool] = Field(serialization_alias="special")
    """Whether a password has to have a character that is neither letter nor digit."""


class AccountPasswordPolicy(LocatedWire):
    """The part of an account that is about passwords."""

    @api.get(PATH, "4.15.1")
    async def password_policy(self) -> ClinkedPasswordPolicy | None:
        """What it demands of its members' passwords."""
        ...


@api.post(PATH, "4.15.2", on="ClinkedAccount", directives=[ADMIN])
async def clinked_password_policy_update(
    input: ClinkedPasswordPolicyUpdateInput,
) -> ClinkedPasswordPolicy:
    """Change what an account demands of its members' passwords."""
    ...
