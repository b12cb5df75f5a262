"""The connections of Codat's companies to the systems that hold their data.

Codat Platform API, Connections.
"""

from datetime import datetime
from typing import Annotated, ClassVar

import strawberry
from pydantic import AfterValidator, Field, PlainSerializer, SecretStr

from resolvers.call import Method, Origin
from resolvers.reply import Items
from resolvers.session import Session
from schema.codat.connection_errors import CodatConnectionError
from schema.codat.wire import FILTER, CodatListFilter, CodatPage, Order, api
from schema.leading import belongs_to
from schema.lookup import made_among
from schema.node import Node, finds, kind_named, look
from schema.nouns import Company
from schema.outcome import UNKNOWN, Finding, Outcome
from schema.page import After, Connection, First
from schema.scalars import OpenEnum
from schema.scopes import ADMIN
from schema.tags import NamedValues, named_once
from schema.wire import LocatedWire, Wire, WriteInput, matching

OF_COMPANY = "/companies/{companyId}/connections"
ONE = f"{OF_COMPANY}/{{connectionId}}"


class CodatAuthorizationStatus(OpenEnum):
    """Whether a company lets Codat at its data."""

    PENDING = "PendingAuth"
    """It has not been asked yet, or has not answered."""
    LINKED = "Linked"
    """It does."""
    UNLINKED = "Unlinked"
    """No more; the data fetched before is still there."""
    DEAUTHORIZED = "Deauthorized"
    """The other system takes Codat's authorization no more."""
    OTHER = "OTHER"
    """Something that this gateway does not know yet."""


class CodatSourceKind(OpenEnum):
    """What kind of data a system holds."""

    ACCOUNTING = "Accounting"
    """The books."""
    BANKING = "Banking"
    """Bank accounts."""
    BANK_FEED = "BankFeed"
    """Bank accounts, handed on to the books."""
    COMMERCE = "Commerce"
    """Sales."""
    EXPENSE = "Expense"
    """Expenses."""
    UNKNOWN = "Unknown"
    """Codat does not know."""
    OTHER = "Other"
    """Another kind, or one that this gateway does not know yet."""


@strawberry.pydantic.type
class CodatIntegration(Wire):
    """A system that Codat can connect companies to."""

    platform_id: str | None
    """Codat's id of it."""
    key: str | None
    """Four letters for it, which stay the same when the system changes its name."""
    name: str | None
    """The name of the system."""


@strawberry.pydantic.type
class CodatDataSource(Wire):
    """Where the data of a connection is from; of one bank among many, say."""

    platform_id: str | None
    """Codat's id of it."""
    kind: CodatSourceKind | None
    """What kind of data it holds."""
    raw_kind: str | None
    """`kind` as Codat spells it."""


@strawberry.pydantic.type
class CodatDataConnection(Node):
    """What links a company to a system that holds its data. Codat Platform API, Connections."""

    address: ClassVar[tuple[str, ...]] = ("companyId", "connectionId")

    authorization_status: CodatAuthorizationStatus | None = Field(default=None, alias="status")
    """Whether the company lets Codat at its data."""
    raw_authorization_status: str | None = Field(default=None, alias="status")
    """`authorizationStatus` as Codat spells it."""
    link_url: Annotated[str | None, strawberry.field(directives=[ADMIN])] = Field(
        default=None, alias="linkUrl", repr=False
    )
    """Where the company lets Codat at its data. It may carry a one-time password: hand it to
    nobody else and do not keep it."""
    synced_at: datetime | None = Field(default=None, alias="lastSync")
    """When its data was last fetched; null before the first time."""
    created_at: datetime | None = Field(default=None, alias="created")
    """When it was made."""
    errors: Items[CodatConnectionError] = Field(default=[], alias="dataConnectionErrors")
    """What has gone wrong in it."""
    details: NamedValues = Field(default=[], alias="connectionInfo")
    """What the other system tells about it, under names of its own."""
    integration_id: str | None = Field(default=None, alias="integrationId", exclude=True)
    integration_key: str | None = Field(default=None, alias="integrationKey", exclude=True)
    integration_name: str | None = Field(default=None, alias="platformName", exclude=True)
    source_id: str | None = Field(default=None, alias="sourceId", exclude=True)
    source_kind: CodatSourceKind | None = Field(default=None, alias="sourceType", exclude=True)
    raw_source_kind: str | None = Field(default=None, alias="sourceType", exclude=True)

    @strawberry.pydantic.field(description="The system that it links to.")
    def integration(self) -> CodatIntegration:
        """Gather what the connection tells of it."""
        return CodatIntegration(
            platform_id=self.integration_id, key=self.integration_key, name=self.integration_name
        )

    @strawberry.pydantic.field(description="Where in that system its data is from.")
    def data_source(self) -> CodatDataSource:
        """Gather what the connection tells of it."""
        return CodatDataSource(
            platform_id=self.source_id, kind=self.source_kind, raw_kind=self.raw_source_kind
        )

    @belongs_to("CodatCompany", api.calls(Method.GET, "/companies/{companyId}"))
    async def company(self) -> Company | None:
        """The company."""
        ...


