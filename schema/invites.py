"""Invitations over all platforms: their list, and what can be done to them."""

import strawberry

from resolvers.listing import Listing
from schema.action import Action
from schema.nouns import Invite


@strawberry.input(description="Which invitations to list.")
class InviteFilter:
    """Which invitations to list."""

    name_contains: str | None = strawberry.field(
        default=None,
        description="A part of the name or e-mail address of who is invited, in upper or lower "
        "case.",
    )


invites: Listing[Invite, InviteFilter] = Listing("invites")

invite_create = Action(
    "invite_create",
    Invite,
    "Invite people. Never repeated by the gateway: a repeated invitation is a second e-mail.",
    many=True,
)
invite_update = Action("invite_update", Invite, "Change an open invitation.")
invite_resend = Action("invite_resend", Invite, "Send an open invitation once more.")
invite_delete = Action("invite_delete", Invite, "Take an open invitation back.", deletes=True)
