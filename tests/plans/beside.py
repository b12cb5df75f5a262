"""One operation, run twice over the same answers: as it is compiled, and by graphql-core alone."""

import base64
import inspect
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from gateway.http.writer import written
from resolvers.caller import ANYONE, Caller
from resolvers.context import Context
from resolvers.journal import Journal
from resolvers.session import Session
from schema.build import build
from schema.limits.limit import Mode
from schema.limits.limits import NO_LIMITS
from schema.operation import Answer, Asked, Operations, Rules
from tests.plans.document import Document, smaller
from tests.plans.platforms import PlayedWire, World, connections

# What a cursor is, before it is made opaque.
_CURSOR = re.compile(rb'1\["[0-9a-f]{10}",\{')
_OPAQUE = re.compile(r'"(MVs[\w-]{20,})"')
# How much is bad where something is: of the whole, and of single values.
_RATES = ((0.02, 0.05), (0.1, 0.1), (0.0, 0.1), (0.0, 0.4), (0.01, 0.4))
_CALLERS = (
    *[ANYONE] * 20,
    Caller.of("reader", ["read"]),
    Caller.of("writer", ["read", "write"]),
    Caller.of("narrow", ["read", "platform:codat", "platform:clinked"]),
)


class _NoAllowance:
    """Lets everything through."""

    async def take(self, calls: int) -> None:
        """Take nothing."""

    async def settle(self, made: int) -> None:
        """Give nothing back."""


def _over(name: str, mode: Mode) -> None:
    del name, mode


_RULES = Rules(NO_LIMITS, _over, _NoAllowance(), introspection=True)


@dataclass(frozen=True)
class Case:
    """What is asked, by whom, and what the platforms answer."""

    document: str
    variables: Mapping[str, Any]
    name: str | None
    world: World
    caller: Caller = ANYONE


@dataclass(frozen=True)
class Told:
    """What came of a case; two that are equal cannot be told apart by whoever asked."""

    data: str
    errors: tuple[str, ...]
    ran: bool
    asked: Counter[str] = field(compare=False)


class Side:
    """One way to run operations."""

    def __init__(self, operations: Operations) -> None:
        self.operations = operations
        self._wire = PlayedWire()
        self._connections = connections(self._wire)

    async def run(self, case: Case) -> Told:
        """Run a case."""
        self._wire.world, self._wire.asked = case.world, Counter[str]()
        session = Session(self._connections, caller=case.caller)
        context = Context(session, "request", caller=case.caller, journal=Journal())
        asked = Asked(case.document, case.variables, case.name)
        try:
            answer = await self.operations.run(asked, context, _RULES)
        finally:
            session.close()
        if case.world.has_trouble:
            # What a breaker or a purse of retries remembers is not the same for fewer calls.
            self._connections = connections(self._wire)
        return _told(answer, self._wire.asked)


def _told(answer: Answer, asked: Counter[str]) -> Told:
    errors = [json.dumps(error.formatted, default=str) for error in answer.errors]
    # Which of two comes first is a matter of which call ends first.
    return Told(_data(answer), tuple(sorted(errors)), answer.ran, asked)


def _data(answer: Answer) -> str:
    """Give the data as a client reads it, in its order and however it was spelled."""
    try:
        return json.dumps(json.loads(written(answer.data), object_pairs_hook=_once))
    except ValueError as error:
        return f"cannot be written: {error}"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands there twice")
    return found


def by_core() -> Operations:
    """Run all by graphql-core."""
    return Operations(build(), **_compiling(compiles=False))


def compiled() -> Operations:
    """Run by plans whatever they can."""
    return Operations(build(), **_compiling(compiles=True))


def _compiling(*, compiles: bool) -> dict[str, Any]:
    known = inspect.signature(Operations).parameters
    return {"compiles": compiles} if "compiles" in known else {}


def difference(one: Told, other: Told, *, trouble: bool) -> str | None:
    """Tell how what was compiled differs from what is right; None if it does not."""
    if one.data != other.data:
        return f"data\n  {one.data}\n  {other.data}"
    if one != other:
        return f"errors\n  {one.errors}\n  {other.errors}"
    more = other.asked - one.asked
    if trouble:
        more = Counter({name: n for name, n in more.items() if name not in one.asked})
    return f"more calls: {sorted(more)}" if more else None


class Beside:
    """Two sides, and what has been found to differ between them."""

    def __init__(self, right: Operations, other: Operations) -> None:
        self.right, self.other = right, other
        self._sides = Side(right), Side(other)
        self.ran = self.failed = self.clean = 0
        self.cursors: list[str] = []

    async def check(self, case: Case) -> str | None:
        """Run a case on both sides, and tell the difference if there is one."""
        one, other = [await side.run(case) for side in self._sides]
        self.ran += one.ran
        self.failed += bool(one.errors)
        self.clean += case.world.is_clean
        self.cursors = [*self.cursors[-20:], *_cursors(one.data)]
        return difference(one, other, trouble=case.world.has_trouble)


def _cursors(data: str) -> list[str]:
    return [text for text in _OPAQUE.findall(data) if _CURSOR.match(_opened(text))]


def _opened(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def cases_of(document: Document, seed: int, many: int, beside: Beside) -> Iterator[Case]:
    """Give so many cases of a document, of which every other has no bad value.

    Lists go on from where they ended in the cases before.
    """
    random = Random(seed)  # noqa: S311 - it has to be the same each time
    beside.cursors.clear()
    for at in range(many):
        wild, odd = random.choice(_RATES) if at % 2 else (0.0, 0.0)
        world = World(f"{seed}.{at}", wild, odd)
        caller = random.choice(_CALLERS)
        values = document.values(random, beside.cursors)
        yield Case(str(document), values, document.name, world, caller)


async def smallest(document: Document, case: Case, right: Operations, other: Operations) -> str:
    """Make a document that shows a difference as small as it may be, and tell what it shows."""

    async def found() -> tuple[Case, str | None]:
        again = _again(document, case)
        return again, await Beside(right, other).check(again)

    async def still() -> bool:
        return (await found())[1] is not None

    await smaller(document, still)
    least, shown = await found()
    bodies = "\n".join(f"  {name}\n    {text}" for name, text in least.world.bodies.items())
    return f"{least.document}\n{dict(least.variables)} {case.caller.name}\n{shown}\n{bodies}"


def _again(document: Document, case: Case) -> Case:
    text, world = str(document), case.world
    values = {name: value for name, value in case.variables.items() if f"${name}:" in text}
    again = World(world.seed, world.wild, world.odd)
    return Case(text, values, document.name, again, case.caller)
