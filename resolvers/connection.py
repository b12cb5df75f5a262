"""One connection at work: calls become requests, and answers become objects or faults.

How a request travels is drawn in `courier.py`; that an operation asks for each thing once is
`session.py`'s.
"""

import asyncio
import time
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
from pydantic import ValidationError

from resolvers.call import Call, Origin
from resolvers.courier import Courier, Errand
from resolvers.platform import Clock, Credentials, Platform
from resolvers.reply import Reply, decode
from resolvers.requests import Requests
from resolvers.upstream.deadline import NEVER, Deadline
from resolvers.upstream.errors import (
    ErrorCode,
    Exhausted,
    Forbidden,
    Late,
    Malformed,
    NotFound,
    RateLimited,
    Refused,
    Unauthorized,
    Unavailable,
    Unconfirmed,
    Unreadable,
    UpstreamFault,
)
from resolvers.upstream.flight import Expired, Flight, Flights
from resolvers.upstream.services import Services
from resolvers.upstream.verdict import Outcome, Verdict
from resolvers.upstream.wire import Response, Wire

_FAULTS: dict[Outcome, tuple[type[UpstreamFault], str]] = {
    Outcome.UNAUTHORIZED: (Unauthorized, "refused the gateway's credentials"),
    Outcome.FORBIDDEN: (Forbidden, "does not allow this to the gateway's credentials"),
    Outcome.NOT_FOUND: (NotFound, "has no such thing"),
    Outcome.REFUSED: (Refused, "refused the request"),
    Outcome.RATE_LIMITED: (RateLimited, "asks to wait: too many requests"),
    Outcome.UNAVAILABLE: (Unavailable, "is not available"),
    Outcome.MALFORMED: (Malformed, "gave an answer that cannot be read"),
    Outcome.EXHAUSTED: (Exhausted, "was not asked: what it allows in this time is used up"),
    Outcome.RESTING: (Unavailable, "failed too often, and is left alone for a moment"),
    Outcome.LATE: (Late, "did not answer before the operation's deadline"),
    Outcome.LOST: (Unconfirmed, "did not answer: what was asked may have been done"),
}
# What is our own decision says nothing new about the platform.
_OWN = {Outcome.EXHAUSTED, Outcome.RESTING}

# An idempotency key is not relied on to the last moment.
_CLOCKS_APART_SECONDS = 60.0

_log = structlog.stdlib.get_logger("manifold.upstream")


@dataclass(frozen=True, slots=True)
class LastError:
    """What went wrong last with a platform, and when (epoch seconds)."""

    code: ErrorCode
    at: float


