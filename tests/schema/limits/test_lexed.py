"""What is counted of a text before it is parsed."""

from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from graphql import (
    build_schema,
    execute_sync,  # pyright: ignore[reportUnknownVariableType]
    get_introspection_query,
    parse,
    validate,
)

from schema.limits.lexed import DEEPEST_NESTING, Lexed, lexed

T = TypeVar("T")


@pytest.mark.parametrize(
    ("text", "tokens", "nesting", "longest"),
    [
        ("", 0, 0, 0),
        ("{ a }", 3, 1, 1),
        ("{ a, bc,,, d }", 5, 1, 2),
        ('{ a(b: [{ c: """d { e""" }]) }', 14, 4, 1),
        ("{ a } { b { c } }", 9, 2, 1),
        ('{ "{{{{" }', 3, 1, 0),
        ("{ a(b: -1234, c: 1.5e3) }", 11, 2, 5),
        ('{ a(b: "a long text") }', 8, 2, 1),
    ],
)
def test_tokens_and_brackets_are_counted(
    text: str, tokens: int, nesting: int, longest: int
) -> None:
    """Commas are none, nor is what stands in a string."""
    assert lexed(text, 100) == Lexed(tokens, 0, nesting, longest)


def test_comments_are_counted_by_themselves() -> None:
    """They are free, but each takes time to read."""
    assert lexed("# one {\n{ a # two\n}", 100) == Lexed(3, comments=2, nesting=1, longest=1)


@pytest.mark.parametrize("text", ["a " * 1_000, "#\n" * 1_000])
def test_reading_ends_soon_after_the_limit(text: str) -> None:
    """So a text of a megabyte takes no longer than the limit lets it."""
    read = lexed(text, 10)

    assert read.tokens + read.comments == 11


@pytest.mark.parametrize("text", ['{ a "', "{ a ? b }", "{ a .. }", "{ a \x00"])
def test_reading_ends_where_there_is_no_token(text: str) -> None:
    """The parser says what is wrong."""
    assert lexed(text, 100).tokens == 2


def test_a_text_that_would_break_a_recursion_is_read() -> None:
    """Its nesting is told, so that nobody parses it."""
    assert lexed("{a" * 50_000, 200_000).nesting == 50_000


def test_what_real_clients_ask_first_is_far_from_too_deep() -> None:
    """Nothing is nested deeper than an introspection query."""
    assert lexed(get_introspection_query(), 1_000).nesting * 2 < DEEPEST_NESTING


def _after_frames(frames: int, call: Callable[[], T]) -> T:
    """Call something with so many frames on the stack."""
    return _after_frames(frames - 1, call) if frames else call()


def test_the_deepest_document_runs_on_half_of_the_stack() -> None:
    """However deep in the stack of a server the gateway stands."""
    schema = build_schema("type Query { a(i: In): Query x: Int } input In { i: In x: Int }")
    fields = "{ a " * (DEEPEST_NESTING - 1) + "{ x }" + "}" * (DEEPEST_NESTING - 1)
    values = DEEPEST_NESTING - 3
    deep_value = "{ a(i:" + "{ i: " * values + "{ x: 1 }" + "}" * values + ") { x } }"
    root: dict[str, Any] = {"x": 1}
    root["a"] = root

    def run(text: str) -> Any:
        document = parse(text)
        return [*validate(schema, document), *(execute_sync(schema, document, root).errors or ())]

    for text in (fields, deep_value):
        assert lexed(text, 10_000).nesting == DEEPEST_NESTING
        assert _after_frames(400, lambda text=text: run(text)) == []
