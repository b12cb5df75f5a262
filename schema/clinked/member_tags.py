"""The tags that an account puts on its members. Clinked API 4.7."""

from typing import Annotated

import strawberry
from pydantic import Field

from resolvers.reply import Items
from schema.clinked.users import ClinkedUser
from schema.clinked.wire import ClinkedPage, Filter, Order, api
from schema.page import After, Connection, First
from schema.pairs import ByName
from schema.wire import LocatedWire, Wire


@strawberry.pydantic.type
class ClinkedMemberTag(Wire):
    """A tag, with how many members have it. Clinked API 4.7.2."""

    name: str
    """The tag, unique in the account."""
    member_count: int | None = Field(default=None, alias="members")
    """How many members of the account have it."""


@strawberry.pydantic.type
class ClinkedTaggedMembers(Wire):
    """A tag, with the members who have it. Clinked API 4.7.3."""

    name: str
    """The tag."""
    members: Items[ClinkedUser] = []
    """Who has it."""


Names = Annotated[
    list[str],
    strawberry.argument(
        description="The tags to look for, at least one; one with a comma cannot be found."
    ),
]


class AccountMemberTags(LocatedWire):
    """The part of an account that is about tags on its members."""

    @api.get("/v3/accounts/{account}/member-tags", "4.7.1")
    async def member_tag_names(self) -> list[str] | None:
        """Every tag that the account puts on its members."""
        ...

    @api.pages("/v3/accounts/{account}/member-tags?summary=true", "4.7.2", ClinkedPage)
    async def member_tag_summary(
        self,
        filter: Filter = None,
        order: Order = None,
        first: First = 25,
        after: After = None,
    ) -> Connection[ClinkedMemberTag] | None:
        """The tags that the account puts on its members, with how many have each."""
        ...

    @api.get("/v3/accounts/{account}/member-tags/{tags}", "4.7.3")
    async def members_by_tag(
        self, tags: Names
    ) -> Annotated[list[ClinkedTaggedMembers], ByName("name", "members")] | None:
        """Who has which of some tags; null if there is no such tag."""
        ...
