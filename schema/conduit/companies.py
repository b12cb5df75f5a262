"""The companies of Conduit's Link Apps. Conduit Link API, Company."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, ClassVar

import strawberry
from pydantic import Field

from resolvers.call import Method, Origin
from resolvers.context import Info
from resolvers.listing import Feeds
from resolvers.paging import whole
from resolvers.platforms.conduit import Conduit
from resolvers.reply import Items
from resolvers.rest import feed
from resolvers.session import Session
from resolvers.upstream.errors import Malformed
from resolvers.upstream.tokens import MARGIN_SECONDS
from schema.companies import CompanyFilter, companies
from schema.comparison import Told
from schema.conduit.data_connections import ConduitDataConnection
from schema.conduit.wire import api
from schema.connections import PlatformConnection
from schema.filters import named
from schema.node import finds
from schema.nouns import Company
from schema.page import After, Connection, First, pages
from schema.picking import picked
from schema.scopes import ADMIN
from schema.wire import Wire


@strawberry.pydantic.type
class ConduitLinkPage(Wire):
    """The page on which a company's people pick the sources to connect."""

    url: Annotated[str | None, strawberry.field(directives=[ADMIN]), Field(repr=False)] = None
    """Its address, which is as good as a key: whoever has it may connect sources. Null while the
    page is off."""
    is_enabled: bool = Field(default=False, alias="enabled")
    """Whether it is on."""


@strawberry.pydantic.type
class ConduitApiToken(Wire):
    """A token to act as one company with; Conduit gives it ten minutes."""

    token: str = Field(repr=False)
    """The bearer token. A secret: hand it to whoever acts as this company, and nobody else."""
    expires_at: datetime
    """When it ends; at least a minute from now."""


async def _connections(session: Session, company: "ConduitCompany") -> Feeds[ConduitDataConnection]:
    """Give those that came with the company, or ask for it once more, with them."""

    async def read() -> Sequence[ConduitDataConnection]:
        if company.connected is not None:
            return company.connected
        asked = {"include_connections": True}
        return (await session.ask(READ, company.origin, asked)).connected or ()

    return [("", whole(read))]


@strawberry.pydantic.type
class ConduitCompany(Company):
    """A sub-client of a Link App. Conduit Link API, Company."""

    address: ClassVar[tuple[str, ...]] = ("cid",)

    link_page: ConduitLinkPage | None = None
    """The page to connect sources on."""
    issued: Annotated[ConduitApiToken | None, Field(exclude=True, alias="api_token")] = None
    connected: Items[ConduitDataConnection] | None = Field(
        default=None, exclude=True, alias="connections"
    )

    @Told
    def is_page_enabled(self) -> bool | None:
        """Whether its page is on."""
        return None if self.link_page is None else self.link_page.is_enabled

    def key(self) -> str:
        """Conduit's ids know no upper and lower case, and one company has one global id."""
        return self.platform_id.lower()

    @strawberry.pydantic.field(
        description="A fresh token to act as this company with; asks for one if the one at hand "
        "ends within a minute.",
        directives=[ADMIN, api.calls(Method.GET, "/link/company/{cid}/")],
    )
    async def api_token(self, info: Info) -> ConduitApiToken | None:
        """Give the token that came with the company, or a new one."""
        session = info.context.session
        # By the platform's clock, since it is the platform that the token ends for.
        now = session.connections[self.origin.connection].now
        if _lasts(self.issued, now()):
            return self.issued
        again = (await session.ask(READ, self.origin)).issued
        if not _lasts(again, now()):
            # The operation held an answer already, and that is too old as well.
            again = (await session.ask_again(READ, self.origin)).issued
        if again is not None and not _lasts(again, now()):
            at = self.origin
            message = "Conduit Link gave a token that has ended already."
            raise Malformed(message, platform=at.platform, connection=at.connection)
        return again

    @picked(_connections, api.calls(Method.GET, "/link/company/{cid}/"))
    async def connections(
        self, first: First = 25, after: After = None
    ) -> Connection[ConduitDataConnection] | None:
        """The sources that it has connected. Seen in Conduit's demo code only.

        Costs a call, unless the list that it stands in was asked to include them.
        """
        ...


def _lasts(token: ConduitApiToken | None, now: float) -> bool:
    return token is not None and token.expires_at.timestamp() > now + MARGIN_SECONDS


IncludesConnections = Annotated[
    bool | None,
    strawberry.argument(
        description="Whether what the companies have connected comes with them, so that their "
        "`connections` cost no more calls."
    ),
]

LIST = api.endpoint(
    Method.GET,
    "/link/company/",
    list[ConduitCompany],
    "list-companies",
    query=("include_connections",),
)
READ = api.endpoint(
    Method.GET,
    "/link/company/{cid}/",
    ConduitCompany,
    "get-company",
    query=("include_connections",),
)

finds(ConduitCompany, READ)


@strawberry.pydantic.type
class ConduitConnection(PlatformConnection):
    """A connection to Conduit: one Link App, which sees its own companies alone."""

    credentials = Conduit

    @pages(LIST, query={"includes_connections": "include_connections"})
    async def companies(
        self,
        includes_connections: IncludesConnections = None,
        first: First = 25,
        after: After = None,
    ) -> Connection[ConduitCompany] | None:
        """Its companies. Seen in Conduit's demo code only."""
        ...


@companies.of(Conduit, LIST)
async def _companies(session: Session, at: Origin, where: CompanyFilter) -> Feeds[Company]:
    if not where.name_contains:
        return [("", feed(session, LIST, at))]
    keep = named(where.name_contains)

    async def read() -> list[ConduitCompany]:
        return [company for company in await session.ask(LIST, at) if keep(company)]

    return [("", whole(read))]
