"""What an account pays for, and who pays. Clinked API 4.4.

The card's number and its verification value are left out: whoever has them can pay with it.
"""

from datetime import datetime
from typing import Annotated, Any

import strawberry
from pydantic import BeforeValidator, Field

from schema.clinked.wire import api
from schema.scalars import BigInt
from schema.scopes import ADMIN
from schema.wire import LocatedWire, Wire


@strawberry.pydantic.type
class ClinkedPlan(Wire):
    """How a package is paid for."""

    interval: int | None = None
    """How far apart payments are; Clinked does not tell the unit."""
    currency: str | None = None
    """The currency, by its code of three letters."""


def _no_flag(value: Any) -> Any:
    return None if isinstance(value, bool) else value


# Clinked documents a moment here, and types it as a boolean in 2.3.
TrialEnd = Annotated[datetime | None, BeforeValidator(_no_flag)]


@strawberry.pydantic.type
class ClinkedPackage(Wire):
    """What an account may use, and until when."""

    code: str | None = None
    """Clinked's word for the package, such as premium."""
    plan: ClinkedPlan | None = Field(default=None, alias="planDetails")
    """How it is paid for; null where Clinked leaves that out, as on trial."""
    member_limit: int | None = Field(default=None, alias="members")
    """How many members the account may have."""
    storage_limit_bytes: BigInt | None = Field(default=None, alias="storage")
    """How many bytes the account may store; null in what a user's own information says."""
    is_suspended: bool | None = Field(default=None, alias="suspended")
    """Whether the account is suspended."""
    trial_ends_at: TrialEnd = Field(default=None, alias="trialExpires")
    """When the trial ends; null if the account is not on trial."""
    is_paused: bool | None = Field(default=None, alias="paused")
    """Whether it is paused."""
    paused_billing_cycle_count: int | None = Field(default=None, alias="pausedBillingCycles")
    """For how many payments it is paused; null if it is not."""
    paused_at: datetime | None = Field(default=None, alias="datePausedAt")
    """When it was, or will be, paused; null if neither."""


@strawberry.pydantic.type
class ClinkedCard(Wire):
    """The card that pays, as far as it is shown."""

    kind: str | None = Field(default=None, alias="type")
    """Whose card it is, such as Visa."""
    last_four_digits: str | None = Field(default=None, alias="lastFour")
    """The last four digits of its number."""
    expiration_month: int | None = Field(default=None, alias="expirationMonth")
    """The month in which it ends, from 1 to 12."""
    expiration_year: int | None = Field(default=None, alias="expirationYear")
    """The year in which it ends, as Clinked writes it: the last two digits, such as 29."""


@strawberry.pydantic.type
class ClinkedBillingDetails(Wire):
    """Who pays for an account."""

    first_name: str | None = Field(default=None, alias="firstName")
    """First name."""
    last_name: str | None = Field(default=None, alias="lastName")
    """Last name."""
    email: str | None = None
    """E-mail address."""
    address_line1: str | None = Field(default=None, alias="address1")
    """First line of the postal address."""
    address_line2: str | None = Field(default=None, alias="address2")
    """Second line of the postal address, if it has any."""
    city: str | None = None
    """City."""
    state: str | None = None
    """State or county."""
    postal_code: str | None = Field(default=None, alias="zip")
    """Postal code."""
    country: str | None = None
    """Country."""
    card: ClinkedCard | None = None
    """The card that pays; null without one."""


@strawberry.pydantic.type
class ClinkedSubscription(Wire):
    """What an account pays for and uses, and who pays. Clinked API 4.4."""

    plan_name: str | None = Field(default=None, alias="plan")
    """The name of what is paid for, such as Premium."""
    package: ClinkedPackage | None = Field(default=None, alias="accountPackage")
    """What the account may use, and until when."""
    storage_bytes: BigInt | None = Field(default=None, alias="storageUsed")
    """How many bytes the account stores."""
    member_count: int | None = Field(default=None, alias="membersUsed")
    """How many members the account has."""
    billing: ClinkedBillingDetails | None = Field(default=None, alias="billingDetails")
    """Who pays."""


class AccountSubscription(LocatedWire):
    """The part of an account that is about its subscription."""

    @api.get("/v3/accounts/{account}/subscription", "4.4", directives=[ADMIN])
    async def subscription(self) -> ClinkedSubscription | None:
        """What it pays for and uses, and who pays."""
        ...
