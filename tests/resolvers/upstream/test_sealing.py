"""Secrets at rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.upstream.sealing import Seal

OLD, NEW = b"the-old-key-0123456789-0123456789", b"the-new-key-0123456789-0123456789"
SECRET = b"a-token-that-lies-in-the-store"


@given(st.binary(max_size=200), st.text(max_size=20))
def test_what_is_sealed_is_opened_under_its_name(value: bytes, name: str) -> None:
    """By the same key in another process."""
    assert Seal([OLD]).open(Seal([OLD]).seal(value, name), name) == value


def test_what_is_sealed_shows_nothing_of_itself() -> None:
    """Nor that two values are the same."""
    seal = Seal([OLD])
    first, second = seal.seal(SECRET, "n"), seal.seal(SECRET, "n")

    assert first != second
    assert not any(SECRET[start : start + 4] in first for start in range(len(SECRET) - 3))


def test_it_is_opened_under_no_other_name() -> None:
    """Or who can write to the store could give one connection another's token."""
    seal = Seal([OLD])

    assert seal.open(seal.seal(SECRET, "token:one"), "token:two") is None


def test_it_is_opened_by_no_other_key() -> None:
    """Each process that has none of its own keys from the settings makes one up."""
    sealed = Seal([OLD]).seal(SECRET, "n")

    assert Seal([NEW]).open(sealed, "n") is None
    assert Seal.of_process().open(sealed, "n") is None
    assert Seal.of_process().open(Seal.of_process().seal(SECRET, "n"), "n") is None


@given(st.integers(0, len(SECRET) + 28), st.integers(1, 255))
def test_what_was_changed_is_not_opened(place: int, flip: int) -> None:
    """In whatever byte: the version, the nonce, the value or its tag."""
    seal = Seal([OLD])
    sealed = bytearray(seal.seal(SECRET, "n"))
    sealed[place] ^= flip

    assert seal.open(bytes(sealed), "n") is None


@given(st.binary(max_size=60), st.integers(0, 58))
def test_what_was_never_sealed_is_not_opened(found: bytes, length: int) -> None:
    """Whatever lies in the store, also one byte of it, or half of what was sealed."""
    seal = Seal([OLD])

    assert seal.open(found, "n") is None
    assert seal.open(b"\x01" + found, "n") is None
    assert seal.open(seal.seal(SECRET, "n")[:length], "n") is None


def test_keys_are_changed_one_by_one() -> None:
    """A new key is put in front of the old one, and the old one is left out later."""
    before, between, after = Seal([OLD]), Seal([NEW, OLD]), Seal([NEW])
    of_before, of_between = before.seal(SECRET, "n"), between.seal(SECRET, "n")

    assert between.open(of_before, "n") == SECRET
    assert after.open(of_between, "n") == SECRET
    assert before.open(of_between, "n") is None
    assert after.open(of_before, "n") is None


def test_a_seal_shows_no_key() -> None:
    """Printed or logged as part of something."""
    assert "key" not in repr(Seal([OLD, NEW]))


def test_a_mark_tells_values_apart_without_showing_them() -> None:
    """It is the same in every process that has the key, and tells nothing to whoever has not."""
    mark = Seal([OLD]).mark(SECRET)

    assert Seal([OLD]).mark(SECRET) == mark
    assert Seal([OLD]).mark(SECRET + b".") != mark
    assert Seal([NEW]).mark(SECRET) != mark
    assert SECRET.decode() not in mark


def test_a_new_key_changes_no_mark_while_the_old_one_is_there() -> None:
    """Or everything would be lost at once that lies in the store under a mark."""
    assert Seal([NEW, OLD]).mark(SECRET) == Seal([OLD]).mark(SECRET)


def test_a_seal_has_at_least_one_key() -> None:
    """Without one it could seal nothing."""
    with pytest.raises(IndexError):
        Seal([])
