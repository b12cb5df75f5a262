"""One list out of several connections, read page by page with one cursor.

Each connection's share is a source: one feed, or a chain of them (the groups of one account after
those of another). The merged order takes the first item of each source, then the second of each,
and so on; it is the same whatever the size of a page, and every page asks all sources at once.

A source that is down keeps its place: its items follow when it answers again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from resolvers.paging import Feed, Window
from resolvers.platform import Platform
from resolvers.upstream.errors import Fault, NotFound, NotSupported

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Place:
    """How far a source has been read: items so far, and the feed and offset of the next.

    A source that was read to its end has no feed.
    """

    count: int = 0
    feed: str | None = ""
    offset: int = 0


START = Place()


@dataclass(frozen=True, slots=True)
class Source(Generic[Item]):
    """One connection's share of a merged list; its feeds are keyed by what they belong to."""

    name: str
    platform: Platform
    feeds: Callable[[], Awaitable[Sequence[tuple[str, Feed[Item]]]]]


@dataclass(frozen=True, slots=True)
class Outage:
    """A source that could not be read, and why."""

    source: str
    platform: Platform
    fault: Fault

    @property
    def passes(self) -> bool:
        """Whether asking again later may help; what a platform cannot do, it never can."""
        return not isinstance(self.fault, NotSupported)


@dataclass(frozen=True, slots=True)
class Taken(Generic[Item]):
    """What a source gave: items with the place behind each, and the place behind all of them.

    `total` is the length of the whole source where it is known for nothing.
    """

    items: Sequence[tuple[Item, Place]]
    end: Place
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Merged(Generic[Item]):
    """One page of a merged list.

    `steps` has, for each item, its source and where that stands behind the item.
    """

    items: Sequence[Item]
    steps: Sequence[tuple[str, Place]]
    start: Mapping[str, Place]
    more: bool
    total: int | None
    outages: Sequence[Outage] = ()

    def places(self, upto: int | None = None) -> dict[str, Place]:
        """Give where every source stands behind the first `upto` items, or behind all."""
        return {**self.start, **dict(self.steps[:upto])}


async def merge(
    sources: Sequence[Source[Item]], start: Mapping[str, Place], first: int
) -> Merged[Item]:
    """Read the next `first` items of all sources together."""
    answers = await asyncio.gather(*(_attempt(s, start.get(s.name, START), first) for s in sources))
    taken: dict[str, Taken[Item]] = {}
    outages: list[Outage] = []
    for source, answer in zip(sources, answers, strict=True):
        if isinstance(answer, Fault):
            outages.append(Outage(source.name, source.platform, answer))
        else:
            taken[source.name] = answer
    return _page(taken, outages, start, first)


def _page(
    taken: Mapping[str, Taken[Item]],
    outages: Sequence[Outage],
    start: Mapping[str, Place],
    first: int,
) -> Merged[Item]:
    waiting = [
        (place.count, position, name, item, place)
        for position, (name, share) in enumerate(taken.items())
        for item, place in share.items
    ]
    waiting.sort(key=lambda entry: entry[:2])
    page = waiting[:first]
    steps = [(name, place) for _, _, name, _, place in page]
    # A source that gave nothing has nothing in `steps` to say that it is at its end.
    begun = {**start, **{name: share.end for name, share in taken.items() if not share.items}}
    reached = {**begun, **dict(steps)}
    more = len(waiting) > first or any(reached[name].feed is not None for name in taken)
    totals = [share.total for share in taken.values()]
    known = [total for total in totals if total is not None]
    return Merged(
        items=[item for _, _, _, item, _ in page],
        steps=steps,
        start=begun,
        # A page of nothing but outages ends a loop over pages; its cursor still resumes them.
        more=more or bool(page and any(outage.passes for outage in outages)),
        total=None if outages or len(known) < len(totals) else sum(known),
        outages=outages,
    )


async def _attempt(source: Source[Item], place: Place, first: int) -> Taken[Item] | Fault:
    if place.feed is None:
        return Taken((), place, place.count)
    try:
        return await take(await source.feeds(), place, first)
    except Fault as fault:
        return fault


async def take(feeds: Sequence[tuple[str, Feed[Item]]], place: Place, count: int) -> Taken[Item]:
    """Read up to `count` items of a chain of feeds from `place` on."""
    chain = sorted(feeds, key=lambda keyed: _rank(keyed[0]))
    begun = _rank(place.feed or "")
    left = [keyed for keyed in chain if _rank(keyed[0]) >= begun]
    found: list[tuple[Item, Place]] = []
    total: int | None = None
    behind: list[str | None] = [*(key for key, _ in left), None][1:]
    for (key, feed), following in zip(left, behind, strict=True):
        offset = place.offset if key == place.feed else 0
        window = await _window(feed, offset, count - len(found), alone=len(chain) == 1)
        base = place.count + len(found) + 1
        found += [(item, Place(base + n, key, at)) for n, (item, at) in enumerate(window.items)]
        total = window.total if len(chain) == 1 else None
        if window.more and found:
            return Taken(found, found[-1][1], total)
        if found:
            found[-1] = (found[-1][0], Place(found[-1][1].count, following))
        if len(found) >= count:
            break
    end = found[-1][1] if found else Place(place.count, None)
    return Taken(found, end, end.count if end.feed is None else total)


async def _window(feed: Feed[Item], offset: int, count: int, *, alone: bool) -> Window[Item]:
    try:
        return await feed(offset, count)
    except NotFound:
        # Gone since its parent was listed; where there is no parent, the caller should know.
        if alone:
            raise
        return Window((), more=False)


def _rank(key: str) -> tuple[int, str]:
    # Upstream keys are mostly numbers; shorter ones first puts 9 before 10.
    return len(key), key
