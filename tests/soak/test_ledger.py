"""What is wrong with a write, by what the gateway said of it and what the platforms have."""

import time
from collections import Counter

import pytest

from tests.soak.ledger import CONFIRMED, ERROR, NOT_APPLIED, UNKNOWN, Ledger, Write
from tests.soak.report import Flaw
from tests.soak.truth import Thing, Truth

LABEL, OTHER = "soak000001", "soak000002"


def named(id: str, name: str) -> Thing:
    """Make a company."""
    return Thing(id, "Company", "companies", {"name": name})


def truth(*held: Thing) -> Truth:
    """Know of a company of the seed, and of these."""
    made = Truth()
    made.note("companies", [named("0", "seed"), *held], time.monotonic())
    return made


def flaws(write: Write, truth: Truth, *, received: int = 0) -> list[Flaw]:
    """Judge one write, which the platform received so many times."""
    applied = Counter({LABEL: received})
    return [found.flaw for found in Ledger([write]).findings(truth, applied)]


@pytest.mark.parametrize(
    ("outcome", "there", "flaw"),
    [
        (CONFIRMED, True, []),
        (CONFIRMED, False, [Flaw.LOST]),
        (NOT_APPLIED, True, [Flaw.WRONG]),
        (NOT_APPLIED, False, []),
        (ERROR, True, [Flaw.WRONG]),
        (UNKNOWN, True, []),
        (UNKNOWN, False, []),
        (None, True, []),
    ],
)
def test_what_was_said_of_a_creation_is_held_to_what_is_there(
    outcome: str | None, there: bool, flaw: list[Flaw]
) -> None:
    """Whoever does not know says nothing wrong."""
    held = truth(named("1", LABEL)) if there else truth()
    write = Write("companyCreate", "Company", label=LABEL, outcome=outcome)

    assert flaws(write, held, received=int(there)) == flaw


@pytest.mark.parametrize(
    ("outcome", "there", "flaw"),
    [
        (CONFIRMED, True, [Flaw.LOST]),
        (CONFIRMED, False, []),
        (NOT_APPLIED, False, [Flaw.WRONG]),
        (ERROR, False, [Flaw.WRONG]),
        (UNKNOWN, True, []),
    ],
)
def test_what_was_said_of_a_deletion_is_held_to_what_is_there(
    outcome: str, there: bool, flaw: list[Flaw]
) -> None:
    """As of a creation, the other way round."""
    held = truth(named("1", "it")) if there else truth()

    assert flaws(Write("companyDelete", "Company", id="1", outcome=outcome), held) == flaw


def test_two_things_of_one_creation_are_a_duplicate() -> None:
    """Whatever was said of it."""
    held = truth(named("1", LABEL), named("2", LABEL))
    write = Write("companyCreate", "Company", label=LABEL, outcome=UNKNOWN)

    assert flaws(write, held) == [Flaw.DUPLICATE]


@pytest.mark.parametrize(("repeats", "flaw"), [(False, [Flaw.DUPLICATE]), (True, [])])
def test_a_change_that_is_received_twice_is_a_duplicate_unless_that_changes_nothing(
    repeats: bool, flaw: list[Flaw]
) -> None:
    """It is the platform that knows a repeated one."""
    held = truth(named("1", LABEL))
    write = Write(
        "companyUpdate", "Company", id="1", label=LABEL, repeats=repeats, outcome=CONFIRMED
    )

    assert flaws(write, held, received=2) == flaw


def test_what_no_list_shows_is_known_by_what_was_received() -> None:
    """An invitation that nobody can read."""
    write = Write("inviteCreate", "Invite", label=LABEL, outcome=CONFIRMED)

    assert flaws(write, truth(), received=1) == []
    assert flaws(write, truth(), received=0) == [Flaw.LOST]
    assert flaws(write, truth(), received=2) == [Flaw.DUPLICATE]


def test_a_change_that_another_one_from_before_overwrites_is_lost() -> None:
    """A repeated write that comes late undoes what was done since."""
    held = truth(named("1", OTHER))
    held.note("companies", [named("0", "seed"), named("1", LABEL)], time.monotonic())
    first = Write("companyUpdate", "Company", id="1", label=LABEL, outcome=CONFIRMED)
    second = Write("companyUpdate", "Company", id="1", label=OTHER, outcome=CONFIRMED)
    found = list(Ledger([first, second]).findings(held, Counter()))

    assert [one.flaw for one in found] == [Flaw.LOST]
