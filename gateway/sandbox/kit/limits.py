"""Rate limits over sliding windows of time."""

from collections import deque
from typing import Protocol

from starlette.responses import Response

from gateway.sandbox.kit.clock import Clock


class Limiter(Protocol):
    """Decides which calls of a client are too many."""

    def refuse(self, client: str) -> Response | None:
        """Count a call, or answer that it is one too many."""
        ...

    def headers(self, client: str) -> dict[str, str]:
        """Tell a client where it stands."""
        ...

    def reset(self) -> None:
        """Forget every call counted."""
        ...


class NoLimit:
    """Lets every call through."""

    def refuse(self, client: str) -> Response | None:  # noqa: ARG002 - the protocol
        """Refuse nothing."""
        return None

    def headers(self, client: str) -> dict[str, str]:  # noqa: ARG002 - the protocol
        """Tell nothing."""
        return {}

    def reset(self) -> None:
        """Have nothing to forget."""


class SlidingWindow:
    """Counts each client's calls over the last so many seconds."""

    def __init__(self, most: int, seconds: float, clock: Clock) -> None:
        """Allow at most so many calls in so many seconds."""
        self.most = most
        self.seconds = seconds
        self._clock = clock
        self._calls: dict[str, deque[float]] = {}

    def wait(self, client: str) -> float:
        """Tell how many seconds until the client may call; 0 is now."""
        calls = self._fresh(client)
        if len(calls) < self.most:
            return 0
        return calls[0] + self.seconds - self._clock.monotonic()

    def count(self, client: str) -> None:
        """Count a call that was let through."""
        self._fresh(client).append(self._clock.monotonic())

    def reset(self) -> None:
        """Forget every call counted."""
        self._calls.clear()

    def _fresh(self, client: str) -> deque[float]:
        calls = self._calls.setdefault(client, deque())
        oldest = self._clock.monotonic() - self.seconds
        while calls and calls[0] <= oldest:
            calls.popleft()
        return calls


class LimitBox:
    """A limiter with a switch."""

    def __init__(self, limiter: Limiter, *, enabled: bool) -> None:
        """Hold the limiter, switched on or off."""
        self.limiter = limiter
        self.enabled = enabled

    def refuse(self, client: str) -> Response | None:
        """Refuse what the limiter refuses, while switched on."""
        return self.limiter.refuse(client) if self.enabled else None

    def switch(self, *, enabled: bool) -> None:
        """Switch on or off, starting the count anew."""
        self.enabled = enabled
        self.limiter.reset()
