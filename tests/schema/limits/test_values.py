"""What an operation brings along."""

from typing import Any

import pytest
from graphql import parse

from schema.limits.values import greatest_first, longest_list

PAGED = " fragment F on A { a(first: $n) }"


@pytest.mark.parametrize(
    ("text", "variables", "length"),
    [
        ("{ a }", None, 0),
        ("{ a(ids: [1, 2, 3]) }", {}, 3),
        ("{ a(in: { b: [[1], [1, 2]], c: { d: [1, 2, 3, 4] } }) }", {}, 4),
        ("query ($v: [Int] = [1, 2]) { a(ids: $v) }", {}, 2),
        ("{ a @d(l: [1, 2]) } fragment F on A { b(ids: [1, 2, 3]) }", {}, 3),
        ("query ($v: [Int]) { a(ids: $v) }", {"v": [1, 2, 3]}, 3),
        ("{ a }", {"v": {"w": [{"x": [1, 2, 3, 4, 5]}]}}, 5),
        ("{ a }", {"v": [[], [1, 2, 3]]}, 3),
        ("{ a }", {"v": "abcdef", "w": {"b": 1, "c": 2}}, 0),
    ],
)
def test_the_longest_list_is_found_wherever_it_is(
    text: str, variables: dict[str, Any] | None, length: int
) -> None:
    """In the document, in a default or in the variables, used or not."""
    assert longest_list(parse(text), variables) == length


def test_variables_may_be_nested_deeper_than_the_stack() -> None:
    """Looking for a list ends no request."""
    nested: list[Any] = [1, 2]
    for _ in range(5_000):
        nested = [nested]

    assert longest_list(parse("{ a }"), {"v": nested}) == 2


@pytest.mark.parametrize(
    ("text", "variables", "greatest"),
    [
        ("{ a }", None, 0),
        ("{ a(first: 5) { b(last: 7) } }", {}, 7),
        ("{ a(first: 5) } query Other { a(first: 9) } fragment F on A { b(first: 8) }", {}, 9),
        ("query ($n: Int) { a(first: $n) }", {"n": 6}, 6),
        ("query ($n: Int = 4) { a(first: $n) }", {}, 4),
        ("query ($n: Int = 4) { a(first: $n) }", {"n": 3}, 3),
        ("query ($n: Int = 4) { a(first: $n) }", {"n": None}, 0),
        ("query A ($n: Int = 4) { ...F } query B ($n: Int = 9) { ...F }" + PAGED, {}, 9),
        ("query ($n: Int = 40, $m: Int) { a(second: $n, first: 2) }", {"m": 50}, 2),
        ("{ a(first: -3) }", {}, 0),
        ("{ a(first: 5.5, last: null) b(first: FIRST, last: [9]) }", {}, 0),
        ("query ($n: Int) { a(first: $n) }", {"n": True}, 0),
        ("query ($n: Int) { a(first: $n) }", {"n": "9"}, 0),
        ("query ($n: Int) { a(first: $n) }", {"n": 5.0}, 5),
        ("query ($n: Int) { a(first: $n) }", {"n": float("inf")}, 0),
    ],
)
def test_the_greatest_page_is_found(
    text: str, variables: dict[str, Any] | None, greatest: int
) -> None:
    """Whether it is written, a default or a variable; what is no whole number is none."""
    assert greatest_first(parse(text), variables) == greatest


def test_a_number_of_very_many_digits_is_great() -> None:
    """Python itself refuses to read one."""
    assert greatest_first(parse(f"{{ a(first: {'9' * 10_000}) }}"), {}) > 10**9
