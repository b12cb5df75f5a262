"""The way of one connection's requests to its platform, and of the answers back.

    flight        equal reads are one; ends at its waiters' deadline     upstream/flight.py
      │
    retry         another try, where it is safe and there is credit      upstream/retry.py
      │
    breaker       a platform that fails is left alone                    upstream/breaker.py
      │
    credentials   a token ahead of its end; one renewal after a 401      upstream/signing.py
      │
    budget        a turn by the platform's limits, or none               upstream/budget.py
      │
    slot          so many sockets and no more                            sender.py
      │
    wire          the bytes, within the time limit of one try            upstream/wire.py

Each decides for itself and knows none of the others. A retry passes the breaker again, so that
an outage ends the retries too; a renewed token's second request has a turn of its own.
"""

import asyncio
import math
import random
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from time import monotonic
from typing import Any, NamedTuple

import structlog

from resolvers.platform import Clock, Credentials
from resolvers.sender import Sender, TokenWire
from resolvers.upstream.breaker import Breaker, Resting
from resolvers.upstream.flight import Flight
from resolvers.upstream.retry import RetryBudget, Safety, Trouble, pause, trouble_of
from resolvers.upstream.services import Services
from resolvers.upstream.signing import Signer
from resolvers.upstream.tokens import NoToken, Token
from resolvers.upstream.vault import StoreVault
from resolvers.upstream.verdict import PASSED_ON, Outcome, Verdict
from resolvers.upstream.wire import Request, Response, TooSlow, Wire, WireError

# After a write was lost these leave open whether it was done; any other answer tells.
_TELL_NOTHING = {
    Outcome.UNAUTHORIZED,
    Outcome.UNAVAILABLE,
    Outcome.RATE_LIMITED,
    Outcome.EXHAUSTED,
    Outcome.RESTING,
    Outcome.MALFORMED,
}

# What has come to nothing by our own decision is no try that could earn another.
_NOT_SENT = {Outcome.EXHAUSTED, Outcome.RESTING}

_log = structlog.stdlib.get_logger("manifold.upstream")


@dataclass(slots=True)
class Errand:
    """A request to be carried, without credentials; `endpoint` names it without anybody's ids.

    What its tries leave behind: whether one was `lost`, so that nobody knows what became of it,
    whether it was given up after a `slow` one, when the last `began` by our clock, and the token
    of the breaker's that it has as a `probe`.
    """

    request: Request
    endpoint: str
    safety: Safety
    flight: Flight[Any]
    lost: bool = False
    slow: bool = False
    began: float = 0.0
    probe: bytes | None = None

    @property
    def is_write(self) -> bool:
        """Whether it may change something."""
        return self.safety is not Safety.READ

    def begin(self) -> None:
        """Note that the first byte of a try may leave."""
        self.flight.sent = True
        self.began = monotonic()


class Ended(NamedTuple):
    """How a try ended: what it means, the answer if there was one, and what stood in its way.

    It `is_counted` already where that was the request for a token.
    """

    verdict: Verdict
    response: Response | None = None
    trouble: Trouble | None = None
    is_counted: bool = False

    @property
    def tells_of_others(self) -> bool:
        """Whether it tells what became of an earlier try that was lost."""
        # Which may be what it conflicts with, as Codat says while that one is under way.
        conflicts = self.response is not None and self.response.status == HTTPStatus.CONFLICT
        return not conflicts and self.verdict.outcome not in _TELL_NOTHING

    @property
    def is_open(self) -> bool:
        """Whether it leaves open what became of this try."""
        return self.response is not None and self.response.status in PASSED_ON

    def after(self, before: "Ended") -> "Ended":
        """Tell the same or, if there was no turn this time, how the try before it ended."""
        if self.verdict.outcome is not Outcome.EXHAUSTED:
            return self
        waits = [one.verdict.retry_after or 0.0 for one in (before, self)]
        verdict = replace(before.verdict, retry_after=max(waits) or None)
        return before._replace(verdict=verdict, trouble=None)


