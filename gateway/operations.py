"""An operation as it is seen from outside: one line in the log, and its place in the metrics."""

from collections.abc import Iterable
from enum import StrEnum
from time import monotonic
from typing import Self

import structlog
from graphql import GraphQLError

from gateway import logs
from gateway.metrics import Metrics
from resolvers.context import Asked, Context
from resolvers.upstream.errors import Fault
from schema.error_codes import coded
from schema.incremental import Later
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


class Report:
    """What becomes known of an operation as it goes on.

    As a context it counts the operation, and tells the log of it once it has ended in whatever way.
    Of a request with several, each tells for itself, and the request is `split`.
    """

    __slots__ = (
        "_began",
        "_metrics",
        "caller",
        "codes",
        "context",
        "id",
        "later",
        "run",
        "split",
        "status",
        "stayed",
    )

    def __init__(self, metrics: Metrics, id: str, caller: str | None = None) -> None:
        """Begin with the request's id, and with who asks, if that is known."""
        self._metrics = metrics
        self.id = id
        self.caller = caller
        self.context: Context | None = None
        self.status: int | None = None
        self.codes: list[str] = []
        self.later: Later | None = None
        self.run = False
        self.stayed = True
        self.split = False

    def __enter__(self) -> Self:
        """Begin to count."""
        self._began = monotonic()
        self._metrics.operation_began()
        return self

    def __exit__(self, *_: object) -> None:
        """Tell of it."""
        if self.split:
            self._metrics.operations_told()
        else:
            self._tell(self.seconds)

    def note(self, answer: Answer) -> None:
        """Note what is answered."""
        self.run = answer.ran
        if answer.errors:
            self.codes = _codes(answer.errors)

    def note_more(self, errors: Iterable[GraphQLError]) -> None:
        """Note the errors of a part that follows."""
        self.codes += _codes(errors)

    def refuse(self, code: str) -> None:
        """Note why nothing is run."""
        self.codes = [str(code)]

    def refused_by(self, fault: Fault) -> Answer:
        """Give the answer to a request that a fault keeps from being run."""
        return self._ended(fault, fault)

    def failed_by(self, error: Exception) -> Answer:
        """Give the answer to a request that the gateway itself fails in."""
        return self._ended(error, Fault("The gateway failed."))

    def over(self, limit: str, mode: Mode) -> None:
        """Note that the request goes beyond a limit."""
        self._metrics.limit_exceeded(limit, mode)
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
    def seconds(self) -> float:
        """How long it has been under way."""
        return monotonic() - self._began

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

    def _tell(self, seconds: float) -> None:
        context, codes = self.context, self.codes
        asked = Asked() if context is None else context.asked
        result = self.result
        self._metrics.operation_ended(asked.kind, result, codes, seconds)
        logs.operation(
            {
                "kind": asked.kind,
                "name": asked.name,
                "result": result.value,
                "ms": round(seconds * 1000, 1),
                "codes": sorted(set(codes)) if codes else [],
                "caller": self.caller,
                "calls": {} if context is None else {str(p): n for p, n in context.made.items()},
            }
        )


def _codes(errors: Iterable[GraphQLError]) -> list[str]:
    return [str((error.extensions or {}).get("code")) for error in errors]
