"""People who see shared things of an account without being members. Clinked API 4.9.

The tokens of what is shared with a guest are the guest's secrets; here they are counted alone.
"""

from datetime import datetime
from typing import Annotated, ClassVar, cast

import strawberry
from pydantic import BeforeValidator, Field

from resolvers.call import Method
from schema.clinked.wire import ClinkedPage, Filter, Order, Password, api
from schema.leading import belongs_to
from schema.node import Node, finds
from schema.nouns import Company
from schema.page import After, Connection, First
from schema.wire import LocatedWire, WriteInput


def _counted(shares: object) -> object:
    return len(cast("list[object]", shares)) if isinstance(shares, list) else None


@strawberry.pydantic.type
class ClinkedGuest(Node):
    """A person who sees shared things of an account without being a member. Clinked API 4.9."""

    address: ClassVar[tuple[str, ...]] = ("account", "guest")

    name: str | None = None
    """Full name."""
    email: str | None = None
    """E-mail address."""
    needs_password: bool | None = Field(default=None, alias="passwordEnabled")
    """Whether the guest has to give a password."""
    has_password: bool | None = Field(default=None, alias="hasPassword")
    """Whether the guest has a password."""
    share_count: Annotated[int | None, BeforeValidator(_counted)] = Field(
        default=None, alias="shares"
    )
    """How many things are shared with the guest; null where Clinked does not tell, as in lists."""
    created_at: datetime | None = Field(default=None, alias="dateCreated")
    """When the guest was let in."""

    @belongs_to("ClinkedAccount", api.calls(Method.GET, "/v3/accounts/{account}"))
    async def account(self) -> Company | None:
        """The account."""
        ...


@strawberry.pydantic.input
class ClinkedGuestUpdateInput(WriteInput):
    """What to change of a guest at Clinked."""

    privileged = frozenset({"password"})

    name: strawberry.Maybe[str]
    """Full name."""
    email: strawberry.Maybe[str]
    """E-mail address."""
    needs_password: strawberry.Maybe[bool] = Field(serialization_alias="passwordEnabled")
    """Whether the guest has to give a password."""
    password: strawberry.Maybe[Password]
    """A new password."""
    sends_instructions: strawberry.Maybe[bool] = Field(
        serialization_alias="deliverResetNotifications"
    )
    """Whether to send the guest an e-mail on how to set a new password."""


READ = api.endpoint(Method.GET, "/v3/accounts/{account}/guests/{guest}", ClinkedGuest, "4.9.2")

finds(ClinkedGuest, READ)


class AccountGuests(LocatedWire):
    """The part of an account that is about its guests."""

    @api.pages("/v3/accounts/{account}/guests", "4.9.1", ClinkedPage)
    async def guests(
        self,
        filter: Filter = None,
        order: Order = None,
        first: First = 25,
        after: After = None,
    ) -> Connection[ClinkedGuest] | None:
        """People who see shared things without being members."""
        ...


@api.patch("/v3/accounts/{account}/guests/{guest}", "4.9.3", on="ClinkedGuest")
async def clinked_guest_update(input: ClinkedGuestUpdateInput) -> ClinkedGuest:
    """Change a guest of an account."""
    ...


@api.delete("/v3/accounts/{account}/guests/{guest}", "4.9.4", on="ClinkedGuest")
async def clinked_guest_delete() -> None:
    """Take away a guest's way in."""
    ...