class Courier:
    """Carries the requests of one connection."""

    def __init__(
        self, name: str, credentials: Credentials, wire: Wire, services: Services, clock: Clock
    ) -> None:
        """Make ready to carry; nothing is sent before the first errand."""
        self.name, self.credentials = name, credentials
        self._observer = services.observer
        self._retries = RetryBudget()
        self.sender = Sender(name, credentials, wire, services, clock)
        self.breaker = Breaker(
            services.store,
            name,
            clock,
            rest=credentials.breaker_rest_seconds,
            lease=2 * credentials.timeout_seconds,
        )
        mark = services.seal.mark(credentials.fingerprint())
        vault = StoreVault(services.store, services.seal, f"{name}:{mark}")
        wire_of_tokens = TokenWire(self.sender, self._token_asked)
        self._signer: Signer = credentials.signer(wire_of_tokens, self.sender.now, vault)

    @property
    def token(self) -> Token | None:
        """The short-lived token at hand, if the platform has such."""
        return self._signer.held

    async def close(self) -> None:
        """Give back the sockets."""
        await self._signer.close()
        await self.sender.close()

    async def carry(self, errand: Errand) -> Ended:
        """Send the request until there is an answer or another try is of no use."""
        tries, ended = 1, await self._try(errand, 1)
        if ended.verdict.outcome not in _NOT_SENT:
            self._retries.earn()
        while (wait := self._pause(errand, ended, tries)) is not None and self._retries.take():
            await asyncio.sleep(wait)
            tries += 1
            ended = (await self._try(errand, tries)).after(ended)
        lost = errand.lost and not (ended.tells_of_others or ended.is_open)
        return Ended(Verdict(Outcome.LOST)) if lost else ended

    def _pause(self, errand: Errand, ended: Ended, tries: int) -> float | None:
        if ended.trouble is None:
            return None
        return pause(
            ended.trouble,
            errand.safety,
            tries=tries,
            asked=ended.verdict.retry_after,
            left=errand.flight.deadline.left(),
            dice=random.random(),  # noqa: S311 - it spreads, and hides nothing
        )

    async def _try(self, errand: Errand, tries: int) -> Ended:
        try:
            errand.probe = await self.breaker.admit()
            if tries > 1:
                self._observer.retried(self.credentials.platform, self.name)
            return await self._admitted(errand)
        except Resting as resting:
            verdict = Verdict(Outcome.RESTING, resting.seconds)
            self._observer.refused(self.credentials.platform, self.name, verdict.word)
            return Ended(verdict)

    async def _admitted(self, errand: Errand) -> Ended:
        try:
            ended = await self._authorized(errand)
            if not ended.is_counted or errand.probe is not None:
                await self._tell_breaker(ended, errand.probe)
        except BaseException:
            await self._given_up(errand)
            raise
        return ended

    async def _given_up(self, errand: Errand) -> None:
        if errand.slow:
            await self._failed(errand.probe, None)
        else:
            await self.breaker.release(errand.probe)

    async def _token_asked(self, verdict: Verdict) -> None:
        await self._tell_breaker(Ended(verdict, trouble=trouble_of(verdict.outcome)), None)

    async def _tell_breaker(self, ended: Ended, probe: bytes | None) -> None:
        if ended.verdict.outcome is Outcome.EXHAUSTED:
            await self.breaker.release(probe)
        elif ended.trouble is None:
            await self.breaker.succeed(probe)
        else:
            await self._failed(probe, ended.verdict.retry_after)

    async def _failed(self, probe: bytes | None, asked: float | None) -> None:
        if await self.breaker.fail(probe, asked):
            _log.warning("breaker opened", connection=self.name)

    async def _authorized(self, errand: Errand) -> Ended:
        """Send with credentials, and once more with new ones if they are refused."""
        try:
            signed = self._signer.sign_now(errand.request)
            if signed is None:
                signed = await self._signer.sign(errand.request)
            ended = await self._send(signed, errand)
            refused = ended.verdict.outcome is Outcome.UNAUTHORIZED
            if refused and await self._signer.renew(signed):
                ended = await self._send(await self._signer.sign(errand.request), errand)
        except NoToken as error:
            # The request itself was not sent, whatever became of the token's.
            unsent = error.verdict.outcome is Outcome.UNAVAILABLE
            trouble = Trouble.UNSENT if unsent else trouble_of(error.verdict.outcome)
            return Ended(error.verdict, trouble=trouble, is_counted=True)
        return ended

    async def _send(self, signed: Request, errand: Errand) -> Ended:
        turn = self.sender.turn_now(write=errand.is_write)
        if turn is None:
            turn = await self.sender.turn(errand.flight.deadline.left(), write=errand.is_write)
        if turn.id is None:
            return Ended(Verdict(Outcome.EXHAUSTED, turn.wait))
        flight, before, errand.began = errand.flight, errand.flight.sent, math.inf
        admits = partial(self.breaker.still_admits, errand.probe)
        try:
            response, verdict = await self.sender.send(
                signed,
                errand.endpoint,
                self._judge,
                turn,
                errand.begin,
                admits,
            )
        except WireError as error:
            return self._broken(errand, error, before=before)
        except asyncio.CancelledError:
            # A deadline may be too short for any platform; half of a try's time is not.
            errand.slow = flight.expired and monotonic() - errand.began >= signed.timeout / 2
            raise
        ended = Ended(verdict, response, trouble_of(verdict.outcome))
        if errand.is_write and ended.is_open:
            errand.lost = True
        elif verdict.outcome is not Outcome.OK:
            # Whoever gives up from here on has missed no more than a no.
            flight.sent = before
        return ended

    def _broken(self, errand: Errand, error: WireError, *, before: bool) -> Ended:
        errand.flight.sent = before or error.sent
        if not error.sent:
            return Ended(Verdict(Outcome.UNAVAILABLE), trouble=Trouble.UNSENT)
        trouble = Trouble.SLOW if isinstance(error, TooSlow) else Trouble.LOST
        errand.lost = errand.is_write
        return Ended(Verdict(Outcome.UNAVAILABLE), trouble=trouble)

    def _judge(self, response: Response) -> Verdict:
        return self.credentials.verdict(response, now=self.sender.now())
