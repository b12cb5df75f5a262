"""An account's connection to DocuSign, for signatures. Clinked API 4.22.2 to 4.22.6."""

from typing import Annotated

import strawberry
from pydantic import Field

from resolvers.reply import Envelope, Items
from schema.clinked.wire import api
from schema.scopes import ADMIN
from schema.wire import LocatedWire, Wire, WriteInput

PATH = "/v3/accounts/{account}/docusign"


@strawberry.pydantic.type
class ClinkedDocusignLink(Wire):
    """A link that DocuSign gives of an organisation. Clinked API 4.22.5."""

    relation: str | None = Field(default=None, alias="rel")
    """What it leads to."""
    url: str | None = Field(default=None, alias="href")
    """The address."""


@strawberry.pydantic.type
class ClinkedDocusignOrganization(Wire):
    """An organisation that accounts at DocuSign belong to. Clinked API 4.22.5."""

    key: str | None = Field(default=None, alias="organization_id")
    """DocuSign's own id of it."""
    links: Items[ClinkedDocusignLink] = []
    """Where to find more."""


@strawberry.pydantic.type
class ClinkedDocusignAccount(Wire):
    """An account at DocuSign that can be connected. Clinked API 4.22.5."""

    key: str | None = Field(default=None, alias="account_id")
    """DocuSign's own id of it."""
    name: str | None = Field(default=None, alias="account_name")
    """What it is called."""
    # Clinked documents a text, without the words that it may be.
    is_default: bool | None = None
    """Whether it is its user's usual one; null if DocuSign does not say."""
    base_url: str | None = Field(default=None, alias="base_uri")
    """Where DocuSign's own API answers for it."""
    organization: ClinkedDocusignOrganization | None = None
    """The organisation that it belongs to; null without one."""


class Consent(Envelope[str | None]):
    """What Clinked wraps the address in."""

    url: str | None = Field(default=None, alias="consentUrl")

    @property
    def content(self) -> str | None:
        """The address."""
        return self.url


Redirect = Annotated[
    str,
    strawberry.argument(description="The URL to come back to from DocuSign."),
]


@strawberry.pydantic.type
class ClinkedDocusign(LocatedWire):
    """An account's connection to DocuSign. Clinked API 4.22."""

    is_connected: bool | None = Field(default=None, alias="connected")
    """Whether it is connected."""
    account_key: str | None = Field(default=None, alias="account")
    """DocuSign's own id of the account there, the `key` of one of `accounts`; null while it is
    not connected."""

    @api.get(f"{PATH}/accounts", "4.22.5", directives=[ADMIN])
    async def accounts(self) -> list[ClinkedDocusignAccount] | None:
        """The accounts at DocuSign to choose from."""
        ...

    @api.get(f"{PATH}/consent", "4.22.6", envelope=Consent, directives=[ADMIN])
    async def consent_url(self, redirect: Redirect) -> str | None:
        """Where a person allows at DocuSign that Clinked connects."""
        ...


@strawberry.pydantic.input
class ClinkedDocusignUpdateInput(WriteInput):
    """What to change of an account's connection to DocuSign."""

    is_connected: strawberry.Maybe[bool] = Field(serialization_alias="connected")
    """Whether to be connected."""
    account_key: strawberry.Maybe[str] = Field(serialization_alias="account")
    """DocuSign's own id of the account there, the `key` of one of `accounts`."""


@api.patch(PATH, "4.22.3", on="ClinkedAccount", directives=[ADMIN])
async def clinked_docusign_update(input: ClinkedDocusignUpdateInput) -> ClinkedDocusign:
    """Connect an account to DocuSign, or to another account there."""
    ...


@api.delete(PATH, "4.22.4", on="ClinkedAccount", directives=[ADMIN])
async def clinked_docusign_disconnect() -> None:
    """Cut an account's connection to DocuSign."""
    ...
