"""Calls as values."""

import json
from datetime import date
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.call import Call, Endpoint, Method, Origin, fill
from resolvers.platform import Platform
from resolvers.upstream.errors import BadInput

PLATFORM = next(iter(Platform))
READ = Endpoint(PLATFORM, Method.GET, "/things/{thing}/parts/{part}", str)


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_key_is_one_segment_of_the_path_and_no_more(thing: str, part: str) -> None:
    """Whatever it holds, the path that a client sends has the same number of segments."""
    try:
        path = fill("/things/{thing}/parts/{part}", {"thing": thing, "part": part})
    except BadInput:
        return
    sent = urlsplit(str(httpx.URL(f"http://platform{path}")))

    assert [unquote(segment) for segment in sent.path.split("/")] == [
        "",
        "things",
        thing,
        "parts",
        part,
    ]
    assert (sent.query, sent.fragment, sent.netloc) == ("", "", "platform")


@pytest.mark.parametrize("key", ["", ".", "..", "a\nb", "\0", "a\u2028b"])
def test_a_key_that_could_lead_elsewhere_is_refused(key: str) -> None:
    """Dot segments cannot be escaped, and control characters are no part of an id."""
    with pytest.raises(BadInput):
        fill("/things/{thing}", {"thing": key})


def test_equal_calls_are_one_key() -> None:
    """What the call's answer is stamped with does not count."""
    one = Call.make(READ, Origin(PLATFORM, "a", {"thing": "1", "part": "2"}))
    same = Call.make(READ, Origin(PLATFORM, "a", {"thing": "1", "part": "2", "more": "3"}))

    assert one == same
    assert hash(one) == hash(same)


@pytest.mark.parametrize(
    ("at", "query"),
    [
        (Origin(PLATFORM, "b", {"thing": "1", "part": "2"}), None),
        (Origin(PLATFORM, "a", {"thing": "1", "part": "3"}), None),
        (Origin(PLATFORM, "a", {"thing": "1", "part": "2"}), {"page": 2}),
    ],
)
def test_calls_that_send_something_else_are_another_key(
    at: Origin, query: dict[str, int] | None
) -> None:
    """Another connection, another path, another query."""
    one = Call.make(READ, Origin(PLATFORM, "a", {"thing": "1", "part": "2"}))

    assert Call.make(READ, at, query) != one


def test_query_values_are_written_as_platforms_read_them() -> None:
    """Nothing for None, and booleans in lower case."""
    made = Call.make(
        Endpoint(PLATFORM, Method.GET, "/things", str),
        Origin(PLATFORM, "a"),
        {"name": None, "exact": True, "page": 3, "text": "a b"},
    )

    assert made.query == (("exact", "true"), ("page", "3"), ("text", "a b"))


def test_a_list_a_day_and_an_enum_are_written_as_text() -> None:
    """With commas, as ISO 8601, and as the platform's own value."""
    made = Call.make(
        Endpoint(PLATFORM, Method.GET, "/things", str),
        Origin(PLATFORM, "a"),
        {"exclude": [1, 2], "since": date(2026, 1, 31), "method": Method.PUT},
    )

    assert made.query == (("exclude", "1,2"), ("since", "2026-01-31"), ("method", "PUT"))


@pytest.mark.parametrize("value", ["half \ud800", ["whole", "\udc00"]])
def test_a_query_value_with_half_of_a_character_is_refused(value: str | list[str]) -> None:
    """JSON can hold one, and no address can."""
    endpoint = Endpoint(PLATFORM, Method.GET, "/things", str)

    with pytest.raises(BadInput, match="half of a character"):
        Call.make(endpoint, Origin(PLATFORM, "a"), {"name": value})


def test_a_path_may_end_in_a_query_that_is_always_sent() -> None:
    """Its braces are filled from the keys, and what else is asked follows."""
    endpoint = Endpoint(PLATFORM, Method.GET, "/things/{thing}/notes?id={note}&full=true", str)
    made = Call.make(endpoint, Origin(PLATFORM, "a", {"thing": "1", "note": "a b"}), {"page": 2})

    assert made.path == "/things/1/notes"
    assert made.query == (("id", "a b"), ("full", "true"), ("page", "2"))
    assert endpoint.parameters == ("thing", "note")


@pytest.mark.parametrize(
    ("body", "sent"),
    [(None, {"action": "restore"}), ({"items": [1]}, {"action": "restore", "items": [1]})],
)
def test_what_is_fixed_is_always_in_the_body(
    body: dict[str, Any] | None, sent: dict[str, Any]
) -> None:
    """It tells one meaning of a path from another."""
    endpoint = Endpoint(PLATFORM, Method.POST, "/trash", str, fixed={"action": "restore"})
    made = Call.make(endpoint, Origin(PLATFORM, "a"), body=body)

    assert json.loads(made.body or b"") == sent


def test_a_call_shows_no_body_and_no_query() -> None:
    """They may hold a password, and calls are named in logs."""
    made = Call.make(
        Endpoint(PLATFORM, Method.POST, "/things", str),
        Origin(PLATFORM, "a"),
        {"secret": "planted"},
        {"password": "planted"},
    )

    assert "planted" not in repr(made)
