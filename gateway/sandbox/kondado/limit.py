"""Kondado's limits: one call a second and twenty a minute."""

from starlette.responses import Response

from gateway.sandbox.kit.clock import Clock
from gateway.sandbox.kit.limits import SlidingWindow
from gateway.sandbox.kondado.refusals import failure


class KondadoLimit:
    """Refuses with 200, naming no time but a minute."""

    def __init__(self, clock: Clock) -> None:
        """Measure by this clock."""
        self._windows = [SlidingWindow(1, 1, clock), SlidingWindow(20, 60, clock)]

    def refuse(self, client: str) -> Response | None:
        """Count a call, or answer that it is one too many."""
        if any(window.wait(client) > 0 for window in self._windows):
            return failure(
                "RATE_LIMIT_EXCEEDED", "Too many requests. Please try again in 60 seconds."
            )
        for window in self._windows:
            window.count(client)
        return None

    def headers(self, client: str) -> dict[str, str]:  # noqa: ARG002 - the protocol
        """Tell nothing."""
        return {}

    def reset(self) -> None:
        """Forget every call counted."""
        for window in self._windows:
            window.reset()