class Connection:
    """One set of credentials at a platform, under its name."""

    def __init__(
        self,
        name: str,
        credentials: Credentials,
        wire: Wire,
        services: Services | None = None,
        clock: Clock = time.time,
    ) -> None:
        """Make ready to send; nothing is sent before the first call."""
        self.name = name
        self.credentials = credentials
        self.services = services or Services()
        self.last_error: LastError | None = None
        self.answered_at: float | None = None
        self._clock = clock
        self._requests = Requests(credentials)
        self.courier = Courier(name, credentials, wire, self.services, clock)
        joined = partial(self.services.observer.joined, credentials.platform, name)
        self._flights: Flights[Any] = Flights(joined)

    @property
    def platform(self) -> Platform:
        """Whose connection this is."""
        return self.credentials.platform

    @property
    def root(self) -> Origin:
        """Where the platform's things begin: the connection, and no key."""
        return Origin(self.platform, self.name)

    def now(self) -> float:
        """Tell the platform's time, in epoch seconds."""
        return self.courier.sender.now()

    def ours(self, moment: float) -> float:
        """Tell by our clock a moment of the platform's, both in epoch seconds."""
        return self.courier.sender.ours(moment)

    async def close(self) -> None:
        """Cancel what is under way, and give back the sockets."""
        await self._flights.close()
        await self.courier.close()

    async def read(self, call: Call, deadline: Deadline = NEVER) -> Any:
        """Ask and decode the answer, together with whoever asks the same; raises a fault."""
        return (await self.reply(call, deadline)).whole(call)

    async def reply(self, call: Call, deadline: Deadline = NEVER) -> Reply:
        """Ask, together with whoever asks the same; raises a fault."""
        return await self.begin(call, deadline)

    def begin(self, call: Call, deadline: Deadline = NEVER) -> asyncio.Future[Reply]:
        """Ask, and give a future of the answer, which fails with a fault.

        Who does not want it any more cancels the future.
        """

        async def fetch(flight: Flight[Reply]) -> Reply:
            return Reply(await self._carry(call, None, flight), self.decoded)

        return self._flights.join(call, fetch, deadline, self._late)

    def _late(self, _was_sent: bool) -> UpstreamFault:
        return self._fault(Verdict(Outcome.LATE))

    async def exchange(
        self, call: Call, deadline: Deadline = NEVER, key: str | None = None
    ) -> Response:
        """Make the call by itself and give its good answer as it came; raises an `UpstreamFault`.

        `key` is the same for what has to be done once however often it is asked.
        """
        if not call.endpoint.is_read:
            # What is fetched at this moment may be from before the change.
            self._flights.forget()
        try:
            return await self._flights.alone(partial(self._carry, call, key), deadline)
        except Expired as expired:
            lost = expired.sent and not call.endpoint.is_read
            raise self._fault(Verdict(Outcome.LOST if lost else Outcome.LATE)) from None
        finally:
            if not call.endpoint.is_read:
                self._flights.forget()

    def decoded(self, call: Call, response: Response) -> Any:
        """Decode a good answer; raises `Malformed`, or `Unreadable` after a write."""
        try:
            return decode(call, response)
        except ValidationError as error:
            # Pydantic's text quotes what it read; only where and what kind may be logged.
            found = error.errors(include_url=False, include_context=False, include_input=False)
            problems = [(".".join(map(str, one["loc"])), one["type"]) for one in found[:5]]
        # The fault has this frame in its traceback, and would keep the whole answer with it.
        status = response.status
        del response
        _log.warning(
            "malformed answer",
            endpoint=str(call.endpoint),
            connection=self.name,
            problems=problems,
        )
        # Raised where it was caught, it would hold pydantic's error, and that what was read.
        raise self._unreadable(call, status)

    def forgives(self, call: Call, seconds: float) -> bool:
        """Whether a write may be made again, under its key, so many seconds after the first time.

        The platform then is as after the first time, whatever became of that.
        """
        remembered = self.credentials.idempotency_seconds - _CLOCKS_APART_SECONDS
        is_keyed = self._requests.manner(call.endpoint).key_header is not None
        return call.endpoint.repeatable or (is_keyed and seconds < remembered)

    async def _carry(self, call: Call, key: str | None, flight: Flight[Any]) -> Response:
        manner = self._requests.manner(call.endpoint)
        request = self._requests.make(call, key)
        errand = Errand(request, manner.name, manner.safety, flight)
        ended = await self.courier.carry(errand)
        verdict, response = ended.verdict, ended.response
        if verdict.outcome is Outcome.OK and response is not None:
            self.answered_at = self._clock()
            return response
        status = None if response is None else response.status
        # As in `decoded`.
        del ended, response
        raise self._fault(verdict, status)

    def _fault(self, verdict: Verdict, status: int | None = None) -> UpstreamFault:
        kind, says = _FAULTS[verdict.outcome]
        if issubclass(kind, Refused):
            # To be told no is to be answered.
            self.answered_at = self._clock()
        else:
            self._note_failure(kind.code, verdict, status)
        return kind(
            f"{self.credentials.title} {says}.",
            platform=self.platform,
            connection=self.name,
            retry_after=verdict.retry_after,
            status=status,
        )

    def _unreadable(self, call: Call, status: int) -> UpstreamFault:
        fault = self._fault(Verdict(Outcome.MALFORMED), status)
        if call.endpoint.is_read:
            return fault
        # Or callers would take it for something that did not happen, and do it again.
        return Unreadable(
            f"{self.credentials.title} did it, but {_FAULTS[Outcome.MALFORMED][1]}.",
            platform=fault.platform,
            connection=fault.connection,
            status=status,
        )

    def _note_failure(self, code: ErrorCode, verdict: Verdict, status: int | None) -> None:
        self.services.observer.failed(self.platform, self.name, code)
        if verdict.outcome not in _OWN:
            self.last_error = LastError(code, self._clock())
            _log.warning(
                "platform fault", connection=self.name, outcome=verdict.word, status=status
            )
