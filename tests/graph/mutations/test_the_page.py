"""The page on keys and outcomes, held to the code."""

import re
from pathlib import Path

from strawberry.utils.str_converters import to_camel_case

from schema.action import ACTIONS
from schema.build import build
from schema.errors import UserErrorCode
from schema.outcome import LOOK_SECONDS, Outcome
from schema.write import WRITES

PAGE = Path(__file__).parents[3] / "docs" / "idempotency.md"
NOT_AT_ALL = "not at all: `UNKNOWN`"


def rows() -> list[tuple[list[str], str]]:
    """Read the table of mutations: those of a row, and how they are asked after."""
    table = PAGE.read_text("utf-8").partition("## What the platforms")[2]
    cells = (line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| `"))
    return [(re.findall(r"`(\w+)`", names), how) for names, how in cells]


def test_every_mutation_stands_on_the_page() -> None:
    """And none that is not there."""
    build()
    declared = {to_camel_case(one.name) for one in (*ACTIONS, *WRITES)}

    assert {name for names, _ in rows() for name in names} == declared


def test_those_that_nothing_asks_after_are_told() -> None:
    """Where a way to ask is added, the page has to say so, and where it is taken away."""
    unasked = {to_camel_case(write.name) for write in WRITES if not write.can_be_asked}
    told = {name for names, how in rows() if how == NOT_AT_ALL for name in names}
    shared = {to_camel_case(action.name) for action in ACTIONS}

    assert told - shared == unasked


def test_the_words_on_the_page_are_those_of_the_schema() -> None:
    """Outcomes, codes and times."""
    page = PAGE.read_text("utf-8")
    codes = [code for code in UserErrorCode if code.startswith("IDEMPOTENCY")]

    assert all(f"`{word}`" in page for word in (*Outcome, *codes))
    assert LOOK_SECONDS == 2
    assert "two seconds" in page
