"""One request as it is let in: who asks, until when, and what holds for it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from gateway.address import client_address
from gateway.allowance import CallersAllowance
from gateway.callers import Callers
from gateway.documents import Documents
from gateway.http.incoming import Incoming
from gateway.http.marks import deadline_seconds, wants_cost
from gateway.http.refusal import Refusal
from gateway.metrics import Metrics
from gateway.operations import Report
from gateway.settings import Settings
from resolvers.caller import ANYONE, Caller
from resolvers.context import Context
from resolvers.journal import Journal
from resolvers.session import Connections, Session
from resolvers.upstream import meter
from resolvers.upstream.alarms import Alarms
from resolvers.upstream.deadline import Deadline
from resolvers.upstream.services import Services
from schema.operation import Operations, Rules

# What an operation that ends at its deadline still takes until it is answered.
_TO_ANSWER_SECONDS = 2.0
# Whoever is not among so many is marked anew.
_MARKS_KEPT = 4096


@dataclass(slots=True)
class Running:
    """What is there from the start of the process to its end."""

    services: Services
    connections: Connections
    journal: Journal
    callers: Callers
    alarms: Alarms


class Front:
    """What every request meets, whoever asks; `running` is there once the gateway has started."""

    __slots__ = (
        "documents",
        "marks",
        "metrics",
        "operations",
        "origins",
        "request_seconds",
        "running",
        "settings",
    )
    running: Running

    def __init__(
        self, settings: Settings, metrics: Metrics, operations: Operations, documents: Documents
    ) -> None:
        """Work out what holds for all requests."""
        self.settings = settings
        self.metrics = metrics
        self.operations = operations
        self.documents = documents
        # The origins whose pages may ask.
        self.origins = frozenset(settings.origins)
        self.request_seconds = _request_seconds(settings)
        # The marks of those who have asked, each of which takes as long to make as a call.
        self.marks: Callable[[str], str] = lru_cache(_MARKS_KEPT)(self._mark)

    def _mark(self, who: str) -> str:
        return self.running.services.seal.mark(who.encode())


def _request_seconds(settings: Settings) -> float:
    """Give how long a request may take in all: what is within it may take its own time."""
    limits = settings.limits
    receiving = limits.ceiling("receive_seconds") or 0
    answering = settings.deadline_seconds + _TO_ANSWER_SECONDS
    return max(limits.request_seconds.most, receiving, answering)


@dataclass(slots=True)
class Visit:
    """One request that was let in."""

    asked: Incoming
    front: Front
    report: Report
    caller: Caller
    who: str
    deadline: Deadline

    @classmethod
    async def of(cls, asked: Incoming, front: Front, report: Report) -> "Visit":
        """Let a request in; raises `Unauthenticated`, or a `Refusal` for a header that is wrong."""
        settings, running = front.settings, front.running
        seconds = deadline_seconds(asked, settings.deadline_seconds)
        authorization = _authorization(asked)
        if running.callers.known:
            caller = await running.callers.identify(authorization)
            who = caller.name
        else:
            caller = _anyone(authorization, running.services)
            who = client_address(asked.scope, settings.trusted_hops)
        report.caller = caller.name
        return cls(asked, front, report, caller, who, Deadline.after(seconds))

    def context(self) -> Context:
        """Give an operation a session of its own."""
        running = self.front.running
        return Context(
            Session(running.connections, self.deadline, self.caller),
            self.report.id,
            self.caller,
            meter.start(),
            wants_cost=wants_cost(self.asked),
            journal=running.journal,
        )

    def rules(self) -> Rules:
        """Give what holds for an operation of this caller."""
        front, over = self.front, self.report.over
        limits, mark = front.settings.limits, front.marks(self.who)
        allowance = CallersAllowance(front.running.services, limits, over, mark)
        return Rules(limits, over, allowance, introspection=front.settings.introspection)


def _authorization(asked: Incoming) -> str | None:
    """Give the only header that says who asks; raises a `Refusal` with status 400 (RFC 6750, 3.1).

    Of two, what stands in front may have looked at the other.
    """
    lines = asked.every(b"authorization")
    if len(lines) > 1:
        challenge = {"WWW-Authenticate": 'Bearer error="invalid_request"'}
        raise Refusal(400, "A request has one header `Authorization`.", headers=challenge)
    return lines[0] if lines else None


def _anyone(authorization: str | None, services: Services) -> Caller:
    """Tell apart those who ask a gateway that knows no callers, for their idempotency keys.

    Whoever stands in front of it may know them, and has let their header through.
    """
    if not authorization:
        return ANYONE
    return replace(ANYONE, name=f"anyone:{services.seal.mark(authorization.encode())}")
