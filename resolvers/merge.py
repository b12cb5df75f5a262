"""One list out of several connections, read page by page with one cursor.

Each connection's share is a source: one feed, or a chain of them (the groups of one account after
those of another). The merged order takes the first item of each source, then the second of each,
and so on; it is the same whatever the size of a page, and every page asks all sources at once.

A source that is down keeps its place: its items follow when it answers again.
"""

import asyncio
from collections import Counter
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
_NOWHERE: Mapping[str, Place] = {}


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


class Steps:
    """Where a source stands behind each of its items, worked out for those that are asked for."""

    def __init__(self) -> None:
        self._parts: list[tuple[int, Place, Sequence[int]]] = []
        self._last: tuple[int, str | None] | None = None
        self.count = 0

    def add(self, here: Place, after: Sequence[int]) -> None:
        """Go on from a place in a feed by as many items as there are offsets behind them."""
        self._parts.append((self.count, here, after))
        self.count += len(after)

    def end(self, following: str | None) -> None:
        """Say that with the last item its feed has ended, and which follows."""
        self._last = (self.count, following)

    def behind(self, number: int) -> Place:
        """Give the place behind the item of that number, from 1."""
        before, here, after = next(part for part in reversed(self._parts) if part[0] < number)
        count = here.count + number - before
        if self._last is not None and self._last[0] == number:
            return Place(count, self._last[1])
        return Place(count, here.feed, after[number - before - 1])


@dataclass(slots=True)
class Taken(Generic[Item]):
    """What a source gave: items, the place behind each, and the place to go on from.

    `total` is the length of the whole source where it is known for nothing; `fault` is what kept
    the source from giving more.
    """

    items: Sequence[Item]
    steps: Steps
    end: Place
    total: int | None = None
    fault: Fault | None = None


@dataclass(slots=True)
class Merged(Generic[Item]):
    """One page of a merged list.

    `order` has, for each item, the number of its source among `sources`, of which each has its
    name and where it stands behind its items; it is None where there is one source.
    """

    items: Sequence[Item]
    order: Sequence[int] | None
    sources: Sequence[tuple[str, Steps]]
    start: Mapping[str, Place]
    more: bool
    total: int | None
    outages: Sequence[Outage] = ()

    def places(self, upto: int | None = None) -> dict[str, Place]:
        """Give where every source stands behind the first `upto` items, or behind all."""
        number = len(self.items) if upto is None else upto
        order = (0,) * number if self.order is None else self.order[:number]
        reached = {
            self.sources[source][0]: self.sources[source][1].behind(count)
            for source, count in Counter(order).items()
        }
        return {**self.start, **reached}


async def merge(
    sources: Sequence[Source[Item]], start: Mapping[str, Place], first: int
) -> Merged[Item]:
    """Read the next `first` items of all sources together."""
    reading = [_share(one, start.get(one.name, START), first) for one in sources]
    shares = [await reading[0]] if len(reading) == 1 else await asyncio.gather(*reading)
    items, order, waiting = _interleaved(shares, [start.get(s.name, START) for s in sources], first)
    # A source that gave nothing has nothing in `order` to say where it stands.
    idle = {s.name: t.end for s, t in zip(sources, shares, strict=True) if not t.items}
    merged = Merged(
        items=items,
        order=order,
        sources=[(s.name, t.steps) for s, t in zip(sources, shares, strict=True)],
        start={**start, **idle},
        more=waiting,
        total=_total(shares),
        outages=[
            Outage(source.name, source.platform, share.fault)
            for source, share in zip(sources, shares, strict=True)
            if share.fault is not None
        ],
    )
    return merged if waiting else replace(merged, more=_continues(merged, sources))


async def alone(
    name: str, feed: Feed[Item], start: Mapping[str, Place], first: int
) -> Merged[Item]:
    """Read the next `first` items of one feed, as `merge` does of one source; raises its fault."""
    place = start.get(name, START)
    if place.feed is None:
        return Merged((), None, [(name, Steps())], start, more=False, total=place.count)
    return shown_alone(name, await feed(place.offset, first), place, start)


def shown_alone(
    name: str, window: Window[Item], place: Place = START, start: Mapping[str, Place] = _NOWHERE
) -> Merged[Item]:
    """Give what was read of one feed from a place on as a page of its own."""
    found, steps = window.items, Steps()
    steps.add(place, window.after)
    more = bool(window.more and found)
    if not more:
        steps.end(None)
    if not found:
        start = {**start, name: Place(place.count, None)}
    is_whole = not more and place == START
    total = place.count + len(found) if is_whole else window.total
    return Merged(found, None, [(name, steps)], start, more=more, total=total)


def _interleaved(
    shares: Sequence[Taken[Item]], starts: Sequence[Place], first: int
) -> tuple[Sequence[Item], Sequence[int] | None, bool]:
    """Put the next item of each source after the other, until there are `first`.

    Gives them with the number of each one's source, and whether some are left.
    """
    if len(shares) == 1:
        return shares[0].items, None, False
    entries = [
        (start.count + number, source, number)
        for source, (share, start) in enumerate(zip(shares, starts, strict=True))
        for number in range(len(share.items))
    ]
    entries.sort()
    page = entries[:first]
    items = [shares[source].items[number] for _, source, number in page]
    return items, [source for _, source, _ in page], len(entries) > first


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
        return Taken((), Steps(), place, place.count)
    try:
        return await take(await source.feeds(), place, first)
    except Fault as fault:
        return Taken((), Steps(), place, fault=fault)


async def take(feeds: Sequence[tuple[str, Feed[Item]]], place: Place, count: int) -> Taken[Item]:
    """Read up to `count` items of a chain of feeds from `place` on.

    A feed keyed by nothing is the whole source. Of several, one that is gone is passed over, one
    that is refused is passed over and told, and one that is down ends the share at its place.
    """
    chain = sorted(feeds, key=lambda keyed: _rank(keyed[0]))
    left = [keyed for keyed in chain if _rank(keyed[0]) >= _rank(place.feed or "")]
    found: list[Item] = []
    steps = Steps()
    total: int | None = None
    fault: Fault | None = None
    behind: list[str | None] = [*(key for key, _ in left), None][1:]
    for (key, feed), following in zip(left, behind, strict=True):
        here = Place(place.count + len(found), key, place.offset if key == place.feed else 0)
        window: Window[Item] = Window((), (), more=False)
        try:
            window = await _window(feed, here, count - len(found))
        except Refused as refused:
            if not key:
                raise
            fault = refused
        except Fault as down:
            return Taken(found, steps, here, fault=down)
        found += window.items
        steps.add(here, window.after)
        total = window.total if not key else None
        if window.more and found:
            return Taken(found, steps, steps.behind(len(found)), total, fault)
        if found:
            steps.end(following)
        if len(found) >= count:
            break
    end = steps.behind(len(found)) if found else Place(place.count, None)
    if end.feed is None and place == START:
        total = end.count
    return Taken(found, steps, end, total, fault)


async def _window(feed: Feed[Item], here: Place, count: int) -> Window[Item]:
    try:
        return await feed(here.offset, count)
    except NotFound:
        # Gone since its parent was listed; where there is no parent, the caller should know.
        if not here.feed:
            raise
        return Window((), (), more=False)


def _rank(key: str) -> tuple[int, str]:
    # Upstream keys are mostly numbers; shorter ones first puts 9 before 10.
    return len(key), key
