"""A field that gives pages is held to the endpoint of its list."""

import pytest

from resolvers.call import Endpoint, Method
from resolvers.platform import Platform
from schema.clinked.wire import ClinkedPage
from schema.page import After, Connection, First, pages
from schema.wire import Wire


class Guest(Wire):
    """A guest."""


async def guests(
    self: object, first: First = 25, after: After = None, name: str | None = None
) -> Connection[Guest] | None:
    """Those who came."""
    del self, first, after, name


def listing(*query: str) -> Endpoint[ClinkedPage[Guest]]:
    """Declare a list that takes this in its query."""
    return Endpoint(Platform("clinked"), Method.GET, "/guests", ClinkedPage[Guest], query=query)


@pytest.mark.parametrize(
    ("query", "differs"),
    [
        (("page", "size"), "name"),
        (("page", "size", "name", "label"), "label"),
        (("size", "name"), "page"),
    ],
)
def test_a_field_that_asks_for_something_else_than_its_endpoint_takes_is_a_mistake(
    query: tuple[str, ...], differs: str
) -> None:
    """What the documents are compared with is what is sent."""
    with pytest.raises(TypeError, match=f"differ in \\['{differs}'\\]"):
        pages(listing(*query))(guests)  # pyright: ignore[reportArgumentType]


def test_a_field_that_asks_for_what_its_endpoint_takes_is_made() -> None:
    """In whatever order."""
    assert pages(listing("name", "size", "page"))(guests)  # pyright: ignore[reportArgumentType]
