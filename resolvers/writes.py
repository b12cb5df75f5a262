"""The writes of one mutation, and what is known of each.

Kept under an idempotency key (`journal.py`), they are made once, however often they are asked for.
"""

import time
from enum import Enum, auto
from http import HTTPStatus

from pydantic import BaseModel, ConfigDict, Field

from resolvers.call import Call
from resolvers.connection import Connection
from resolvers.upstream.deadline import Deadline
from resolvers.upstream.errors import (
    Forbidden,
    Malformed,
    NotFound,
    Refused,
    Unavailable,
    Unconfirmed,
    Unreadable,
    UpstreamFault,
)
from resolvers.upstream.verdict import PASSED_ON
from resolvers.upstream.wire import Response

_REFUSALS = {kind.__name__: kind for kind in (Refused, NotFound, Forbidden)}
# Codat's word for one that came with the same key and is not done yet.
_UNDER_WAY = HTTPStatus.CONFLICT
# A platform that we have stopped listening to may go on with a write for so long.
_AT_IT_SECONDS = 10.0
# A write is answered with the one thing that it was about, if not with nonsense.
_MOST_KEPT_BYTES = 256 * 1024


class Standing(Enum):
    """What a mutation's writes have come to."""

    NOTHING = auto()
    """Nothing was changed, or not all that had to be; it may be tried again."""
    REFUSED = auto()
    """A platform said no."""
    MAYBE = auto()
    """One was sent, and its answer never came."""
    DONE = auto()
    """All were answered, and well."""


class Entry(BaseModel):
    """One write: where it went, since when (epoch seconds), and its answer once there is one.

    `is_cut` tells that the platform itself ended it without an answer.
    """

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    call: str
    began: float
    status: int | None = None
    body: bytes | None = Field(default=None, repr=False)
    refusal: str | None = None
    message: str = ""
    is_cut: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether the platform has said what it did."""
        return self.status is not None

    def answered(self, response: Response) -> None:
        """Keep a good answer, or of a long one no more than that it was good."""
        kept = len(response.body) <= _MOST_KEPT_BYTES
        self.status, self.body = response.status, response.body if kept else None

    def refused(self, fault: Refused) -> None:
        """Keep a refusal."""
        self.refusal, self.message = type(fault).__name__, fault.message
        # At Kondado refusals are not in the status.
        self.status = fault.status or 0

    def again(self, connection: Connection) -> Response:
        """Give the good answer once more; raises the refusal, or `Unreadable` if it was long."""
        if self.refusal is None and self.body is not None:
            return Response(self.status or 0, body=self.body)
        kind = Unreadable if self.refusal is None else _REFUSALS[self.refusal]
        raise kind(
            self.message,
            platform=connection.platform,
            connection=connection.name,
            status=self.status,
        )


class Writes:
    """The writes of one mutation, in the order in which it makes them."""

    def __init__(self, entries: list[Entry] | None = None, *, confirmed: bool = False) -> None:
        """Begin, or go on after what was done before."""
        self.entries = entries or []
        self.confirmed = confirmed
        self._place = 0
        self._is_broken = False

    @property
    def standing(self) -> Standing:
        """Tell what they have come to."""
        if not all(entry.is_answered for entry in self.entries):
            return Standing.MAYBE
        if not self.entries or self._is_broken:
            return Standing.NOTHING
        refused = any(entry.refusal for entry in self.entries)
        return Standing.REFUSED if refused else Standing.DONE

    @property
    def began(self) -> float:
        """Tell when the one that is in doubt was sent, or else the last (epoch seconds)."""
        return self._doubtful.began

    @property
    def may_go_on(self) -> bool:
        """Whether a platform may still be at it."""
        one = self._doubtful
        is_over = one.is_answered or one.is_cut
        return not is_over and time.time() - one.began < _AT_IT_SECONDS

    @property
    def _doubtful(self) -> Entry:
        unanswered = (entry for entry in self.entries if not entry.is_answered)
        return next(unanswered, self.entries[-1])

    async def go(self, call: Call, connection: Connection, deadline: Deadline) -> Response:
        """Make the next write, or give the answer that it had before; raises an `UpstreamFault`."""
        place, self._place = self._place, self._place + 1
        where = f"{connection.name} {call.endpoint.method} {call.path}"
        if place < len(self.entries):
            return await self._again(place, where, call, connection, deadline)
        self.entries.append(Entry(call=where, began=time.time()))
        # Before it is sent: if this process ends now, the next one has to know.
        await self.save()
        try:
            return await self._send(place, call, connection, deadline)
        except UpstreamFault as fault:
            entry = self.entries[place]
            if not entry.is_answered and not _may_be_done(fault):
                del self.entries[place]
                self._is_broken = True
            # Not if it was we who ended it, or somebody in between.
            waited = time.time() - entry.began >= connection.credentials.timeout_seconds
            given_up = waited or not deadline.left()
            entry.is_cut = isinstance(fault, Unconfirmed) and not given_up
            raise

    def key(self, place: int) -> str | None:
        """Give the key by which the platform knows a write again; None is a new one."""
        del place

    async def save(self) -> None:
        """Write down what is known, where it has to outlast the mutation."""

    async def _again(
        self, place: int, where: str, call: Call, connection: Connection, deadline: Deadline
    ) -> Response:
        entry = self.entries[place]
        if entry.is_answered and entry.call == where:
            return entry.again(connection)
        if entry.call != where or not connection.forgives(call, time.time() - entry.began):
            raise _unconfirmed(connection)
        return await self._send(place, call, connection, deadline, is_first=False)

    async def _send(
        self,
        place: int,
        call: Call,
        connection: Connection,
        deadline: Deadline,
        *,
        is_first: bool = True,
    ) -> Response:
        entry = self.entries[place]
        try:
            response = await connection.exchange(call, deadline, self.key(place))
        except Refused as fault:
            if fault.status == _UNDER_WAY and not is_first:
                raise _unconfirmed(connection) from None
            entry.refused(fault)
            await self.save()
            raise
        entry.answered(response)
        await self.save()
        return response


def _may_be_done(fault: UpstreamFault) -> bool:
    """Tell whether a write may have been done in spite of what came back."""
    if isinstance(fault, Malformed):
        return fault.status is not None and fault.status < HTTPStatus.MULTIPLE_CHOICES
    passed_on = isinstance(fault, Unavailable) and fault.status in PASSED_ON
    return passed_on or isinstance(fault, Unconfirmed)


def _unconfirmed(connection: Connection) -> Unconfirmed:
    return Unconfirmed(
        f"{connection.credentials.title} did not answer: what was asked may have been done.",
        platform=connection.platform,
        connection=connection.name,
    )
