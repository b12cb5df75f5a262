"""What idempotency keys stand for: a mutation is done once, however often it is asked for.

What is kept is not what a caller was answered, who may ask for other fields the next time, but the
platforms' answers to the mutation's writes. Done again, it gets those, and sends nothing.

    lock      one request at a time has the key            ends by itself if the process does
    record    who asked for what, and the entries          written before and after each write

Both lie in the store, under a mark of the key and of who uses it. The record is sealed.
"""

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from resolvers.session import Session
from resolvers.upstream.errors import BadInput
from resolvers.upstream.services import Services
from resolvers.writes import Entry, Standing, Writes

Result = TypeVar("Result")

KEPT_SECONDS = 86_400.0
# A lock ends so long after its operation's deadline, by when a last look is over.
_AFTER_DEADLINE_SECONDS = 10.0
# An operation without a deadline is not waited for longer.
_LONGEST_SECONDS = 300.0
_PATH = ("idempotency_key",)
_NAMESPACE = uuid.UUID("3f0d6c1e-5b0f-4c0e-9a53-0d6d7a1f5c9b")


class KeyReused(BadInput):
    """The key stands for something else already."""


class KeyInUse(BadInput):
    """What the key stands for is being done at this moment."""


class Record(BaseModel):
    """What a key stands for, as a mark, and what was written for it."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    asked: str
    is_done: bool = False
    is_confirmed: bool = False
    entries: list[Entry] = []


class Page:
    """One key's place in the store."""

    def __init__(self, services: Services, seconds: float, caller: str, key: str) -> None:
        """Find the place of a caller's key, for what is kept so many seconds."""
        self._store, self._seal, self._seconds = services.store, services.seal, seconds
        self.mark = services.seal.mark(json.dumps([caller, key]).encode())
        self._record, self._lock = f"idempotency:{self.mark}", f"idempotency-lock:{self.mark}"
        self._stored: bytes | None = None
        self._held: bytes | None = None

    async def read(self, asked: str) -> Record | None:
        """Give the record; None if there is none. Raises `KeyReused` for another's."""
        sealed = await self._store.get(self._record)
        if sealed is None:
            return None
        opened = self._seal.open(sealed, self._record)
        try:
            record = None if opened is None else Record.model_validate_json(opened)
        except ValidationError:
            record = None
        if record is None:
            # Sealed by a key that is no longer there, or written by another version.
            raise KeyReused("What came of this key cannot be read any more.", path=_PATH)
        _check(record.asked, asked)
        self._stored = opened
        return record

    async def write(self, record: Record) -> None:
        """Keep the record; one without writes stands for nothing."""
        written = record.model_dump_json().encode() if record.entries else None
        if written == self._stored:
            return
        self._stored = written
        if written is None:
            await self._store.drop(self._record)
        else:
            sealed = self._seal.seal(written, self._record)
            await self._store.put(self._record, sealed, self._seconds)

    async def lock(self, asked: str, seconds: float) -> None:
        """Take the key for so many seconds at most; raises `KeyInUse` or `KeyReused`."""
        mine = f"{asked} {uuid.uuid4().hex}".encode()
        if await self._store.put(self._lock, mine, seconds, new=True):
            self._held = mine
            return
        held = await self._store.get(self._lock)
        if held is not None:
            _check(held.decode().partition(" ")[0], asked)
        message = "The same is being done for this key at this moment; ask again later."
        raise KeyInUse(message, path=_PATH)

    async def unlock(self) -> None:
        """Give the key back, if it was taken."""
        if self._held is not None:
            await self._store.drop(self._lock, self._held)


def _check(before: str, asked: str) -> None:
    if before != asked:
        message = "This key was used for another mutation or other arguments."
        raise KeyReused(message, path=_PATH)


class Kept(Writes):
    """Writes that are written down before and after each."""

    def __init__(self, page: Page, record: Record) -> None:
        """Go on from a record."""
        super().__init__(record.entries, confirmed=record.is_confirmed)
        self._page, self._record = page, record

    def key(self, place: int) -> str:
        """Give a key that is the same on every replica."""
        return str(uuid.uuid5(_NAMESPACE, f"{self._page.mark}:{self._record.asked}:{place}"))

    async def save(self) -> None:
        """Write down what is known."""
        changes = {"is_confirmed": self.confirmed, "entries": self.entries}
        await self._page.write(self._record.model_copy(update=changes))

    async def end(self) -> None:
        """Write down what it has come to; nothing, if it may be done anew."""
        self._record.is_done = self.standing is not Standing.NOTHING
        await self.save()


class Journal:
    """Does what is asked under a key once, in this process and in all that share its store."""

    def __init__(self, services: Services | None = None, seconds: float = KEPT_SECONDS) -> None:
        """Keep what comes of a key for so many seconds."""
        self._services = services or Services()
        self._seconds = seconds
        self._tasks: set[asyncio.Task[Any]] = set()

    async def once(
        self,
        session: Session,
        who: tuple[str, str],
        asked: bytes,
        work: Callable[[], Awaitable[Result]],
    ) -> Result:
        """Do the work for a caller and its key, or give what came of it before.

        It goes on when the waiting is cancelled. Raises `BadInput` where the key does not fit.
        """
        mark = self._services.seal.mark(asked)
        page = Page(self._services, self._seconds, *who)
        task = asyncio.create_task(self._once(session, page, mark, work))
        self._tasks.add(task)
        session.hold(task)
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    async def drain(self) -> None:
        """Wait for what goes on though nobody waits for it; ends with the deadlines."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            # An exception that nobody is left to see would be logged with all that it holds.
            task.exception()

    async def _once(
        self, session: Session, page: Page, asked: str, work: Callable[[], Awaitable[Result]]
    ) -> Result:
        most = min(session.deadline.left(), _LONGEST_SECONDS) + _AFTER_DEADLINE_SECONDS
        try:
            # Whatever holds it up: the key may be another's from then on.
            async with asyncio.timeout(most):
                record = await page.read(asked)
                if record is None or not record.is_done:
                    await page.lock(asked, most)
                    record = await page.read(asked)
                return await self._with(session, Kept(page, record or Record(asked=asked)), work)
        finally:
            await page.unlock()

    async def _with(
        self, session: Session, writes: Kept, work: Callable[[], Awaitable[Result]]
    ) -> Result:
        session.writes = writes
        try:
            return await work()
        finally:
            session.writes = Writes()
            await writes.end()
