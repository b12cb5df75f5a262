"""The named texts that programs keep with accounts and groups. Clinked API 4.11 and 7.17."""

from collections.abc import Iterable
from typing import Annotated, ClassVar

import strawberry
from pydantic import Field

from resolvers.call import Method, Origin
from resolvers.session import Session
from schema.clinked.wire import Key, api
from schema.leading import belongs_to
from schema.lookup import compared, complete
from schema.node import Node, found_in
from schema.nouns import Company, Group
from schema.outcome import NOT_APPLIED, Finding
from schema.page import After, Connection, First, pages
from schema.wire import LocatedWire, WriteInput

OF_ACCOUNT = "/v3/accounts/{account}/properties"
OF_GROUP = "/v3/groups/{group}/properties"
ONE = "/{name}"


class Property(Node):
    """What properties of accounts and of groups have in common."""

    platform_id: str = Field(alias="name")
    """Its name: Clinked gives it no other id."""
    name: str | None = None
    """The name, unique in the account or group."""
    value: str | None = None
    """The text that is kept under the name."""


@strawberry.pydantic.type
class ClinkedAccountProperty(Property):
    """A named text that is kept with an account. Clinked API 4.11."""

    address: ClassVar[tuple[str, ...]] = ("account", "name")

    @belongs_to("ClinkedAccount", api.calls(Method.GET, "/v3/accounts/{account}"))
    async def account(self) -> Company | None:
        """The account."""
        ...


@strawberry.pydantic.type
class ClinkedGroupProperty(Property):
    """A named text that is kept with a group. Clinked API 7.17."""

    address: ClassVar[tuple[str, ...]] = ("account", "group", "name")

    @belongs_to("ClinkedGroup", api.calls(Method.GET, "/v3/accounts/{account}/groups/{group}"))
    async def group(self) -> Group | None:
        """The group."""
        ...


@strawberry.pydantic.input
class ClinkedPropertyInput(WriteInput):
    """A named text to keep."""

    name: Key
    """The name, unique in the account or group; neither empty nor `.` nor `..`, and on one line."""
    value: str
    """The text."""


ACCOUNT_LIST = api.endpoint(
    Method.GET, OF_ACCOUNT, list[ClinkedAccountProperty], "4.11.1", query=("startsWith",)
)
GROUP_LIST = api.endpoint(
    Method.GET, OF_GROUP, list[ClinkedGroupProperty], "7.17.1", query=("startsWith",)
)

found_in(ClinkedAccountProperty, ACCOUNT_LIST)
found_in(ClinkedGroupProperty, GROUP_LIST)

NameStartsWith = Annotated[
    str | None, strawberry.argument(description="Only those whose name starts with this.")
]
QUERY = {"name_starts_with": "startsWith"}


class AccountProperties(LocatedWire):
    """The part of an account that is about properties."""

    @pages(ACCOUNT_LIST, query=QUERY)
    async def properties(
        self, name_starts_with: NameStartsWith = None, first: First = 25, after: After = None
    ) -> Connection[ClinkedAccountProperty] | None:
        """The named texts that programs keep with it."""
        ...


class GroupProperties(LocatedWire):
    """The part of a group that is about properties."""

    @pages(GROUP_LIST, query=QUERY)
    async def properties(
        self, name_starts_with: NameStartsWith = None, first: First = 25, after: After = None
    ) -> Connection[ClinkedGroupProperty] | None:
        """The named texts that programs keep with it."""
        ...


async def _of_account(
    session: Session, at: Origin, input: ClinkedPropertyInput, began: float
) -> Finding:
    return _among(session, at, input, await complete(session, ACCOUNT_LIST, at), began)


async def _of_group(
    session: Session, at: Origin, input: ClinkedPropertyInput, began: float
) -> Finding:
    return _among(session, at, input, await complete(session, GROUP_LIST, at), began)


def _among(
    session: Session,
    at: Origin,
    input: ClinkedPropertyInput,
    kept: Iterable[Property],
    began: float,
) -> Finding:
    named = (one for one in kept if one.name == input.name)
    found = next(named, None)
    return NOT_APPLIED if found is None else compared(session, at, input, found, began)


@api.post(OF_ACCOUNT, "4.11.2", on="ClinkedAccount", found=_of_account)
async def clinked_account_property_create(input: ClinkedPropertyInput) -> ClinkedAccountProperty:
    """Keep a named text with an account.

    Clinked does not say what becomes of one that has the name already; it may be replaced.
    """
    ...


@api.delete(OF_ACCOUNT + ONE, "4.11.3", on="ClinkedAccountProperty")
async def clinked_account_property_delete() -> None:
    """Delete a named text of an account."""
    ...


@api.post(OF_GROUP, "7.17.2", on="ClinkedGroup", found=_of_group)
async def clinked_group_property_create(input: ClinkedPropertyInput) -> ClinkedGroupProperty:
    """Keep a named text with a group.

    Clinked does not say what becomes of one that has the name already; it may be replaced.
    """
    ...


@api.delete(OF_GROUP + ONE, "7.17.3", on="ClinkedGroupProperty")
async def clinked_group_property_delete() -> None:
    """Delete a named text of a group."""
    ...
