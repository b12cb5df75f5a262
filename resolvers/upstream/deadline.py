"""When an operation has to be done, whatever its calls are still waiting for."""

import asyncio
import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment by the event loop's clock, in seconds; infinity is no deadline."""

    at: float = math.inf

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """Set a deadline so many seconds from now; needs a running event loop."""
        return cls(asyncio.get_running_loop().time() + seconds)

    @property
    def when(self) -> float | None:
        """The moment as asyncio's timeouts take it."""
        return None if math.isinf(self.at) else self.at

    def left(self) -> float:
        """Tell how many seconds are left; not less than none."""
        return max(0.0, self.at - asyncio.get_running_loop().time())


NEVER = Deadline()
