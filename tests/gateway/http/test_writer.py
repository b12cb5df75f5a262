"""JSON as it is written: what `json` would write, in fewer bytes, and nothing that is none."""

import json
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.http.writer import written

LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(), max_size=5),
    st.sampled_from(["\ud800", "null", 2**64 - 1, 2**64, -(2**63) - 1]),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=10,
)


@given(VALUES)
def test_what_is_written_is_what_was_given(value: Any) -> None:
    """Also numbers of any size and halves of characters, which orjson does not write."""
    assert repr(json.loads(written(value))) == repr(value)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("beside", [None, 2**64, 1, "\ud800"])
def test_a_number_that_json_does_not_have_is_refused(number: float, beside: object) -> None:
    """Wherever it stands; orjson would write null, and nobody would know."""
    for body in (number, [number, beside], {"data": {"a": [{"b": beside}, {"c": [number]}]}}):
        with pytest.raises(ValueError, match="JSON"):
            written(body)


def test_a_piece_that_was_written_before_is_taken_as_it_is() -> None:
    """Beside anything else."""
    piece = orjson.Fragment(b'[{"name":"A"},null]')

    assert written({"data": {"groups": piece}}) == b'{"data":{"groups":[{"name":"A"},null]}}'
    assert written([piece, 2**70, None]) == b'[[{"name":"A"},null],%d,null]' % 2**70
