"""The events of an account's groups, and those of one person. Clinked API 6.

Events have no global id: Clinked cannot be asked for one, and of a person's events it does not tell
the account, which the id would need.
"""

from datetime import date, datetime
from typing import Annotated

import strawberry
from pydantic import Field

from resolvers.arguments import KeyOf
from resolvers.call import Method
from schema.clinked.references import ClinkedGroupReference
from schema.clinked.sharing import Shared
from schema.clinked.users import ClinkedUser
from schema.clinked.wire import AccountId, api
from schema.page import After, Connection, First, pages
from schema.scalars import CommaList, Zoned
from schema.wire import LocatedWire


@strawberry.pydantic.type
class ClinkedEvent(Shared):
    """Something that takes place in a group. Clinked API 6."""

    platform_id: str = Field(alias="id")
    """Clinked's number of it."""
    name: str | None = Field(default=None, alias="friendlyName")
    """The name that people see."""
    slug: str | None = Field(default=None, alias="name")
    """The name in addresses, unique in the group."""
    description: str | None = None
    """What it is about."""
    location: str | None = None
    """Where it takes place."""
    starts_at: Zoned | None = Field(default=None, alias="startDate")
    """When it begins."""
    ends_at: Zoned | None = Field(default=None, alias="endDate")
    """When it ends."""
    is_all_day: bool | None = Field(default=None, alias="allDay")
    """Whether it takes all of its days."""
    recurrence_rule: str | None = Field(default=None, alias="recurrence")
    """How it comes again, as a rule of iCalendar such as FREQ=WEEKLY; null if it does not."""
    recurrence_ends_at: Zoned | None = Field(default=None, alias="dateEndRecurrence")
    """When it comes no more; null if it does not come again, or always does."""
    reminder_at: Zoned | None = Field(default=None, alias="dateReminder")
    """When Clinked reminds people of it."""
    tag_names: CommaList = Field(default=[], alias="tags")
    """The words that it is marked with."""
    color: str | None = None
    """Its colour in a calendar, in hex, such as #212121."""
    disables_maybe: bool | None = Field(default=None, alias="disableMaybe")
    """Whether people have to say yes or no, and cannot say perhaps."""
    author: ClinkedUser | None = None
    """Who made it, with the first few fields of a profile alone."""
    group: ClinkedGroupReference | None = None
    """The group that it is in. Of a person's events, `group` inside is null where the group belongs
    to another account than the one that the person was looked up in."""
    updated_at: datetime | None = Field(default=None, alias="lastModified")
    """When it was last changed."""


MemberId = Annotated[
    strawberry.ID,
    strawberry.argument(description="The person, as a member of any account."),
    KeyOf("ClinkedMember", ("account", "username")),
]
FromDay = Annotated[
    date | None,
    strawberry.argument(
        description="Only those from this day on. One that comes again is given with the dates of "
        "its first time: `recurrenceRule` tells the others."
    ),
]
UntilDay = Annotated[
    date | None, strawberry.argument(description="Only those until this day, itself included.")
]
QUERY = {"from_day": "dateStart", "until_day": "dateEnd"}

LIST = api.endpoint(
    Method.GET,
    "/v3/events?account={account}",
    list[ClinkedEvent],
    "6.1",
    query=("dateStart", "dateEnd"),
)


class AccountEvents(LocatedWire):
    """The part of an account that is about events."""

    @pages(LIST, query=QUERY)
    async def events(
        self,
        from_day: FromDay = None,
        until_day: UntilDay = None,
        first: First = 25,
        after: After = None,
    ) -> Connection[ClinkedEvent] | None:
        """The events of its groups."""
        ...


class ConnectionEvents(LocatedWire):
    """The part of a connection that is about events."""

    @pages(LIST, query=QUERY)
    async def events(
        self,
        account_id: AccountId,
        from_day: FromDay = None,
        until_day: UntilDay = None,
        first: First = 25,
        after: After = None,
    ) -> Connection[ClinkedEvent] | None:
        """The events of an account's groups; null if there is no such account."""
        ...

    @api.pages("/v3/events?user={username}", "6.2", query=QUERY)
    async def user_events(
        self,
        member_id: MemberId,
        from_day: FromDay = None,
        until_day: UntilDay = None,
        first: First = 25,
        after: After = None,
    ) -> Connection[ClinkedEvent] | None:
        """The events of one person in all accounts; null if there is no such person."""
        ...
