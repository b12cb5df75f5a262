"""When an operation has to be done, whatever its calls are still waiting for."""

import math
from dataclasses import dataclass
from time import monotonic


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment by the monotonic clock, in seconds; infinity is no deadline."""

    at: float = math.inf

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """Set a deadline so many seconds from now."""
        return cls(monotonic() + seconds)

    def left(self) -> float:
        """Tell how many seconds are left; not less than none."""
        return max(0.0, self.at - monotonic())


NEVER = Deadline()
