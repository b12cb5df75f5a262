"""Codat's API to declare endpoints of, and its page envelope."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import Field

from resolvers.paging import Page
from resolvers.platforms.codat import Codat
from resolvers.reply import Rows
from schema.api import Api

api = Api(Codat)
Item = TypeVar("Item")


class CodatPage(Page[Item], Generic[Item]):
    """What Codat wraps a page of a list in. Platform API, Paging."""

    size_parameter: ClassVar[str] = "pageSize"
    largest: ClassVar[int] = 5000

    results: Rows[Item] = []
    page_size: int | None = Field(default=None, alias="pageSize")
    total_results: int | None = Field(default=None, alias="totalResults")
    links: Mapping[str, Any] = Field(default_factory=dict[str, Any], alias="_links")

    @property
    def rows(self) -> Sequence[Item | None]:
        """The companies or connections of this page."""
        return self.results

    @property
    def has_more(self) -> bool:
        """Whether Codat links to a next page."""
        return "next" in self.links

    @property
    def actual_size(self) -> int | None:
        """The page size that Codat went by."""
        return self.page_size

    @property
    def total(self) -> int | None:
        """How many there are after filtering."""
        return self.total_results
