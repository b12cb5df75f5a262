"""Companies over all platforms: their list, and what can be done to them."""

import strawberry

from resolvers.listing import Listing
from schema.action import Action
from schema.nouns import Company


@strawberry.input(description="Which companies to list.")
class CompanyFilter:
    """Which companies to list."""

    name_contains: str | None = strawberry.field(
        default=None, description="A part of the name, in upper or lower case."
    )


companies: Listing[Company, CompanyFilter] = Listing("companies")

company_create = Action("company_create", Company, "Make a company.")
company_update = Action(
    "company_update",
    Company,
    "Change a company. What is left out stays; null clears what may be empty.",
)
company_delete = Action(
    "company_delete",
    Company,
    "Delete a company with all its connections and data, for good.",
    deletes=True,
)
