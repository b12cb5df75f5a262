"""What an operation has caused, however deep inside."""

import asyncio
from collections import Counter
from contextvars import Context

from hypothesis import given
from hypothesis import strategies as st

from resolvers.upstream import meter

platforms = st.lists(st.sampled_from(["clinked", "codat", "kondado"]))


async def operation(asks: list[str]) -> Counter[str]:
    """Ask each platform in a task of its own, as an operation's fields do."""
    counter = meter.start()

    async def ask(platform: str) -> None:
        await asyncio.sleep(0)
        meter.count(platform)

    async with asyncio.TaskGroup() as group:
        for platform in asks:
            group.create_task(ask(platform))
    return counter


@given(platforms)
async def test_what_an_operations_tasks_send_counts_for_it(asks: list[str]) -> None:
    """They inherit its counter."""
    assert await operation(asks) == Counter(asks)


@given(st.lists(platforms, max_size=5))
async def test_operations_at_once_count_each_for_itself(many: list[list[str]]) -> None:
    """Each runs in a task, and so in a context, of its own."""
    counters = await asyncio.gather(*(operation(asks) for asks in many))

    assert counters == [Counter(asks) for asks in many]


async def test_what_was_begun_before_does_not_count_for_the_next() -> None:
    """What two operations wait for counts for the one that began it."""
    first = meter.start()
    go = asyncio.Event()

    async def later() -> None:
        await go.wait()
        meter.count("codat")

    begun = asyncio.create_task(later())
    second = meter.start()
    go.set()
    await begun

    assert first == {"codat": 1}
    assert second == {}


def test_what_no_operation_causes_is_counted_for_none() -> None:
    """`manifold check`, for instance."""
    Context().run(meter.count, "codat")
