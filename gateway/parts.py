"""Sends an answer part by part, each once it is there, for as long as its client is."""

import asyncio

from graphql import GraphQLError
from starlette.types import Send

from gateway.departure import Gone, while_there
from gateway.http.multipart import Form, Parts
from gateway.http.patience import Patience
from gateway.http.reply import ID, typed
from gateway.visit import Visit
from schema.error_codes import coded
from schema.incremental import Later
from schema.operation import Answer

_OK = 200


class InParts:
    """An answer whose first part is there, on its way to the client.

    Each part is written when the one before is on its way, so that for who reads slowly nothing
    piles up here but what was found out meanwhile.
    """

    def __init__(self, answer: Answer, later: Later, form: Form, visit: Visit) -> None:
        """Write the first part; raises `ValueError` for what cannot be written."""
        self._later, self._form, self._visit = later, form, visit
        self._parts = Parts(form)
        self._first = self._parts.first(answer, later.pending)
        self._is_last = False

    async def send(self, send: Send) -> None:
        """Send all of it; raises `Gone`.

        All of it is found out within the time that a request may take, and the client has as long
        again to take each part.
        """
        front, report = self._visit.front, self._visit.report
        report.status = _OK
        start = {"type": "http.response.start", "status": _OK}
        # A proxy that waits for the whole would make nothing of it.
        own = [(ID, report.id.encode()), (b"x-accel-buffering", b"no")]
        await send({**start, "headers": own + typed(self._form.content_type)})
        body, left = self._first, front.request_seconds - report.seconds
        enforced = front.settings.limits.ceiling("request_seconds") is not None
        while True:
            seconds = front.request_seconds if enforced else None
            await _taken(send, body, seconds, more=not self._is_last)
            if self._is_last:
                return
            began = report.seconds
            body = await self._following(left)
            left -= report.seconds - began

    async def _following(self, seconds: float) -> bytes:
        """Wait so long for the next part, and write it; if it does not come, none does."""
        report, incoming = self._visit.report, self._visit.asked
        front = self._visit.front
        alarms, limits = front.running.alarms, front.settings.limits
        try:
            with Patience(alarms, seconds, limits, report.over):
                following = self._later.__anext__()
                part = await while_there(following, incoming.receive, incoming.connection)
            report.note_more(part.errors)
            body = self._parts.following(part)
        except Gone:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, its text goes nowhere
            self._is_last = True
            told = coded(GraphQLError(str(error), original_error=error), report.id)
            report.note_more([told])
            return self._parts.broken_off(told)
        self._is_last = part.is_last
        return body


async def _taken(send: Send, body: bytes, seconds: float | None, *, more: bool) -> None:
    """Send a piece; raises `Gone` if the client does not take what came before."""
    try:
        async with asyncio.timeout(seconds):
            await send({"type": "http.response.body", "body": body, "more_body": more})
    except TimeoutError:
        raise Gone from None
