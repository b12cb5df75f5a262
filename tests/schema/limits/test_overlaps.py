"""Whether the pairs that validation compares are foreseen."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from graphql import DocumentNode, FieldNode, parse, validate
from graphql.validation import OverlappingFieldsCanBeMergedRule, ValidationContext
from graphql.validation.rules import overlapping_fields_can_be_merged as graphql_core
from hypothesis import given

from schema.limits.overlaps import MOST, overlaps_of
from tests.schema.limits.made import SCHEMA, Made, documents

# A pair costs 2, its argument and its types 2 more, and each name inside 1; all of it once for what
# may be one thing, and once for what may not.
MOST_WORK = 8


def overlaps(text: str) -> int:
    """Count the pairs of a document."""
    return overlaps_of(parse(text))


def work_of(document: DocumentNode) -> int:
    """Let graphql-core compare the fields of a document, and give what it spent on that."""
    rules: list[OverlappingFieldsCanBeMergedRule] = []

    class Kept(OverlappingFieldsCanBeMergedRule):
        def __init__(self, context: ValidationContext) -> None:
            super().__init__(context)
            rules.append(self)

    validate(SCHEMA, document, [Kept])
    left = rules[0].rule_context.remaining_complexity_budget
    return graphql_core.MAX_COMPLEXITY_BUDGET - left


def answering_paths(selected: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Give the path of names of each field's answer, in a document without fragments."""
    for one in selected.selections:
        path = above
        if isinstance(one, FieldNode):
            path = (*above, (one.alias or one.name).value)
            yield path
        if one.selection_set is not None:
            yield from answering_paths(one.selection_set, path)


