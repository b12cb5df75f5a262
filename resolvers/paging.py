"""Any stretch of a platform's list, whichever way the platform pages.

A feed is one upstream list. It is read by the offset of an item in the platform's own order, which
stays good when the size of a page changes.
"""

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Protocol, TypeVar, cast

from pydantic import BaseModel

# How many items to look through at once for those that are wanted.
_STRETCH = 100

Item = TypeVar("Item")
Item_co = TypeVar("Item_co", covariant=True)


@dataclass(slots=True)
class Window(Generic[Item_co]):
    """A stretch of a feed: items, and for each of them the offset behind it.

    `total` is the length of the whole feed where the platform tells it for nothing.
    """

    items: Sequence[Item_co]
    after: Sequence[int]
    more: bool
    total: int | None = None


class Feed(Protocol[Item_co]):
    """Reads up to `count` items from `offset` on."""

    def __call__(self, offset: int, count: int) -> Coroutine[Any, Any, Window[Item_co]]:
        """Give the stretch; it is shorter than `count` only at the end of the feed."""
        ...


class Page(BaseModel, Generic[Item]):
    """A platform's page envelope: what it is called upstream, and what it says of itself."""

    number_parameter: ClassVar[str] = "page"
    size_parameter: ClassVar[str] = "size"
    largest: ClassVar[int] = 100

    @property
    @abstractmethod
    def rows(self) -> Sequence[Item | None]:
        """The items as the platform counts them; None for what could not be read."""

    @property
    @abstractmethod
    def has_more(self) -> bool:
        """Whether a page follows."""

    @property
    @abstractmethod
    def actual_size(self) -> int | None:
        """How long a full page is, by the platform's word; None if it does not say."""

    @property
    def total(self) -> int | None:
        """How many items there are on all pages, where the platform's word is good."""
        return None


def fitting_size(offset: int, count: int, largest: int) -> int:
    """Give the smallest page size with which one page holds the whole stretch.

    Where no size up to `largest` does, give `largest`, with which two pages do.

    >>> fitting_size(0, 25, 100), fitting_size(7, 25, 100), fitting_size(95, 10, 100)
    (25, 32, 15)
    """
    if not offset:
        return min(count, largest)
    last = offset + count - 1
    sizes = range(count, largest + 1)
    return next((size for size in sizes if offset // size == last // size), largest)


def paged(fetch: Callable[[int, int], Awaitable[Page[Item]]], largest: int) -> Feed[Item]:
    """Make a feed of a list that is read by page number (from 1) and page size."""

    async def read(offset: int, count: int) -> Window[Item]:
        size = fitting_size(offset, count, largest)
        found: list[Item] = []
        after: list[int] = []
        at = offset
        while True:
            number = at // size + 1
            page = await fetch(number, size)
            size = page.actual_size or size
            begins = (number - 1) * size
            if page.rows and not begins <= at < begins + len(page.rows):
                # The platform has its own idea of a page, and this is another stretch.
                begins = at // size * size
                page = await fetch(at // size + 1, size)
            rows = page.rows[at - begins :] if at > begins else page.rows
            if any(row is None for row in rows):
                found += [row for row in rows if row is not None]
                after += [at + n for n, row in enumerate(rows, 1) if row is not None]
            else:
                found += cast("Sequence[Item]", rows)
                after += range(at + 1, at + len(rows) + 1)
            at += len(rows)
            if len(found) >= count or not page.has_more or not rows:
                more = len(found) > count or (page.has_more and bool(rows))
                return Window(found[:count], after[:count], more, page.total)

    return read


def first_window(read: Any, count: int) -> Window[Any] | None:
    """Give the first stretch of a list out of its first page, or out of all of it.

    There has to be nothing in it that could not be read. None where more has to be read for it.
    """
    if isinstance(read, list):
        items = cast("list[Any]", read)
        stretch = items[:count]
        after = range(1, len(stretch) + 1)
        return Window(stretch, after, count < len(items), len(items))
    rows, more = read.rows, bool(read.has_more)
    if more and rows and len(rows) < count:
        return None
    stretch = rows[:count]
    is_more = len(rows) > count or (more and bool(rows))
    return Window(stretch, range(1, len(stretch) + 1), is_more, read.total)


def whole(fetch: Callable[[], Awaitable[Sequence[Item]]]) -> Feed[Item]:
    """Make a feed of a list that the platform only gives as a whole."""

    async def read(offset: int, count: int) -> Window[Item]:
        items = await fetch()
        stretch = items[offset : offset + count]
        after = range(offset + 1, offset + len(stretch) + 1)
        return Window(stretch, after, offset + count < len(items), len(items))

    return read


def kept(feed: Feed[Item], keep: Callable[[Item], bool]) -> Feed[Item]:
    """Make a feed of those items that `keep` is true of."""

    async def read(offset: int, count: int) -> Window[Item]:
        found: list[Item] = []
        behind: list[int] = []
        while True:
            # However few are wanted, they may be far apart.
            window = await feed(offset, max(count, _STRETCH))
            for item, after in zip(window.items, window.after, strict=True):
                if keep(item):
                    found.append(item)
                    behind.append(after)
            if len(found) >= count or not window.more or not window.items:
                more = window.more or len(found) > count
                return Window(found[:count], behind[:count], more)
            offset = window.after[-1]

    return read
