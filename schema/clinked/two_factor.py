"""Whether an account makes its members log in with a second factor. Clinked API 4.18."""

from typing import Annotated, ClassVar

import strawberry

from resolvers.reply import Envelope
from schema.clinked.wire import api
from schema.scalars import OR_FALSE
from schema.scopes import ADMIN
from schema.wire import LocatedWire, WriteInput


class TwoFactorStatus(Envelope[bool]):
    """What Clinked wraps the answer in."""

    status: Annotated[bool, OR_FALSE] = False

    @property
    def content(self) -> bool:
        """Whether it is so."""
        return self.status


@strawberry.pydantic.input
class ClinkedTwoFactorInput(WriteInput):
    """Whether a second factor is needed."""

    whole_body: ClassVar[str | None] = "is_required"

    is_required: bool
    """Whether every member has to log in with a second factor."""


class AccountTwoFactor(LocatedWire):
    """The part of an account that is about second factors."""

    @api.get(
        "/v3/accounts/{account}/two-factor-authentication-enforce",
        "4.18.1",
        envelope=TwoFactorStatus,
    )
    async def requires_two_factor(self) -> bool | None:
        """Whether every member has to log in with a second factor."""
        ...


@api.post(
    "/v3/accounts/{account}/two-factor-authentication-enforce",
    "4.18.2",
    on="ClinkedAccount",
    directives=[ADMIN],
)
async def clinked_two_factor_update(input: ClinkedTwoFactorInput) -> None:
    """Say whether every member of an account has to log in with a second factor."""
    ...
