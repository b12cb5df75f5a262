"""Counts the requests that an operation causes, by platform.

It goes along in the context of the operation's tasks, since a request may be caused deep inside,
where a token is renewed for instance. What several operations wait for counts for the first.
"""

from collections import Counter
from contextvars import ContextVar

_made: ContextVar[Counter[str] | None] = ContextVar("made", default=None)


def start() -> Counter[str]:
    """Begin to count for the operation whose context this is, and give the counter."""
    counter = Counter[str]()
    _made.set(counter)
    return counter


def count(platform: str) -> None:
    """Count a request that is being sent."""
    counter = _made.get()
    if counter is not None:
        counter[platform] += 1
