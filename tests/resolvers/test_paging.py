"""Stretches of lists, whichever way a platform pages."""

import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.paging import Page, fitting_size, kept, paged, whole

LARGEST = 100


class Envelope(Page[int]):
    """A page of numbers."""

    items: list[int | None]
    size: int | None
    follows: bool

    @property
    def rows(self) -> Sequence[int | None]:
        """The numbers."""
        return self.items

    @property
    def has_more(self) -> bool:
        """Whether a page follows."""
        return self.follows

    @property
    def actual_size(self) -> int | None:
        """The size that was gone by."""
        return self.size


class Numbers:
    """A platform whose list is the numbers below `length`; it may clamp sizes and hide its own."""

    def __init__(
        self, length: int, clamp: int = LARGEST, *, tells: bool = True, bad: int | None = None
    ) -> None:
        self.items = [None if n == bad else n for n in range(length)]
        self.clamp, self.tells, self.asked = clamp, tells, 0

    async def fetch(self, number: int, size: int) -> Envelope:
        """Give a page by its number from 1."""
        self.asked += 1
        size = min(size, self.clamp)
        start = (number - 1) * size
        items = self.items[start : start + size]
        told = size if self.tells else None
        return Envelope(items=items, size=told, follows=start + size < len(self.items))


sizes = st.integers(1, LARGEST)


@given(st.integers(0, 1000), sizes)
def test_a_fitting_page_holds_the_whole_stretch(offset: int, count: int) -> None:
    """One page of the size holds it, or two pages of the largest do."""
    size = fitting_size(offset, count, LARGEST)
    pages = (offset + count - 1) // size - offset // size + 1

    assert count <= size <= LARGEST
    assert pages == 1 or (pages == 2 and size == LARGEST)


@given(st.integers(0, 300), st.integers(0, 320), sizes, st.integers(1, 150))
def test_any_stretch_of_a_paged_list_is_read_whole(
    length: int, offset: int, count: int, clamp: int
) -> None:
    """Even if the platform makes its pages shorter than asked for, as long as it says so."""
    numbers = Numbers(length, clamp)
    window = asyncio.run(paged(numbers.fetch, LARGEST)(offset, count))

    assert list(window.items) == list(range(length))[offset : offset + count]
    assert list(window.after) == [n + 1 for n in window.items]
    assert window.more == (offset + count < length)


@given(st.integers(1, 300), sizes)
def test_a_platform_that_keeps_to_the_size_is_asked_at_most_twice(length: int, count: int) -> None:
    """One call for a stretch that starts where a page does."""
    numbers = Numbers(length)
    asyncio.run(paged(numbers.fetch, LARGEST)(0, count))

    assert numbers.asked == 1


@given(st.integers(1, 120), st.data())
def test_an_unreadable_item_costs_itself_alone(length: int, data: st.DataObject) -> None:
    """The items behind it keep their offsets, so none comes twice or never."""
    bad = data.draw(st.integers(0, length - 1))
    step = data.draw(sizes)
    read = paged(Numbers(length, bad=bad).fetch, LARGEST)
    seen: list[int] = []
    offset, more = 0, True
    while more:
        window = asyncio.run(read(offset, step))
        seen += window.items
        offset, more = (window.after[-1], window.more) if window.items else (offset, False)

    assert seen == [n for n in range(length) if n != bad]


@given(st.integers(0, 200), st.integers(0, 210), sizes)
def test_a_whole_list_is_cut_to_the_stretch(length: int, offset: int, count: int) -> None:
    """And tells how long it is."""

    async def read() -> list[int]:
        return list(range(length))

    window = asyncio.run(whole(read)(offset, count))

    assert list(window.items) == list(range(length))[offset : offset + count]
    assert window.more == (offset + count < length)
    assert window.total == length


@given(st.integers(0, 200), sizes, st.integers(1, 9))
def test_a_filtered_list_is_read_on_until_the_stretch_is_full(
    length: int, count: int, every: int
) -> None:
    """Only what is kept counts; offsets stay those of the whole list."""
    feed = kept(paged(Numbers(length).fetch, LARGEST), lambda n: n % every == 0)
    window = asyncio.run(feed(0, count))

    assert list(window.items) == list(range(0, length, every))[:count]


@pytest.mark.parametrize("clamp", [1, 7, 30])
def test_a_platform_that_hides_a_smaller_page_still_ends(clamp: int) -> None:
    """What cannot be known is not looped over."""
    numbers = Numbers(90, clamp, tells=False)
    asyncio.run(paged(numbers.fetch, LARGEST)(0, 50))

    assert numbers.asked <= 51


class Stubborn(Numbers):
    """A platform whose pages have twenty, whatever is asked for."""

    async def fetch(self, number: int, size: int) -> Envelope:
        """Give a page of twenty."""
        del size
        return await super().fetch(number, 20)


def test_a_platform_that_ignores_the_size_is_not_asked_twice_for_its_first_page() -> None:
    """The first page begins where the list does, whatever its size."""
    numbers = Stubborn(50)
    window = asyncio.run(paged(numbers.fetch, LARGEST)(0, 10))

    assert list(window.items) == list(range(10))
    assert numbers.asked == 1
