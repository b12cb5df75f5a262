"""Runs the cases of some documents again, each by the number that is its seed."""

import asyncio
import sys

import structlog

from tests.plans.beside import Beside, by_core, cases_of, compiled, smallest
from tests.plans.platforms import HastyLoop
from tests.plans.test_beside import CASES
from tests.plans.writer import Writer


async def _run(seed: int) -> None:
    document = Writer(seed).document()
    beside = Beside(by_core(), compiled())
    for case in cases_of(document, seed, CASES, beside):
        if await beside.check(case) is not None:
            print(seed, await smallest(document, case, beside.right, beside.other))  # noqa: T201
            return
    print(seed, "no difference")  # noqa: T201


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with asyncio.Runner(loop_factory=HastyLoop) as runner:
        for number in sys.argv[1:]:
            runner.run(_run(int(number)))