READ = api.endpoint(Method.GET, ONE, CodatDataConnection, "get-connection")

finds(CodatDataConnection, READ)


class CompanyConnections(LocatedWire):
    """The part of a company that is about its connections."""

    @api.pages(OF_COMPANY, "list-connections", CodatPage)
    async def connections(
        self,
        filter: Annotated[CodatListFilter | None, FILTER] = None,
        order: Order = None,
        first: First = 25,
        after: After = None,
    ) -> Connection[CodatDataConnection] | None:
        """Its connections to the systems that hold its data, as Codat filters and orders them."""
        ...


@strawberry.pydantic.input
class CodatDataConnectionCreateInput(WriteInput):
    """A new connection of a company at Codat."""

    integration_key: Annotated[
        str, matching(r"[a-z]{4}", "the key of an integration is four small letters")
    ] = Field(serialization_alias="platformKey")
    """What to connect to: the four letters of an integration, such as those of Codat's
    documentation."""


@strawberry.pydantic.input
class CodatCredentialInput(WriteInput):
    """One of the values by which a system lets Codat in."""

    name: Annotated[str, Field(min_length=1)]
    """What the system calls it."""
    value: SecretStr
    """The value. A secret of the company: it is passed on and not kept."""


def _mapping(credentials: list[CodatCredentialInput]) -> dict[str, str]:
    return {one.name: one.value.get_secret_value() for one in credentials}


@strawberry.pydantic.input
class CodatDataConnectionAuthorizeInput(WriteInput):
    """What lets Codat into the system that a connection links to."""

    whole_body: ClassVar[str | None] = "credentials"

    credentials: Annotated[
        list[CodatCredentialInput],
        Field(min_length=1, max_length=100),
        AfterValidator(named_once),
        PlainSerializer(_mapping),
    ]
    """The values that the system asks for, 1 to 100, each name once; which ones is up to the
    integration."""


async def _made(
    session: Session, at: Origin, input: CodatDataConnectionCreateInput, began: float
) -> Finding:
    company = await look(session, kind_named("CodatCompany"), at)
    held: list[CodatDataConnection] | None = getattr(company, "data_connections", None)
    if held is None:
        return UNKNOWN
    alike = [one for one in held if one.integration_key == input.integration_key]
    return made_among(session, at, alike, began)


async def _unlinked(session: Session, at: Origin, input: None, began: float) -> Finding:
    del input, began
    found = await session.ask(READ, at)
    done = found.authorization_status is CodatAuthorizationStatus.UNLINKED
    return Finding(Outcome.CONFIRMED if done else Outcome.NOT_APPLIED, found)


@api.post(OF_COMPANY, "create-connection", on="CodatCompany", found=_made)
async def codat_data_connection_create(
    input: CodatDataConnectionCreateInput,
) -> CodatDataConnection:
    """Begin to connect a company to a system, which it then has to allow at the `linkUrl`."""
    ...


@api.patch(
    ONE,
    "unlink-connection",
    on="CodatDataConnection",
    fixed={"status": "Unlinked"},
    found=_unlinked,
)
async def codat_data_connection_unlink() -> CodatDataConnection:
    """End a company's linked connection and keep the data that was fetched through it."""
    ...


@api.put(
    f"{ONE}/authorization",
    "update-connection-authorization",
    on="CodatDataConnection",
    directives=[ADMIN],
)
async def codat_data_connection_authorize(
    input: CodatDataConnectionAuthorizeInput,
) -> CodatDataConnection:
    """Let Codat into the system that a connection links to, by credentials of the company."""
    ...


@api.delete(ONE, "delete-connection", on="CodatDataConnection")
async def codat_data_connection_delete() -> None:
    """Take a company's connection away for good; the company would have to allow a new one."""
    ...
