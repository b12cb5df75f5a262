"""What the gateway counts, in the text format that Prometheus reads; docs/watching.md lists it.

Every label is from a closed set or from the settings: a platform, a connection's name, an
endpoint's template, a code. Nothing that a caller or a platform writes becomes one.
"""

import asyncio
from collections.abc import Iterable
from importlib.metadata import version
from platform import python_version

from prometheus_client import (
    CONTENT_TYPE_PLAIN_0_0_4,
    CollectorRegistry,
    Gauge,
    Info,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from gateway.numbers import Counts, Spreads
from resolvers.connection import Connection
from resolvers.session import Connections
from resolvers.status import Condition, ConnectionStatus, condition
from resolvers.upstream.breaker import BreakerState
from resolvers.upstream.observer import Sent
from resolvers.upstream.services import Services
from resolvers.upstream.store import StoreState

# From an answer out of a near cache to the longest that a platform is waited for.
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 30.0, 60.0)

_CONNECTION = ("platform", "connection")


class Metrics:
    """The numbers of one gateway; it watches the calls of all its connections."""

    def __init__(self) -> None:
        """Start all counts at nought."""
        # When a count began is a second line for each, and of no use.
        disable_created_metrics()
        self.registry = CollectorRegistry()
        self._of_process()
        self._of_calls()
        self._of_operations()
        self._of_state()

    def _of_process(self) -> None:
        ProcessCollector(registry=self.registry)
        build = Info("manifold_build", "The version that runs.", registry=self.registry)
        build.info({"version": version("manifold-gateway"), "python": python_version()})

    def _of_calls(self) -> None:
        self._calls = self._counter(
            "manifold_calls",
            "Requests sent to platforms, also for tokens and by retries.",
            *_CONNECTION,
            "endpoint",
            "status",
            "outcome",
        )
        self._call_seconds = self._histogram(
            "manifold_call_seconds", "From sending a request to its end.", "platform", "endpoint"
        )
        self._retries = self._counter("manifold_retries", "Requests tried again.", *_CONNECTION)
        self._renewed = self._counter("manifold_tokens_renewed", "Tokens fetched.", *_CONNECTION)
        self._joined = self._counter(
            "manifold_coalesced_reads",
            "Reads that needed no call, since an equal one was made or under way.",
            *_CONNECTION,
        )
        self._refused = self._counter(
            "manifold_calls_refused",
            "Calls that were not sent: the budget was used up, or the breaker open.",
            *_CONNECTION,
            "outcome",
        )
        self._faults = self._counter(
            "manifold_faults",
            "Calls that came to nothing, sent or not, by the code that callers are told.",
            *_CONNECTION,
            "code",
        )

    def _of_operations(self) -> None:
        self._in_flight = 0
        self._operations = self._counter(
            "manifold_operations", "Operations that have ended.", "kind", "result"
        )
        self._operation_seconds = self._histogram(
            "manifold_operation_seconds", "From an operation's request to its end.", "kind"
        )
        self._errors = self._counter(
            "manifold_operation_errors", "Errors in the answers of operations.", "code"
        )
        self._documents = self._counter(
            "manifold_documents", "Documents found, by where they came from.", "origin"
        )
        self._limits = self._counter(
            "manifold_limits_exceeded", "Requests that go beyond a limit.", "limit", "mode"
        )
        in_flight = self._gauge("manifold_operations_in_flight", "Operations under way.")
        in_flight.set_function(lambda: self._in_flight)

    def _of_state(self) -> None:
        self._status = self._gauge(
            "manifold_connection_status", "1 for how the connection is.", *_CONNECTION, "status"
        )
        self._breaker = self._gauge(
            "manifold_breaker_state", "1 for the breaker's state.", *_CONNECTION, "state"
        )
        self._limit = self._gauge(
            "manifold_budget_limit", "Calls that the limit nearest to its end allows.", *_CONNECTION
        )
        self._remaining = self._gauge(
            "manifold_budget_remaining", "Calls left of that limit.", *_CONNECTION
        )
        self._store = self._gauge(
            "manifold_store_state", "1 for where state is kept that replicas share.", "state"
        )

    def _counter(self, name: str, about: str, *labels: str) -> Counts:
        made = Counts(name, about, labels)
        self.registry.register(made)
        return made

    def _gauge(self, name: str, about: str, *labels: str) -> Gauge:
        return Gauge(name, about, labels, registry=self.registry)

    def _histogram(self, name: str, about: str, *labels: str) -> Spreads:
        made = Spreads(name, about, labels, BUCKETS)
        self.registry.register(made)
        return made

    def sent(self, call: Sent) -> None:
        """Count a request that was sent and has ended."""
        platform, connection, endpoint, status, outcome, seconds = call
        shown = "none" if status is None else str(status)
        self._calls.add(platform, connection, endpoint, shown, outcome)
        self._call_seconds.add(seconds, platform, endpoint)

    def retried(self, platform: str, connection: str) -> None:
        """Count a request that is tried again."""
        self._retries.add(platform, connection)

    def renewed(self, platform: str, connection: str) -> None:
        """Count a token that was fetched."""
        self._renewed.add(platform, connection)

    def joined(self, platform: str, connection: str) -> None:
        """Count a read that needed no call."""
        self._joined.add(platform, connection)

    def refused(self, platform: str, connection: str, outcome: str) -> None:
        """Count a call that was not sent."""
        self._refused.add(platform, connection, outcome)

    def failed(self, platform: str, connection: str, code: str) -> None:
        """Count a call that came to nothing."""
        self._faults.add(platform, connection, code)

    def operation_began(self) -> None:
        """Count an operation that is under way from now on."""
        self._in_flight += 1

    def operation_ended(self, kind: str, result: str, codes: Iterable[str], seconds: float) -> None:
        """Count an operation that is under way no more, and the code of each of its errors."""
        self._in_flight -= 1
        self._operations.add(kind, result)
        self._operation_seconds.add(seconds, kind)
        for code in codes:
            self._errors.add(code)

    def operations_told(self) -> None:
        """Count a request as under way no more, whose operations were counted by themselves."""
        self._in_flight -= 1

    def limit_exceeded(self, limit: str, mode: str) -> None:
        """Count a request that goes beyond a limit."""
        self._limits.add(limit, mode)

    def document_found(self, origin: str) -> None:
        """Count a document that an operation asked for and got."""
        self._documents.add(origin)

    async def shown(self, connections: Connections, store: StoreState) -> bytes:
        """Write all of it, with the connections as they are now."""
        held = connections.all()
        found = await asyncio.gather(*map(condition, held))
        # Nothing is waited for from here on, so that two who look do not mix.
        self._limit.clear()
        self._remaining.clear()
        for connection, now in zip(held, found, strict=True):
            self._show(connection, now)
        for state in StoreState:
            self._store.labels(state).set(state is store)
        return generate_latest(self.registry)

    def _show(self, connection: Connection, now: Condition) -> None:
        labels = (connection.platform, connection.name)
        for status in ConnectionStatus:
            self._status.labels(*labels, status).set(status is now.status)
        for state in BreakerState:
            self._breaker.labels(*labels, state).set(state is now.breaker)
        if now.left is not None:
            self._limit.labels(*labels).set(now.left.limit)
            self._remaining.labels(*labels).set(now.left.remaining)


async def told(app: Starlette) -> bytes:
    """Give the numbers of the process."""
    metrics: Metrics = app.state.metrics
    services: Services = app.state.services
    return await metrics.shown(app.state.connections, services.store.state)


async def show(request: Request) -> Response:
    """Answer whoever collects the numbers, those of all workers if there are several."""
    shown, fellows = await told(request.app), request.app.state.fellows
    if fellows is not None:
        shown = await fellows.with_theirs(shown)
    return Response(shown, media_type=CONTENT_TYPE_PLAIN_0_0_4)
