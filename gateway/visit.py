"""One request as it is let in: who asks, until when, and what holds for it."""

from dataclasses import dataclass, replace

from starlette.requests import Request

from gateway.address import client_address
from gateway.allowance import CallersAllowance
from gateway.callers import Callers
from gateway.documents import Documents
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
from resolvers.upstream.deadline import Deadline
from resolvers.upstream.services import Services
from schema.operation import Operations, Rules

# What an operation that ends at its deadline still takes until it is answered.
_TO_ANSWER_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Front:
    """What every request meets, whoever asks."""

    settings: Settings
    metrics: Metrics
    operations: Operations
    documents: Documents

    @property
    def origins(self) -> frozenset[str]:
        """The origins whose pages may ask."""
        return frozenset(self.settings.origins)

    @property
    def request_seconds(self) -> float:
        """How long a request may take in all: what is within it may take its own time."""
        limits = self.settings.limits
        receiving = limits.ceiling("receive_seconds") or 0
        answering = self.settings.deadline_seconds + _TO_ANSWER_SECONDS
        return max(limits.request_seconds.most, receiving, answering)


@dataclass(frozen=True, slots=True)
class Visit:
    """One request that was let in."""

    request: Request
    front: Front
    report: Report
    caller: Caller
    who: str
    deadline: Deadline

    @classmethod
    async def of(cls, request: Request, front: Front, report: Report) -> "Visit":
        """Let a request in; raises `Unauthenticated`, or a `Refusal` for a header that is wrong."""
        settings, state = front.settings, request.app.state
        callers: Callers = state.callers
        seconds = deadline_seconds(request, settings.deadline_seconds)
        authorization = _authorization(request)
        if callers.known:
            caller = await callers.identify(authorization)
            who = caller.name
        else:
            caller = _anyone(authorization, state.services)
            who = client_address(request, settings.trusted_hops)
        report.caller = caller.name
        return cls(request, front, report, caller, who, Deadline.after(seconds))

    def context(self) -> Context:
        """Give an operation a session of its own."""
        state = self.request.app.state
        connections: Connections = state.connections
        journal: Journal = state.journal
        return Context(
            Session(connections, self.deadline, self.caller),
            self.report.id,
            self.caller,
            meter.start(),
            wants_cost=wants_cost(self.request),
            journal=journal,
        )

    def rules(self) -> Rules:
        """Give what holds for an operation of this caller."""
        settings = self.front.settings
        services: Services = self.request.app.state.services
        allowance = CallersAllowance(services, settings.limits, self.report.over, self.who)
        return Rules(
            settings.limits,
            self.report.over,
            allowance,
            introspection=settings.introspection,
        )


def _authorization(request: Request) -> str | None:
    """Give the only header that says who asks; raises a `Refusal` with status 400 (RFC 6750, 3.1).

    Of two, what stands in front may have looked at the other.
    """
    lines = request.headers.getlist("Authorization")
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
