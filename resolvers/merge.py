"""One list out of several connections, read page by page with one cursor.

Each connection's share is a source: one feed, or a chain of them (the groups of one account after
those of another). The merged order takes the first item of each source, then the second of each,
and so on; it is the same whatever the size of a page, and every page asks all sources at once.

A source that is down keeps its place: its items follow when it answers again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from resolvers.paging import Feed, Window
from resolvers.platform import Platform
from resolvers.upstream.errors import Fault, NotFound, NotSupported, Refused

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
    """What a source gave: items with the place behind each, and the place to go on from.

    `total` is the length of the whole source where it is known for nothing; `fault` is what kept
    the source from giving more.
    """

    items: Sequence[tuple[Item, Place]]
    end: Place
    total: int | None = None
    fault: Fault | None = None


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
    shares = await asyncio.gather(*(_share(s, start.get(s.name, START), first) for s in sources))
    waiting = [
        (place.count, position, sources[position].name, item, place)
        for position, share in enumerate(shares)
        for item, place in share.items
    ]
    waiting.sort(key=lambda entry: entry[:2])
    page = waiting[:first]
    steps = [(name, place) for _, _, name, _, place in page]
    # A source that gave nothing has nothing in `steps` to say where it stands.
    idle = {s.name: t.end for s, t in zip(sources, shares, strict=True) if not t.items}
    merged = Merged(
        items=[item for _, _, _, item, _ in page],
        steps=steps,
        start={**start, **idle},
        more=len(waiting) > first,
        total=_total(shares),
        outages=[
            Outage(source.name, source.platform, share.fault)
            for source, share in zip(sources, shares, strict=True)
            if share.fault is not None
        ],
    )
    return replace(merged, more=merged.more or _continues(merged, sources))


def _continues(page: Merged[Item], sources: Sequence[Source[Item]]) -> bool:
    """Tell whether more follows of sources that gave all they had for this page."""
    reached, down = page.places(), {outage.source: outage for outage in page.outages}
    if any(reached[s.name].feed is not None for s in sources if s.name not in down):
        return True
    # A page of nothing but outages ends a loop over pages; its cursor still resumes them.
    waits = any(o.passes and reached[name].feed is not None for name, o in down.items())
    return bool(page.items) and waits


def _total(shares: Sequence[Taken[Item]]) -> int | None:
    known = [t.total for t in shares if t.total is not None and t.fault is None]
    return sum(known) if len(known) == len(shares) else None


async def _share(source: Source[Item], place: Place, first: int) -> Taken[Item]:
    if place.feed is None:
        return Taken((), place, place.count)
    try:
        return await take(await source.feeds(), place, first)
    except Fault as fault:
        return Taken((), place, fault=fault)


async def take(feeds: Sequence[tuple[str, Feed[Item]]], place: Place, count: int) -> Taken[Item]:
    """Read up to `count` items of a chain of feeds from `place` on.

    A feed keyed by nothing is the whole source. Of several, one that is gone is passed over, one
    that is refused is passed over and told, and one that is down ends the share at its place.
    """
    chain = sorted(feeds, key=lambda keyed: _rank(keyed[0]))
    left = [keyed for keyed in chain if _rank(keyed[0]) >= _rank(place.feed or "")]
    found: list[tuple[Item, Place]] = []
    total: int | None = None
    fault: Fault | None = None
    behind: list[str | None] = [*(key for key, _ in left), None][1:]
    for (key, feed), following in zip(left, behind, strict=True):
        here = Place(place.count + len(found), key, place.offset if key == place.feed else 0)
        window: Window[Item] = Window((), more=False)
        try:
            window = await _window(feed, here, count - len(found))
        except Refused as refused:
            if not key:
                raise
            fault = refused
        except Fault as down:
            return Taken(found, here, fault=down)
        base = here.count + 1
        found += [(item, Place(base + n, key, at)) for n, (item, at) in enumerate(window.items)]
        total = window.total if not key else None
        if window.more and found:
            return Taken(found, found[-1][1], total, fault)
        if found:
            found[-1] = (found[-1][0], Place(found[-1][1].count, following))
        if len(found) >= count:
            break
    end = found[-1][1] if found else Place(place.count, None)
    if end.feed is None and place == START:
        total = end.count
    return Taken(found, end, total, fault)


async def _window(feed: Feed[Item], here: Place, count: int) -> Window[Item]:
    try:
        return await feed(here.offset, count)
    except NotFound:
        # Gone since its parent was listed; where there is no parent, the caller should know.
        if not here.feed:
            raise
        return Window((), more=False)


def _rank(key: str) -> tuple[int, str]:
    # Upstream keys are mostly numbers; shorter ones first puts 9 before 10.
    return len(key), key
