"""Codat's companies. Platform API, Companies."""

import re
from collections.abc import Sequence
from datetime import datetime
from types import NoneType
from typing import Annotated, Any, ClassVar

import strawberry
from pydantic import Field, PlainSerializer

from resolvers.call import Method, Origin
from resolvers.context import Info
from resolvers.listing import Feeds
from resolvers.paging import kept, whole
from resolvers.platforms.codat import Codat
from resolvers.rest import feed
from resolvers.session import Session
from schema.action import read_back
from schema.codat.groups import all_groups
from schema.codat.wire import CodatPage, api
from schema.companies import (
    CompanyFilter,
    companies,
    company_create,
    company_delete,
    company_update,
)
from schema.connections import PlatformConnection
from schema.filters import named
from schema.groups import group_company_add, group_company_remove
from schema.links import own_key, points_to
from schema.node import finds, origin_of
from schema.nouns import Company, Group
from schema.page import After, Connection, First, page_of
from schema.scalars import OR_EMPTY
from schema.tags import TagInputs, Tags
from schema.wire import WriteInput, given, matching

# Codat drops other characters without a word; a caller should hear of it.
Name = Annotated[
    str,
    matching(
        r"(?s)(?=.*\S)[A-Za-z0-9\s\-',&@.?!]+",
        "only letters, digits, spaces and - ' , & @ . ? ! can be in a name, and not spaces alone",
    ),
]
GroupIds = Annotated[
    list[Annotated[strawberry.ID, points_to("CodatGroup")]],
    PlainSerializer(lambda ids: [{"id": own_key(id)} for id in ids]),
]


@strawberry.pydantic.type
class CodatConnection(PlatformConnection):
    """A connection to Codat: one API key of a client."""

    credentials = Codat


@strawberry.pydantic.type
class CodatCompany(Company):
    """A business that shares its data. Codat Platform API, Companies."""

    address: ClassVar[tuple[str, ...]] = ("companyId",)

    created_at: datetime | None = Field(default=None, alias="created")
    """When it was made."""
    description: str | None = None
    """What the client noted about it."""
    link_url: str | None = Field(default=None, alias="redirect", repr=False)
    """Where the business goes to connect its data. It may carry a one-time password: hand it to
    nobody else and do not keep it."""
    synced_at: datetime | None = Field(default=None, alias="lastSync")
    """When its data was last fetched; null before the first time."""
    created_by_name: str | None = Field(default=None, alias="createdByUserName")
    """Who made it."""
    products: Annotated[list[str], OR_EMPTY] = []
    """Codat's products that are switched on for it."""
    tags: Tags = []
    """The client's own marks, at most ten."""
    memberships: list[dict[str, Any]] | None = Field(default=None, exclude=True, alias="groups")

    @property
    def group_ids(self) -> frozenset[str]:
        """Codat's ids of the groups that it is in."""
        return frozenset(str(membership.get("id")) for membership in self.memberships or ())

    @strawberry.pydantic.field(
        description="Its groups (API of 2024-09). Costs no call if it is in none.",
        directives=[api.calls(Method.GET, "/groups")],
    )
    async def groups(
        self, info: Info, first: First = 25, after: After = None
    ) -> Connection[Group] | None:
        """Pick them out of all groups: the company's own document has only their ids."""

        async def read() -> Sequence[Group]:
            mine = self.group_ids
            return await all_groups(info.context.session, self.origin, mine) if mine else []

        return await page_of("groups", self.origin, [("", whole(read))], first=first, after=after)


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
    """All its marks, at most ten; null or an empty list clears them."""


@strawberry.pydantic.input
class CodatMembershipInput(WriteInput):
    """A company at Codat and a group of the same connection."""

    company_id: Annotated[strawberry.ID, points_to("CodatCompany")] = Field(exclude=True)
    """The company."""
    group_id: Annotated[strawberry.ID, points_to("CodatGroup")] = Field(exclude=True)
    """The group."""


LIST = api.endpoint(
    Method.GET,
    "/companies",
    CodatPage[CodatCompany],
    "list-companies",
    query=("page", "pageSize", "query", "orderBy", "tags"),
)
READ = api.endpoint(Method.GET, "/companies/{companyId}", CodatCompany, "get-company")
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
    body=CodatCompanyUpdateInput,
)
DELETE = api.endpoint(Method.DELETE, "/companies/{companyId}", NoneType, "delete-company")
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

finds(CodatCompany, READ)


@companies.of(Codat, LIST)
async def _companies(session: Session, at: Origin, where: CompanyFilter) -> Feeds[Company]:
    text = where.name_contains
    if not text:
        return [("", feed(session, LIST, at))]
    # What could be an operator of the query language stays here, and is looked for afterwards.
    plain = max(re.findall(r"[A-Za-z0-9 ]*", text), key=len).strip()
    found = feed(session, LIST, at, {"query": f"name~{plain}"} if plain else None)
    return [("", kept(found, named(text)))]


@company_create.create("codat", CodatCompanyCreateInput, CREATE)
async def _create(session: Session, input: CodatCompanyCreateInput) -> CodatCompany:
    """A company at Codat."""
    on = session.connections.only(Codat.platform, given(input.connection))
    return await session.ask(CREATE, on.root, body=input.body())


@company_update.change("codat", CodatCompany, CodatCompanyUpdateInput, UPDATE, READ, REPLACE)
async def _update(session: Session, at: Origin, input: CodatCompanyUpdateInput) -> CodatCompany:
    """A company at Codat. Clearing costs two calls more than changing."""
    body = input.body()
    if all(body.values()):
        return await session.ask(UPDATE, at, body=body)
    # PATCH takes null for "as it was"; only PUT, which clears what is left out, can clear.
    now = await session.ask(READ, at)
    kept_tags = {tag.name: tag.value for tag in now.tags}
    whole_body: dict[str, Any] = {
        "name": now.name,
        "description": now.description,
        "tags": kept_tags,
        "groups": now.memberships,
        **body,
    }
    filled = {name: value for name, value in whole_body.items() if value}
    return await session.ask(REPLACE, at, body=filled)


@company_delete.act(CodatCompany, DELETE)
async def _delete(session: Session, at: Origin) -> None:
    """A company at Codat."""
    await session.ask(DELETE, at)


@group_company_add.create("codat", CodatMembershipInput, JOIN)
async def _join(session: Session, input: CodatMembershipInput) -> CodatCompany:
    """A company and a group at Codat (API of 2024-09)."""
    at = _membership(session, input)
    return await session.ask(JOIN, at, body={"groupId": at.keys["groupId"]})


@group_company_remove.create("codat", CodatMembershipInput, LEAVE, READ)
async def _leave(session: Session, input: CodatMembershipInput) -> CodatCompany | None:
    """A company and a group at Codat (API of 2024-09)."""
    at = _membership(session, input)
    await session.ask(LEAVE, at)
    return await read_back(session.ask(READ, at))


def _membership(session: Session, input: CodatMembershipInput) -> Origin:
    _, company = origin_of(session, input.company_id)
    _, group = origin_of(session, input.group_id)
    return Origin(company.platform, company.connection, {**company.keys, **group.keys})
