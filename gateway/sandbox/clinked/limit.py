"""Clinked's limit: two thousand calls in any five minutes."""

from starlette.responses import Response

from gateway.sandbox.clinked.refusals import spring
from gateway.sandbox.kit.clock import Clock
from gateway.sandbox.kit.limits import SlidingWindow


class ClinkedLimit:
    """Refuses with 429, which is our choice: the status is not documented."""

    def __init__(self, clock: Clock) -> None:
        """Measure by this clock."""
        self._window = SlidingWindow(2000, 300, clock)

    def refuse(self, client: str) -> Response | None:
        """Count a call, or answer that it is one too many."""
        if self._window.wait(client) > 0:
            return spring("/", 429, "Too many requests")
        self._window.count(client)
        return None

    def headers(self, client: str) -> dict[str, str]:  # noqa: ARG002 - the protocol
        """Tell nothing."""
        return {}

    def reset(self) -> None:
        """Forget every call counted."""
        self._window.reset()
