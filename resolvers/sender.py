"""The lower half of a request's way: a turn by the budget, a slot, the bytes, what they teach.

Tokens are asked for by it as well, so that their requests count like all others.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import cache
from time import monotonic
from typing import Any, cast

import structlog

from resolvers.platform import Clock, Credentials
from resolvers.upstream import meter
from resolvers.upstream.budget import Left, Quota, Reservation, Rules, rules
from resolvers.upstream.observer import Sent
from resolvers.upstream.services import Services
from resolvers.upstream.skew import Skew
from resolvers.upstream.time_limit import TimeLimits
from resolvers.upstream.tokens import NoToken
from resolvers.upstream.verdict import Outcome, Verdict, by_status
from resolvers.upstream.wire import Request, Response, TooLarge, TooSlow, Wire, WireError

Judge = Callable[[Response], Verdict]
# Lets pass what had to wait, or raises what has come in between.
Admits = Callable[[], Awaitable[None]]

_log = structlog.stdlib.get_logger("manifold.upstream")


async def _always() -> None:
    """Let everything pass."""


class Sender:
    """Sends the requests of one connection, each in its turn."""

    def __init__(
        self, name: str, credentials: Credentials, wire: Wire, services: Services, clock: Clock
    ) -> None:
        """Make ready to send."""
        self.name, self.credentials, self.services = name, credentials, services
        self._wire, self._clock = wire, clock
        self._skew = Skew()
        self._slots = asyncio.Semaphore(credentials.most_connections)
        self._limits = TimeLimits()
        self._budget = credentials.budget_key(name)
        self._reads, self._writes = (
            rules(credentials.held_to, services.mutation_share, write=write)
            for write in (False, True)
        )
        # Until when the platform has asked to wait, whatever it tells meanwhile of its quota.
        self._waits_until = 0.0

    def now(self) -> float:
        """Tell the platform's time, in epoch seconds."""
        return self._clock() + self._skew.seconds

    def ours(self, moment: float) -> float:
        """Tell by our clock a moment of the platform's, both in epoch seconds."""
        return moment - self._skew.seconds

    async def left(self) -> Left | None:
        """Tell what may still be asked; None where nothing limits it."""
        return await self.services.store.left(self._budget, self._writes)

    def turn_now(self, *, write: bool) -> Reservation | None:
        """Reserve a turn if there is one at this moment, and nothing has to be waited for."""
        if self._waits_until > self._clock():
            return None
        held = self._writes if write else self._reads
        turn = self.services.store.reserve_now(self._budget, held, 0.0)
        return None if turn is None or turn.id is None else turn

    async def turn(self, within: float, *, write: bool) -> Reservation:
        """Reserve a turn that comes within so many seconds, and wait for it."""
        held = self._writes if write else self._reads
        turn = await self._reserved(held, within)
        if turn.id is None:
            word = Outcome.EXHAUSTED.value
            self.services.observer.refused(self.credentials.platform, self.name, word)
        elif turn.wait > 0:
            try:
                await asyncio.sleep(turn.wait)
            except asyncio.CancelledError:
                await self._refund(turn)
                raise
        return turn

    async def send(
        self,
        request: Request,
        endpoint: str,
        judge: Judge,
        turn: Reservation,
        begun: Callable[[], None] = lambda: None,
        admits: Admits = _always,
    ) -> tuple[Response, Verdict]:
        """Send once, tell whoever watches, and learn from the answer; raises `WireError`.

        `begun` is called when the first byte may leave, and `admits` before that if there was a
        wait, here or for the turn.
        """
        if turn.wait > 0 or self._slots.locked():
            await self._wait_for_slot(turn, admits)
        else:
            await self._slots.acquire()
        try:
            begun()
            response, verdict = await self._sent(request, endpoint, judge, turn)
        finally:
            self._slots.release()
        await self._learn(response, verdict)
        return response, verdict

    async def close(self) -> None:
        """Give back the sockets."""
        await self._wire.close()
        self._limits.close()

    async def _reserved(self, held: Rules, within: float) -> Reservation:
        wait = self._waits_until - self._clock()
        if wait > within:
            return Reservation(wait)
        turn = await self._granted(held, within)
        return Reservation(wait, turn.id) if wait > turn.wait else turn

    async def _granted(self, held: Rules, within: float) -> Reservation:
        reserving = asyncio.create_task(self.services.store.reserve(self._budget, held, within))
        try:
            return await asyncio.shield(reserving)
        except asyncio.CancelledError:
            # It is given all the same, and nobody would use it.
            await self._refund(await reserving)
            raise

    async def _refund(self, turn: Reservation) -> None:
        if turn.id is not None:
            await self.services.store.refund(self._budget, turn.id)

    async def _wait_for_slot(self, turn: Reservation, admits: Admits) -> None:
        try:
            await self._slots.acquire()
            try:
                await admits()
            except BaseException:
                self._slots.release()
                raise
        except BaseException:
            await self._refund(turn)
            raise

    async def _sent(
        self, request: Request, endpoint: str, judge: Judge, turn: Reservation
    ) -> tuple[Response, Verdict]:
        meter.count(self.credentials.platform)
        began, asked_at = monotonic(), self._clock()
        status, word = None, "cancelled"
        try:
            response = await self._bounded(request)
            self._skew.learn(response.headers.get("date"), asked_at, self._clock())
            verdict = judge(response)
            status, word = response.status, verdict.word
        except WireError as error:
            word = "slow" if isinstance(error, TooSlow) else "broken"
            if not error.sent:
                await self._refund(turn)
            raise
        finally:
            self._tell(endpoint, status, word, monotonic() - began)
        return response, verdict

    async def _bounded(self, request: Request) -> Response:
        try:
            return await self._limits.within(request.timeout, self._wire.send(request))
        except TooLarge as error:
            # By its status it may still tell all there is to know; its body nobody can read.
            return Response(error.status)
        except TimeoutError:
            raise TooSlow("it did not answer in time", sent=True) from None

    async def _learn(self, response: Response, verdict: Verdict) -> None:
        if verdict.outcome is Outcome.RATE_LIMITED and verdict.retry_after:
            self._waits_until = max(self._waits_until, self._clock() + verdict.retry_after)
            await self.services.store.learn(self._budget, Quota(0, self._waits_until))
            return
        quota = self.credentials.quota(response)
        # An answer from before the platform asked to wait says nothing against that.
        if quota is not None and self._waits_until <= self._clock():
            ours = Quota(quota.remaining, self.ours(quota.resets_at), quota.limit)
            await self.services.store.learn(self._budget, ours)

    def _tell(self, endpoint: str, status: int | None, word: str, seconds: float) -> None:
        platform = self.credentials.platform
        self.services.observer.sent(Sent(platform, self.name, endpoint, status, word, seconds))
        if _debugs(structlog.get_config()["wrapper_class"]):
            _log.debug(
                "call",
                endpoint=endpoint,
                connection=self.name,
                status=status,
                outcome=word,
                ms=round(seconds * 1000, 1),
            )


