"""JSON is read in one way, whichever of two readers reads it."""

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gateway.http import reader
from gateway.http.reader import NameTwice, read, read_with_care

# Of few names some stand twice; others look as if there were more of them than there are.
NAMES = st.sampled_from(
    ["", "a", "b", "query", ":", '":', 'a":1', "\\", 'x" :', "é", "\u2028", "🎈"]
)
NUMBERS = st.one_of(
    st.integers(-(2**70), 2**70),
    st.sampled_from([2**63 - 1, 2**63, 2**64 - 1, 2**64, -(2**63), -(2**63) - 1]),
    st.floats(),
    st.sampled_from(["-0", "-0.0", "1e999", "1E3", "01", "1.", "NaN", "-Infinity", "9" * 4400]),
).map(str)
SPACES = st.sampled_from(["", "", "", "", " ", "\n", "\t", "\r", "\f", "  "])


@st.composite
def texts(draw: st.DrawFn, depth: int = 3) -> str:
    """Write a value, or what is nearly one."""
    kind = draw(
        st.sampled_from(["object", "list", "text", "number", "word"][2 if not depth else 0 :])
    )
    if kind == "word":
        return draw(st.sampled_from(["true", "false", "null", "nul", ""]))
    if kind == "number":
        return draw(NUMBERS)
    if kind == "text":
        return written(draw, draw(st.one_of(NAMES, st.text(max_size=5))))
    space = draw(SPACES)
    within = draw(st.lists(texts(depth - 1), max_size=4))
    if kind == "list":
        return f"[{space}{','.join(within)}]{space}"
    members = [f"{written(draw, draw(NAMES))}{draw(SPACES)}:{space}{one}" for one in within]
    return f"{{{','.join(members)}}}"


def written(draw: st.DrawFn, text: str) -> str:
    """Write a text, escaped or not."""
    whole = json.dumps(text, ensure_ascii=draw(st.booleans()))
    return draw(st.sampled_from([whole, whole, whole, r'"\ud83c"', r'"\ud83c\udf88"', '"\x00"']))


def outcome(read: Any, text: bytes) -> str:
    """Tell what a reader makes of a text, types and all."""
    try:
        return repr(read(text))
    except (ValueError, RecursionError) as error:
        return "twice" if isinstance(error, NameTwice) else "refused"


@settings(max_examples=2000)
@given(texts().map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b'{"a":1,"a" :2}')
@example(b'{"a":1,"\\u0061":2}')
@example(b'{"a":{"b":1,"b":2}}')
@example(b'[{"a":"\\":"},{"a":1,"a":2}]')
@example(b'{"a":":","a":1}')
@example(b'{"a":1}\xff')
@example(b'"\xed\xa0\x80"')
@example(b"\xef\xbb\xbf{}")
@example('{"a":1}'.encode("utf-16"))
def test_both_readers_make_the_same_of_a_text(text: bytes) -> None:
    """The fast one may not let through what the careful one would not."""
    assert outcome(read, text) == outcome(read_with_care, text)


@given(st.binary(max_size=100))
def test_both_readers_make_the_same_of_any_bytes(text: bytes) -> None:
    """Most of which are no text at all."""
    assert outcome(read, text) == outcome(read_with_care, text)


@pytest.mark.parametrize("depth", [100, 900, 1020, 1100, 100_000])
@pytest.mark.parametrize(("begins", "ends"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_what_is_too_deep_is_refused_by_both(depth: int, begins: bytes, ends: bytes) -> None:
    """And whatever one takes the other does."""
    text = begins * depth + b"1" + ends * depth
    found = [outcome(one, text) for one in (read, read_with_care)]

    assert found[0] == found[1] or found[0] == "refused"
    # From which depth on differs with the interpreter.
    assert depth < 100_000 or "refused" in found


@pytest.mark.parametrize(
    "text",
    [
        b'{"query":"{ __typename }"}',
        b'{"query": "query Q($a: Int) { a(b: $a) }", "variables": {"a": [1, {"b": 2.5}]}}',
        json.dumps({"query": "{ a }", "operationName": None, "extensions": {"x": {}}}).encode(),
    ],
)
def test_what_clients_send_is_read_once(monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    """The careful reader takes several times as long."""
    monkeypatch.setattr(reader, "read_with_care", None)

    assert read(text) == json.loads(text)
