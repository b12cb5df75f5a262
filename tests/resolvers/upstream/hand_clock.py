"""A clock that stands still until somebody turns it."""


class HandClock:
    """Tells epoch seconds, like `time.time`."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        """Tell the time."""
        return self.now

    def turn(self, seconds: float) -> None:
        """Let so many seconds pass."""
        self.now += seconds
