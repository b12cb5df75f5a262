"""Several things by one call: what a list answers is not asked for one by one.

An endpoint that gives one thing may name a list that has the same things in the same words. Then
its reads wait for one turn of the event loop, and those of a connection go together:

    a list that is held      was read by the operation, or is being read: it serves any number
    several at once          are one call to the list
    one alone                is its own call

The answer of each is cut out of the list as it came, so that nobody above can tell how it was
read. What the list does not have is asked for by itself, unless the list was asked for by the very
keys.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Protocol, cast

import msgspec
from aiodataloader import DataLoader

from resolvers.call import Call, Endpoint, Origin, QueryValue
from resolvers.connection import Connection
from resolvers.reply import Reply
from resolvers.upstream.deadline import Deadline
from resolvers.upstream.errors import Malformed, NotFound, Refused, UpstreamFault
from resolvers.upstream.wire import Response

_UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError)


class _Keyed(msgspec.Struct):
    """All that has to be known of a thing to find it in its list."""

    id: str | int


class _Page(msgspec.Struct):
    """A page of a list that tells how many there are."""

    results: list[msgspec.Raw]
    total: int | None = msgspec.field(default=None, name="totalResults")


_keyed = msgspec.json.Decoder(_Keyed).decode
_rows = msgspec.json.Decoder(list[msgspec.Raw]).decode
_page = msgspec.json.Decoder(_Page).decode


class Found:
    """The things of a list by their keys, and whether what is not among them is gone."""

    def __init__(self, rows: Iterable[msgspec.Raw], *, is_all: bool = False) -> None:
        """Look for the key of each; what has none is passed over."""
        self.bodies: dict[str, bytes] = {}
        self.is_all = is_all
        for row in rows:
            try:
                self.bodies.setdefault(str(_keyed(row).id), bytes(row))
            except _UNREADABLE:
                self.is_all = False


class Together(ABC):
    """How things are got from a list; `most` of them at once, each by a `key` of its endpoint's."""

    most = 100
    key = ""

    def __init__(self, listing: Endpoint[Any]) -> None:
        """Get them from this list."""
        self.listing = listing

    @abstractmethod
    def takes(self, key: str) -> bool:
        """Tell whether a thing with such a key can be got from the list."""

    @abstractmethod
    def call(self, at: Origin, keys: Sequence[str]) -> Call:
        """Make the call to the list of a connection in which things are looked for."""

    @abstractmethod
    def found(self, body: bytes, keys: Sequence[str]) -> Found:
        """Find things in the answer; raises one of msgspec's errors where it cannot be read."""


class InWhole(Together):
    """Things in a list of all there are, which takes no more to get than one of them does."""

    def __init__(self, listing: Endpoint[Any]) -> None:
        """Get them from this list."""
        super().__init__(listing)
        self._calls: dict[str, Call] = {}

    def takes(self, key: str) -> bool:
        """Take any."""
        del key
        return True

    def call(self, at: Origin, keys: Sequence[str]) -> Call:
        """Ask for all."""
        del keys
        made = self._calls.get(at.connection)
        if made is None:
            made = self._calls[at.connection] = Call.make(self.listing, at)
        return made

    def found(self, body: bytes, keys: Sequence[str]) -> Found:
        """Find them in a bare array."""
        del keys
        return Found(_rows(body))


class ByKeys(Together):
    """Things in a list that can be asked for by their keys, `most` of them in one query."""

    def __init__(
        self,
        listing: Endpoint[Any],
        takes: Callable[[str], object],
        asks: Callable[[Sequence[str]], Mapping[str, QueryValue]],
        most: int,
    ) -> None:
        """Ask as `asks` says for those whose keys it `takes`."""
        super().__init__(listing)
        self._takes, self._asks, self.most = takes, asks, most

    def takes(self, key: str) -> bool:
        """Tell whether a key can stand in the query."""
        return bool(self._takes(key))

    def call(self, at: Origin, keys: Sequence[str]) -> Call:
        """Ask for these."""
        return Call.make(self.listing, at, self._asks(keys))

    def found(self, body: bytes, keys: Sequence[str]) -> Found:
        """Find them in a page; what else is in it shows that the platform went by another query."""
        page = _page(body)
        found = Found(page.results, is_all=page.total == len(page.results))
        found.is_all = found.is_all and found.bodies.keys() <= set(keys)
        return found


_lists: dict[Endpoint[Any], Together] = {}


def listed(one: Endpoint[Any], together: Together) -> None:
    """Say that what an endpoint gives one by one stands in a list in the same words."""
    if together.listing.parameters or len(one.parameters) != 1:
        message = f"{one} has keys that {together.listing} cannot be asked with"
        raise TypeError(message)
    (together.key,) = one.parameters
    _lists[one] = together


