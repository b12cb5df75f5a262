"""What a case is: a request that is up to no good, and what becomes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tests.hostile.exchange import Reply

Door = Literal["usual", "lax"]
"""Which gateway is asked: with every setting as it is by itself, or with more switched on."""

Ask = Callable[[bytes], Reply]


@dataclass(frozen=True)
class Case:
    """A hostile request and its answer; the name is a sentence.

    A request that has to know something first asks for it.
    """

    name: str
    send: bytes | Callable[[Ask], bytes]
    status: int
    code: str | None
    limit: str | None = None
    door: Door = "usual"
    calls: tuple[str, ...] = ()
    """The paths that platforms are asked for: none, but where it is the path that is attacked."""

    def request(self, ask: Ask) -> bytes:
        """Write what is sent."""
        return self.send if isinstance(self.send, bytes) else self.send(ask)
