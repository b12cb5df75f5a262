"""Groups over all platforms: their list, and what can be done to them."""

import strawberry

from resolvers.listing import Listing
from schema.action import Action
from schema.nouns import Company, Group


@strawberry.input(description="Which groups to list.")
class GroupFilter:
    """Which groups to list."""

    name_contains: str | None = strawberry.field(
        default=None, description="A part of the name, in upper or lower case."
    )


groups: Listing[Group, GroupFilter] = Listing("groups")

group_create = Action("group_create", Group, "Make a group.")
group_update = Action(
    "group_update",
    Group,
    "Change a group. What is left out stays; null clears what may be empty.",
)
group_duplicate = Action("group_duplicate", Group, "Make a copy of a group under another name.")
group_delete = Action("group_delete", Group, "Delete a group.", deletes=True)
group_company_add = Action("group_company_add", Company, "Put a company into a group.")
group_company_remove = Action("group_company_remove", Company, "Take a company out of a group.")
