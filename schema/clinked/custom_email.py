"""How an account's mail is sent, where that is not Clinked's own way. Clinked API 4.20.

Left out: the password and the key that Clinked may answer with.
"""

from datetime import datetime
from typing import Annotated

import strawberry
from pydantic import Field

from resolvers.reply import Items
from schema.clinked.domain_authentication import DnsRecords
from schema.clinked.wire import Password, api
from schema.scopes import ADMIN
from schema.wire import LocatedWire, Wire, WriteInput

PATH = "/v3/accounts/{account}/custom-email"


@strawberry.pydantic.type
class ClinkedSendgridDomain(Wire):
    """A domain that an account may send mail from by SendGrid. Clinked API 4.20.4."""

    number: str | None = Field(default=None, alias="id")
    """SendGrid's number of the domain."""
    domain: str | None = None
    """The domain."""
    subdomain: str | None = None
    """The part in front of the domain that mail is sent by."""
    is_default: bool | None = Field(default=None, alias="default")
    """Whether it is for senders whose own domain is not there."""
    username: str | None = None
    """Name of the user at SendGrid whose domain it is."""
    user_number: str | None = Field(default=None, alias="user_id")
    """SendGrid's number of that user."""
    ip_addresses: Items[str] = Field(default=[], alias="ips")
    """The addresses that mail may come from, for the domain's own SPF record."""
    has_custom_spf: bool | None = Field(default=None, alias="custom_spf")
    """Whether the domain has an SPF record of its own, which SendGrid does not see to."""
    is_legacy: bool | None = Field(default=None, alias="legacy")
    """Whether it was set up in SendGrid's former way."""
    has_automatic_security: bool | None = Field(default=None, alias="automatic_security")
    """Whether SendGrid sees to SPF records and DKIM keys by itself."""
    is_valid: bool | None = Field(default=None, alias="valid")
    """Whether the domain is proved."""
    dns_records: DnsRecords = Field(default=[], alias="dns")
    """The records that the domain has to have."""
    validation_attempted_at: datetime | None = Field(
        default=None, alias="last_validation_attempt_at"
    )
    """When SendGrid last looked whether they are there; null if never."""


ApiKey = Annotated[
    str | None,
    strawberry.argument(
        description="The key to ask SendGrid by; Clinked does not say what it does without one."
    ),
]


@strawberry.pydantic.type
class ClinkedCustomEmail(LocatedWire):
    """How an account's mail is sent. Clinked API 4.20."""

    is_enabled: bool | None = Field(default=None, alias="enabled")
    """Whether the account may choose."""
    is_connected: bool | None = Field(default=None, alias="connected")
    """Whether there is a connection to what sends the mail."""
    type: str | None = None
    """What sends the mail, in Clinked's own word, of which it documents none."""

    @api.get(f"{PATH}/sendgrid/domains", "4.20.4")
    async def sendgrid_domains(self, api_key: ApiKey = None) -> list[ClinkedSendgridDomain] | None:
        """The domains that it may send mail from by SendGrid."""
        ...


@strawberry.pydantic.type
class ClinkedSmtp(Wire):
    """A mail server that sends an account's mail. Clinked API 4.20.2."""

    host: str | None = None
    """Host name of the server."""
    port: int | None = None
    """Port of the server."""
    username: str | None = None
    """The name to sign in there with."""
    uses_authentication: bool | None = Field(default=None, alias="auth")
    """Whether one has to sign in there."""
    uses_starttls: bool | None = Field(default=None, alias="starttls")
    """Whether the connection is encrypted by STARTTLS."""
    is_password_omitted: bool | None = Field(default=None, alias="passwordOmitted")
    """Whether Clinked kept the password to itself; this gateway never gives it."""
    sender: str | None = Field(default=None, alias="from")
    """The e-mail address that mail is sent from."""


@strawberry.pydantic.type
class ClinkedSendgrid(Wire):
    """How an account's mail is sent by SendGrid. Clinked API 4.20.3."""

    sender: str | None = Field(default=None, alias="from")
    """The e-mail address that mail is sent from."""
    has_mx_records: bool | None = Field(default=None, alias="mx")
    """Whether the portal is set up to receive mail; null if that is not known."""


@strawberry.pydantic.input
class ClinkedSmtpInput(WriteInput):
    """A mail server to send an account's mail by."""

    host: str
    """Host name of the server."""
    port: Annotated[int, Field(ge=1, le=65_535)]
    """Port of the server, from 1 to 65535."""
    sender: str = Field(serialization_alias="from")
    """The e-mail address to send mail from."""
    username: strawberry.Maybe[str]
    """The name to sign in there with."""
    password: strawberry.Maybe[Password]
    """The password to sign in there with."""
    uses_authentication: strawberry.Maybe[bool] = Field(serialization_alias="auth")
    """Whether one has to sign in there."""
    uses_starttls: strawberry.Maybe[bool] = Field(serialization_alias="starttls")
    """Whether to encrypt the connection by STARTTLS."""


@strawberry.pydantic.input
class ClinkedSendgridInput(WriteInput):
    """What Clinked has to know to send an account's mail by SendGrid."""

    api_key: Password = Field(serialization_alias="apiKey")
    """The account's key at SendGrid. Clinked keeps it; no answer holds it."""
    sender: str = Field(serialization_alias="from")
    """The e-mail address to send mail from."""


class AccountCustomEmail(LocatedWire):
    """The part of an account that is about how its mail is sent."""

    @api.get(PATH, "4.20.1", directives=[ADMIN])
    async def custom_email(self) -> ClinkedCustomEmail | None:
        """How its mail is sent."""
        ...


@api.post(f"{PATH}/smtp", "4.20.2", on="ClinkedAccount", directives=[ADMIN])
async def clinked_custom_email_smtp_set(input: ClinkedSmtpInput) -> ClinkedSmtp:
    """Send an account's mail by a mail server of one's own."""
    ...


@api.post(f"{PATH}/sendgrid", "4.20.3", on="ClinkedAccount", directives=[ADMIN])
async def clinked_custom_email_sendgrid_set(input: ClinkedSendgridInput) -> ClinkedSendgrid:
    """Send an account's mail by SendGrid."""
    ...


@api.delete(PATH, "4.20.7", on="ClinkedAccount", directives=[ADMIN])
async def clinked_custom_email_reset() -> None:
    """Send an account's mail in Clinked's own way again."""
    ...
