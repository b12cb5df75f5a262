"""Codat's limits: a quota for the day and a ceiling for the minute."""

from datetime import datetime, timedelta
from math import ceil

from starlette.responses import Response

from gateway.sandbox.codat.refusals import envelope
from gateway.sandbox.codat.state import Client
from gateway.sandbox.kit.limits import SlidingWindow

QUOTA = 1000


class CodatLimit:
    """Tells on every answer what is left of the day's quota."""

    def __init__(self, client: Client) -> None:
        """Count this client's calls."""
        self._client = client
        self._minute = SlidingWindow(1000, 60, client.clock)
        self._day: str = ""
        self._used = 0

    def refuse(self, client: str) -> Response | None:
        """Count a call, or answer that it is one too many."""
        self._begin_day()
        wait = self._minute.wait(client)
        if self._used >= self._quota():
            wait = (self._reset() - self._client.clock.now()).total_seconds()
        if wait > 0:
            return envelope(429, "Rate limit exceeded.", headers={"Retry-After": str(ceil(wait))})
        self._minute.count(client)
        self._used += 1
        return None

    def headers(self, client: str) -> dict[str, str]:  # noqa: ARG002 - the protocol
        """Tell the quota, what is left of it, and when it starts anew."""
        return {
            "X-Rate-Limit-Limit": str(self._quota()),
            "X-Rate-Limit-Remaining": str(max(0, self._quota() - self._used)),
            "X-Rate-Limit-Reset": self._reset().strftime("%Y-%m-%dT%H:%M:%SZ"),
        }

    def reset(self) -> None:
        """Forget every call counted."""
        self._minute.reset()
        self._used = 0

    def _quota(self) -> int:
        return QUOTA * (1 + self._client.active())

    def _begin_day(self) -> None:
        today = self._client.clock.now().strftime("%Y-%m-%d")
        if today != self._day:
            self._day, self._used = today, 0

    def _reset(self) -> datetime:
        midnight = self._client.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + timedelta(days=1)
