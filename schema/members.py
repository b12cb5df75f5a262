"""Members over all platforms: their list, and what can be done to them."""

import strawberry

from resolvers.listing import Listing
from schema.action import Action
from schema.nouns import Member


@strawberry.input(description="Which members to list.")
class MemberFilter:
    """Which members to list."""

    name_contains: str | None = strawberry.field(
        default=None, description="A part of the name or e-mail address, in upper or lower case."
    )


members: Listing[Member, MemberFilter] = Listing("members")

member_create = Action("member_create", Member, "Make a person and put them into a company.")
member_update = Action(
    "member_update",
    Member,
    "Change a member of a company. What is left out stays; null clears what may be empty.",
)
member_groups_update = Action(
    "member_groups_update", Member, "Put a member into groups, and take them out of others."
)
member_delete = Action("member_delete", Member, "Take a person out of a company.", deletes=True)
group_member_update = Action(
    "group_member_update", Member, "Change what a member may do in a group, and for how long."
)
group_member_remove = Action(
    "group_member_remove", Member, "Take a person out of a group.", deletes=True
)
