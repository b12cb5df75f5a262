"""An operation as it is seen from outside: one line in the log, and its place in the metrics."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from time import monotonic

import structlog
from graphql import GraphQLError
from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

from gateway.metrics import Metrics
from resolvers.context import Asked, Context
from resolvers.upstream.errors import Fault
from schema.error_codes import coded
from schema.limits.limit import Mode
from schema.operation import Answer

_BAD_REQUEST, _FAILED = 400, 500

_log = structlog.stdlib.get_logger("manifold.gateway")


class Result(StrEnum):
    """How an operation ended, for logs and metrics."""

    OK = "ok"
    PARTIAL = "partial"
    """Answered, with errors."""
    REFUSED = "refused"
    """The request or its document was wrong, and nothing of it was run."""
    GONE = "gone"
    """The client went away before its answer was there."""
    FAILED = "failed"
    """There was no answer, for a fault of the gateway's own or since it had to end."""


@dataclass(slots=True)
class Report:
    """What becomes known of an operation as it goes on."""

    metrics: Metrics
    id: str = ""
    caller: str | None = None
    context: Context | None = None
    status: int | None = None
    codes: list[str] = field(default_factory=list[str])
    run: bool = False
    stayed: bool = True
    split: bool = False

    def note(self, answer: Answer) -> None:
        """Note what is answered."""
        self.codes = [str((error.extensions or {}).get("code")) for error in answer.errors]
        self.run = answer.ran

    def refuse(self, code: str) -> None:
        """Note why nothing is run."""
        self.codes = [code]

    def refused_by(self, fault: Fault) -> Answer:
        """Give the answer to a request that a fault keeps from being run."""
        return self._ended(fault, fault)

    def failed_by(self, error: Exception) -> Answer:
        """Give the answer to a request that the gateway itself fails in."""
        return self._ended(error, Fault("The gateway failed."))

    def over(self, limit: str, mode: Mode) -> None:
        """Note that the request goes beyond a limit."""
        self.metrics.limit_exceeded(limit, mode)
        _log.warning("limit exceeded", limit=limit, mode=str(mode), caller=self.caller)

    def close(self) -> None:
        """Stop what is still under way for it."""
        if self.context is not None:
            self.context.session.close()

    def _ended(self, error: Exception, fault: Fault) -> Answer:
        told = coded(GraphQLError(str(error), original_error=error), self.id)
        answer = Answer(errors=[told], refused=fault)
        self.note(answer)
        return answer

    @property
    def result(self) -> Result:
        """How it has ended."""
        if not self.stayed:
            return Result.GONE
        if self.status is None or self.status >= _FAILED:
            return Result.FAILED
        if self.status >= _BAD_REQUEST or not self.run:
            return Result.REFUSED
        return Result.PARTIAL if self.codes else Result.OK

    def watching(self, send: Send) -> Send:
        """Note the status of the answer as it is sent."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.status = message["status"]
            await send(message)

        return sending


def labelled(send: Send, header: str, value: str) -> Send:
    """Add a header to the answer, whatever it is."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)[header] = value
        await send(message)

    return sending


@contextmanager
def reported(metrics: Metrics) -> Generator[Report]:
    """Count an operation, and tell the log of it once it has ended in whatever way.

    Of a request with several, each tells for itself.
    """
    report, began = Report(metrics), monotonic()
    metrics.operation_began()
    try:
        yield report
    finally:
        if report.split:
            metrics.operations_told()
        else:
            _tell(report, metrics, monotonic() - began)


def _tell(report: Report, metrics: Metrics, seconds: float) -> None:
    context = report.context
    asked = Asked() if context is None else context.asked
    metrics.operation_ended(asked.kind, report.result, report.codes, seconds)
    _log.info(
        "operation",
        kind=asked.kind,
        name=asked.name,
        result=str(report.result),
        ms=round(seconds * 1000, 1),
        codes=sorted(set(report.codes)),
        caller=report.caller,
        calls={} if context is None else {str(p): made for p, made in context.made.items()},
    )