@given(documents(most_fragments=0))
def test_without_fragments_all_fields_that_answer_at_one_path_are_compared(made: Made) -> None:
    """Each with each of the others, and nothing else."""
    document = made.parsed()
    operations: list[Any] = list(document.definitions)
    at_path = [Counter(answering_paths(one.selection_set)) for one in operations]
    pairs = [number * (number - 1) // 2 for one in at_path for number in one.values()]

    assert overlaps_of(document) == sum(pairs)


@given(documents())
def test_validation_never_does_many_times_what_was_foreseen(made: Made) -> None:
    """Otherwise a document within the limit could still keep the gateway busy."""
    document = made.parsed()

    assert work_of(document) <= MOST_WORK * overlaps_of(document) + len(str(made).split())


def chain(length: int, one: str, last: str = "x") -> str:
    """Write fragments that each spread the next."""
    links = [f"fragment F{n} on Query {{ {one.replace('%', f'F{n + 1}')} }}" for n in range(length)]
    return f"{{ ...F0 }} {' '.join(links)} fragment F{length} on Query {{ {last} }}"


def spread_together(number: int, one: str, inside: str = "%") -> str:
    """Write fragments that are spread beside each other."""
    spreads = " ".join(inside.replace("%", f"...F{n}") for n in range(number))
    fragments = [f"fragment F{n} on Query {{ {one} }}" for n in range(number)]
    return f"{{ {spreads} }} {' '.join(fragments)}"


def _twice(depth: int) -> str:
    return f"a {{ {_twice(depth - 1)} }} " * 2 if depth else "x"


def within(number: int) -> str:
    """Write fields that each select the same fragments."""
    spreads = " ".join(f"...F{n}" for n in range(number))
    fragments = [f"fragment F{n} on Query {{ y }}" for n in range(number)]
    return f"{{ {f'a {{ {spreads} }} ' * number} }} {' '.join(fragments)}"


# By what there is much of, and how much of it is within 4,000 tokens.
BLOW_UPS: dict[str, tuple[Callable[[int], str], int]] = {
    "one field": (lambda n: f"{{ {'x ' * n} }}", 3_000),
    "one alias for many fields": (
        lambda n: f"{{ {' '.join(f'a: x{m}' for m in range(n))} }}",
        1_300,
    ),
    "one field with arguments": (lambda n: f"{{ {'a(n: 1) { x } ' * n} }}", 400),
    "one nested field": (lambda n: f"{{ {'a { a { a { x } } } ' * n} }}", 300),
    "one field in a field": (lambda n: f"{{ a {{ {'x ' * n} }} }}", 3_000),
    "two in each of two": (lambda n: f"{{ {_twice(n)} }}", 9),
    "inline fragments": (lambda n: f"{{ {'... { x } ' * n} }}", 900),
    "nested inline fragments": (lambda n: f"{{ {'... { ... { a { x } } } ' * n} }}", 300),
    "fragments": (lambda n: spread_together(n, "a { x }"), 330),
    "fragments in one field": (lambda n: spread_together(n, "a { x }", "a { % }"), 230),
    "fragments without fields": (lambda n: spread_together(n, "...None"), 330),
    "the same fragments in one field": (within, 40),
    "a chain of fragments": (lambda n: chain(n, "x ...%"), 190),
    "a chain without fields": (lambda n: chain(n, "...% ...%"), 190),
    "all fragments in each": (
        lambda n: chain(n, "x " + " ".join(f"...F{m}" for m in range(n))),
        60,
    ),
    "a fragment that is not used": (
        lambda n: f"{{ x }} fragment F on Query {{ {'x ' * n} }}",
        3_000,
    ),
    "a second operation": (lambda n: f"query A {{ x }} query B {{ {'x ' * n} }}", 3_000),
}


@pytest.mark.parametrize(("write", "number"), BLOW_UPS.values(), ids=BLOW_UPS)
def test_what_keeps_validation_busy_is_foreseen(write: Callable[[int], str], number: int) -> None:
    """All of these are short enough to be read, but comparing takes up to seconds."""
    small = parse(write(min(number // 3, 20)))

    assert overlaps(write(number)) > 10_000
    assert work_of(small) <= MOST_WORK * overlaps_of(small)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("{ x y z: x }", 0),
        ("{ x x }", 1),
        ("{ x x x x }", 6),
        ("{ x: a { y } x: a { y } }", 2),
        ("{ a { x x } }", 1),
        ("{ a { x } ... { a { x } ... { a { x } } } }", 6),
        ("query A { x } query B { x }", 0),
    ],
)
def test_pairs_are_counted(text: str, pairs: int) -> None:
    """Under the name that they answer under, at the place where they answer."""
    assert overlaps(text) == pairs


def test_two_fragments_are_compared_once() -> None:
    """However many places they are spread in together, so that to share them costs little."""
    fragments = f"fragment F on Query {{ {'x ' * 20} }} fragment G on Query {{ {'x ' * 20} }}"
    once = overlaps(f"{{ a {{ ...F ...G }} }} {fragments}")
    often = overlaps(f"{{ {' '.join(f'a{n}: a {{ ...F ...G }}' for n in range(50))} }} {fragments}")

    # The fields of the two with each other, those of each with each other, and a look at the pair.
    assert once == 20 * 20 + 2 * 190 + 2
    assert often == once + 49


def test_fragments_that_stand_for_very_many_fields_are_gone_through_once() -> None:
    """This one stands for 2 to the power of 100 fields; it would never end."""
    assert overlaps(chain(100, "a { ...% } b { ...% }")) == 0


def test_a_fragment_is_gone_through_only_where_it_is_spread() -> None:
    """In a chain of a hundred each would otherwise go through all that follow, and so on."""
    operation, *links = chain(100, "x ...%").split(" fragment ")
    backwards = " ".join(f"fragment {link}" for link in reversed(links))

    assert 5_000 < overlaps(f"{backwards} {operation}") < MOST


def test_fragments_in_a_circle_end() -> None:
    """Validation refuses them later."""
    assert overlaps("{ ...F } fragment F on Query { x a { ...G } } fragment G on Query { ...F x }")


def test_ever_new_combinations_of_fragments_are_not_counted_to_their_end() -> None:
    """A fragment more doubles them, so there is no telling how long it would take."""
    choices = " ".join(f"a{{ ...L{n} }} b{{ ...L{n} }}" for n in range(24))
    levels = " ".join(
        f"fragment L{n} on Query {{ a {{ ...L{n + 1} }} b {{ ...L{n + 1} ...M{n} }} }}"
        f" fragment M{n} on Query {{ b {{ ...L{n} }} }}"
        for n in range(24)
    )

    assert overlaps(f"{{ {choices} }} {levels}") == MOST
