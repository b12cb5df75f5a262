"""What compiled operations answer is what graphql-core answers, over the whole schema.

Ten thousand cases: an operation, its variables, its caller and what the platforms answer are all
drawn from a seed. More than half of them have no bad value. `python -m tests.plans 1234` runs those
of one document again.
"""

import asyncio
from collections.abc import Callable, Generator, Mapping
from dataclasses import replace

import pytest
import structlog
from graphql import GraphQLError

from resolvers.context import Context
from schema.build import build
from schema.operation import Answer, Asked, Operations, Rules
from tests.plans.beside import Beside, by_core, cases_of, compiled, smallest
from tests.plans.platforms import HastyLoop
from tests.plans.writer import Writer

PARTS, DOCUMENTS, CASES = 20, 100, 5


@pytest.fixture(autouse=True)
def quiet() -> Generator[None]:
    """Log nothing: what is bad here would be logged thousands of times."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    yield
    structlog.configure(**before)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_compiled_operation_answers_as_graphql_core_does(part: int) -> None:
    """Data, the order of its keys, errors with their places, and no call more."""
    beside = Beside(by_core(), compiled())

    with asyncio.Runner(loop_factory=HastyLoop) as runner:
        # A few documents are not valid; others come in their place.
        seeds = iter(range(part, PARTS * (DOCUMENTS + 5), PARTS))
        while beside.ran < DOCUMENTS * CASES:
            shown = runner.run(_difference(beside, next(seeds)))
            assert shown is None, shown

    assert beside.clean >= beside.ran / 2
    # Or the bad values would not be seen by anybody.
    assert beside.failed >= beside.ran / 20


async def _difference(beside: Beside, seed: int) -> str | None:
    """Run the cases of one document; tells the first difference, with the least that shows it."""
    document = Writer(seed).document()
    for case in cases_of(document, seed, CASES, beside):
        if await beside.check(case) is not None:
            return f"{seed}\n{await smallest(document, case, beside.right, beside.other)}"
    return None


def _backwards(answer: Answer) -> Answer:
    data = answer.data and dict(reversed(answer.data.items()))
    return replace(answer, data=data)


def _silent(answer: Answer) -> Answer:
    return replace(answer, errors=[])


def _placeless(answer: Answer) -> Answer:
    errors = [GraphQLError(e.message, path=e.path, extensions=e.extensions) for e in answer.errors]
    return replace(answer, errors=errors)


def _whole(answer: Answer) -> Answer:
    return replace(answer, data=answer.data and {**answer.data, "more": None})


class Spoiled(Operations):
    """Runs operations, and spoils what they answer."""

    def __init__(self, spoil: Callable[[Answer], Answer]) -> None:
        super().__init__(build())
        self._spoil = spoil

    async def run(self, asked: Asked, context: Context, rules: Rules) -> Answer:
        """Run one and spoil it."""
        return self._spoil(await super().run(asked, context, rules))


class Remembering(Operations):
    """Runs an operation with the conditions with which its document was run first."""

    def __init__(self) -> None:
        super().__init__(build())
        self._first: dict[str, Mapping[str, object]] = {}

    async def run(self, asked: Asked, context: Context, rules: Rules) -> Answer:
        """Run one by what is remembered."""
        first = self._first.setdefault(asked.document, asked.variables)
        conditions = {
            name: first.get(name, value) if isinstance(value, bool) else value
            for name, value in asked.variables.items()
        }
        return await super().run(replace(asked, variables=conditions), context, rules)


class Wasteful(Operations):
    """Runs operations, and asks the platforms for more than it needs."""

    async def run(self, asked: Asked, context: Context, rules: Rules) -> Answer:
        """Run one, and forget what it has read."""
        await super().run(asked, context, rules)
        context.session.forget()
        return await super().run(asked, context, rules)


@pytest.mark.parametrize(
    "other",
    [
        Spoiled(_backwards),
        Spoiled(_silent),
        Spoiled(_placeless),
        Spoiled(_whole),
        Wasteful(build()),
    ],
    ids=["order", "errors", "places", "data", "calls"],
)
def test_what_is_done_otherwise_is_found_and_shown_by_little(other: Operations) -> None:
    """A comparison that sees no difference would prove nothing."""
    shown = _first_difference(other)

    document = shown.split("\n")[1]
    assert document.count("{") <= 4, shown


def test_what_a_request_leaves_behind_for_the_next_is_found() -> None:
    """A plan is made of a document, and of nothing that one request says."""
    assert "data\n" in _first_difference(Remembering())


def _first_difference(other: Operations) -> str:
    beside = Beside(by_core(), other)
    with asyncio.Runner(loop_factory=HastyLoop) as runner:
        every = (runner.run(_difference(beside, seed)) for seed in range(100))
        return next(one for one in every if one is not None)
