"""What every call of a stand-in passes.

controls    /__calls, /__faults, /__limits, /__state: answered here, never counted
call log    what came, and at the end how it was answered
faults      drawn once for the call
latency     the wait that was asked for; who goes away meanwhile is not served
limits      a call too many is refused
errors      an error instead of an answer
the app     the platform itself
changes     a replaced or halved body
latency     the wait that was asked for with the work done
the answer  whole, cut, or none
"""

from dataclasses import dataclass

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.sandbox.kit.answers import Answer, collect, dated, deliver
from gateway.sandbox.kit.calls import UNANSWERED, CallLog, raw_path
from gateway.sandbox.kit.connection import hang_up, stays
from gateway.sandbox.kit.faults import FaultBox, Faults
from gateway.sandbox.kit.limits import LimitBox


@dataclass(frozen=True, slots=True)
class Gate:
    """Stands before a platform's app."""

    app: ASGIApp
    controls: ASGIApp
    calls: CallLog
    faults: FaultBox
    limits: LimitBox

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call."""
        if scope["path"].startswith("/__"):
            await self.controls(scope, receive, dated(send))
            return
        request = Request(scope, receive)
        try:
            body = await request.body()
        except ClientDisconnect:
            return
        await self._answer(request, body, send)

    async def _answer(self, request: Request, body: bytes, send: Send) -> None:
        call = self.calls.note(request, body)
        faults = self.faults.draw(request.method, raw_path(request))
        answer = await self._worked_out(request, body, faults)
        if answer is None:
            call["status"] = UNANSWERED
            await hang_up(request)
            return
        call["status"] = answer.status
        send = dated(send, faults.date_skew_seconds)
        await deliver(answer, send, head=request.method == "HEAD", cut=faults.cut)
        if faults.cut:
            await hang_up(request)

    async def _worked_out(self, request: Request, body: bytes, faults: Faults) -> Answer | None:
        """Give the answer that goes out; None where none does, be the work done or not."""
        if not await stays(request, faults.latency_ms) or faults.drop_before:
            return None
        answer = await self._decide(request, body, faults)
        stayed = await stays(request, faults.latency_after_ms)
        return faults.halved(answer) if stayed and not faults.drop else None

    async def _decide(self, request: Request, body: bytes, faults: Faults) -> Answer:
        client = request.client.host if request.client else ""
        too_many = self.limits.refuse(client)
        answer = (
            await collect(too_many, request, body)
            if too_many
            else await self._faulted(request, body, faults)
        )
        return answer.with_headers(self.limits.limiter.headers(client))

    async def _faulted(self, request: Request, body: bytes, faults: Faults) -> Answer:
        error = faults.error(self.faults.dice)
        return error or faults.changed(await collect(self.app, request, body))
