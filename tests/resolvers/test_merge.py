"""One list out of several."""

import asyncio
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from resolvers import cursor
from resolvers.merge import Merged, Place, Source, merge
from resolvers.paging import Feed, Window, whole
from resolvers.platform import Platform
from resolvers.upstream.errors import Forbidden, NotSupported, Unavailable

FIRST = next(iter(Platform))

# For each source, for each of its feeds, how many items.
shapes = st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=4), min_size=1, max_size=4)
Item = tuple[int, int, int]


def feed_of(items: Sequence[Item]) -> Feed[Item]:
    """Make a feed of a list."""

    async def read() -> Sequence[Item]:
        return items

    return whole(read)


def sources_of(shape: list[list[int]], down: frozenset[int] = frozenset()) -> list[Source[Item]]:
    """Make sources whose items are named by source, feed and number."""

    def source(position: int, feeds: list[int]) -> Source[Item]:
        async def read() -> list[tuple[str, Feed[Item]]]:
            if position in down:
                raise Unavailable("down", platform=FIRST, connection=str(position))
            return [
                (str(key), feed_of([(position, key, n) for n in range(length)]))
                for key, length in enumerate(feeds, 8)
            ]

        return Source(str(position), FIRST, read)

    return [source(position, feeds) for position, feeds in enumerate(shape)]


def page(sources: list[Source[Item]], start: dict[str, Place], first: int) -> Merged[Item]:
    """Read one page, with the start having gone out to a caller and come back."""
    start = cursor.read("list", cursor.write("list", start))
    return asyncio.run(merge(sources, start, first))


def read_all(
    sources: list[Source[Item]], size: int, start: dict[str, Place] | None = None
) -> list[Item]:
    """Read page by page to the end, as a caller does."""
    seen: list[Item] = []
    start = start or {}
    while True:
        merged = page(sources, start, size)
        seen += merged.items
        start = merged.places()
        if not merged.more:
            return seen


def all_items(shape: list[list[int]]) -> set[Item]:
    """Name every item of a shape."""
    return {
        (position, key, n)
        for position, feeds in enumerate(shape)
        for key, length in enumerate(feeds, 8)
        for n in range(length)
    }


@given(shapes, st.integers(1, 20))
def test_every_item_comes_once_in_the_same_order_whatever_the_page(
    shape: list[list[int]], size: int
) -> None:
    """Pages of any size, put together, are the one page that holds all."""
    in_pages = read_all(sources_of(shape), size)

    assert in_pages == read_all(sources_of(shape), 100)
    assert len(in_pages) == len(set(in_pages))
    assert set(in_pages) == all_items(shape)


@given(shapes, st.integers(1, 20), st.data())
def test_what_comes_behind_any_item_is_the_rest(
    shape: list[list[int]], size: int, data: st.DataObject
) -> None:
    """The place behind each item of a page is a place to go on from."""
    sources = sources_of(shape)
    everything = read_all(sources, 100)
    merged = page(sources, {}, size)
    upto = data.draw(st.integers(0, len(merged.items)))
    rest = read_all(sources, size, merged.places(upto))

    assert [*merged.items[:upto], *rest] == everything


@given(shapes, st.integers(1, 20), st.data())
def test_a_source_that_was_down_loses_nothing(
    shape: list[list[int]], size: int, data: st.DataObject
) -> None:
    """Its items follow once it answers, and no other comes twice."""
    down = frozenset(data.draw(st.sets(st.integers(0, len(shape) - 1))))
    broken = page(sources_of(shape, down), {}, size)
    start, seen, more = broken.places(), list(broken.items), True
    while more:
        merged = page(sources_of(shape), start, size)
        seen += merged.items
        start, more = merged.places(), merged.more

    assert {int(outage.source) for outage in broken.outages} == down
    assert len(seen) == len(set(seen))
    assert set(seen) == all_items(shape)


@given(shapes, st.integers(1, 20))
def test_a_loop_over_pages_ends_though_everything_is_down(
    shape: list[list[int]], size: int
) -> None:
    """A page of nothing but outages has none behind it."""
    merged = page(sources_of(shape, frozenset(range(len(shape)))), {}, size)

    assert not merged.more
    assert len(merged.outages) == len(shape)


@given(shapes)
def test_the_total_is_told_only_where_it_is_right(shape: list[list[int]]) -> None:
    """It is the number of all items, or unknown."""
    total = page(sources_of(shape), {}, 5).total

    assert total in {None, len(all_items(shape))}


def test_a_source_that_can_never_answer_does_not_promise_more() -> None:
    """What a platform cannot list keeps no loop going."""

    async def cannot() -> list[tuple[str, Feed[Item]]]:
        raise NotSupported("no list")

    sources = [*sources_of([[3]]), Source("never", FIRST, cannot)]
    merged = page(sources, {}, 3)

    assert len(merged.items) == 3
    assert not merged.more


def test_a_feed_that_vanished_between_pages_is_passed_over() -> None:
    """The next feed goes on from its beginning."""
    merged = page(sources_of([[2, 2, 2]]), {"0": Place(2, "9", 0)}, 2)
    gone = page(sources_of([[2]]), {"0": Place(1, "77", 1)}, 2)

    assert merged.items == [(0, 9, 0), (0, 9, 1)]
    assert gone.items == []
    assert not gone.more


def chain_of(*feeds: Feed[Item] | Exception) -> list[Source[Item]]:
    """Make one source of several feeds, some of which fail."""

    def failing(error: Exception) -> Feed[Item]:
        async def read(offset: int, count: int) -> Window[Item]:
            del offset, count
            raise error

        return read

    async def read() -> list[tuple[str, Feed[Item]]]:
        given = [failing(one) if isinstance(one, Exception) else one for one in feeds]
        return [(str(key), feed) for key, feed in enumerate(given, 1)]

    return [Source("chain", FIRST, read)]


FIVE = feed_of([(0, 1, n) for n in range(5)])
TWO = feed_of([(0, 3, n) for n in range(2)])


@given(st.integers(1, 9))
def test_what_was_read_before_a_feed_failed_is_given_and_the_rest_follows(size: int) -> None:
    """The place of the chain is where it failed."""
    down = Unavailable("down", platform=FIRST, connection="chain")
    seen: list[Item] = []
    start: dict[str, Place] = {}
    outages: list[str] = []
    for _ in range(6):
        merged = page(chain_of(FIVE, down, TWO), start, size)
        seen, start = [*seen, *merged.items], merged.places()
        outages = [outage.source for outage in merged.outages]
    rest = read_all(chain_of(FIVE, feed_of([(0, 2, 0)]), TWO), size, start)

    assert seen == [(0, 1, n) for n in range(5)]
    assert outages == ["chain"]
    assert rest == [(0, 2, 0), (0, 3, 0), (0, 3, 1)]


@given(st.integers(1, 9))
def test_a_feed_that_is_refused_does_not_hide_the_ones_behind_it(size: int) -> None:
    """It is told, and passed over, whatever the size of the page."""
    refused = Forbidden("no", platform=FIRST, connection="chain", status=403)
    seen = read_all(chain_of(FIVE, refused, TWO), size)
    merged = page(chain_of(FIVE, refused, TWO), {}, 100)

    assert seen == [*((0, 1, n) for n in range(5)), (0, 3, 0), (0, 3, 1)]
    assert [outage.fault for outage in merged.outages] == [refused]
    assert merged.total is None
