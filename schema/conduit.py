"""Conduit Link: the companies of a Link App. Conduit Link API."""

from datetime import datetime
from typing import Annotated, ClassVar

import strawberry
from pydantic import Field

from resolvers.call import Method, Origin
from resolvers.context import Info
from resolvers.listing import Feeds
from resolvers.paging import whole
from resolvers.platforms.conduit import Conduit
from resolvers.session import Session
from resolvers.upstream.errors import Malformed
from resolvers.upstream.tokens import MARGIN_SECONDS
from schema.api import Api
from schema.companies import CompanyFilter, companies, company_create, company_update
from schema.connections import PlatformConnection
from schema.filters import named
from schema.node import finds
from schema.nouns import Company
from schema.scalars import OR_FALSE
from schema.wire import Wire, WriteInput, given, matching

api = Api(Conduit)

Name = Annotated[str, Field(max_length=1024)]


@strawberry.pydantic.type
class ConduitConnection(PlatformConnection):
    """A connection to Conduit: one Link App, which sees its own companies alone."""

    credentials = Conduit


@strawberry.pydantic.type
class ConduitLinkPage(Wire):
    """The page on which a company's people pick the sources to connect."""

    url: Annotated[str | None, Field(repr=False)] = None
    """Its address, which is as good as a key: whoever has it may connect sources. Null while the
    page is off."""
    is_enabled: Annotated[bool, OR_FALSE] = Field(default=False, alias="enabled")
    """Whether it is on."""


@strawberry.pydantic.type
class ConduitApiToken(Wire):
    """A token to act as one company with; Conduit gives it ten minutes."""

    token: str = Field(repr=False)
    """The bearer token. A secret: hand it to whoever acts as this company, and nobody else."""
    expires_at: datetime
    """When it ends; at least a minute from now."""


@strawberry.pydantic.type
class ConduitCompany(Company):
    """A sub-client of a Link App. Conduit Link API, Company."""

    address: ClassVar[tuple[str, ...]] = ("cid",)

    link_page: ConduitLinkPage | None = None
    """The page to connect sources on."""
    issued: Annotated[ConduitApiToken | None, Field(exclude=True, alias="api_token")] = None

    def key(self) -> str:
        """Conduit's ids know no upper and lower case, and one company has one global id."""
        return self.platform_id.lower()

    @strawberry.pydantic.field(
        description="A fresh token to act as this company with; asks for one if the one at hand "
        "ends within a minute.",
        directives=[api.calls(Method.GET, "/link/company/{cid}/")],
    )
    async def api_token(self, info: Info) -> ConduitApiToken | None:
        """Give the token that came with the company, or a new one."""
        session = info.context.session
        if _lasts(self.issued, session):
            return self.issued
        again = (await session.ask_again(READ, self.origin)).issued
        if again is not None and not _lasts(again, session):
            at = self.origin
            message = "Conduit Link gave a token that has ended already."
            raise Malformed(message, platform=at.platform, connection=at.connection)
        return again


def _lasts(token: ConduitApiToken | None, session: Session) -> bool:
    return token is not None and token.expires_at.timestamp() > session.clock() + MARGIN_SECONDS


@strawberry.pydantic.input
class ConduitCompanyCreateInput(WriteInput):
    """A new company at Conduit Link."""

    connection: strawberry.Maybe[str] = Field(exclude=True)
    """The name of the Conduit connection, that is, the Link App; needed where there are several."""
    id: Annotated[str, matching(r"[A-Za-z0-9]{1,1024}", "an id is 1 to 1024 of A-Z and 0-9")]
    """Its id, of your own choice: 1 to 1024 of A-Z and 0-9, upper and lower case alike, once in
    the Link App."""
    name: strawberry.Maybe[Name]
    """Its name, up to 1024 characters."""
    is_page_enabled: strawberry.Maybe[bool] = Field(serialization_alias="page_enabled")
    """Whether its page to connect sources on is on, which it is by default."""


@strawberry.pydantic.input
class ConduitCompanyUpdateInput(WriteInput):
    """What to change of a company at Conduit Link."""

    name: strawberry.Maybe[Name]
    """Its name, up to 1024 characters."""
    is_page_enabled: strawberry.Maybe[bool] = Field(serialization_alias="page_enabled")
    """Whether its page to connect sources on is on."""


LIST = api.endpoint(
    Method.GET,
    "/link/company/",
    list[ConduitCompany],
    "list-companies",
    query=("include_connections",),
)
READ = api.endpoint(Method.GET, "/link/company/{cid}/", ConduitCompany, "get-company")
CREATE = api.endpoint(
    Method.POST, "/link/company/", ConduitCompany, "create-company", body=ConduitCompanyCreateInput
)
UPDATE = api.endpoint(
    Method.POST,
    "/link/company/{cid}/",
    ConduitCompany,
    "edit-company",
    body=ConduitCompanyUpdateInput,
)

finds(ConduitCompany, READ)


@companies.of(Conduit, LIST)
async def _companies(session: Session, at: Origin, where: CompanyFilter) -> Feeds[Company]:
    keep = named(where.name_contains)

    async def read() -> list[ConduitCompany]:
        return [company for company in await session.ask(LIST, at) if keep(company)]

    return [("", whole(read))]


@company_create.create("conduit", ConduitCompanyCreateInput, CREATE)
async def _create(session: Session, input: ConduitCompanyCreateInput) -> ConduitCompany:
    """A company at Conduit Link."""
    on = session.connections.only(Conduit.platform, given(input.connection))
    return await session.ask(CREATE, on.root, body=input.body())


@company_update.change("conduit", ConduitCompany, ConduitCompanyUpdateInput, UPDATE, READ)
async def _update(session: Session, at: Origin, input: ConduitCompanyUpdateInput) -> ConduitCompany:
    """A company at Conduit Link. Costs a call more where `isPageEnabled` is left out."""
    body = input.body()
    if "page_enabled" not in body:
        # Left out it means on, so an edit of the name alone would switch the page on.
        page = (await session.ask(READ, at)).link_page
        body["page_enabled"] = page is None or page.is_enabled
    return await session.ask(UPDATE, at, body=body)
