"""Groups and accounts as other things of Clinked name them."""

from typing import Annotated, Any, ClassVar

import strawberry
from pydantic import BeforeValidator, Field

from resolvers.call import Method
from schema.clinked.wire import api
from schema.leading import belongs_to
from schema.nouns import Company, Group
from schema.wire import LocatedWire


@strawberry.pydantic.type
class ClinkedGroupReference(LocatedWire):
    """A group as a thing in it names it; `group` reads all of it."""

    address: ClassVar[tuple[str, ...]] = ("account", "group")
    own_key: ClassVar[str | None] = "platform_id"

    platform_id: str = Field(alias="id")
    """Clinked's number of the group."""
    name: str | None = Field(default=None, alias="friendlyName")
    """The name that people see."""
    slug: str | None = Field(default=None, alias="name")
    """The name in addresses, unique in the account."""

    @belongs_to("ClinkedGroup", api.calls(Method.GET, "/v3/accounts/{account}/groups/{group}"))
    async def group(self) -> Group | None:
        """The group."""
        ...


def _named(value: Any) -> Any:
    return {"id": value} if isinstance(value, int | str) else value


# A group that Clinked may give by its number alone.
NamedGroup = Annotated[ClinkedGroupReference, BeforeValidator(_named)]


@strawberry.pydantic.type
class ClinkedAccountReference(LocatedWire):
    """An account as a thing in it names it; `account` reads all of it."""

    address: ClassVar[tuple[str, ...]] = ("account",)
    own_key: ClassVar[str | None] = "platform_id"

    platform_id: str = Field(alias="id")
    """Clinked's number of the account."""
    name: str | None = Field(default=None, alias="friendlyName")
    """The name that people see."""
    slug: str | None = Field(default=None, alias="name")
    """The name in addresses, unique at Clinked."""
    is_enabled: bool | None = Field(default=None, alias="enabled")
    """Whether it is switched on."""

    @belongs_to("ClinkedAccount", api.calls(Method.GET, "/v3/accounts/{account}"))
    async def account(self) -> Company | None:
        """The account."""
        ...
