"""Codat's products of a company. Codat Platform API, Companies.

Codat has these two calls in alpha, for the participants of its development programme.
"""

from typing import Annotated

import strawberry
from pydantic import Field

from resolvers.call import Origin
from resolvers.session import Session
from schema.codat.wire import api
from schema.node import kind_named, look
from schema.outcome import UNKNOWN, Finding, Outcome
from schema.scopes import ADMIN
from schema.wire import WriteInput

ONE = "/companies/{companyId}/products/{product}"


@strawberry.pydantic.input
class CodatProductInput(WriteInput):
    """One of Codat's products."""

    product: Annotated[str, Field(min_length=1, exclude=True)]
    """Codat's name of it, such as lending."""


async def _switched_on(
    session: Session, at: Origin, input: CodatProductInput, began: float
) -> Finding:
    del began
    return await _seen(session, at, input, on=True)


async def _switched_off(
    session: Session, at: Origin, input: CodatProductInput, began: float
) -> Finding:
    del began
    return await _seen(session, at, input, on=False)


async def _seen(session: Session, at: Origin, input: CodatProductInput, *, on: bool) -> Finding:
    company = await look(session, kind_named("CodatCompany"), at)
    if company is None:
        return UNKNOWN
    done = (input.product in getattr(company, "products", ())) is on
    return Finding(Outcome.CONFIRMED if done else Outcome.NOT_APPLIED)


@api.put(ONE, "add-product", on="CodatCompany", found=_switched_on, directives=[ADMIN])
async def codat_product_add(input: CodatProductInput) -> None:
    """Switch a product on for a company; in alpha, for some of Codat's clients."""
    ...


@api.delete(ONE, "remove-product", on="CodatCompany", found=_switched_off, directives=[ADMIN])
async def codat_product_remove(input: CodatProductInput) -> None:
    """Switch a product off for a company; in alpha, for some of Codat's clients."""
    ...
