"""Codat's products of a company. Codat Platform API, Companies.

Codat has these two calls in alpha, for the participants of its development programme.
"""

from typing import Annotated

import strawberry
from pydantic import Field

from schema.codat.wire import api
from schema.wire import WriteInput

ONE = "/companies/{companyId}/products/{product}"


@strawberry.pydantic.input
class CodatProductInput(WriteInput):
    """One of Codat's products."""

    product: Annotated[str, Field(min_length=1, exclude=True)]
    """Codat's name of it, such as lending."""


@api.put(ONE, "add-product", on="CodatCompany")
async def codat_product_add(input: CodatProductInput) -> None:
    """Switch a product on for a company; in alpha, for some of Codat's clients."""
    ...


@api.delete(ONE, "remove-product", on="CodatCompany")
async def codat_product_remove(input: CodatProductInput) -> None:
    """Switch a product off for a company; in alpha, for some of Codat's clients."""
    ...
