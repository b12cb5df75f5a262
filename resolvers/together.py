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
from typing import Any, Protocol

import msgspec
from aiodataloader import DataLoader

from resolvers.call import Call, Endpoint, QueryValue
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


_key = msgspec.json.Decoder(_Keyed).decode
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
                self.bodies.setdefault(str(_key(row).id), bytes(row))
            except _UNREADABLE:
                self.is_all = False


class Together(ABC):
    """How things are got from a list; `most` of them at once."""

    most = 100

    def __init__(self, listing: Endpoint[Any]) -> None:
        """Get them from this list."""
        self.listing = listing

    def takes(self, key: str) -> bool:
        """Tell whether a thing with such a key can be got from the list."""
        return bool(key)

    def asks(self, keys: Sequence[str]) -> Mapping[str, QueryValue]:
        """Give what the list is asked for with; nothing, where it has all there is."""
        del keys
        return {}

    @abstractmethod
    def found(self, body: bytes, keys: Sequence[str]) -> Found:
        """Find things in the answer; raises one of msgspec's errors where it cannot be read."""


class InWhole(Together):
    """Things in a list of all there are, which takes no more to get than one of them does."""

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

    def asks(self, keys: Sequence[str]) -> Mapping[str, QueryValue]:
        """Ask for these."""
        return self._asks(keys)

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
        together = together_of(made.endpoint)
        if together is None or made.query or not together.takes(_key_of(made)):
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
        task = asyncio.current_task()
        if task is not None:
            self._reads.keep(task)
        waiting = [self.waiting.pop(made) for made in calls]
        try:
            found = await self._found(calls)
            answers = [self._cut(made, found) for made in calls]
            missing = [made for made, one in zip(calls, answers, strict=True) if one is None]
            sent = iter(await self._sent(missing))
        except asyncio.CancelledError:
            # The loader knows nothing of it, and its futures would be waited for without end.
            for future in waiting:
                future.cancel()
            raise
        return [next(sent) if one is None else one for one in answers]

    async def _found(self, calls: Sequence[Call]) -> Found:
        """Look for all of them in the list, unless that is a call for one of them alone."""
        together = self._together
        keys = [_key_of(made) for made in calls]
        listing = Call.make(together.listing, self._connection.root, together.asks(keys))
        is_held = self._reads.holds(listing)
        if len(calls) == 1 and not is_held:
            return Found(())
        try:
            return together.found((await self._reads.reply(listing)).response.body, keys)
        except (Refused, Malformed, *_UNREADABLE):
            # The list is no way to them; each may be there all the same.
            return Found(())
        except UpstreamFault:
            # Who asked for the list itself has its error; what asked for the things has not.
            if is_held:
                return Found(())
            raise

    def _cut(self, made: Call, found: Found) -> Reply | NotFound | None:
        body = found.bodies.get(_key_of(made))
        if body is not None:
            return Reply(Response(200, body=body), self._connection.decoded)
        return self._gone() if found.is_all else None

    def _gone(self) -> NotFound:
        on = self._connection
        message = f"{on.credentials.title} has no such thing."
        return NotFound(message, platform=on.platform, connection=on.name, status=404)

    async def _sent(self, calls: Sequence[Call]) -> list[Reply | Exception]:
        if len(calls) == 1:
            return [await self._send(calls[0])]
        return list(await asyncio.gather(*map(self._send, calls)))

    async def _send(self, made: Call) -> Reply | Exception:
        try:
            return await self._connection.reply(made, self._reads.deadline)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is of this call alone
            return error


def _look_at(reading: asyncio.Future[Any]) -> None:
    """Look at how a read failed: if nobody waits for it any more, the event loop would complain."""
    if not reading.cancelled():
        reading.exception()


def _key_of(made: Call) -> str:
    return "" if made.origin is None else made.origin.keys[made.endpoint.parameters[-1]]
