"""Clinked's API to declare endpoints of, its page envelope, and what its lists take."""

from collections.abc import Sequence
from typing import Annotated, Generic, TypeVar

import strawberry
from pydantic import AfterValidator, Field, PlainSerializer, SecretStr

from resolvers.arguments import KeyOf
from resolvers.call import checked_key
from resolvers.paging import Page
from resolvers.platforms.clinked import Clinked
from resolvers.reply import Rows
from resolvers.upstream.errors import BadInput
from schema.api import Api
from schema.scalars import KNOWN, OR_FALSE, MemberRole
from schema.wire import WriteInput, matching

api = Api(Clinked)
Item = TypeVar("Item")

Role = Annotated[MemberRole, KNOWN, PlainSerializer(int)]
Password = Annotated[SecretStr, PlainSerializer(SecretStr.get_secret_value)]
Emails = Annotated[list[str], Field(min_length=1, max_length=100)]
# A `platformId` or `contextKey`, which Clinked takes as the number that it is.
Number = Annotated[
    str, matching(r"[0-9]{1,18}", "that is no number of Clinked's"), PlainSerializer(int)
]


def _leading_somewhere(key: str) -> str:
    try:
        checked_key(key)
    except BadInput:
        message = "a thing of that name could not be found again"
        raise ValueError(message) from None
    return key


# What a caller calls a thing that is found by that name afterwards.
Key = Annotated[str, AfterValidator(_leading_somewhere)]


class ClinkedPage(Page[Item], Generic[Item]):
    """What Clinked wraps a page of a list in. Clinked API v3."""

    items: Rows[Item] = []
    page_size: int | None = Field(default=None, alias="pageSize")
    total_results: int | None = Field(default=None, alias="totalResults")
    next_page: Annotated[bool, OR_FALSE] = Field(default=False, alias="nextPage")

    @property
    def rows(self) -> Sequence[Item | None]:
        """The items of this page."""
        return self.items

    @property
    def has_more(self) -> bool:
        """Whether Clinked says that a page follows."""
        return self.next_page

    @property
    def actual_size(self) -> int | None:
        """The page size that Clinked went by."""
        return self.page_size

    @property
    def total(self) -> int | None:
        """How many there are in all; the list of groups says 0 whatever it holds."""
        return self.total_results if self.total_results or not self.items else None


@strawberry.pydantic.input
class ClinkedListFilter(WriteInput):
    """Which items of a list at Clinked to give."""

    name_contains: strawberry.Maybe[str] = Field(serialization_alias="name")
    """Those whose name or e-mail address contains this."""
    name_starts_with: strawberry.Maybe[str] = Field(serialization_alias="startsWith")
    """Those whose name or e-mail address starts with this."""


@strawberry.pydantic.input
class ClinkedOrder(WriteInput):
    """How to order a list at Clinked."""

    by: str = Field(serialization_alias="orderBy")
    """Clinked's own name of the field to order by, as its answers spell it, such as friendlyName or
    dateCreated; it documents no list of them."""
    is_ascending: strawberry.Maybe[bool] = Field(serialization_alias="ascending")
    """Whether the least comes first."""


Filter = Annotated[
    ClinkedListFilter | None, strawberry.argument(description="Only those that match.")
]
Order = Annotated[
    ClinkedOrder | None, strawberry.argument(description="In which order; Clinked's own if null.")
]
AccountId = Annotated[
    strawberry.ID,
    strawberry.argument(description="The account at Clinked to look in."),
    KeyOf("ClinkedAccount", ("account",)),
]
