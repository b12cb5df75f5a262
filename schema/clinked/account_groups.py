"""The groups of an account at Clinked: their list, number and order. Clinked API 7.2, 7.3, 7.7."""

from typing import Annotated

import strawberry
from pydantic import Field

from resolvers.arguments import KeyOf
from schema.clinked.group_roles import GroupPlaces
from schema.clinked.groups import LIST
from schema.clinked.wire import Number, api
from schema.nouns import Group
from schema.page import After, Connection, First, pages
from schema.wire import LocatedWire, WriteInput


@strawberry.pydantic.input
class ClinkedGroupFilter(WriteInput):
    """Which groups of an account to give."""

    name_contains: strawberry.Maybe[str] = Field(serialization_alias="name")
    """Those whose name contains this."""
    is_name_exact: strawberry.Maybe[bool] = Field(serialization_alias="exact")
    """Whether that has to be all of the name."""
    includes_removed: strawberry.Maybe[bool] = Field(serialization_alias="removed")
    """Whether deleted groups are among them, which cannot be asked for otherwise."""
    label_platform_id: strawberry.Maybe[Number] = Field(serialization_alias="label")
    """Those with this label, by the `platformId` of a `ClinkedGroupLabel`: the label of one group
    has another global id than the same label of the next."""


GroupFilter = Annotated[
    ClinkedGroupFilter | None, strawberry.argument(description="Only those that match.")
]
Exclude = Annotated[
    list[strawberry.ID] | None,
    strawberry.argument(description="All but these groups of the account."),
    KeyOf("ClinkedGroup", ("account", "group")),
]
MasterId = Annotated[
    strawberry.ID | None,
    strawberry.argument(description="Only those that this group of the account is the master of."),
    KeyOf("ClinkedGroup", ("account", "group")),
]


COUNT = api.counting("/v3/accounts/{account}/groups", "7.2", "X-Count")


class AccountGroups(LocatedWire):
    """The part of an account that is about its groups."""

    @api.count(COUNT)
    async def group_count(self) -> int | None:
        """How many groups it has."""
        ...

    @pages(LIST, query={"master_id": "master"}, counting=COUNT)
    async def groups(
        self,
        first: First = 25,
        after: After = None,
        filter: GroupFilter = None,
        exclude: Exclude = None,
        master_id: MasterId = None,
    ) -> Connection[Group] | None:
        """Its groups."""
        ...


@strawberry.pydantic.input
class ClinkedGroupsReorderInput(WriteInput):
    """Groups of one account in a new order."""

    group_ids: Annotated[GroupPlaces, Field(min_length=1)] = Field(serialization_alias="items")
    """The groups, the first one first, for everybody who sees them. Clinked does not say what
    becomes of groups that are left out."""


@api.put("/v3/accounts/{account}/groups/order", "7.7", on="ClinkedAccount")
async def clinked_groups_reorder(input: ClinkedGroupsReorderInput) -> None:
    """Put an account's groups into another order."""
    ...
