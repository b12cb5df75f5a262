"""The people of Clinked, as they stand in members, groups and invitations."""

from datetime import datetime

import strawberry
from pydantic import Field

from resolvers.call import Method
from schema.clinked.wire import api
from schema.leading import looks_for
from schema.nouns import Member
from schema.scalars import OpenEnum
from schema.wire import LocatedWire


class ClinkedTwoFactorMode(OpenEnum):
    """How a person confirms a log-in."""

    AUTHENTICATOR = "AUTHENTICATOR"
    """By an authenticator app."""
    SMS = "SMS"
    """By text message."""
    EMAIL = "EMAIL"
    """By e-mail."""
    OTHER = "OTHER"
    """Something that this gateway does not know yet."""


@strawberry.pydantic.type
class ClinkedUser(LocatedWire):
    """A person with a log-in. Owners and inviters come with the first five fields alone."""

    platform_id: str = Field(alias="id")
    """Clinked's number of the person."""
    username: str | None = None
    """The name to log in with, unique at Clinked."""
    name: str | None = None
    """Full name."""
    job_title: str | None = Field(default=None, alias="jobTitle")
    """Job title."""
    has_logo: bool | None = Field(default=None, alias="logo")
    """Whether there is a profile picture."""
    updated_at: datetime | None = Field(default=None, alias="lastModified")
    """When the profile was last changed."""
    is_enabled: bool | None = Field(default=None, alias="enabled")
    """Whether the person may log in."""
    is_locked: bool | None = Field(default=None, alias="locked")
    """Whether the log-in is locked."""
    organisation: str | None = None
    """Where the person works."""
    email: str | None = None
    """E-mail address."""
    postal_address: str | None = Field(default=None, alias="address")
    """Postal address."""
    telephone: str | None = None
    """Phone number."""
    other: str | None = None
    """Anything else that the profile says."""
    time_zone: str | None = Field(default=None, alias="timeZone")
    """Time zone, by its name."""
    locale: str | None = None
    """Language, such as en or en_GB."""
    is_email_verified: bool | None = Field(default=None, alias="verifiedEmail")
    """Whether the e-mail address is verified."""
    has_two_factor_authentication: bool | None = Field(
        default=None, alias="twoFactorAuthentication"
    )
    """Whether a log-in takes a second factor."""
    two_factor_mode: ClinkedTwoFactorMode | None = Field(default=None, alias="twoFactorMode")
    """Which second factor; null without one."""
    raw_two_factor_mode: str | None = Field(default=None, alias="twoFactorMode")
    """`twoFactorMode` in Clinked's own word."""
    # Clinked types it as a boolean in 2.3.
    date_format: str | None = Field(default=None, alias="dateFormat")
    """How dates are written: YMD, MDY or DMY."""
    uses_24_hour_clock: bool | None = Field(default=None, alias="twentyFourHourTimeFormat")
    """Whether times are written with 24 hours."""
    active_at: datetime | None = Field(default=None, alias="lastActive")
    """When the person was last active; null if never."""
    real_name: str | None = Field(default=None, alias="realName")
    """The person's real name, for internal use."""

    @looks_for(
        "ClinkedMember",
        "username",
        api.calls(Method.GET, "/v3/accounts/{account}/members/{username}"),
    )
    async def member(self) -> Member | None:
        """The person as a member of the account that this was read in.

        Null for one who is none, and where it was read in no account, as with applications.
        """
        ...
