"""What an answer may show, by what was held when it was asked for."""

import time

from tests.soak.truth import Thing, Truth, labels_in

OLD = Thing("1", "Company", "companies", {"name": "old"})
NEW = Thing("1", "Company", "companies", {"name": "new"})
OTHER = Thing("2", "Company", "companies", {"name": "other"})


def truth(*held: Thing) -> Truth:
    """Make one that has known these things for ever."""
    made = Truth()
    made.note("companies", held, time.monotonic())
    made.begin()
    return made


def test_both_versions_may_be_shown_until_the_writer_was_told() -> None:
    """Before that nobody can know which of them a read has met."""
    made, written = truth(OLD), time.monotonic()
    made.note("companies", [NEW], written)

    assert made.between("1", written - 2, written - 1) == [OLD]
    assert made.between("1", written + 1, written + 2) == [OLD, NEW]


def test_the_old_version_is_no_longer_shown_to_who_asks_after_the_writer_was_told() -> None:
    """That would be an answer from before."""
    made = truth(OLD)
    made.note("companies", [NEW], time.monotonic())
    made.settle("1")
    asked = time.monotonic() + 1

    assert made.between("1", asked, asked + 1) == [NEW]


def test_a_thing_that_was_never_there_may_not_be_shown() -> None:
    """Whatever it looks like."""
    assert truth(OLD).between("3", 0, time.monotonic()) == [None]


def test_a_list_holds_what_was_there_all_the_time_and_may_hold_what_came() -> None:
    """Who reads page by page may have passed the place of what is new."""
    made, asked = truth(OLD), time.monotonic()
    made.note("companies", [OLD, OTHER], asked + 1)
    members = made.members({"Company"}, None, asked, asked + 2)

    assert set(members.certain) == {"1"}
    assert members.possible == {"1", "2"}


def test_what_is_behind_something_deleted_may_be_passed_over() -> None:
    """It moves up by one place, from the next page to the one that was read already."""
    made, asked = truth(OLD), time.monotonic()
    made.note("companies", [OLD, OTHER], asked - 2)
    made.settle("2")
    later = Thing("3", "Company", "companies", {"name": "later"})
    made.note("companies", [OLD, OTHER, later], asked - 1)
    made.settle("3")
    still = made.members({"Company"}, None, asked + 1, asked + 2)
    made.note("companies", [OLD, later], asked + 2)
    moved = made.members({"Company"}, None, asked + 1, asked + 3)

    assert set(still.certain) == {"1", "2", "3"}
    assert set(moved.certain) == {"1"}


def test_labels_are_found_wherever_they_are_written() -> None:
    """In a name, an address and an id of capitals."""
    assert list(labels_in("soak000012, SOAK000013@example.com and soaked")) == [
        "soak000012",
        "soak000013",
    ]
