"""Groups in what is sent to Clinked, alone and with what somebody may do in them."""

from typing import Annotated, Any

import strawberry
from pydantic import AfterValidator, PlainSerializer

from schema.clinked.wire import Role
from schema.links import OwnNumber, own_key, points_to
from schema.wire import WriteInput


@strawberry.pydantic.input
class ClinkedGroupRoleInput(WriteInput):
    """A group, and what somebody may do in it."""

    group_id: Annotated[strawberry.ID, points_to("ClinkedGroup")]
    """The group."""
    role: Role
    """What they may do there."""


def _roles_by_group(roles: list[ClinkedGroupRoleInput]) -> dict[str, int]:
    return {own_key(given.group_id): int(given.role) for given in roles}


def _places(groups: list[strawberry.ID]) -> dict[str, str]:
    return {own_key(id): str(place) for place, id in enumerate(groups)}


def _once(given: list[Any]) -> list[Any]:
    ids = [one.group_id if isinstance(one, ClinkedGroupRoleInput) else one for one in given]
    if len(set(ids)) < len(ids):
        message = "a group stands there twice"
        raise ValueError(message)
    return given


# Clinked takes maps from group to permission, bare lists of groups, and maps from group to place.
GroupRoles = Annotated[
    list[ClinkedGroupRoleInput], AfterValidator(_once), PlainSerializer(_roles_by_group)
]
GroupId = Annotated[strawberry.ID, points_to("ClinkedGroup"), OwnNumber()]
GroupPlaces = Annotated[
    list[Annotated[strawberry.ID, points_to("ClinkedGroup")]],
    AfterValidator(_once),
    PlainSerializer(_places),
]
