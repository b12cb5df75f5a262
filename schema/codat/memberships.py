"""Which of Codat's companies are in which of its groups. Platform API, Groups (2024-09)."""

from types import NoneType
from typing import Annotated

import strawberry
from pydantic import Field, PlainSerializer

from resolvers.call import Method, Origin
from resolvers.session import Session
from schema.action import read_back
from schema.codat.companies import READ, CodatCompany
from schema.codat.wire import api
from schema.groups import group_company_add, group_company_remove
from schema.links import own_key, points_to
from schema.node import origin_of
from schema.outcome import Finding, Outcome
from schema.wire import WriteInput


@strawberry.pydantic.input
class CodatMembershipInput(WriteInput):
    """A company at Codat and a group of the same connection."""

    company_id: Annotated[strawberry.ID, points_to("CodatCompany")] = Field(exclude=True)
    """The company."""
    group_id: Annotated[strawberry.ID, points_to("CodatGroup"), PlainSerializer(own_key)] = Field(
        serialization_alias="groupId"
    )
    """The group."""


JOIN = api.endpoint(
    Method.PATCH,
    "/companies/{companyId}/groups",
    CodatCompany,
    "add-company-to-group",
    body=CodatMembershipInput,
)
LEAVE = api.endpoint(
    Method.DELETE, "/companies/{companyId}/groups/{groupId}", NoneType, "remove-company-from-group"
)


async def _joined(session: Session, input: CodatMembershipInput, _: float) -> Finding:
    return await _seen(session, input, inside=True)


async def _left(session: Session, input: CodatMembershipInput, _: float) -> Finding:
    return await _seen(session, input, inside=False)


async def _seen(session: Session, input: CodatMembershipInput, *, inside: bool) -> Finding:
    company = await session.ask(READ, _membership(session, input))
    done = (own_key(input.group_id) in company.group_ids) is inside
    return Finding(Outcome.CONFIRMED if done else Outcome.NOT_APPLIED, company)


@group_company_add.create("codat", CodatMembershipInput, JOIN, found=_joined)
async def _join(session: Session, input: CodatMembershipInput) -> CodatCompany:
    """A company and a group at Codat (API of 2024-09)."""
    return await session.ask(JOIN, _membership(session, input), body=input.body())


@group_company_remove.create("codat", CodatMembershipInput, LEAVE, READ, found=_left)
async def _leave(session: Session, input: CodatMembershipInput) -> CodatCompany | None:
    """A company and a group at Codat (API of 2024-09)."""
    at = _membership(session, input)
    await session.ask(LEAVE, at)
    return await read_back(session.ask(READ, at))


def _membership(session: Session, input: CodatMembershipInput) -> Origin:
    _, company = origin_of(session, input.company_id)
    _, group = origin_of(session, input.group_id)
    return Origin(company.platform, company.connection, {**company.keys, **group.keys})
