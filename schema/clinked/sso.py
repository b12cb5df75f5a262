"""Single sign-on into an account by SAML. Clinked API 4.17."""

import strawberry
from pydantic import Field

from schema.clinked.wire import Number, api
from schema.scalars import Zoned
from schema.scopes import ADMIN
from schema.wire import LocatedWire, Wire, WriteInput

PATH = "/v3/accounts/{account}/sso"


@strawberry.pydantic.type
class ClinkedSsoConfiguration(Wire):
    """How single sign-on into an account works. Clinked API 4.17."""

    identity_provider: str | None = Field(default=None, alias="entityId")
    """The name by which SAML knows the identity provider (its entity id), as a rule a URL."""
    is_enabled: bool | None = Field(default=None, alias="ssoEnabled")
    """Whether it is switched on."""
    creates_missing_users: bool | None = Field(default=None, alias="userJit")
    """Whether somebody who is not in the account yet becomes a new user of it on logging in."""
    forces_sso: bool | None = Field(default=None, alias="forceSso")
    """Whether everybody has to log in by the identity provider."""
    allows_administrator_passwords: bool | None = Field(default=None, alias="adminsUsePassword")
    """Whether administrators may log in by password all the same."""
    disables_profile_editing: bool | None = Field(default=None, alias="disableProfileEdit")
    """Whether members cannot change their profiles."""
    forces_authentication: bool | None = Field(default=None, alias="forceAuth")
    """Whether the identity provider has to ask who it is at every log-in."""


@strawberry.pydantic.type
class ClinkedSso(Wire):
    """Single sign-on into an account, and its certificate. Clinked API 4.17.

    Until it is set up, all but `isEnabled` is null.
    """

    is_enabled: bool | None = Field(default=None, alias="enabled")
    """Whether it is switched on."""
    version: int | None = None
    """Version of the certificate's format."""
    subject: str | None = None
    """Whom the certificate is for."""
    signature_algorithm: str | None = Field(default=None, alias="signatureAlgorithm")
    """By which algorithm the certificate is signed, by name."""
    signature_algorithm_oid: str | None = Field(default=None, alias="signatureOID")
    """The same by its object identifier (OID), numbers with dots between."""
    issuer: str | None = None
    """Who signed the certificate."""
    starts_at: Zoned | None = Field(default=None, alias="notBefore")
    """From when on the certificate is good; null where it is written in an unknown way."""
    expires_at: Zoned | None = Field(default=None, alias="notAfter")
    """Until when the certificate is good; null where it is written in an unknown way."""
    is_expiring_soon: bool | None = Field(default=None, alias="soonToExpire")
    """Whether the certificate has less than 30 days left."""
    public_key: str | None = Field(default=None, alias="publicKey")
    """The certificate's public key, as text."""
    configuration: ClinkedSsoConfiguration | None = None
    """How it works."""


@strawberry.pydantic.input
class ClinkedSsoUpdateInput(WriteInput):
    """What to change of single sign-on into an account; what is left out stays."""

    is_enabled: strawberry.Maybe[bool] = Field(serialization_alias="ssoEnabled")
    """Whether to switch it on."""
    creates_missing_users: strawberry.Maybe[bool] = Field(serialization_alias="userJit")
    """Whether somebody who is not in the account yet becomes a new user of it on logging in."""
    forces_sso: strawberry.Maybe[bool] = Field(serialization_alias="forceSso")
    """Whether everybody has to log in by the identity provider."""
    allows_administrator_passwords: strawberry.Maybe[bool] = Field(
        serialization_alias="adminsUsePassword"
    )
    """Whether administrators may log in by password all the same."""
    disables_profile_editing: strawberry.Maybe[bool] = Field(
        serialization_alias="disableProfileEdit"
    )
    """Whether members cannot change their profiles."""
    forces_authentication: strawberry.Maybe[bool] = Field(serialization_alias="forceAuth")
    """Whether the identity provider has to ask who it is at every log-in."""
    renews_certificate: strawberry.Maybe[bool] = Field(serialization_alias="renew")
    """Whether to renew it, with a new certificate."""
    temporary_file_platform_id: strawberry.Maybe[Number | None] = Field(
        serialization_alias="tempFile"
    )
    """Clinked's number of an uploaded file with the identity provider's metadata; null for none.
    This gateway cannot upload it."""


class AccountSso(LocatedWire):
    """The part of an account that is about single sign-on."""

    @api.get(PATH, "4.17.1", directives=[ADMIN])
    async def sso(self) -> ClinkedSso | None:
        """Single sign-on into it."""
        ...


@api.patch(PATH, "4.17.2", on="ClinkedAccount", directives=[ADMIN])
async def clinked_sso_update(input: ClinkedSsoUpdateInput) -> ClinkedSso:
    """Change single sign-on into an account."""
    ...


@api.delete(PATH, "4.17.3", on="ClinkedAccount", directives=[ADMIN])
async def clinked_sso_reset() -> None:
    """Forget single sign-on into an account, so that everybody logs in by password."""
    ...