def together_of(one: Endpoint[Any]) -> Together | None:
    """Tell how what an endpoint gives one by one is got from a list; None if from none."""
    return _lists.get(one)


class Reads(Protocol):
    """The reads of one operation."""

    deadline: Deadline

    def holds(self, made: Call) -> bool:
        """Tell whether something was read already, or is being read."""
        ...

    async def reply(self, made: Call) -> Reply:
        """Read something, or give what was read; raises a `Fault`."""
        ...

    def keep(self, reading: asyncio.Future[Any]) -> None:
        """Cancel what is being read with the operation."""
        ...


class Gathered:
    """Reads that go together with others, of one operation."""

    __slots__ = ("_open",)

    def __init__(self) -> None:
        """Begin with none."""
        self._open: dict[tuple[Together, str], tuple[_Batch, DataLoader[Call, Reply]]] = {}

    def load(
        self, made: Call, connection: Connection, reads: Reads
    ) -> asyncio.Future[Reply] | None:
        """Begin to read something with others; None for what goes by itself."""
        together = _lists.get(made.endpoint)
        if together is None or made.query or not together.takes(_key(together, made)):
            return None
        place = (together, connection.name)
        if place not in self._open:
            batch = _Batch(together, connection, reads, partial(self._open.pop, place, None))
            # What was read is kept by the session, which forgets it after a write.
            loader = DataLoader(batch.replies, max_batch_size=together.most, cache=False)
            self._open[place] = batch, loader
        batch, loader = self._open[place]
        future = batch.waiting[made] = loader.load(made)
        future.add_done_callback(_look_at)
        return future


class _Batch:
    """What goes together by one list of one connection, from one turn of the event loop."""

    def __init__(
        self,
        together: Together,
        connection: Connection,
        reads: Reads,
        begun: Callable[[], object],
    ) -> None:
        self._together, self._connection, self._reads = together, connection, reads
        self._begun = begun
        self.waiting: dict[Call, asyncio.Future[Reply]] = {}

    async def replies(self, calls: list[Call]) -> list[Any]:
        """Give the answer to each call, or how it failed."""
        # It holds the session, and would be held by it: what was read would outlive the operation.
        self._begun()
        self._reads.keep(cast("asyncio.Task[Any]", asyncio.current_task()))
        try:
            return await self._replies(calls)
        except asyncio.CancelledError:
            # The loader knows nothing of it, and its futures would be waited for without end.
            for made in calls:
                self.waiting[made].cancel()
            raise

    async def _replies(self, calls: Sequence[Call]) -> list[Any]:
        keys = [_key(self._together, made) for made in calls]
        listing = self._together.call(self._connection.root, keys)
        if len(calls) == 1 and not self._reads.holds(listing):
            return [await self._send(calls[0])]
        found = await self._found(listing, keys)
        answers = [self._cut(key, found) for key in keys]
        missing = [made for made, one in zip(calls, answers, strict=True) if one is None]
        sent = iter(await asyncio.gather(*map(self._send, missing)))
        return [next(sent) if one is None else one for one in answers]

    async def _found(self, listing: Call, keys: Sequence[str]) -> Found:
        is_held = self._reads.holds(listing)
        try:
            return self._together.found((await self._reads.reply(listing)).response.body, keys)
        except (Refused, Malformed, *_UNREADABLE):
            # The list is no way to them; each may be there all the same.
            return Found(())
        except UpstreamFault:
            # Who asked for the list itself has its error; what asked for the things has not.
            if is_held:
                return Found(())
            raise

    def _cut(self, key: str, found: Found) -> Reply | NotFound | None:
        body = found.bodies.get(key)
        if body is not None:
            return Reply(Response(200, body=body), self._connection.decoded)
        return self._gone() if found.is_all else None

    def _gone(self) -> NotFound:
        on = self._connection
        message = f"{on.credentials.title} has no such thing."
        return NotFound(message, platform=on.platform, connection=on.name, status=404)

    async def _send(self, made: Call) -> Reply | Exception:
        try:
            return await self._connection.begin(made, self._reads.deadline)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is of this call alone
            return error


def _look_at(reading: asyncio.Future[Any]) -> None:
    """Look at how a read failed: if nobody waits for it any more, the event loop would complain."""
    if not reading.cancelled():
        reading.exception()


def _key(together: Together, made: Call) -> str:
    # Whoever makes a call of a template says where it is made.
    return cast("Origin", made.origin).keys[together.key]
