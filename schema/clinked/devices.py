"""The devices on which an account's members use Clinked. Clinked API 4.13."""

from typing import Annotated, ClassVar

import strawberry

from resolvers.call import Method
from resolvers.caller import Scope
from schema.clinked.applications import Registration
from schema.clinked.wire import api
from schema.leading import belongs_to
from schema.node import found_in
from schema.nouns import Company
from schema.page import After, Connection, First, pages
from schema.scopes import ADMIN
from schema.wire import LocatedWire


@strawberry.pydantic.type
class ClinkedDevice(Registration):
    """A device on which a member of an account uses Clinked. Clinked API 4.13."""

    address: ClassVar[tuple[str, ...]] = ("account", "device")
    needs = Scope.ADMIN

    @belongs_to("ClinkedAccount", api.calls(Method.GET, "/v3/accounts/{account}"))
    async def account(self) -> Company | None:
        """The account."""
        ...


LIST = api.endpoint(
    Method.GET,
    "/v3/accounts/{account}/devices",
    list[ClinkedDevice],
    "4.13.1",
    query=("name", "orderBy"),
)

found_in(ClinkedDevice, LIST)

NameContains = Annotated[
    str | None, strawberry.argument(description="Only those whose name contains this.")
]
OrderBy = Annotated[
    str | None,
    strawberry.argument(
        description="Clinked's own name of the field to order by, such as name; it documents no "
        "list of them. Clinked's own order if null."
    ),
]


class AccountDevices(LocatedWire):
    """The part of an account that is about devices."""

    @pages(LIST, query={"name_contains": "name"}, directives=[ADMIN])
    async def devices(
        self,
        name_contains: NameContains = None,
        order_by: OrderBy = None,
        first: First = 25,
        after: After = None,
    ) -> Connection[ClinkedDevice] | None:
        """The devices on which its members use Clinked."""
        ...


@api.delete(
    "/v3/accounts/{account}/devices/{device}", "4.13.2", on="ClinkedDevice", directives=[ADMIN]
)
async def clinked_device_delete() -> None:
    """Remove a member's device."""
    ...
