"""Whom a connection acts for, and in which accounts. Clinked API 2.3."""

import strawberry
from pydantic import Field

from resolvers.reply import Items
from schema.clinked.accounts import ClinkedAccount
from schema.clinked.subscription import ClinkedPackage
from schema.clinked.users import ClinkedUser
from schema.clinked.wire import api
from schema.scalars import MemberRole
from schema.scopes import ADMIN
from schema.tags import NamedValues
from schema.wire import LocatedWire, Wire


@strawberry.pydantic.type
class ClinkedUserAccount(Wire):
    """An account that a user is in, and what the user may do there. Clinked API 2.3."""

    account: ClinkedAccount | None = None
    """The account."""
    package: ClinkedPackage | None = Field(default=None, alias="subscription")
    """What the account may use, and until when."""
    role: MemberRole | None = Field(default=None, alias="permission")
    """What the user may do in the account."""
    group_count: int | None = Field(default=None, alias="memberOfSpaces")
    """How many of its groups the user is in."""
    administered_group_count: int | None = Field(default=None, alias="adminInSpaces")
    """How many of its groups the user is an administrator of."""
    features: Items[str] = []
    """What is switched on in the account, in Clinked's own words."""
    mail_domain: str | None = Field(default=None, alias="mailDomain")
    """The account's domain for e-mail."""
    metadata: NamedValues = []
    """What else Clinked keeps with the account, by name."""


@strawberry.pydantic.type
class ClinkedUserInfo(LocatedWire):
    """Whom a connection acts for, and in which accounts. Clinked API 2.3."""

    username: str | None = Field(default=None, alias="name")
    """The name that the user logs in with."""
    user: ClinkedUser | None = Field(default=None, alias="principal")
    """The user's profile."""
    authorities: Items[str] = []
    """What the user is to Clinked as a whole, in Clinked's own words, such as ROLE_USER."""
    accounts: Items[ClinkedUserAccount] = []
    """The accounts that the user is in."""


class ConnectionUserInfo(LocatedWire):
    """The part of a connection that is about its user."""

    @api.get("/v3/userinfo", "2.3", directives=[ADMIN])
    async def user_info(self) -> ClinkedUserInfo | None:
        """The user whom Clinked takes it for."""
        ...
