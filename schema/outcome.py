"""What became of a write, also where its own answer does not tell."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import structlog

from resolvers.session import Session
from resolvers.upstream.deadline import Deadline
from resolvers.upstream.errors import Fault, NotPermitted
from resolvers.writes import Standing

# How long a platform is asked what became of a write once the operation's deadline has gone.
LOOK_SECONDS = 2.0

_log = structlog.stdlib.get_logger("manifold.graph")


class Outcome(StrEnum):
    """What became of what was asked."""

    CONFIRMED = "CONFIRMED"
    """It is done: the platform said so, or showed it when it was asked afterwards."""
    NOT_APPLIED = "NOT_APPLIED"
    """Nothing was changed: `userErrors` says why, or, where the platform's answer never came, it
    was asked afterwards and did not show it."""
    UNKNOWN = "UNKNOWN"
    """It may have been done: the platform's answer never came, and the platform could not be asked
    or does not tell; or the same is being done at this moment. Look before you do it again."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a write, and the thing that it made or changed, if that was seen."""

    outcome: Outcome
    thing: Any = None


UNKNOWN = Finding(Outcome.UNKNOWN)
NOT_APPLIED = Finding(Outcome.NOT_APPLIED)


async def settled(
    session: Session,
    write: Callable[[], Awaitable[Any]],
    ask: Callable[[float], Awaitable[Finding]],
) -> Finding:
    """Write, and where the answer never came or cannot be read, ask what became of it.

    `ask` gets the moment at which it was sent (epoch seconds, by our clock). Raises the `Fault` of
    a write that was not made, was refused, or is nothing of the caller's.
    """
    writes = session.writes
    try:
        return Finding(Outcome.CONFIRMED, await write())
    except NotPermitted:
        # Also where a key stands for what the caller was allowed to do before.
        raise
    except Fault:
        if writes.standing in {Standing.NOTHING, Standing.REFUSED}:
            raise
    found = await _asked(session, ask, writes.began)
    if found.outcome is Outcome.NOT_APPLIED and writes.may_go_on:
        found = Finding(Outcome.UNKNOWN, found.thing)
    if writes.standing is Standing.DONE or writes.confirmed:
        return Finding(Outcome.CONFIRMED, found.thing)
    writes.confirmed = found.outcome is Outcome.CONFIRMED
    return found


async def _asked(
    session: Session, ask: Callable[[float], Awaitable[Finding]], began: float
) -> Finding:
    """Ask by reads of its own, in what is left of the time and in any case a little."""
    session.forget()
    deadline = session.deadline
    session.deadline = Deadline.after(max(deadline.left(), LOOK_SECONDS))
    try:
        return await ask(began)
    except Fault:
        return UNKNOWN
    except Exception as error:  # noqa: BLE001 - the write may be done, and an error would hide it
        _log.error("asking failed", kind=type(error).__name__)
        return UNKNOWN
    finally:
        session.deadline = deadline
