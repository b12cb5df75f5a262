"""Time as the stand-ins see it, so that a test can move it by hand."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """Two hands: one that only measures spans, one that tells the date."""

    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time

    def millis(self) -> int:
        """Tell the date as epoch milliseconds."""
        return int(self.wall() * 1000)

    def now(self) -> datetime:
        """Tell the date as a UTC datetime."""
        return datetime.fromtimestamp(self.wall(), UTC)

    def iso(self) -> str:
        """Tell the date as ISO 8601 with whole seconds and a Z."""
        return self.now().strftime("%Y-%m-%dT%H:%M:%SZ")
