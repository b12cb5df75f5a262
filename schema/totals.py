"""Lists of which nothing but their length is asked for, which need not be read for it.

Their length is what it would be beside their items: it is told where the platform tells it with a
page, or where all of it fits on one.
"""

from collections.abc import Mapping
from typing import Any, cast, get_origin

from graphql import get_named_type

from resolvers.call import Call, Origin, QueryValue
from resolvers.listing import PageOf
from resolvers.merge import Merged
from resolvers.paging import Page
from resolvers.rest import Counting, ListEndpoint
from resolvers.session import Session
from schema.selection import TYPENAME, Selection, selection_of

_TOTAL = "totalCount"


def is_total_alone(selection: Selection, connection: Any) -> bool:
    """Tell whether nothing but the length is selected of a connection's type."""
    names = {one.name for one in selection.of(connection)}
    return _TOTAL in names and names <= {_TOTAL, TYPENAME}


def asks_total_alone(info: Any) -> bool:
    """Tell whether nothing but the length is selected of what a resolver gives."""
    raw = info._raw_info  # noqa: SLF001 - strawberry shows no more of it than names
    return is_total_alone(selection_of(raw), get_named_type(raw.return_type))


async def total_alone(
    session: Session,
    endpoint: ListEndpoint,
    at: Origin,
    query: Mapping[str, QueryValue],
    first: int,
    counting: Counting | None,
) -> PageOf[Any] | None:
    """Read no more of a list than its length; None where that takes a page of `first` items.

    `counting` is where a header tells it of the list without a query, whose pages do not.
    """
    if counting is None:
        return await _by_page(session, endpoint, at, query)
    if query:
        return None
    reply = await session.reply(Call.make(counting.endpoint, at))
    number = counting.number(reply.response)
    if number is None:
        return None
    # Beside the items it would not be known of a list of more than one page.
    return _page(number if number <= first else None)


async def _by_page(
    session: Session, endpoint: ListEndpoint, at: Origin, query: Mapping[str, QueryValue]
) -> PageOf[Any] | None:
    envelope = cast("Any", endpoint.reply)
    if get_origin(envelope) is list or not issubclass(envelope, Page):
        return None
    asked = {**query, envelope.number_parameter: 1, envelope.size_parameter: 1}
    page = cast("Page[Any]", await session.listed(endpoint, at, asked))
    if page.has_more and page.rows:
        return None if page.total is None else _page(page.total)
    return _page(sum(row is not None for row in page.rows))


def _page(total: int | None) -> PageOf[Any]:
    merged = Merged[Any]((), None, (), {}, more=False, total=total)
    return PageOf(merged, str, resumed=False)
