"""Who watches the calls: a seam for metrics, with nobody behind it by default."""

from typing import NamedTuple, Protocol


class Sent(NamedTuple):
    """One request that was sent to a platform, and how it ended.

    `endpoint` is the verb and template, never a path with somebody's ids; `status` is None where
    there was no answer; `outcome` is a word in lower case; `seconds` is from sending to the end.
    """

    platform: str
    connection: str
    endpoint: str
    status: int | None
    outcome: str
    seconds: float


class Observer(Protocol):
    """Is told what happens on the way to a platform."""

    def sent(self, call: Sent) -> None:
        """A request was sent, and has ended."""
        ...

    def retried(self, platform: str, connection: str) -> None:
        """A request is tried again."""
        ...

    def renewed(self, platform: str, connection: str) -> None:
        """A token was fetched."""
        ...

    def joined(self, platform: str, connection: str) -> None:
        """A read needed no call, since an equal one is under way."""
        ...

    def refused(self, platform: str, connection: str, outcome: str) -> None:
        """A request was not sent: the budget is used up, or the breaker is open."""
        ...

    def failed(self, platform: str, connection: str, code: str) -> None:
        """A call came to nothing, and callers are told so by this code."""
        ...


class Nobody:
    """Watches nothing."""

    def sent(self, call: Sent) -> None:
        """Look away."""

    def retried(self, platform: str, connection: str) -> None:
        """Look away."""

    def renewed(self, platform: str, connection: str) -> None:
        """Look away."""

    def joined(self, platform: str, connection: str) -> None:
        """Look away."""

    def refused(self, platform: str, connection: str, outcome: str) -> None:
        """Look away."""

    def failed(self, platform: str, connection: str, code: str) -> None:
        """Look away."""
