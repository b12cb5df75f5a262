"""How a platform is asked what became of a write whose answer never came.

That a thing is there proves nothing where it may have been there before, so only what was made or
changed since the write began counts, wherever the platform tells when that was.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, cast, get_origin

from resolvers.call import Endpoint, Origin, QueryValue
from resolvers.paging import Page
from resolvers.reply import Readable
from resolvers.session import Session
from resolvers.upstream.errors import Malformed
from schema.comparison import as_asked, utc
from schema.node import Node, look, reads_for
from schema.outcome import NOT_APPLIED, UNKNOWN, Finding, Outcome
from schema.wire import WriteInput

# A platform's clock is known to the second, and it may write moments in whole seconds.
_ROUNDED_SECONDS = 2.0


async def gone(session: Session, kind: type[Node], at: Origin) -> Finding:
    """Ask whether a thing was deleted."""
    if await look(session, kind, at) is not None:
        return NOT_APPLIED
    for read in reads_for(kind):
        if get_origin(read.reply) is list:
            await complete(session, read, at)
    return Finding(Outcome.CONFIRMED)


async def changed(
    session: Session, kind: type[Node], at: Origin, given: WriteInput, began: float
) -> Finding:
    """Ask whether a thing was changed as an input asked for."""
    thing = await look(session, kind, at)
    return UNKNOWN if thing is None else compared(session, at, given, thing, began)


async def complete(
    session: Session,
    endpoint: Endpoint[Any],
    at: Origin,
    query: Mapping[str, QueryValue] | None = None,
) -> list[Any]:
    """Ask for a list, or for its first page; raises `Malformed` where a part cannot be read.

    What is missing from such a list may be there nevertheless.
    """
    answer: Any = await session.ask(endpoint, at, query)
    if isinstance(answer, Page):
        page = cast("Page[Any]", answer)
        # One without anything that it should have is none.
        answer = Readable[Any](page.rows if page.model_fields_set else [None])
    found = cast("Readable[Any]", answer)
    if found.left_out:
        message = "Something in a list could not be read."
        raise Malformed(message, platform=at.platform, connection=at.connection)
    return found


def compared(session: Session, at: Origin, given: WriteInput, thing: Any, began: float) -> Finding:
    """Tell by what something is like now whether it was changed as an input asked for."""
    same = as_asked(given, thing)
    if same is None:
        return Finding(Outcome.UNKNOWN, thing)
    if same:
        return Finding(Outcome.CONFIRMED, thing)
    # What was changed since is not what it was: the platform may spell a value in its own way, or
    # somebody else may have come after us.
    updated = getattr(thing, "updated_at", None)
    untouched = updated is None or _since(session, at, began)(updated) is False
    return Finding(Outcome.NOT_APPLIED if untouched else Outcome.UNKNOWN, thing)


def made_by_key(session: Session, thing: Any, began: float) -> Finding:
    """Tell whether what has a key of the caller's own choice was made by the write."""
    if thing is None:
        return NOT_APPLIED
    is_new = _since(session, thing.origin, began)(thing.created_at)
    return Finding(Outcome.CONFIRMED, thing) if is_new else UNKNOWN


def made_among(
    session: Session,
    at: Origin,
    alike: Iterable[Any],
    began: float,
    *,
    moment: Callable[[Any], datetime | None] = lambda thing: thing.created_at,
) -> Finding:
    """Tell whether one of things that are alike, by their name say, was made by the write.

    Of two that are new, either may be somebody else's.
    """
    since = _since(session, at, began)
    aged = [(thing, since(moment(thing))) for thing in alike]
    new = [thing for thing, is_new in aged if is_new]
    if len(new) == 1:
        return Finding(Outcome.CONFIRMED, new[0])
    all_old = all(is_new is False for _, is_new in aged)
    return NOT_APPLIED if all_old else UNKNOWN


def together(findings: Iterable[Finding]) -> Finding:
    """Tell of several things that one write makes, by what became of each; give those seen."""
    every = list(findings)
    outcomes = {finding.outcome for finding in every}
    outcome = outcomes.pop() if len(outcomes) == 1 else Outcome.UNKNOWN
    return Finding(outcome, [found.thing for found in every if found.thing is not None])


def called(name: str, things: Iterable[Any]) -> list[Any]:
    """Give the things of that very name, in upper or lower case."""
    wanted = name.strip().casefold()
    return [thing for thing in things if (thing.name or "").strip().casefold() == wanted]


def _since(session: Session, at: Origin, began: float) -> Callable[[datetime | None], bool | None]:
    """Make the test whether a moment of a platform's is after a write of ours began.

    None is for what cannot be told: by our clock it is, and by the platform's, as far as that is
    known from its answers, it is not; or the other way about.
    """
    theirs = session.connections[at.connection].now() - time.time() + began
    first, last = sorted((began - _ROUNDED_SECONDS, theirs - _ROUNDED_SECONDS))

    def since(moment: datetime | None) -> bool | None:
        seconds = None if moment is None else utc(moment).timestamp()
        if seconds is None or first <= seconds < last:
            return None
        return seconds >= last

    return since
