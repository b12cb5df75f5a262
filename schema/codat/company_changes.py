"""Making, changing and deleting Codat's companies. Platform API, Companies."""

from types import NoneType
from typing import Annotated, Any

import strawberry
from pydantic import Field, PlainSerializer

from resolvers.call import Method, Origin
from resolvers.platforms.codat import Codat
from resolvers.session import Session
from schema.codat.companies import LIST, READ, CodatCompany, name_query
from schema.codat.wire import api
from schema.companies import company_create, company_delete, company_update
from schema.links import own_key, points_to
from schema.lookup import called, complete, made_among
from schema.outcome import Finding
from schema.tags import TagInputs
from schema.wire import WriteInput, given, matching

# Codat drops other characters without a word; a caller should hear of it.
Name = Annotated[
    str,
    matching(
        r"(?s)(?=.*\S)[A-Za-z0-9\s\-',&@.?!]+",
        "only letters, digits, spaces and - ' , & @ . ? ! can be in a name, and not spaces alone",
    ),
]


def _references(ids: list[str]) -> list[dict[str, str]]:
    return [{"id": own_key(id)} for id in ids]


GroupIds = Annotated[
    list[Annotated[strawberry.ID, points_to("CodatGroup")]], PlainSerializer(_references)
]


@strawberry.pydantic.input
class CodatCompanyCreateInput(WriteInput):
    """A new company at Codat."""

    connection: strawberry.Maybe[str] = Field(exclude=True)
    """The name of the Codat connection; needed where there are several."""
    name: Name
    """Its name: letters, digits, spaces and - ' , & @ . ? ! only. It need not be unique."""
    description: strawberry.Maybe[str]
    """What to note about it."""
    tags: strawberry.Maybe[TagInputs]
    """Marks, at most ten."""
    group_ids: strawberry.Maybe[GroupIds] = Field(serialization_alias="groups")
    """The groups to put it into (API of 2024-09)."""


@strawberry.pydantic.input
class CodatCompanyUpdateInput(WriteInput):
    """What to change of a company at Codat."""

    name: strawberry.Maybe[Name]
    """Its name: letters, digits, spaces and - ' , & @ . ? ! only."""
    description: strawberry.Maybe[str | None]
    """What to note about it; null clears."""
    tags: strawberry.Maybe[TagInputs | None]
    """All its tags, at most ten; null or an empty list clears them."""


class CodatCompanyReplacement(CodatCompanyUpdateInput):
    """A company as it is to be: what is left out is cleared, its groups included."""

    groups: list[dict[str, Any]] = []
    """The groups that it is in, as Codat told them."""


CREATE = api.endpoint(
    Method.POST, "/companies", CodatCompany, "create-company", body=CodatCompanyCreateInput
)
UPDATE = api.endpoint(
    Method.PATCH,
    "/companies/{companyId}",
    CodatCompany,
    "update-company",
    body=CodatCompanyUpdateInput,
)
REPLACE = api.endpoint(
    Method.PUT,
    "/companies/{companyId}",
    CodatCompany,
    "replace-company",
    body=CodatCompanyReplacement,
)
DELETE = api.endpoint(Method.DELETE, "/companies/{companyId}", NoneType, "delete-company")


# The newest come first, so that one that was made just now is among them.
_NEWEST = 100


async def _made(session: Session, input: CodatCompanyCreateInput, began: float) -> Finding:
    at = _client(session, input)
    asked = {**name_query(input.name), "orderBy": "-created", "page": 1, "pageSize": _NEWEST}
    return made_among(
        session, at, called(input.name, await complete(session, LIST, at, asked)), began
    )


def _client(session: Session, input: CodatCompanyCreateInput) -> Origin:
    return session.connections.only(Codat.platform, given(input.connection)).root


@company_create.create("codat", CodatCompanyCreateInput, CREATE, found=_made)
async def _create(session: Session, input: CodatCompanyCreateInput) -> CodatCompany:
    """A company at Codat."""
    return await session.ask(CREATE, _client(session, input), body=input.body())


@company_update.change("codat", CodatCompany, CodatCompanyUpdateInput, UPDATE, READ, REPLACE)
async def _update(session: Session, at: Origin, input: CodatCompanyUpdateInput) -> CodatCompany:
    """A company at Codat. Clearing costs two calls more than changing."""
    body = input.body()
    if all(body.values()):
        return await session.ask(UPDATE, at, body=body)
    # PATCH takes null for "as it was"; only PUT, which clears what is left out, can clear.
    now = await session.ask(READ, at)
    whole_body: dict[str, Any] = {
        "name": now.name,
        "description": now.description,
        "tags": {tag.name: tag.value for tag in now.tags},
        "groups": [{"id": group.id} for group in now.memberships],
        **body,
    }
    filled = {name: value for name, value in whole_body.items() if value}
    return await session.ask(REPLACE, at, body=filled)


@company_delete.act(CodatCompany, DELETE)
async def _delete(session: Session, at: Origin) -> None:
    """A company at Codat."""
    await session.ask(DELETE, at)
