"""Codat's companies. Platform API, Companies."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, ClassVar

import strawberry
from pydantic import Field

from resolvers.call import Method, Origin
from resolvers.listing import Feeds
from resolvers.paging import kept, whole
from resolvers.platforms.codat import Codat
from resolvers.reply import Items
from resolvers.rest import feed
from resolvers.session import Session
from resolvers.together import ByKeys, listed
from schema.codat.access_tokens import CompanyToken
from schema.codat.data_connections import CodatDataConnection, CompanyConnections
from schema.codat.groups import all_groups
from schema.codat.references import CodatCompanyReference, CodatUser
from schema.codat.wire import FILTER, CodatCompanyFilter, CodatPage, Order, api
from schema.companies import CompanyFilter, companies
from schema.connections import PlatformConnection
from schema.filters import named
from schema.node import finds
from schema.nouns import Company, Group
from schema.page import After, Connection, First, pages
from schema.picking import picked
from schema.scopes import ADMIN
from schema.tags import Tags
from schema.wire import Wire


class Membership(Wire):
    """A group as a company that is in it names it."""

    id: str


async def _groups(session: Session, company: "CodatCompany") -> Feeds[Group]:
    """Pick them out of all groups: the company's own document has only their ids."""

    async def read() -> Sequence[Group]:
        mine = company.group_ids
        return await all_groups(session, company.origin, mine) if mine else []

    return [("", whole(read))]


@strawberry.pydantic.type
class CodatCompany(CompanyConnections, CompanyToken, Company):
    """A business that shares its data. Codat Platform API, Companies."""

    address: ClassVar[tuple[str, ...]] = ("companyId",)

    created_at: datetime | None = Field(default=None, alias="created")
    """When it was made."""
    description: str | None = None
    """What the client noted about it."""
    link_url: Annotated[str | None, strawberry.field(directives=[ADMIN])] = Field(
        default=None, alias="redirect", repr=False
    )
    """Where the business goes to connect its data. It may carry a one-time password: hand it to
    nobody else and do not keep it."""
    synced_at: datetime | None = Field(default=None, alias="lastSync")
    """When its data was last fetched; null before the first time."""
    created_by_name: str | None = Field(default=None, alias="createdByUserName")
    """Who made it."""
    system_name: str | None = Field(default=None, alias="platform")
    """The system that its data is from (API of 2024); as a rule empty, see `dataConnections`."""
    products: Items[str] = []
    """Codat's products that are switched on for it."""
    tags: Tags = []
    """The client's own tags, at most ten."""
    parent: CodatCompanyReference | None = Field(default=None, alias="referenceParentCompany")
    """The company that controls it; null if there is none."""
    subsidiaries: Items[CodatCompanyReference] = Field(
        default=[], alias="referenceSubsidiaryCompanies"
    )
    """The companies that it controls."""
    data_connections: Items[CodatDataConnection] = Field(default=[], alias="dataConnections")
    """Its connections to the systems that hold its data, which come with it and cost no call.
    `connections` filters and orders them."""
    owner_ids: Items[str] = Field(default=[], alias="ownerUserIds", exclude=True)
    memberships: Items[Membership] = Field(default=[], alias="groups", exclude=True)

    @property
    def group_ids(self) -> frozenset[str]:
        """Codat's ids of the groups that it is in."""
        return frozenset(membership.id for membership in self.memberships)

    @strawberry.pydantic.field(description="The users of Codat's portal that it belongs to.")
    def owners(self) -> list[CodatUser]:
        """Show each of their ids as a user."""
        return [CodatUser(platform_id=id) for id in self.owner_ids]

    @picked(_groups, api.calls(Method.GET, "/groups"))
    async def groups(self, first: First = 25, after: After = None) -> Connection[Group] | None:
        """Its groups (API of 2024-09). Costs no call if it is in none."""
        ...


LIST = api.endpoint(
    Method.GET,
    "/companies",
    CodatPage[CodatCompany],
    "list-companies",
    query=("page", "pageSize", "query", "orderBy", "tags"),
)
READ = api.endpoint(Method.GET, "/companies/{companyId}", CodatCompany, "get-company")

# What is no UUID could be an operator of the query language.
_UUID = re.compile("-".join(f"[0-9a-f]{{{digits}}}" for digits in (8, 4, 4, 4, 12)))
# A query has at most 2048 characters, in whichever way they are counted.
_MOST_IDS = 40


def _of_ids(keys: Sequence[str]) -> dict[str, str | int]:
    return {"query": "||".join(f"id={key}" for key in keys), "page": 1, "pageSize": len(keys)}


finds(CodatCompany, READ)
# Both give a Company by Codat's own description.
listed(READ, ByKeys(LIST, _UUID.fullmatch, _of_ids, _MOST_IDS))


@strawberry.pydantic.type
class CodatConnection(PlatformConnection):
    """A connection to Codat: one API key of a client."""

    credentials = Codat

    @pages(LIST)
    async def companies(
        self,
        filter: Annotated[CodatCompanyFilter | None, FILTER] = None,
        order: Order = None,
        first: First = 25,
        after: After = None,
    ) -> Connection[CodatCompany] | None:
        """Its companies, as Codat filters and orders them."""
        ...


@companies.of(Codat, LIST)
async def _companies(session: Session, at: Origin, where: CompanyFilter) -> Feeds[Company]:
    text = where.name_contains
    if not text:
        return [("", feed(session, LIST, at))]
    found = feed(session.whole, LIST, at, name_query(text))
    return [("", kept(found, named(text)))]


def name_query(text: str) -> dict[str, str]:
    """Ask for names that contain a text, as far as Codat can be asked that."""
    # What could be an operator of the query language is for whoever asks to look for afterwards.
    plain = max(re.findall(r"[A-Za-z0-9 ]*", text), key=len).strip()
    return {"query": f"name~{plain}"} if plain else {}
