"""Entities over all platforms: their list, and what can be done to them."""

import strawberry

from resolvers.listing import Listing
from schema.action import Action
from schema.nouns import Entity


@strawberry.input(description="Which entities to list.")
class EntityFilter:
    """Which entities to list."""

    name_contains: str | None = strawberry.field(
        default=None, description="A part of the name, in upper or lower case."
    )


entities: Listing[Entity, EntityFilter] = Listing("entities")

entity_create = Action("entity_create", Entity, "Make an entity.")
entity_update = Action(
    "entity_update",
    Entity,
    "Change an entity. What is left out stays; null clears what may be empty.",
)
entity_delete = Action("entity_delete", Entity, "Delete an entity.", deletes=True)
