"""Codat's API to declare endpoints of, its page envelope, and how its lists are asked for."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Generic, TypeVar

import strawberry
from pydantic import Field, field_serializer

from resolvers.paging import Page
from resolvers.platforms.codat import Codat
from resolvers.reply import Rows
from schema.api import Api
from schema.scalars import OR_EMPTY
from schema.wire import WriteInput, given

api = Api(Codat)
Item = TypeVar("Item")


class CodatPage(Page[Item], Generic[Item]):
    """What Codat wraps a page of a list in. Platform API, Paging."""

    size_parameter: ClassVar[str] = "pageSize"
    largest: ClassVar[int] = 5000

    results: Annotated[Rows[Item], OR_EMPTY] = []
    page_size: int | None = Field(default=None, alias="pageSize")
    total_results: int | None = Field(default=None, alias="totalResults")
    links: Mapping[str, Any] | None = Field(default=None, alias="_links")

    @property
    def rows(self) -> Sequence[Item | None]:
        """The companies or connections of this page."""
        return self.results

    @property
    def has_more(self) -> bool:
        """Whether Codat links to a next page."""
        return (self.links or {}).get("next") is not None

    @property
    def actual_size(self) -> int | None:
        """The page size that Codat went by."""
        return self.page_size

    @property
    def total(self) -> int | None:
        """How many there are after filtering."""
        return self.total_results


Query = Annotated[str, Field(min_length=1, max_length=2048)]


@strawberry.pydantic.input
class CodatListFilter(WriteInput):
    """Which items of a list at Codat to give."""

    query: strawberry.Maybe[Query]
    """Those of which this is true: a condition in Codat's own query language, such as
    `name~foods && created>2026-01-31`, up to 2048 characters. Conditions are joined by && and ||
    and grouped by { }, the operators are = != ~ > >= < and <=."""


@strawberry.pydantic.input
class CodatCompanyFilter(CodatListFilter):
    """Which companies at Codat to give."""

    tags: strawberry.Maybe[Query]
    """Those of whose tags this is true: a condition in Codat's own query language, such as
    `region=uk && team~cedar`, up to 2048 characters; the operators are = != and ~."""


@strawberry.pydantic.input
class CodatOrder(WriteInput):
    """How to order a list at Codat."""

    by: Annotated[str, Field(min_length=1)] = Field(serialization_alias="orderBy")
    """Codat's own name of the property to order by, such as name or created."""
    is_descending: strawberry.Maybe[bool] = Field(exclude=True)
    """Whether the greatest comes first."""

    @field_serializer("by")
    def _signed(self, by: str) -> str:
        return f"-{by}" if given(self.is_descending) else by


Order = Annotated[
    CodatOrder | None, strawberry.argument(description="In which order; Codat's own if null.")
]
FILTER = strawberry.argument(description="Only those that match.")
