"""What every call of a stand-in passes.

controls    /__calls, /__faults, /__limits, /__state: answered here, never counted
call log    what came and how it was answered
latency     the wait that was asked for
limits      a call too many is refused
faults      an error instead of an answer, a replaced body, a cut connection
the app     the platform itself
"""

import asyncio
from dataclasses import dataclass

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.sandbox.kit.answers import Answer, collect, deliver
from gateway.sandbox.kit.calls import CallLog
from gateway.sandbox.kit.faults import FaultBox
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
            await self.controls(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            body = await request.body()
        except ClientDisconnect:
            return
        await self._answer(request, body, send)

    async def _answer(self, request: Request, body: bytes, send: Send) -> None:
        faults = self.faults.current
        await asyncio.sleep(faults.latency_ms / 1000)
        answer = await self._decide(request, body)
        self.calls.note(request, body, answer.status)
        await deliver(answer, send, head=request.method == "HEAD", cut=faults.cut)

    async def _decide(self, request: Request, body: bytes) -> Answer:
        client = request.client.host if request.client else ""
        too_many = self.limits.refuse(client)
        answer = (
            await collect(too_many, request, body)
            if too_many
            else await self._faulted(request, body)
        )
        return answer.with_headers(self.limits.limiter.headers(client))

    async def _faulted(self, request: Request, body: bytes) -> Answer:
        faults = self.faults.current
        error = faults.error(self.faults.dice)
        return error or faults.changed(await collect(self.app, request, body))