@cache
def _debugs(wrapper: object) -> bool:  # noqa: ARG001 - the level is the wrapper's
    """Tell whether the log takes such lines; to hand it one that it drops costs microseconds."""
    return cast("Any", _log.bind()).is_enabled_for(logging.DEBUG)


class TokenWire:
    """The wire by which a connection asks for tokens."""

    def __init__(self, sender: Sender, asked: Callable[[Verdict], Awaitable[None]]) -> None:
        """Send by the same turns as the connection's other requests; `asked` is told how it went.

        It is told once, however many wait for the token.
        """
        self._sender, self._asked = sender, asked

    async def send(self, request: Request) -> Response:
        """Send the request; raises `WireError`, or `NoToken` if there is no turn for it."""
        sender = self._sender
        turn = await sender.turn(request.timeout, write=True)
        if turn.id is None:
            raise NoToken(Verdict(Outcome.EXHAUSTED, turn.wait))
        endpoint = f"{request.method} {request.url.removeprefix(sender.credentials.address)}"
        try:
            response, verdict = await sender.send(request, endpoint, self._judge, turn)
        except WireError:
            await self._asked(Verdict(Outcome.UNAVAILABLE))
            raise
        await self._asked(verdict)
        if verdict.outcome is Outcome.OK:
            sender.services.observer.renewed(sender.credentials.platform, sender.name)
        return response

    async def close(self) -> None:
        """Leave the sockets to the sender."""

    def _judge(self, response: Response) -> Verdict:
        return by_status(response, now=self._sender.now())
