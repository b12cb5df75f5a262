"""What the gateway takes up, and by how much that may grow in a soak."""

from collections.abc import Iterator
from dataclasses import dataclass

MEGABYTE = 1024 * 1024

MOST_MEGABYTES = 48
"""An answer of 16 MB is held two or three times over while it is read, and the allocator gives not
all of it back; what was answered to a thousand keyed writes is kept for a day. That is so after the
warm-up already, and may come once more. What leaks a few kilobytes with each operation is more."""

FEW_SOCKETS = 20
"""At a quiet moment each of six connections keeps one socket or two, by how many calls go out
together; one is to listen on, and one is the client's."""

MOST_SOCKETS = 8
"""How many more of them there may be at another quiet moment."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What the gateway takes up: bytes of memory, and open sockets."""

    memory: int = 0
    sockets: int = 0


def growth(start: Taken, end: Taken, gateways: int, megabytes: int) -> Iterator[str]:
    """Tell what has grown by too much for so many gateways; each may take so many megabytes."""
    grown = (end.memory - start.memory) // MEGABYTE
    sockets = end.sockets - start.sockets
    if grown > gateways * megabytes:
        yield f"memory has grown by {grown} MB"
    if sockets > gateways * MOST_SOCKETS:
        yield f"there are {sockets} more sockets open"
