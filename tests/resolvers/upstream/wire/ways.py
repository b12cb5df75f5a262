"""The ways in which bytes are carried: each wire, and ours on both event loops."""

from dataclasses import dataclass
from typing import Any

from resolvers.upstream.wires import WireName


@dataclass(frozen=True)
class Way:
    """A wire on an event loop."""

    wire: WireName
    has_uvloop: bool = False

    def __str__(self) -> str:
        """Name it in a test's id."""
        return f"{self.wire}-uvloop" if self.has_uvloop else self.wire

    @property
    def backend(self) -> tuple[str, dict[str, Any]]:
        """Name the event loop as anyio does."""
        return "asyncio", {"use_uvloop": self.has_uvloop}


WAYS = (Way("native"), Way("native", has_uvloop=True), Way("httpx"))
